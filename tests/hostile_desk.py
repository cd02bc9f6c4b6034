"""A desk whose every word is hostile: whatever people wrote into its tables becomes a text of the list."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from matrix_world import DYE, MatrixDesk

_WORDS = ("TEXT", "VARCHAR", "JSON")
# Shown by the address they lie under, or written by the library and not by people.
_NOT_TYPED = {"fs_uniquifier", "password", "email", "tf_totp_secret", "state"}


def spoil_desk(made: MatrixDesk, texts: Iterator[str]) -> int:
    """Put the next of ``texts`` wherever prose is stored in the office; how many places that were."""
    with sqlite3.connect(made.world.settings.instance / "portal.sqlite") as c:
        for (trigger,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            c.execute(f'DROP TRIGGER "{trigger}"')  # rows that nobody may change, but for a test
        tables = c.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'office%'"
        ).fetchall()
        for_above = "SELECT id FROM office_officer WHERE email = ?"  # cases are shown to whoever has them
        c.execute(f"UPDATE office_case SET assigned_id = ({for_above})", [made.emails["above"]])
        done = sum(_spoil_table(c, table, texts) for (table,) in tables)
    c.close()
    made.remember()
    return done


def _spoil_table(c: sqlite3.Connection, table: str, texts: Iterator[str]) -> int:
    columns = [
        name
        for _, name, kind, *_ in c.execute(f'PRAGMA table_info("{table}")')
        if kind.startswith(_WORDS) and name not in _NOT_TYPED
    ]
    done = 0
    for column in columns:
        rows = c.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
        spoilt = [(row, _spoilt(value, texts)) for row, value in rows if isinstance(value, str)]
        changed = [(value, row) for row, value in spoilt if value is not None]
        c.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', changed)
        done += len(changed)
    return done


def _spoilt(value: str, texts: Iterator[str]) -> str | None:
    """What stands in place of ``value``; None where it is no prose."""
    if value.startswith(("[", "{")):
        return json.dumps(_inside(json.loads(value), texts), ensure_ascii=False)
    return next(texts) if " " in value or DYE in value else None


def _inside(value: Any, texts: Iterator[str]) -> Any:
    if isinstance(value, dict):
        return {key: _inside(one, texts) for key, one in value.items()}
    if isinstance(value, list):
        return [_inside(one, texts) for one in value]
    return next(texts) if isinstance(value, str) and (" " in value or DYE in value) else value
