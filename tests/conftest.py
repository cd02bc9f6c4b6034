"""What every test may stand on: a house in a folder of its own, real servers, no way out of this machine."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest
import servers
import sockets
from components import must_have_all
from flask import Flask

from portal.kernel.clock import StoppedClock
from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.ids import Ids, seeded
from portal.kernel.work import House, settle
from portal.migrations.upgrade import upgrade
from portal.office.audit.acts import record_events
from portal.settings import Settings

T = TypeVar("T")

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday morning in Vietnam

sockets.stay_here()


class _Tracing:
    """``sys`` for threads that begin while coverage is measured: CPython 3.11 refuses a trace function while
    another thread is being given one, which is no fault of what is tested. Here the thread tries again."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def settrace(self, function: Any) -> None:
        for _ in range(1000):
            try:
                return sys.settrace(function)
            except RuntimeError:
                time.sleep(0.001)
        return sys.settrace(function)


threading._sys = _Tracing()  # type: ignore[attr-defined]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house over a fresh SQLite database; its clock stands at NOW, its names come from a seed."""
    settings = Settings(
        instance=tmp_path / "instance",
        database_url=f"sqlite:///{tmp_path / 'instance' / 'portal.sqlite'}",
        search_index=tmp_path / "search_index",
    )
    upgrade(settings)
    return House(settings, StoppedClock(NOW), Ids(seeded("test")), record_events)


@pytest.fixture
def desk(house: House) -> Iterator[Flask]:
    """The desk's side of the wall, within an application context: ``with work() as w`` works here.

    The connection has the DESK role, so a table that GRANTS does not give the desk is refused.
    """
    app = Flask("desk")
    configure(app, house.settings, DoorRole.DESK)
    settle(app, house)
    with app.app_context():
        yield app


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A real PostgreSQL cluster of this run; ``postgres.database()`` is a fresh database in it."""
    yield from _running("PostgreSQL", servers.postgres())


@pytest.fixture(scope="session")
def redis_server() -> Iterator[servers.Redis]:
    """A real Redis of this run."""
    yield from _running("Redis", servers.redis())


@pytest.fixture
def redis(redis_server: servers.Redis) -> servers.Redis:
    """A real Redis, empty; its address is ``redis.url``."""
    redis_server.forget()
    return redis_server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once for each kind: what must hold on both."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").database())
    (tmp_path / "instance").mkdir()
    return f"sqlite:///{tmp_path / 'instance' / 'portal.sqlite'}"


def _running(name: str, server: AbstractContextManager[T]) -> Iterator[T]:
    try:
        running = server.__enter__()
    except servers.NotToBeHad as fault:
        _cannot_be_had(name, str(fault))
    try:
        yield running
    finally:
        server.__exit__(None, None, None)


def _cannot_be_had(name: str, why: str) -> NoReturn:
    """Skip, to be told of at the end; where everything must be there, fail."""
    if must_have_all():
        pytest.fail(f"{name}: {why}; with CI=true it must be there", pytrace=False)
    pytest.skip(f"{name}: {why}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not tested, and why."""
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.items():
        terminalreporter.write_line(f"⚠ CHƯA THỬ / NOT TESTED ({count}): {reason}", red=True, bold=True)
