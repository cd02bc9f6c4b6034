"""A publisher killed at any moment loses nothing it acknowledged and leaves nothing half-published."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from portal.commands.followers import index_folder, public_log
from portal.migrations.upgrade import owner_engine
from portal.record import reads
from portal.record.documents import ProgrammeDoc
from portal.record.search.writer import Writer
from portal.record.tables import Latest
from portal.record.verify import verify

PUBLISHER = Path(__file__).with_name("publisher_at_work.py")


def publish_until_killed(world: World, seed: str, after: float, manner: str = "careful") -> list[str]:
    """Let a publisher work, kill -9 it ``after`` seconds of work; what it had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, PUBLISHER, world.settings.instance, seed, manner], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.kill()
    rest, _ = process.communicate()
    return [line.split()[1] for line in rest.splitlines() if line.startswith("published")]


def losses(world: World, acknowledged: list[str]) -> tuple[set[str], set[str]]:
    """What was acknowledged and is not there, and what is there in part; the record itself is whole."""
    engine = owner_engine(world.settings)
    with Session(engine) as session:
        assert verify(session, verifier=world.signer.verifier()).faults == []
        programmes = reads.programmes(session)
        whole = {p.ref for p in programmes if is_whole(session, p)}
        standing = session.scalars(
            select(Latest.ref).where(Latest.kind == "commitment", Latest.standing)
        ).all()
    engine.dispose()
    assert len(standing) == 5 * len(whole)
    return set(acknowledged) - whole, {p.ref for p in programmes} - whole


@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.proof)])
def test_kill_9_while_publishing(tmp_path: Path, kills: int) -> None:
    world = World(tmp_path).settle_in()
    chance = random.Random(kills)
    acknowledged: list[str] = []
    for n in range(kills):
        acknowledged += publish_until_killed(world, f"publisher {n}", 0.05 + chance.random() * 0.9)
    assert acknowledged
    assert losses(world, acknowledged) == (set(), set())

    world.follow()
    with public_log(world.settings) as log:
        assert Writer(index_folder(world.settings)).doubt(log) is None
        head = log.head()
    with world.work() as w:
        programmes = reads.programmes(w.session)
        assert head == reads.head(w.session)
    page = world.reader().get("/tim-kiem?q=c%E1%BA%A3i+c%C3%A1ch").get_data(as_text=True)
    assert str(len(programmes)) in page


def test_an_acknowledgement_before_the_commit_is_seen(tmp_path: Path) -> None:
    """The positive control: a publisher that speaks too early, killed in between, has lost its word."""
    world = World(tmp_path).settle_in()
    acknowledged = publish_until_killed(world, "hasty", 1.5, "hasty")
    assert len(acknowledged) == 1
    assert losses(world, acknowledged) == (set(acknowledged), set())


def test_a_half_published_programme_is_seen(tmp_path: Path) -> None:
    """The positive control: one commitment less than the programme lists."""
    world = World(tmp_path).settle_in()
    world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    with world.work() as w:
        (programme,) = reads.programmes(w.session)
        assert is_whole(w.session, programme)
        first = next(iter(programme.tasks[0].commitments))
        w.session.get_one(Latest, first).standing = False
        w.session.flush()
        assert not is_whole(w.session, programme)


def is_whole(session: Session, programme: ProgrammeDoc) -> bool:
    """Whether every commitment the programme lists is there."""
    listed = {ref for task in programme.tasks for ref in task.commitments}
    return listed == {c.ref for c in reads.commitments_of(session, programme.ref)}
