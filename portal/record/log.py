"""The log as followers and caches see it: its head at the price of one tiny query, its tail, its root."""

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from portal.record import merkle, reads
from portal.record.documents import Revision

_HEAD = "SELECT max(size) FROM record_checkpoint"


class RecordLog:
    """The record behind ``engine``, for reading; any thread may use it.

    ``head`` is asked by every request before anything else and ``newest`` by every page of a document,
    so each thread keeps one connection for the two and asks the driver itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = threading.local()
        self._newest = str(reads.NEWEST.compile(engine))

    def head(self) -> int:
        """The number of entries."""
        return int(self._ask(_HEAD)[0] or 0)

    def newest(self, ref: str) -> Revision | None:
        """What `reads.revision` says of ``ref`` now; one statement sees one state of the log."""
        row = self._ask(self._newest, (ref,) if self._engine.dialect.positional else {"ref": ref})
        return None if row is None else reads.as_revision(row)

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """At most ``limit`` revisions from ``position`` on, ascending."""
        with self._engine.connect() as c:
            return reads.since(c, position, limit)

    def fingerprint(self, size: int) -> str:
        """Hex root hash of the first ``size`` entries."""
        with self._engine.connect() as c:
            return merkle.root(size, reads.node_reader(c)).hex()

    def close(self) -> None:
        """Give back this thread's connection; another question takes a new one."""
        if connection := getattr(self._kept, "connection", None):
            self._kept.__dict__.clear()
            connection.close()

    def _ask(self, statement: str, values: Any = ()) -> Any:
        """The one row ``statement`` gives, or None; nothing of it stays open."""
        cursor = self._cursor()
        try:
            cursor.execute(statement, values)
            return cursor.fetchone()
        except Exception:  # whatever the driver raises: a broken connection must not be kept for ever
            self._kept.cursor = None
            self._kept.connection.invalidate()
            raise

    def _cursor(self) -> Any:
        cursor = getattr(self._kept, "cursor", None)
        if cursor is None:
            connection = self._engine.raw_connection()
            if self._engine.dialect.name == "postgresql":
                connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]  # it is open
            self._kept.connection = connection
            cursor = self._kept.cursor = connection.cursor()
        return cursor
