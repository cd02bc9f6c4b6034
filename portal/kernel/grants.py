"""Who may touch which tables: one table that makes the SQLite authorizer and the PostgreSQL grants."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class DoorRole(StrEnum):
    """The database identities. OWNER migrates; nothing that serves a request uses it."""

    PUBLIC = "public"
    DESK = "desk"
    OWNER = "owner"


class Right(StrEnum):
    """What may be done to a table."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


READ = frozenset({Right.SELECT})
APPEND = frozenset({Right.INSERT})
USE = frozenset(Right)


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights on every table whose name starts with ``prefix``."""

    prefix: str
    rights: frozenset[Right]


# The longest matching prefix decides. No entry: no right.
GRANTS: dict[DoorRole, tuple[Grant, ...]] = {
    DoorRole.PUBLIC: (
        Grant("record_", READ),
        Grant("inbox_", APPEND),
        Grant("door_", USE),
    ),
    DoorRole.DESK: (
        Grant("office_", USE),
        Grant("office_audit", READ | APPEND),
        Grant("office_dossier", READ | APPEND),  # frozen is frozen
        Grant("office_programme_version", READ | APPEND | {Right.UPDATE}),  # only to empty it, see guards
        Grant("record_", READ | APPEND),
        Grant("record_latest", USE),
        Grant("record_evidence", USE),
        Grant("record_content", READ | APPEND | {Right.DELETE}),
        Grant("inbox_", READ | {Right.DELETE}),
        Grant("inbox_rating", READ | APPEND | {Right.DELETE}),  # slips of paper are typed at the desk
        Grant("inbox_comment", READ | APPEND | {Right.DELETE}),
        Grant("door_", USE),
    ),
}


def rights_on(role: DoorRole, table: str) -> frozenset[Right]:
    """What ``role`` may do to ``table``."""
    best = max(
        (g for g in GRANTS[role] if table.startswith(g.prefix)),
        key=lambda g: len(g.prefix),
        default=None,
    )
    return best.rights if best else frozenset()


_ACTIONS = {
    sqlite3.SQLITE_READ: Right.SELECT,
    sqlite3.SQLITE_INSERT: Right.INSERT,
    sqlite3.SQLITE_UPDATE: Right.UPDATE,
    sqlite3.SQLITE_DELETE: Right.DELETE,
}
_HARMLESS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
    sqlite3.SQLITE_RECURSIVE,
}
_FORBIDDEN_FUNCTIONS = {"load_extension", "writefile", "readfile", "edit", "fts3_tokenizer"}

_MEETING = ("read_uncommitted", None)  # SQLAlchemy asks this once, when it first meets a database
_PRAGMAS: dict[DoorRole, set[tuple[str | None, str | None]]] = {
    DoorRole.PUBLIC: {_MEETING},
    # After an erasure the old bytes must leave the write-ahead log too (architecture, 12).
    DoorRole.DESK: {_MEETING, ("wal_checkpoint", "TRUNCATE")},
    DoorRole.OWNER: {_MEETING},
}

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer(role: DoorRole) -> Authorizer:
    """The SQLite authorizer for ``role``: refuses whatever GRANTS does not name, ATTACH included."""

    def decide(
        action: int, first: str | None, second: str | None, base: str | None, inner: str | None
    ) -> int:
        if action in _HARMLESS:
            return sqlite3.SQLITE_OK
        if action in _ACTIONS:
            # ``inner`` names a trigger or view, but also any WITH the caller names: it earns nothing.
            allowed = _ACTIONS[action] in rights_on(role, first or "")
            return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION:
            harmful = (second or "").lower() in _FORBIDDEN_FUNCTIONS
            return sqlite3.SQLITE_DENY if harmful else sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA:
            is_allowed = (first, second) in _PRAGMAS[role]
            return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_DENY

    return decide


def grant_statements(tables: Iterable[str]) -> list[str]:
    """The PostgreSQL statements that give ``portal_public`` and ``portal_desk`` exactly GRANTS."""
    statements = []
    names = sorted(tables)
    for role in (DoorRole.PUBLIC, DoorRole.DESK):
        for table in names:
            statements.append(f'REVOKE ALL ON "{table}" FROM portal_{role}')
            if rights := sorted(rights_on(role, table)):
                statements.append(f'GRANT {", ".join(rights)} ON "{table}" TO portal_{role}')
    return statements
