"""Time wall, second half: ``record verify`` finds whatever is altered in the rows, by whomever."""

import base64
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import story
from hypothesis import given, settings, strategies
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from walls import drop_guards, engine_as
from world import World

from portal.kernel.grants import DoorRole
from portal.record import merkle
from portal.record.append import content_digest, envelope
from portal.record.verify import verify


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Copy"]:
    """A record of SQLite without its guards, to be tampered with and put right again."""
    folder = tmp_path_factory.mktemp("tampered")
    world = World(folder)
    story.tell(world)
    world.close()
    engine = create_engine(f"sqlite:///{folder / 'portal.sqlite'}")
    drop_guards(engine)
    yield Copy(engine, world.signer.verifier())
    engine.dispose()


class Copy:
    """A record that is altered, looked at, and rolled back."""

    def __init__(self, engine: Engine, verifier: str) -> None:
        self.engine, self.verifier = engine, verifier
        with engine.connect() as c:
            self.tables = {
                name: [column["name"] for column in inspect(engine).get_columns(name)]
                for name in (
                    "record_entry",
                    "record_content",
                    "record_node",
                    "record_checkpoint",
                    "record_latest",
                )
            }
            self.ids = {
                name: c.execute(text(f"SELECT rowid FROM {name}")).scalars().all() for name in self.tables
            }

    def faults(self, *statements: tuple[str, dict[str, Any]]) -> list[str]:
        """What ``record verify`` says after ``statements``."""
        with self.engine.connect() as c:
            for statement, values in statements:
                assert c.execute(text(statement), values).rowcount
            try:
                return verify(Session(c), verifier=self.verifier).faults
            finally:
                c.rollback()

    def cell(self, table: str, column: str, rowid: int) -> Any:
        with self.engine.connect() as c:
            return c.execute(text(f"SELECT {column} FROM {table} WHERE rowid = {rowid}")).scalar()


def flipped(value: Any, chance: random.Random) -> Any:
    """``value`` with one bit, letter or step of difference."""
    if value is None:
        return 0
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(8)
    raw = bytearray(value if isinstance(value, bytes) else value.encode())
    place = chance.randrange(len(raw))
    if isinstance(value, bytes):
        raw[place] ^= 1 << chance.randrange(8)
        return bytes(raw)
    letters = list(value)
    at = chance.randrange(len(letters))
    letters[at] = chr(ord(letters[at]) ^ 1 << chance.randrange(7))
    return "".join(letters)


def test_untouched_it_has_no_fault(copy: Copy) -> None:
    assert copy.faults() == []


@pytest.mark.parametrize("tries", [400, pytest.param(20_000, marks=pytest.mark.proof)])
def test_any_altered_byte_is_found(copy: Copy, tries: int) -> None:
    @settings(max_examples=tries, deadline=None, database=None)
    @given(data=strategies.data())
    def found(data: strategies.DataObject) -> None:
        table = data.draw(strategies.sampled_from(sorted(copy.tables)))
        column = data.draw(strategies.sampled_from(copy.tables[table]))
        rowid = data.draw(strategies.sampled_from(copy.ids[table]))
        was = copy.cell(table, column, rowid)
        now = flipped(was, random.Random(data.draw(strategies.integers(0, 10**6))))
        with suppress(IntegrityError):  # another row has that key, or a text belongs to that entry
            change = (f"UPDATE {table} SET {column} = :now WHERE rowid = {rowid}", {"now": now})
            assert copy.faults(change), (table, column, was, now)

    found()


@pytest.mark.parametrize("spelling", [("T", " "), ("+00:00", "Z"), ("2026", "20 6"), ("+00:00", "")])
@pytest.mark.parametrize("table", ["record_entry", "record_checkpoint"])
def test_an_instant_in_another_spelling_is_another_row(
    copy: Copy, table: str, spelling: tuple[str, str]
) -> None:
    change = f"UPDATE {table} SET at = replace(at, :old, :new) WHERE rowid = 3"
    assert copy.faults((change, {"old": spelling[0], "new": spelling[1]}))


def test_a_forged_text_of_no_known_form_is_a_fault_and_no_crash(copy: Copy) -> None:
    with copy.engine.connect() as c:
        entry = dict(c.execute(text("SELECT * FROM record_entry WHERE position = 3")).one()._mapping)
    for kind, body in (
        ("unit", "not even JSON"),
        ("unit", "{}"),
        ("uniu", "{}"),
        ("unit", '{"tombstone":1}'),
    ):
        forged = {**entry, "kind": kind, "digest": content_digest(b"0" * 16, body), "body": body}
        forged |= {"leaf": merkle.leaf_hash(raw_envelope(forged)), "salt": b"0" * 16}
        assert copy.faults(
            ("UPDATE record_content SET body = :body, salt = :salt WHERE position = 3", forged),
            (
                "UPDATE record_entry SET kind = :kind, digest = :digest, leaf = :leaf WHERE position = 3",
                forged,
            ),
        )


@pytest.mark.parametrize(
    "table", ["record_entry", "record_content", "record_node", "record_latest", "record_checkpoint"]
)
def test_any_missing_row_is_found(copy: Copy, table: str) -> None:
    for rowid in copy.ids[table]:
        assert copy.faults((f"DELETE FROM {table} WHERE rowid = {rowid}", {})), rowid


