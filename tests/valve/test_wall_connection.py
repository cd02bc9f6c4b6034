"""Connection wall: raw SQL reaches nothing that GRANTS does not give the door, on either database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import servers
import walls
from hypothesis import given, settings, strategies
from sqlalchemy import Engine, create_engine, inspect, text
from walls import attacks, engine_as, is_refusal, let_through, refusal, rights_in_truth
from world import World

from portal.kernel import grants
from portal.kernel.db import Base
from portal.kernel.grants import GRANTS, DoorRole, Right, authorizer, grant_statements, rights_on
from portal.migrations import metadata

DOORS = (DoorRole.PUBLIC, DoorRole.DESK)
ROOMS = ("office_", "record_", "inbox_", "door_")
# Tables that are not built yet, or that nobody thought of: they must be behind the wall too.
STRANGERS = ("inbox_letter", "record", "secret_plan", "officer")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a published programme and tables nobody thought of, once for each kind."""
    folder = tmp_path_factory.mktemp("world")
    address = f"sqlite:///{folder / 'portal.sqlite'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres").database()
    with closing(World(folder, database_url=address)) as world:
        world.settle_in().bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    with engine_as(DoorRole.OWNER, address).begin() as connection:
        for name in STRANGERS:
            connection.execute(text(f"CREATE TABLE {name} (words TEXT NOT NULL)"))
        if request.param == "postgresql":
            for statement in grant_statements(inspect(connection).get_table_names()):
                connection.execute(text(statement))
    return address


@pytest.fixture(scope="module")
def columns(url: str) -> dict[str, str]:
    """Every table of the database, with one of its columns."""
    found = inspect(engine_as(DoorRole.OWNER, url))
    return {name: found.get_columns(name)[-1]["name"] for name in found.get_table_names()}


@pytest.fixture
def public(url: str, request: pytest.FixtureRequest) -> Engine:
    """The public door's connection: on PostgreSQL with a login of its own, as on two hosts."""
    if url.startswith("sqlite"):
        return engine_as(DoorRole.PUBLIC, url)
    return engine_as(DoorRole.PUBLIC, own_login(request.getfixturevalue("postgres"), url, "portal_public"))


