"""What is looked over: the settings, the folders, the database in each role. Nothing is written."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from portal.kernel.db import wall
from portal.kernel.grants import DoorRole
from portal.settings import Settings

_LOCAL = ("127.0.0.1", "localhost", "::1")


class Skipped(Exception):
    """This installation has nothing the check could look at; the message says why."""


@dataclass
class Patient:
    """One installation at the instant ``now``. ``service``: where a running portal is asked."""

    settings: Settings
    now: datetime
    service: str = ""

    @property
    def keys(self) -> Path:
        """Where the keys lie."""
        return self.settings.instance / "keys"

    @property
    def is_local(self) -> bool:
        """Whether this is somebody's own machine and no public site."""
        return urlsplit(self.settings.base_url).hostname in _LOCAL

    @cached_property
    def has_office(self) -> bool:
        """Whether this host has the office: its code, and a login that may read its tables."""
        if find_spec("portal.office") is None:
            return False
        try:
            self.rows(DoorRole.DESK, "SELECT 1 FROM office_unit LIMIT 1")
        except SQLAlchemyError:
            return False
        return True

    def engine(self, role: DoorRole) -> Engine:
        """The database as the door of ``role`` sees it."""
        if role not in self._engines:
            if self.settings.is_sqlite and not self.sqlite_file().exists():
                raise FileNotFoundError(self.sqlite_file())  # or connecting would make an empty one
            url = self.settings.database_url
            if role is DoorRole.PUBLIC:
                url = self.settings.public_database_url or url
            self._engines[role] = create_engine(url, hide_parameters=True)
            wall(self._engines[role], role, self.settings.is_sqlite)
        return self._engines[role]

    def rows(self, role: DoorRole, statement: str, **values: Any) -> Sequence[Any]:
        """What ``statement`` gives; nothing it does outlives it."""
        with self.engine(role).connect() as connection:
            found = connection.execute(text(statement), values)
            rows = found.all() if found.returns_rows else []
            connection.rollback()
        return rows

    def public(self, statement: str, **values: Any) -> Sequence[Any]:
        """As the public door."""
        return self.rows(DoorRole.PUBLIC, statement, **values)

    def office(self, statement: str, **values: Any) -> Sequence[Any]:
        """As the desk. Raises Skipped on a host without the office."""
        if not self.has_office:
            raise Skipped("máy này chỉ có cửa công khai. / a public-only host.")
        return self.rows(DoorRole.DESK, statement, **values)

    def pragma(self, name: str) -> list[Any]:
        """What the SQLite file says, read without any of our own settings. Raises Skipped elsewhere."""
        file = self.sqlite_file()
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as raw:
            return [row[0] for row in raw.execute(f"PRAGMA {name}")]

    def sqlite_file(self) -> Path:
        """The database file. Raises Skipped on PostgreSQL."""
        if not self.settings.is_sqlite:
            raise Skipped("cơ sở dữ liệu là PostgreSQL. / the database is PostgreSQL.")
        return Path(make_url(self.settings.database_url).database or "").resolve()

    def before(self, **age: float) -> str:
        """The instant so long ago, as the database keeps instants."""
        return (self.now - timedelta(**age)).astimezone(UTC).isoformat()

    def close(self) -> None:
        """Let go of the database."""
        for engine in self._engines.values():
            engine.dispose()

    @cached_property
    def _engines(self) -> dict[DoorRole, Engine]:
        return {}
