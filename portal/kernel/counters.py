"""Counters on the database, exact for every process that shares it: a storage for ``limits``.

Fixed windows. What is counted by (an address, an account) is kept as a keyed digest only, and goes
away with its window.
"""

import time
from collections.abc import Callable
from typing import Any

from limits.storage import Storage
from sqlalchemy import BigInteger, Engine, Integer, String, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import sealed
from portal.kernel.db import WRITE, Base
from portal.kernel.keys import digest

Now = Callable[[], float]

SWEEP_EVERY = 60_000  # milliseconds between two sweeps of what has ended, in each process


class Counter(Base):
    """How often one thing was tried in its current window. ``name`` is a keyed digest."""

    __tablename__ = "door_limit"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[int] = mapped_column(BigInteger, index=True)  # milliseconds since 1970 in UTC


# One statement, so that two workers can never both see the count before theirs.
_COUNT = text(
    "INSERT INTO door_limit (name, tries, ends_at) VALUES (:name, :tries, :ends_at) "
    "ON CONFLICT (name) DO UPDATE SET "
    "tries = CASE WHEN door_limit.ends_at <= :now THEN excluded.tries "
    "ELSE door_limit.tries + excluded.tries END, "
    "ends_at = CASE WHEN door_limit.ends_at <= :now THEN excluded.ends_at ELSE door_limit.ends_at END "
    "RETURNING tries"
)
_LOOK = text("SELECT tries, ends_at FROM door_limit WHERE name = :name AND ends_at > :now")
_FORGET = text("DELETE FROM door_limit WHERE name = :name")
_FORGET_ALL = text("DELETE FROM door_limit")
_SWEEP = text("DELETE FROM door_limit WHERE ends_at <= :now")


class DatabaseCounters(Storage):
    """The counters in ``door_limit``; Flask-Limiter finds them as ``portal-database://``."""

    STORAGE_SCHEME = ["portal-database"]

    def __init__(
        self, uri: str | None = None, *, engine: Engine, secret: bytes, now: Now = time.time, **_: Any
    ) -> None:
        super().__init__(uri)
        self._engine, self._secret, self._now = engine, secret, now
        self._swept = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a failing database raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more for ``key``; how many there are now in its window."""
        now = self._milliseconds()
        self._sweep(now)
        ends_at = now + int(expiry * 1000)
        return self._write(_COUNT, name=self._named(key), tries=amount, ends_at=ends_at, now=now)

    def get(self, key: str) -> int:
        """How many there are in the current window of ``key``."""
        return self._look(key)[0]

    def get_expiry(self, key: str) -> float:
        """When the current window of ``key`` ends, in seconds since 1970."""
        return self._look(key)[1] / 1000

    def check(self) -> bool:
        """Whether the database answers."""
        try:
            self._look("")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int:
        """Forget every counter; how many there were."""
        return self._write(_FORGET_ALL)

    def clear(self, key: str) -> None:
        """Forget the counter of ``key``."""
        self._write(_FORGET, name=self._named(key))

    def _named(self, key: str) -> str:
        return digest(self._secret, key)

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)

    def _sweep(self, now: int) -> None:
        # On its own: a sweep inside the count could lock rows in another order than a second worker.
        if now - self._swept >= SWEEP_EVERY:
            self._swept = now
            self._write(_SWEEP, now=now)

    def _write(self, statement: Any, **values: Any) -> int:
        if sealed.openings.get() is not None:
            raise RuntimeError("count before the unit of work: inside it this would wait for itself")
        with self._engine.connect().execution_options(**{WRITE: True}) as connection:
            answer = connection.execute(statement, values)
            number: int = answer.scalar_one() if answer.returns_rows else answer.rowcount
            connection.commit()
        return number

    def _look(self, key: str) -> tuple[int, int]:
        now = self._milliseconds()
        with self._engine.connect() as connection:
            row = connection.execute(_LOOK, {"name": self._named(key), "now": now}).first()
        return (row[0], row[1]) if row else (0, now)