def own_login(cluster: servers.Postgres, url: str, role: str) -> str:
    database, name = url.split("@/")[1].split("?")[0], f"login_{role}"
    cluster.run(
        f"DO $$ BEGIN CREATE ROLE {name} LOGIN; GRANT {role} TO {name}; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return cluster.url(name, database)


def without(right: Right, role: DoorRole, columns: dict[str, str]) -> list[tuple[str, str]]:
    """The tables on which ``role`` does not have ``right``."""
    return [(table, column) for table, column in columns.items() if right not in rights_on(role, table)]


def untouchable(columns: dict[str, str], role: DoorRole) -> list[tuple[str, str]]:
    """The tables that ``role`` may not change in any way."""
    changes = {Right.INSERT, Right.UPDATE, Right.DELETE}
    return [(table, column) for table, column in columns.items() if not changes & rights_on(role, table)]


def snapshot(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything the database holds."""
    with engine_as(DoorRole.OWNER, url).connect() as c:
        tables = inspect(c).get_table_names()
        return {
            t: sorted((tuple(r) for r in c.execute(text(f'SELECT * FROM "{t}"'))), key=repr) for t in tables
        }


def test_the_public_door_reads_nothing_behind_the_wall(public: Engine, columns: dict[str, str]) -> None:
    hidden = without(Right.SELECT, DoorRole.PUBLIC, columns)
    assert {"office_commitment", "office_audit", "inbox_letter", "secret_plan"} <= dict(hidden).keys()
    assert let_through(public, attacks(walls.READING, hidden)) == []


def test_the_public_door_changes_nothing_but_what_is_its_own(
    public: Engine, url: str, columns: dict[str, str]
) -> None:
    before = snapshot(url)
    tables = untouchable(columns, DoorRole.PUBLIC)
    assert {"office_commitment", "record_entry", "record_latest", "alembic_version"} <= dict(tables).keys()
    assert let_through(public, attacks(walls.WRITING, tables)) == []
    assert let_through(public, walls.DEFINING) == []
    assert snapshot(url) == before


def test_the_tricks_of_each_database_are_refused(public: Engine, url: str, columns: dict[str, str]) -> None:
    before = snapshot(url)
    hidden = [
        (t, c) for t, c in without(Right.SELECT, DoorRole.PUBLIC, columns) if not t.startswith("inbox_")
    ]
    if url.startswith("sqlite"):
        known = attacks(walls.SQLITE_ONLY, hidden)
        assert let_through(public, [*known, *walls.SQLITE_ONCE], begin=False) == []
    else:
        assert let_through(public, [*attacks(walls.POSTGRESQL_ONLY, hidden), *walls.POSTGRESQL_ONCE]) == []
    assert snapshot(url) == before
    assert not Path("copy.sqlite").exists()


def test_the_desk_defines_nothing_and_rewrites_no_history(url: str) -> None:
    desk = engine_as(DoorRole.DESK, url)
    history = [
        (t, "digest" if t == "record_entry" else "note") for t in ("record_entry", "record_checkpoint")
    ]
    assert let_through(desk, attacks(walls.WRITING[:2], history)) == []
    if url.startswith("sqlite"):
        assert let_through(desk, [*walls.DEFINING, *walls.SQLITE_ONCE], begin=False) == []
    else:
        with desk.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar() == "portal_desk"
        assert let_through(desk, walls.DEFINING) == []


def test_the_owner_is_let_through_by_the_same_attempts(url: str, columns: dict[str, str]) -> None:
    """The positive control: without a wall every one of them passes, so it was the wall that refused."""
    owner = engine_as(DoorRole.OWNER, url)
    tries = attacks((*walls.READING, *walls.WRITING), without(Right.SELECT, DoorRole.PUBLIC, columns))
    assert len(let_through(owner, tries)) == len(tries) > 100
    read = [s for s in attacks(walls.READING[:2], columns.items()) if refusal(owner, s) == ""]
    assert len(read) == 2 * len(columns)


def test_a_grant_too_many_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second positive control: one prefix too short in GRANTS, and the reading test goes red."""
    loose = grants.Grant("office_com", grants.READ)
    monkeypatch.setitem(GRANTS, DoorRole.PUBLIC, (*GRANTS[DoorRole.PUBLIC], loose))
    world = World(tmp_path)
    engine = engine_as(DoorRole.PUBLIC, world.settings.database_url)
    assert let_through(engine, attacks(walls.READING[:1], [("office_commitment", "text")]))
    assert not let_through(engine, attacks(walls.READING[:1], [("office_programme", "ref")]))


@pytest.mark.parametrize("role", DOORS)
def test_what_the_database_allows_is_what_grants_says(
    url: str, columns: dict[str, str], role: DoorRole
) -> None:
    engine = engine_as(role, url)
    truth = {table: rights_in_truth(engine, table, column) for table, column in columns.items()}
    assert truth == {table: rights_on(role, table) for table in columns}
    assert len(set(truth.values())) >= 3  # some of each kind, or this compares nothing


@pytest.mark.parametrize("role", DOORS)
def test_the_same_for_any_table_anybody_may_add(url: str, role: DoorRole) -> None:
    owner, engine = engine_as(DoorRole.OWNER, url), engine_as(role, url)
    names = strategies.from_regex(r"\A(office|record|inbox|door|other)_?[a-z_]{0,12}\Z").filter(
        lambda name: not name.startswith("sqlite")
    )

    @settings(max_examples=25, deadline=None, database=None)
    @given(names)
    def holds(name: str) -> None:
        name = f"{name}_x"  # never one that is there already
        with owner.begin() as c:
            c.execute(text(f'CREATE TABLE "{name}" (words TEXT)'))
            if c.dialect.name == "postgresql":
                for statement in grant_statements([name]):
                    c.execute(text(statement))
        try:
            assert rights_in_truth(engine, name, "words") == rights_on(role, name)
        finally:
            with owner.begin() as c:
                c.execute(text(f'DROP TABLE "{name}"'))

    holds()


def test_every_table_has_a_decided_right_for_every_role() -> None:
    tables = set(Base.metadata.tables)
    assert metadata.ROOMS
    assert len(tables) > 15
    assert [t for t in tables if not t.startswith(ROOMS)] == []
    for role in DOORS:
        prefixes = tuple(grant.prefix for grant in GRANTS[role])
        undecided = {t for t in tables if not t.startswith(prefixes)}
        # The public role has no entry for the office: that is the decision.
        assert undecided == (
            {t for t in tables if t.startswith("office_")} if role is DoorRole.PUBLIC else set()
        )


def test_the_migrated_schema_has_exactly_the_tables_of_the_rooms(url: str, columns: dict[str, str]) -> None:
    assert columns.keys() - set(STRANGERS) - {"alembic_version"} == set(Base.metadata.tables)


class TestOnPostgreSQL:
    """Roles can be put on and off there; a login of its own is what makes the wall hold."""

    @pytest.fixture
    def address(self, tmp_path: Path, postgres: servers.Postgres) -> str:
        address = postgres.database()
        World(tmp_path, database_url=address).close()
        return address

    @pytest.fixture
    def guest(self, address: str, postgres: servers.Postgres) -> Iterator[Engine]:
        """A login that is a member of ``portal_public`` and of nothing else, without our SET ROLE."""
        engine = create_engine(own_login(postgres, address, "portal_public"))
        yield engine
        engine.dispose()

    def test_a_login_of_its_own_cannot_become_anybody_else(self, guest: Engine) -> None:
        tries = ("SET ROLE portal_desk", f"SET ROLE {servers.OWNER}", "SET ROLE super")
        assert let_through(guest, tries) == []

    @pytest.mark.parametrize("first", ["RESET ROLE", "SET ROLE NONE", "RESET ALL", "DISCARD ALL"])
    def test_taking_the_role_off_gains_nothing(self, guest: Engine, first: str) -> None:
        with guest.connect() as c:
            raw = c.execution_options(isolation_level="AUTOCOMMIT")
            raw.execute(text("SET ROLE portal_public"))
            raw.execute(text(first))
            with pytest.raises(Exception, match="permission denied"):
                raw.execute(text("SELECT 1 FROM office_commitment"))

    def test_one_login_for_both_doors_is_no_wall(self, address: str) -> None:
        """Why the public host gets its own login: with the owner's, raw SQL takes the role off."""
        engine = engine_as(DoorRole.PUBLIC, address)
        assert is_refusal(refusal(engine, "SELECT 1 FROM office_commitment"))
        assert refusal(engine, "RESET ROLE; SELECT 1 FROM office_commitment") == ""

    def test_the_portal_serves_over_a_login_of_its_own(
        self, tmp_path: Path, postgres: servers.Postgres
    ) -> None:
        address = postgres.database()
        with closing(World(tmp_path, database_url=address)) as world:
            ref = world.settle_in().bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
            own = own_login(postgres, address, "portal_public")
            world.settings = replace(world.settings, public_database_url=own)
            assert world.reader().get(f"/chuong-trinh/{ref}").status_code == 200

    def test_a_second_upgrade_changes_nothing(self, tmp_path: Path, address: str) -> None:
        before = {role: self.rights(address, role) for role in DOORS}
        World(tmp_path, database_url=address).close()
        assert {role: self.rights(address, role) for role in DOORS} == before
        assert before[DoorRole.PUBLIC]["record_entry"] == grants.READ

    def rights(self, address: str, role: DoorRole) -> dict[str, frozenset[Right]]:
        with engine_as(DoorRole.OWNER, address).connect() as c:
            ask = text("SELECT has_table_privilege(:role, :name, :right)")
            return {
                name: frozenset(
                    r
                    for r in Right
                    if c.execute(ask, {"role": f"portal_{role}", "name": name, "right": r}).scalar()
                )
                for name in inspect(c).get_table_names()
            }


def test_the_authorizer_asks_for_the_real_name_of_a_table() -> None:
    """SQLite's names know no case; neither may the wall."""
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE Office_Draft (words TEXT)")
    raw.execute("CREATE TABLE RECORD_PAGE (words TEXT)")
    raw.set_authorizer(authorizer(DoorRole.PUBLIC))
    for name in ("office_draft", "OFFICE_DRAFT", "Record_Page"):
        with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
            raw.execute(f"SELECT words FROM {name}")
    raw.close()
