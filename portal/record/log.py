"""The log as followers and caches see it: its head at the price of one tiny query, its tail, its root."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import Compiled
from sqlalchemy.sql.elements import TextClause

from portal.record import merkle, reads, voices
from portal.record.documents import Revision


class RecordLog:
    """The record behind ``engine``, for reading; any thread may use it.

    ``head`` is asked by every request before anything else, ``newest`` and ``comments`` by every page of
    a commitment, so each thread keeps one connection for the three and asks the driver itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = threading.local()
        statements = (reads.HEAD, reads.NEWEST, voices.COMMENTS)
        self._compiled = {statement: statement.compile(engine) for statement in statements}

    def head(self) -> int:
        """The number of entries."""
        return int(self._ask(reads.HEAD)[0][0] or 0)

    def newest(self, ref: str) -> Revision | None:
        """What `reads.revision` says of ``ref`` now; one statement sees one state of the log."""
        rows = self._ask(reads.NEWEST, ref=ref)
        return reads.as_revision(rows[0]) if rows else None

    def comments(self, commitment_ref: str, *, size: int) -> voices.Page:
        """The latest comments on one commitment, as `voices.comments_of` says."""
        return voices.as_page(self._ask(voices.COMMENTS, **voices.asked(commitment_ref, page=1, size=size)))

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """At most ``limit`` revisions from ``position`` on, ascending."""
        with self._engine.connect() as c:
            return reads.since(c, position, limit)

    def fingerprint(self, size: int) -> str:
        """Hex root hash of the first ``size`` entries."""
        with self._engine.connect() as c:
            return merkle.root(size, reads.node_reader(c)).hex()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of the log, however long it is read."""
        steady = {"isolation_level": "REPEATABLE READ"} if self._engine.dialect.name == "postgresql" else {}
        with self._engine.connect().execution_options(**steady) as c:
            yield c

    def close(self) -> None:
        """Give back this thread's connection; another question takes a new one."""
        if connection := getattr(self._kept, "connection", None):
            self._kept.__dict__.clear()
            connection.close()

    def _ask(self, statement: TextClause, **values: Any) -> Sequence[Any]:
        """The rows ``statement`` gives; nothing of it stays open."""
        compiled = self._compiled[statement]
        cursor = self._cursor()
        try:
            cursor.execute(compiled.string, _as_driver_wants(compiled, values))
            rows: Sequence[Any] = cursor.fetchall()
        except Exception:  # whatever the driver raises: a broken connection must not be kept for ever
            self._kept.cursor = None
            self._kept.connection.invalidate()
            raise
        return rows

    def _cursor(self) -> Any:
        cursor = getattr(self._kept, "cursor", None)
        if cursor is None:
            connection = self._engine.raw_connection()
            if self._engine.dialect.name == "postgresql":
                connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]  # it is open
            self._kept.connection = connection
            cursor = self._kept.cursor = connection.cursor()
        return cursor


def _as_driver_wants(compiled: Compiled, values: dict[str, Any]) -> Any:
    order = getattr(compiled, "positiontup", None)
    return values if order is None else [values[name] for name in order]
