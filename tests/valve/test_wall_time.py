"""Time wall: what was said stays said; everything else can be made again from it and is the same."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import story
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from walls import drop_guards, engine_as, refusal
from world import World

from portal.commands.followers import index_folder, public_log
from portal.kernel.grants import DoorRole
from portal.record import canon, merkle, reads
from portal.record.append import is_standing, within
from portal.record.documents import Act, Kind
from portal.record.search import Judged, Query, Searcher, Sort
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
        searcher = Searcher(folder, log, lambda document, day: Judged("on_track"))
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
