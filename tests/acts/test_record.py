"""The record as it is read, followed and carried away, on both databases."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import story
from sqlalchemy.orm import Session
from walls import engine_as
from world import World

from portal.commands.followers import public_log
from portal.kernel.grants import DoorRole
from portal.record import merkle, reads
from portal.record.checkpoint import is_signed
from portal.record.documents import Act, Kind
from portal.record.export import export


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance", database_url=database_url)) as made:
        yield made


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """What the public door may read, after everything has happened."""
    story.tell(world)
    engine = engine_as(DoorRole.PUBLIC, world.settings.database_url)
    with Session(engine) as made:
        yield made
    engine.dispose()


def test_an_empty_record_reads_as_empty(world: World) -> None:
    with Session(engine_as(DoorRole.PUBLIC, world.settings.database_url)) as c:
        assert reads.head(c) == 0
        assert reads.checkpoint(c) is None
        assert reads.revision(c, "nothing") is None
        assert reads.entry(c, 0) is None
        assert reads.inclusion(c, 0) is None
        assert reads.documents(c, []) == {}
        assert (reads.units(c), reads.programmes(c), reads.lately(c, 9)) == ((), (), ())
    with public_log(world.settings) as log:
        assert (log.head(), list(log.since(0))) == (0, [])
        assert log.fingerprint(0) == merkle.EMPTY_ROOT.hex()


def test_everything_is_found_where_it_belongs(world: World, session: Session) -> None:
    head = reads.head(session)
    (one, two) = sorted(p.ref for p in reads.programmes(session))
    assert {p.holder.unit.code for p in reads.programmes(session)} == {"10714", "10675"}
    ward = next(u for u in reads.units_of_code(session, "10675") if u.valid_to is None)
    assert [p.holder.unit.code for p in reads.programmes_of(session, [ward.slug])] == ["10675"]
    assert reads.unit(session, ward.slug) == ward
    assert reads.unit(session, one) is None
    assert len(reads.units_of_code(session, "10714")) == 2  # the code was recycled
    assert sum(len(reads.commitments_of(session, ref)) for ref in (one, two)) == 5 + 9
    assert [r.position for r in reads.lately(session, 3)] == [head - 1, head - 2, head - 3]
    assert [r.position for r in reads.since(session, head - 2)] == [head - 2, head - 1]
    assert reads.revision(session, one, 99) is None


def test_revisions_tell_what_happened_to_a_document(session: Session) -> None:
    histories = {d.ref: reads.history(session, d.ref) for p in reads.programmes(session)
                 for d in reads.commitments_of(session, p.ref)}  # fmt: skip
    (longest,) = [list(h) for h in histories.values() if len(h) > 2]
    erasure, *longest = longest
    assert (erasure.act, erasure.number) == (Act.REDACT, 4)
    assert [(r.number, r.act) for r in longest] == [(3, Act.AMEND), (2, Act.PROGRESS), (1, Act.PUBLISH)]
    assert reads.revision(session, longest[0].ref, 2) == longest[1]
    assert longest[2].document is None  # its text was erased, and that it was there stays
    assert reads.entry(session, longest[2].position) == longest[2]
    assert {r.kind for r in longest} == {Kind.COMMITMENT}


def test_every_entry_is_proved_to_be_in_the_log(session: Session) -> None:
    size, point = reads.head(session), reads.checkpoint(session)
    assert point
    for position in range(size):
        proof = reads.inclusion(session, position)
        assert proof
        assert (proof.size, proof.root_hex) == (point.size, point.root_hex)
        path = [bytes.fromhex(step) for step in proof.path]
        leaf, root = bytes.fromhex(proof.leaf_hex), bytes.fromhex(proof.root_hex)
        assert merkle.is_included(leaf, position, size, path, root)
        assert not merkle.is_included(leaf, position ^ 1, size, path, root)
    assert reads.inclusion(session, size) is None


def test_a_follower_sees_the_same_log(world: World, session: Session) -> None:
    with public_log(world.settings) as log:
        assert log.head() == reads.head(session)
        assert [r.position for r in log.since(5, 3)] == [5, 6, 7]
        point = reads.checkpoint(session)
        assert point
        assert log.fingerprint(log.head()) == point.root_hex
        log.close()
        assert log.head() == point.size  # a closed one takes a new connection


# --- carried away: checked with nothing of ours but the format -------------------------------------


def leaf_of(line: dict[str, Any]) -> bytes:
    columns = [line[name] for name in ("kind", "ref", "number", "act", "cites", "at", "digest")]
    return hashlib.sha256(b"\0" + json.dumps(columns, separators=(",", ":")).encode()).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, from the leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def test_the_export_can_be_checked_by_anybody(world: World, session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "carried" / "away"
    assert export(session, folder, verifier=world.signer.verifier()) == reads.head(session)
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    verifier = (folder / "verifier.txt").read_text(encoding="utf-8").strip()
    notes = (folder / "checkpoints.txt").read_text(encoding="utf-8")
    assert [line["position"] for line in lines] == list(range(len(lines)))
    for line in lines:
        assert line["leaf"] == leaf_of(line).hex()
        if line["text"] is not None:
            salted = bytes.fromhex(line["salt"]) + line["text"].encode()
            assert hashlib.sha256(salted).hexdigest() == line["digest"]
    erased = {line["cites"] for line in lines if line["act"] == "redact"}
    down = {line["ref"]: line["position"] for line in lines if line["act"] == "withdraw"}
    gone = {
        line["position"] for line in lines if line["ref"] in down and line["position"] < down[line["ref"]]
    }
    assert {line["position"] for line in lines if line["text"] is None} == erased | gone
    assert erased
    assert gone
    newest = notes[notes.rindex(verifier.split("+")[0] + f"\n{len(lines)}\n") :]
    assert is_signed(newest, verifier)
    root = root_of([bytes.fromhex(line["leaf"]) for line in lines])
    assert newest.split("\n")[2] == base64.b64encode(root).decode()
