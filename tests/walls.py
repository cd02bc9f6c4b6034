"""Trying the connection wall: what a role's connection really lets through, asked of the database itself."""

from collections.abc import Iterable

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from portal.kernel.db import wall
from portal.kernel.grants import DoorRole, Right

_REFUSALS = (
    "not authorized",
    "authorization denied",
    "may not be modified",
    "prohibited",
    "permission denied",
    "must be owner",
    "must be superuser",
    "must have CREATEROLE",
)


def engine_as(role: DoorRole, url: str) -> Engine:
    """A connection to the database at ``url`` behind the wall of ``role``."""
    engine = create_engine(url, poolclass=NullPool)
    wall(engine, role, url.startswith("sqlite"))
    return engine


def refusal(engine: Engine, statement: str, *, begin: bool = True) -> str:
    """How the database refuses ``statement``; empty when it was carried out.

    What was done is undone, but for what runs without ``begin`` because no transaction may hold it.
    """
    raw = engine.raw_connection()
    cursor = raw.cursor()
    try:
        if begin and engine.dialect.name == "sqlite":
            cursor.execute("BEGIN")
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()
    except engine.dialect.loaded_dbapi.Error as fault:
        return str(fault) or type(fault).__name__
    finally:
        raw.rollback()
        raw.close()
    return ""


def is_refusal(answer: str) -> bool:
    """Whether ``answer`` says that a right is missing, and not merely that the statement is faulty."""
    return any(words in answer for words in _REFUSALS)


def rights_in_truth(engine: Engine, table: str, column: str) -> frozenset[Right]:
    """What may really be done to ``table``, tried one right at a time. Nothing is changed."""
    tries = {
        Right.SELECT: f'SELECT "{column}" FROM "{table}"',
        Right.INSERT: f'INSERT INTO "{table}" ("{column}") VALUES (NULL)',
        Right.UPDATE: f'UPDATE "{table}" SET "{column}" = NULL',
        Right.DELETE: f'DELETE FROM "{table}"',
    }
    # A missing value or a trigger stops some of them; that is no matter of rights.
    return frozenset(right for right, sql in tries.items() if not is_refusal(refusal(engine, sql)))


def drop_guards(engine: Engine) -> None:
    """Take SQLite's append-only triggers away, as somebody with the file could."""
    with engine.begin() as c:
        names = c.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        assert len(names) > 10
        for name in names:
            c.execute(text(f"DROP TRIGGER {name}"))