STRAY: dict[str, tuple[str, Callable[["Copy"], dict[str, Any]]]] = {
    "an entry at the end": (
        "INSERT INTO record_entry SELECT (SELECT max(position) + 1 FROM record_entry), kind, ref || 'x', 1, "
        "act, cites, at, digest, leaf FROM record_entry WHERE position = 3",
        lambda copy: {},
    ),
    "a text for an erased entry": (
        "INSERT INTO record_content SELECT cites, :salt, :body FROM record_entry WHERE act = 'redact'",
        lambda copy: {"salt": b"0" * 16, "body": "{}"},
    ),
    "a text for no entry": (
        "INSERT INTO record_content VALUES (123456, :salt, 'x')",
        lambda copy: {"salt": b"0"},
    ),
    "a node too many": (
        "INSERT INTO record_node SELECT 9, 9, hash FROM record_node LIMIT 1",
        lambda copy: {},
    ),
    "a checkpoint of a later size": (
        "INSERT INTO record_checkpoint SELECT size + 1, root, at, note FROM record_checkpoint "
        "ORDER BY size DESC LIMIT 1",
        lambda copy: {},
    ),
    "a pointer to nothing": (
        "INSERT INTO record_latest VALUES ('nothing', 'unit', 123456, 1, NULL, 1)",
        lambda copy: {},
    ),
}


@pytest.mark.parametrize("what", STRAY)
def test_any_row_too_many_is_found(copy: Copy, what: str) -> None:
    statement, values = STRAY[what]
    assert copy.faults((statement, values(copy)))


def test_an_erased_text_that_came_back_is_found(tmp_path: Path) -> None:
    """As from an old backup: word for word what was erased, so its digest is right."""
    world = World(tmp_path).settle_in()
    ref = world.bring_in(world.read(story.ONE))
    database = tmp_path / "portal.sqlite"
    with sqlite3.connect(database) as raw:
        (kept,) = raw.execute(
            "SELECT position, salt, body FROM record_content JOIN record_entry USING (position) "
            "WHERE ref = ? AND number = 1",
            (ref,),
        )
    raw.close()
    assert story.redact(world, ref) == kept[0]
    with sqlite3.connect(database) as raw:
        raw.execute("INSERT INTO record_content VALUES (?, ?, ?)", kept)
    raw.close()
    with Session(engine_as(DoorRole.OWNER, world.settings.database_url)) as session:
        faults = verify(session, verifier=world.signer.verifier()).faults
    assert len(faults) == 1
    assert "vẫn còn" in faults[0]


def test_a_history_forged_all_through_lacks_the_signature(copy: Copy) -> None:
    """Whoever can write every row still cannot sign: text, digest, leaf, tree and root made anew."""
    with copy.engine.connect() as c:
        entries = [
            dict(row._mapping) for row in c.execute(text("SELECT * FROM record_entry ORDER BY position"))
        ]
        body, salt = c.execute(text("SELECT body, salt FROM record_content WHERE position = 3")).one()
    forged = body.replace("phường", "Phường").replace("xã", "Xã")
    assert forged != body
    changes: list[tuple[str, dict[str, Any]]] = [
        ("UPDATE record_content SET body = :body WHERE position = 3", {"body": forged})
    ]
    entries[3]["digest"] = content_digest(salt, forged)
    nodes: dict[tuple[int, int], bytes] = {}
    for entry in entries:
        entry["leaf"] = merkle.leaf_hash(raw_envelope(entry))
        for level, place, value in merkle.grown(
            entry["position"], entry["leaf"], lambda le, pl: nodes[le, pl]
        ):
            nodes[level, place] = value
    changes += [
        ("UPDATE record_entry SET digest = :digest, leaf = :leaf WHERE position = :position", e)
        for e in entries
    ]
    changes += [
        ("UPDATE record_node SET hash = :hash WHERE level = :level AND place = :place",
         {"level": level, "place": place, "hash": value}) for (level, place), value in nodes.items()
    ]  # fmt: skip
    size = len(entries)
    root = merkle.root(size, lambda le, pl: nodes[le, pl])
    changes.append(
        ("UPDATE record_checkpoint SET root = :root WHERE size = :size", {"root": root, "size": size})
    )
    swap = "UPDATE record_checkpoint SET note = replace(note, :old, :new) WHERE size = :size"
    with copy.engine.connect() as c:
        was = c.execute(text(f"SELECT root FROM record_checkpoint WHERE size = {size}")).scalar_one()
    old = base64.b64encode(was).decode()
    changes.append((swap, {"old": old, "new": base64.b64encode(root).decode(), "size": size}))
    faults = copy.faults(*changes)
    assert any(f"mốc {size}: sai chữ ký" in fault for fault in faults)
    assert not any("bị sửa" in fault for fault in faults)  # the rows agree with each other


def raw_envelope(entry: dict[str, Any]) -> bytes:
    columns = {name: entry[name] for name in ("kind", "ref", "number", "act", "cites", "digest")}
    return envelope(at=datetime.fromisoformat(entry["at"]), **columns)


def test_another_key_signs_nothing_here(copy: Copy, tmp_path: Path) -> None:
    other = World(tmp_path).signer.verifier()
    with Session(copy.engine) as session:
        faults = verify(session, verifier=other).faults
    assert faults
    assert all("chữ ký" in fault for fault in faults)


def test_no_record_at_all_is_whole(tmp_path: Path) -> None:
    world = World(tmp_path)
    with Session(engine_as(DoorRole.PUBLIC, world.settings.database_url)) as session:
        seen = verify(session, verifier=world.signer.verifier())
    assert (seen.faults, seen.entries, seen.root_hex) == ([], 0, merkle.EMPTY_ROOT.hex())


def test_a_copied_installation_is_whole_too(tmp_path: Path) -> None:
    world = World(tmp_path / "one").settle_in()
    world.bring_in(world.read(story.THREE))
    world.close()
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    with closing(World(tmp_path / "other")) as other, other.work() as w:
        assert verify(w.session, verifier=world.signer.verifier()).faults == []
