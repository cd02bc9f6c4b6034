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


def publish_until_killed(world: World, seed: str, after: float) -> list[str]:
    """Let a publisher work, kill -9 it ``after`` seconds of work; what it had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, PUBLISHER, world.settings.instance, seed], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.kill()
    rest, _ = process.communicate()
    return [line.split()[1] for line in rest.splitlines() if line.startswith("published")]


@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.proof)])
def test_kill_9_while_publishing(tmp_path: Path, kills: int) -> None:
    world = World(tmp_path).settle_in()
    chance = random.Random(kills)
    acknowledged: list[str] = []
    for n in range(kills):
        acknowledged += publish_until_killed(world, f"publisher {n}", 0.05 + chance.random() * 0.9)
    assert acknowledged

    engine = owner_engine(world.settings)
    with Session(engine) as session:
        seen = verify(session, verifier=world.signer.verifier())
        assert seen.faults == []
        whole = {p.ref for p in reads.programmes(session) if is_whole(session, p)}
        assert set(acknowledged) <= whole  # nothing acknowledged is lost
        assert whole == {p.ref for p in reads.programmes(session)}  # nothing is half-published
        standing = session.scalars(
            select(Latest.ref).where(Latest.kind == "commitment", Latest.standing)
        ).all()

    world.follow()
    with public_log(world.settings) as log:
        assert Writer(index_folder(world.settings)).doubt(log) is None
        assert log.head() == seen.entries
    assert len(standing) == 5 * len(whole)
    page = world.reader().get("/tim-kiem?q=c%E1%BA%A3i+c%C3%A1ch").get_data(as_text=True)
    assert str(len(whole)) in page


def is_whole(session: Session, programme: ProgrammeDoc) -> bool:
    """Whether every commitment the programme lists is there."""
    listed = {ref for task in programme.tasks for ref in task.commitments}
    return listed == {c.ref for c in reads.commitments_of(session, programme.ref)}
