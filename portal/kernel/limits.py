"""How often something may be tried, by all workers together: counted on Redis, else on the database."""

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask
from limits import RateLimitItem
from limits.storage import RedisStorage, Storage, storage_from_string

from portal.kernel.counters import DatabaseCounters, Now
from portal.kernel.db import db
from portal.kernel.keys import digest, key
from portal.settings import Settings

log = logging.getLogger(__name__)
T = TypeVar("T")

REDIS_WAIT = 0.3  # seconds: nobody waits longer for a counter
REDIS_REST = 30.0  # seconds without asking a Redis that did not answer


class SharedCounters(Storage):
    """Counts on Redis while it answers, on the database while it does not.

    At the change a window starts anew, so a limit may for once be reached twice.
    """

    STORAGE_SCHEME = ["portal-shared"]

    def __init__(
        self,
        uri: str | None = None,
        *,
        database: DatabaseCounters,
        redis_url: str,
        secret: bytes,
        now: Now = time.time,
        **_: Any,
    ) -> None:
        super().__init__(uri)
        self._database, self._secret, self._now = database, secret, now
        self._redis = _patient_with_nobody(redis_url)
        self._rests_until = 0.0

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What can still fail when Redis may: the database."""
        return self._database.base_exceptions

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more for ``key``; how many there are now in its window."""
        return self._ask(lambda s, k: s.incr(k, expiry, amount), key)

    def get(self, key: str) -> int:
        """How many there are in the current window of ``key``."""
        return self._ask(lambda s, k: s.get(k), key)

    def get_expiry(self, key: str) -> float:
        """When the current window of ``key`` ends, in seconds since 1970."""
        return self._ask(lambda s, k: s.get_expiry(k), key)

    def check(self) -> bool:
        """Whether anything answers that can count."""
        return self._database.check()

    def reset(self) -> int | None:
        """Forget every counter."""
        return self._ask(lambda s, _: s.reset(), "")

    def clear(self, key: str) -> None:
        """Forget the counter of ``key``, wherever it was counted."""
        self._database.clear(key)
        self._ask(lambda s, k: s.clear(k), key)

    def _ask(self, question: Callable[[Storage, str], T], key: str) -> T:
        if self._now() >= self._rests_until:
            try:
                return question(self._redis, digest(self._secret, key))
            except self._redis.base_exceptions as fault:
                self._rests_until = self._now() + REDIS_REST
                log.warning("Redis does not answer (%s); counting on the database", type(fault).__name__)
        return question(self._database, key)


def _patient_with_nobody(redis_url: str) -> RedisStorage:
    from redis.backoff import NoBackoff  # here, because Redis is an extra
    from redis.retry import Retry

    options: dict[str, Any] = {
        "socket_timeout": REDIS_WAIT,
        "socket_connect_timeout": REDIS_WAIT,
        "retry": Retry(NoBackoff(), 0),  # the database is the second try
    }
    return RedisStorage(redis_url, **options)


def limiter_storage(app: Flask, settings: Settings, *, now: Now = time.time) -> dict[str, Any]:
    """Where ``app`` counts, as keyword arguments of ``flask_limiter.Limiter``; only ``door_`` tables.

    ``Limiter(key_func=…, app=app, **limiter_storage(app, settings))``
    """
    with app.app_context():
        engine = db.engine
    options: dict[str, Any] = {"secret": key(settings.instance / "keys", "limits"), "now": now}
    if not settings.redis_url:
        return {"storage_uri": "portal-database://", "storage_options": {"engine": engine, **options}}
    options |= {"database": DatabaseCounters(engine=engine, **options), "redis_url": settings.redis_url}
    return {"storage_uri": "portal-shared://", "storage_options": options}


def place_of(address: str) -> str:
    """What tries from a machine at ``address`` are counted under.

    Of an IPv6 address its first 64 bits: every line has all the others to itself, and a new one for each
    try would be counted as somebody new.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, counted: how many there are now, whether it may go on, seconds until the window ends."""

    count: int
    is_allowed: bool
    is_first_refused: bool
    wait: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts tries before anything is done with them, so that tries at the same time count too."""

    storage: Storage
    now: Now = time.time

    @classmethod
    def of(cls, app: Flask, settings: Settings, *, now: Now = time.time) -> "Limits":
        """The limits of this installation, for ``app`` on whichever side of the wall it stands."""
        where = limiter_storage(app, settings, now=now)
        made = storage_from_string(where["storage_uri"], **where["storage_options"])
        return cls(cast(Storage, made), now)

    def attempt(self, item: RateLimitItem, *names: str) -> Attempt:
        """Count a try of ``names`` against ``item`` ("10 per 15 minutes")."""
        name = item.key_for(*names)
        count = self.storage.incr(name, item.get_expiry())
        if count <= item.amount:
            return Attempt(count, True, False, 0)
        return Attempt(count, False, count == item.amount + 1, self.wait(item, *names))

    def wait(self, item: RateLimitItem, *names: str) -> int:
        """Seconds until the window of ``names`` ends; at least one."""
        return max(1, math.ceil(self.storage.get_expiry(item.key_for(*names)) - self.now()))

    def forget(self, item: RateLimitItem, *names: str) -> None:
        """Start anew for ``names``: the try was right."""
        self.storage.clear(item.key_for(*names))