# Raw SQL that must not pass, whoever wrote it. {t}: a table behind the wall, {c}: a column of it.
READING = (
    "SELECT * FROM {t}",
    "SELECT {c} FROM {t} LIMIT 1",
    "SELECT count(*) FROM {t}",
    "SELECT 1 FROM {t}",
    "SELECT (SELECT {c} FROM {t} LIMIT 1)",
    "SELECT * FROM (SELECT {c} FROM {t}) AS guard_x",
    "WITH x AS (SELECT {c} FROM {t}) SELECT * FROM x",
    # SQLite tells its authorizer the name of a WITH where it tells that of a trigger.
    "WITH guard_x AS (SELECT {c} FROM {t}) SELECT * FROM guard_x",
    "WITH guard_delete_record_content AS (SELECT {c} FROM {t}) SELECT * FROM guard_delete_record_content",
    "WITH RECURSIVE x(v) AS (SELECT CAST({c} AS TEXT) FROM {t} UNION SELECT v FROM x) SELECT * FROM x",
    "SELECT ref FROM record_latest UNION ALL SELECT CAST({c} AS TEXT) FROM {t}",
    "SELECT e.ref FROM record_entry e JOIN {t} o ON o.{c} IS NOT NULL",
    "SELECT ref FROM record_entry WHERE EXISTS (SELECT 1 FROM {t})",
    "SELECT ref FROM record_entry ORDER BY (SELECT CAST({c} AS TEXT) FROM {t} LIMIT 1)",
    "EXPLAIN SELECT {c} FROM {t}",
    "INSERT INTO door_limit (name, tries, ends_at) SELECT '1', 1, 1 FROM {t}",
    "INSERT INTO door_limit (name, tries, ends_at) VALUES ((SELECT CAST({c} AS TEXT) FROM {t}), 1, 1)",
    "INSERT INTO door_limit (name, tries, ends_at) VALUES ('1', 1, 1) RETURNING (SELECT count({c}) FROM {t})",
    "UPDATE door_limit SET name = (SELECT CAST({c} AS TEXT) FROM {t} LIMIT 1)",
    "DELETE FROM door_limit WHERE EXISTS (SELECT 1 FROM {t})",
)
WRITING = (
    "DELETE FROM {t}",
    "UPDATE {t} SET {c} = NULL",
    "INSERT INTO {t} ({c}) VALUES (NULL)",
    "INSERT INTO {t} ({c}) SELECT NULL",
    "WITH x AS (SELECT 1) DELETE FROM {t}",
    "WITH guard_x AS (SELECT 1) UPDATE {t} SET {c} = NULL",
)
DEFINING = (
    "CREATE TABLE mine (a INTEGER)",
    "CREATE TABLE mine AS SELECT * FROM record_entry",
    "CREATE VIEW guard_mine AS SELECT * FROM record_entry",
    "CREATE INDEX mine ON record_entry (ref)",
    "DROP TABLE record_entry",
    "DROP TABLE office_audit",
    "ALTER TABLE record_entry RENAME TO gone",
    "ALTER TABLE record_entry ADD COLUMN mine TEXT",
    "ALTER TABLE door_limit ADD COLUMN mine TEXT",
)
SQLITE_ONLY = (
    "INSERT OR REPLACE INTO {t} ({c}) VALUES (NULL)",
    "REPLACE INTO {t} ({c}) SELECT NULL",
    'SELECT * FROM main."{t}"',
    "SELECT rowid FROM [{t}]",
    "SELECT * FROM {T}",
    "EXPLAIN QUERY PLAN SELECT * FROM {t}",
    "PRAGMA table_info({t})",
    "SELECT * FROM pragma_table_info('{t}')",
    "CREATE TEMP TABLE mine AS SELECT * FROM {t}",
    "CREATE TEMP VIEW guard_mine AS SELECT * FROM {t}",
    "CREATE TEMP TRIGGER guard_mine AFTER INSERT ON door_limit BEGIN DELETE FROM {t}; END",
    "CREATE TRIGGER guard_mine AFTER INSERT ON door_limit BEGIN DELETE FROM {t}; END",
)
SQLITE_ONCE = (
    "SELECT * FROM sqlite_master",
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM sqlite_temp_master",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_schema SET sql = ''",
    "ATTACH ':memory:' AS other",
    "ATTACH 'elsewhere.sqlite' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'copy.sqlite'",
    "ANALYZE",
    "REINDEX",
    "PRAGMA writable_schema = 1",
    "PRAGMA database_list",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA recursive_triggers",
    "PRAGMA user_version = 7",
    "SELECT * FROM pragma_database_list",
    "DROP TRIGGER guard_update_record_entry",
    "DROP INDEX ix_record_latest_kind",
    "CREATE TEMP TABLE mine (a)",
    "CREATE VIRTUAL TABLE mine USING fts5(a)",
    "CREATE TABLE temp.mine (a)",
    "SELECT load_extension('evil')",
)
POSTGRESQL_ONLY = (
    "COPY {t} TO STDOUT",
    "COPY (SELECT {c} FROM {t}) TO STDOUT",
    "LOCK TABLE {t}",
    "TRUNCATE {t} CASCADE",
    "MERGE INTO {t} USING record_latest ON false WHEN NOT MATCHED THEN INSERT ({c}) VALUES (NULL)",
    "SELECT * FROM ONLY {t}",
    "TABLE {t}",
    "SELECT query_to_xml('SELECT * FROM {t}', true, true, '')",
    "CREATE TEMP TABLE mine AS SELECT * FROM {t}",
    "GRANT SELECT ON {t} TO PUBLIC",
    "ALTER TABLE {t} OWNER TO CURRENT_USER",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
)
POSTGRESQL_ONCE = (
    "SET SESSION AUTHORIZATION super",
    "SET session_replication_role = replica",
    "CREATE ROLE mine",
    "ALTER ROLE portal_public SUPERUSER",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION file_fdw",
    "COPY record_entry TO PROGRAM 'cat'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT * FROM pg_authid",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN OLD; END $$",
    "DROP TRIGGER guard_truncate_record_entry ON record_entry",
    "TRUNCATE record_entry CASCADE",
)


def attacks(templates: Iterable[str], tables: Iterable[tuple[str, str]]) -> list[str]:
    """Every template against every (table, column)."""
    return [
        template.format(t=table, T=table.upper(), c=column)
        for template in templates
        for table, column in tables
    ]


def let_through(engine: Engine, statements: Iterable[str], *, begin: bool = True) -> list[tuple[str, str]]:
    """The ``statements`` that no missing right stopped, each with what was answered instead."""
    answers = ((statement, refusal(engine, statement, begin=begin)) for statement in statements)
    return [(statement, answer) for statement, answer in answers if not is_refusal(answer)]
