"""Time wall: what was said stays said; everything else can be made again from it and is the same."""

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
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from walls import engine_as, refusal
from world import World

from portal.commands.followers import index_folder, public_log
from portal.kernel.grants import DoorRole
from portal.record import canon, merkle, reads
from portal.record.append import content_digest, envelope, is_standing, within
from portal.record.documents import Act, Kind
from portal.record.search import Query, Searcher, Sort
from portal.record.search.writer import Writer
from portal.record.verify import verify

KEPT = ("record_entry", "record_node", "record_checkpoint", "record_content", "office_audit")
ROLES = (DoorRole.OWNER, DoorRole.DESK, DoorRole.PUBLIC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which everything has happened, once on each database."""
    folder = tmp_path_factory.mktemp("world")
    address = f"sqlite:///{folder / 'portal.sqlite'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres").database()
    with closing(World(folder, database_url=address)) as made:
        story.tell(made, follow=True)
        yield made


def rows(engine: Engine, table: str) -> list[tuple[Any, ...]]:
    with engine.connect() as c:
        return sorted((tuple(row) for row in c.execute(text(f"SELECT * FROM {table}"))), key=repr)


def assert_refused(role: DoorRole, url: str, table: str, statement: str) -> None:
    engine = engine_as(role, url)
    before = rows(engine_as(DoorRole.OWNER, url), table)
    assert before
    answer = refusal(engine, statement)
    if role is DoorRole.OWNER:  # no right is missing: it is the trigger that refuses
        assert "append-only" in answer, (statement, answer)
    assert answer, statement
    assert rows(engine_as(DoorRole.OWNER, url), table) == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", KEPT)
class TestNobodyRewrites:
    """Not even the owner of the schema, by any statement that changes rows."""

    def test_by_update(self, world: World, table: str, role: DoorRole) -> None:
        url = world.settings.database_url
        for column in inspect(engine_as(DoorRole.OWNER, url)).get_columns(table):
            assert_refused(role, url, table, f'UPDATE {table} SET "{column["name"]}" = "{column["name"]}"')

    def test_by_delete(self, world: World, table: str, role: DoorRole) -> None:
        assert_refused(role, world.settings.database_url, table, f"DELETE FROM {table}")

    def test_by_truncate_or_replace(self, world: World, table: str, role: DoorRole) -> None:
        url = world.settings.database_url
        if url.startswith("sqlite"):
            assert_refused(role, url, table, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
            assert_refused(role, url, table, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
        else:
            assert_refused(role, url, table, f"TRUNCATE {table} CASCADE")

    def test_by_an_upsert(self, world: World, table: str, role: DoorRole) -> None:
        url = world.settings.database_url
        found = inspect(engine_as(DoorRole.OWNER, url))
        key = ", ".join(found.get_pk_constraint(table)["constrained_columns"])
        last = found.get_columns(table)[-1]["name"]
        assert_refused(
            role, url, table,
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
            f"ON CONFLICT ({key}) DO UPDATE SET {last} = excluded.{last}",
        )  # fmt: skip


def test_without_the_guards_the_owner_could(tmp_path: Path) -> None:
    """The positive control: the same statements pass once the triggers are gone."""
    world = World(tmp_path).settle_in()
    owner = engine_as(DoorRole.OWNER, world.settings.database_url)
    drop_guards(owner)
    for table in KEPT:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        assert refusal(owner, "PRAGMA foreign_keys = OFF", begin=False) == ""
        assert refusal(owner, statement) == ""
        assert "append-only" not in refusal(owner, f"DELETE FROM {table}")


def drop_guards(engine: Engine) -> None:
    with engine.begin() as c:
        names = c.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        assert len(names) > 10
        for name in names:
            c.execute(text(f"DROP TRIGGER {name}"))


class TestErasure:
    """A text may go when an entry of the log says so, and only that text."""

    def cited(self, world: World) -> int:
        with engine_as(DoorRole.OWNER, world.settings.database_url).connect() as c:
            return int(c.execute(text("SELECT cites FROM record_entry WHERE act = 'redact'")).scalar_one())

    def test_the_cited_text_is_gone_and_every_proof_holds(self, world: World) -> None:
        cited = self.cited(world)
        with engine_as(DoorRole.PUBLIC, world.settings.database_url).connect() as c:
            entry = reads.entry(c, cited)
            assert entry is not None
            assert entry.document is None
            proof = reads.inclusion(c, cited)
            assert proof is not None
            path = [bytes.fromhex(step) for step in proof.path]
            assert merkle.is_included(
                bytes.fromhex(proof.leaf_hex), cited, proof.size, path, bytes.fromhex(proof.root_hex)
            )

    def test_nothing_else_can_be_erased(self, world: World) -> None:
        cited = self.cited(world)
        for role in (DoorRole.DESK, DoorRole.OWNER):
            engine = engine_as(role, world.settings.database_url)
            for position, *_ in rows(engine, "record_content"):
                assert position != cited
                answer = refusal(engine, f"DELETE FROM record_content WHERE position = {position}")
                assert "append-only" in answer

    def test_what_is_cited_can_be_erased(self, world: World) -> None:
        """The positive control: with the citing entry the same statement passes."""
        url = world.settings.database_url
        engine = engine_as(DoorRole.DESK, url)
        cite = (
            "INSERT INTO record_entry (position, kind, ref, number, act, cites, at, digest, leaf) "
            "VALUES (999999, 'unit', 'x', 1, 'redact', 0, 'x', 'x', 'x')"
        )
        with engine.connect() as c:
            assert c.execute(text(cite)).rowcount == 1
            assert c.execute(text("DELETE FROM record_content WHERE position = 0")).rowcount == 1
            with pytest.raises(DBAPIError, match="append-only"):
                c.execute(text("DELETE FROM record_content WHERE position = 1"))
            c.rollback()

    def test_a_false_log_beside_the_log_does_not_help(self, world: World) -> None:
        """PostgreSQL looks for temporary tables first; the guard does not."""
        if world.settings.is_sqlite:
            answer = refusal(
                engine_as(DoorRole.DESK, world.settings.database_url),
                "CREATE TEMP TABLE record_entry (act TEXT)",
            )
            assert "not authorized" in answer
            return
        with engine_as(DoorRole.DESK, world.settings.database_url).connect() as c:
            c.execute(text("CREATE TEMP TABLE record_entry (act TEXT, cites BIGINT)"))
            c.execute(text("INSERT INTO pg_temp.record_entry VALUES ('redact', 0)"))
            c.execute(text("SET LOCAL search_path = pg_temp, public"))
            with pytest.raises(DBAPIError, match="append-only"):
                c.execute(text("DELETE FROM record_content WHERE position = 0"))
            c.rollback()


def test_the_pointers_can_be_made_again_from_the_log(world: World) -> None:
    """``record_latest`` holds nothing that the log does not say; told here a second time, in another way."""
    with engine_as(DoorRole.PUBLIC, world.settings.database_url).connect() as c:
        stored = {row.ref: tuple(row) for row in c.execute(text("SELECT * FROM record_latest"))}
        columns = list(c.execute(text("SELECT * FROM record_latest")).keys())
        entries = c.execute(text("SELECT position, kind, ref, number, act, cites FROM record_entry")).all()
        bodies = dict(tuple(row) for row in c.execute(text("SELECT position, body FROM record_content")))
    assert len(stored) > 30
    made = {}
    for ref in {entry.ref for entry in entries}:
        mine = sorted((e for e in entries if e.ref == ref), key=lambda e: e.number)
        shown = mine[0]
        for entry in mine[1:]:
            if entry.act != Act.REDACT or entry.cites == shown.position:
                shown = entry
        document = canon.decode(Kind(shown.kind), bodies[shown.position])[0]
        told = {
            "ref": ref, "kind": shown.kind, "position": shown.position, "number": mine[-1].number,
            "within": within(document), "standing": is_standing(document),
        }  # fmt: skip
        made[ref] = tuple(told[name] for name in columns)
    assert made == stored


WORDS = (
    "đất đai",
    "dau tu cong",
    "5 rõ",
    "nhị chiểu",
    "tỷ lệ",
    "trật tự",
    "cải cách",
    "kinh môn",
    "",
    "phú thứ",
)


def answers(world: World, folder: Path) -> list[object]:
    """What a searcher over the index in ``folder`` answers to many questions."""
    with public_log(world.settings) as log:
        searcher = Searcher(folder, log, lambda document, day: "on_track")
        assert searcher.doubt is None
        with world.work() as w:
            today = w.today
        found: list[object] = [
            searcher.search(Query(text=words, sort=sort, page=page), today=today)
            for words in WORDS
            for sort in Sort
            for page in (1, 2)
        ]
        return found


def test_the_index_built_anew_answers_as_the_one_that_followed(world: World, tmp_path: Path) -> None:
    world.follow()
    with public_log(world.settings) as log:
        Writer(tmp_path / "anew").rebuild(log)
    followed, anew = answers(world, index_folder(world.settings)), answers(world, tmp_path / "anew")
    assert followed == anew
    assert len({repr(answer) for answer in anew}) > 10  # the questions tell documents apart


def test_the_record_is_whole(world: World) -> None:
    with Session(engine_as(DoorRole.PUBLIC, world.settings.database_url)) as session:
        seen = verify(session, verifier=world.signer.verifier())
    assert seen.faults == []
    assert seen.entries == seen.texts + seen.erased > 40
    assert seen.erased == 1
    assert seen.checkpoints >= 8


# --- record verify: whatever is altered in the rows is found ---------------------------------------


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
