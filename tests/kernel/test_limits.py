"""Limits: exact with several processes, on the database and on Redis, and alive without Redis."""

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import pytest
import servers
from flask import Flask
from flask_limiter import Limiter
from limits import parse
from limits.storage import MemoryStorage
from sqlalchemy import create_engine, text

from portal.kernel.counters import DatabaseCounters
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.limits import REDIS_REST, Limits, limiter_storage
from portal.kernel.work import House, settle, work
from portal.migrations.upgrade import upgrade
from portal.office.audit.acts import record_events
from portal.settings import Settings

TEN = parse("10 per 15 minutes")
PROCESSES, TRIES = 4, 25
NO_REDIS = f"redis://127.0.0.1:{1}/0"


class Watch:
    """A clock moved by hand, in seconds."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


def settings_of(folder: Path, database_url: str, redis_url: str = "") -> Settings:
    """Settings of an installation whose database is ready."""
    settings = Settings(
        instance=folder, database_url=database_url, search_index=folder / "index", redis_url=redis_url
    )
    upgrade(settings)
    return settings


def make_door(settings: Settings, role: DoorRole = DoorRole.PUBLIC) -> Flask:
    """An application on one side of the wall."""
    app = Flask("door")
    configure(app, settings, role)
    return app


Door = Callable[..., Flask]


@pytest.fixture
def door() -> Iterator[Door]:
    """Makes applications, and closes their connections at the end."""
    made: list[Flask] = []

    def make(settings: Settings, role: DoorRole = DoorRole.PUBLIC) -> Flask:
        made.append(make_door(settings, role))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """An installation on each kind of database."""
    return settings_of(tmp_path / "instance", database_url)


def try_often(settings: Settings, start: Any, answers: "Queue[int]", is_alone: bool) -> None:
    """One worker: as fast as it can, from the same moment as the others."""
    app = make_door(settings)
    limits = Limits(MemoryStorage()) if is_alone else Limits.of(app, settings)
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        start.wait(60)
        allowed = [limits.attempt(TEN, "one address").is_allowed for _ in range(TRIES)]
    answers.put(sum(allowed))


def count_together(settings: Settings, *, is_alone: bool = False) -> list[int]:
    """How many tries each of four processes got through."""
    spawn = multiprocessing.get_context("spawn")
    answers: Queue[int] = spawn.Queue()
    start = spawn.Barrier(PROCESSES)
    workers = [
        spawn.Process(target=try_often, args=(settings, start, answers, is_alone)) for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    counts = [answers.get(timeout=90) for _ in workers]
    for worker in workers:
        worker.join()
    return counts


def test_four_processes_together_get_exactly_the_limit(settings: Settings) -> None:
    assert sum(count_together(settings)) == TEN.amount


def test_four_processes_together_get_exactly_the_limit_on_redis(tmp_path: Path, redis: servers.Redis) -> None:
    url = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    assert sum(count_together(settings_of(tmp_path, url, redis.url))) == TEN.amount


def test_counting_alone_lets_each_process_have_the_limit(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f"sqlite:///{tmp_path / 'portal.sqlite'}")
    assert sum(count_together(settings, is_alone=True)) == PROCESSES * TEN.amount


def test_a_window_ends(door: Door, settings: Settings) -> None:
    watch = Watch()
    limits = Limits.of(door(settings), settings, now=watch)
    assert [limits.attempt(TEN, "a").is_allowed for _ in range(11)] == [True] * 10 + [False]
    watch.at += 15 * 60 - 1
    last = limits.attempt(TEN, "a")
    assert (last.is_allowed, last.wait) == (False, 1)
    watch.at += 1
    assert limits.attempt(TEN, "a").count == 1


def test_only_the_first_refusal_is_the_first(door: Door, settings: Settings) -> None:
    limits = Limits.of(door(settings), settings)
    refusals = [limits.attempt(TEN, "a").is_first_refused for _ in range(13)]
    assert refusals == [False] * 10 + [True, False, False]


def test_names_are_counted_apart_and_forgotten_apart(door: Door, settings: Settings) -> None:
    limits = Limits.of(door(settings), settings)
    for _ in range(11):
        limits.attempt(TEN, "a", "b")
    assert limits.attempt(TEN, "a", "c").count == 1
    limits.forget(TEN, "a", "b")
    assert limits.attempt(TEN, "a", "b").count == 1
    assert limits.attempt(TEN, "a", "c").count == 2


def test_what_is_counted_by_is_stored_as_a_keyed_digest_and_swept(door: Door, settings: Settings) -> None:
    watch = Watch()
    limits = Limits.of(door(settings), settings, now=watch)
    limits.attempt(TEN, "203.0.113.7")
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        names = [row[0] for row in connection.execute(text("SELECT name FROM door_limit"))]
    assert len(names) == 1
    assert "203.0.113.7" not in names[0]
    assert len(names[0]) == 64
    watch.at += 16 * 60
    limits.attempt(TEN, "somebody else")
    with engine.connect() as connection:
        kept = [row[0] for row in connection.execute(text("SELECT name FROM door_limit"))]
    engine.dispose()
    assert len(kept) == 1
    assert kept != names


def test_both_doors_count_the_same(door: Door, settings: Settings) -> None:
    public = Limits.of(door(settings), settings)
    desk = Limits.of(door(settings, DoorRole.DESK), settings)
    counts = [limits.attempt(TEN, "a").count for limits in (public, desk, public, desk)]
    assert counts == [1, 2, 3, 4]


def test_counting_inside_a_unit_of_work_is_refused_at_once(door: Door, settings: Settings) -> None:
    app = door(settings, DoorRole.DESK)
    settle(app, House(settings, record_events=record_events))
    limits = Limits.of(app, settings)
    with app.app_context(), work(), pytest.raises(RuntimeError, match="before the unit of work"):
        limits.attempt(TEN, "a")


def test_without_redis_the_database_counts_and_the_log_says_so(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path, f"sqlite:///{tmp_path / 'portal.sqlite'}", NO_REDIS)
    watch = Watch()
    limits = Limits.of(door(settings), settings, now=watch)
    with caplog.at_level(logging.WARNING):
        allowed = [limits.attempt(TEN, "a").is_allowed for _ in range(12)]
        assert allowed == [True] * 10 + [False] * 2
        assert [r.getMessage() for r in caplog.records] == [
            "Redis does not answer (ConnectionError); counting on the database"
        ]  # once, not at every try
        watch.at += REDIS_REST
        limits.attempt(TEN, "a")
    assert len(caplog.records) == 2


def test_redis_is_used_while_it_answers(door: Door, tmp_path: Path, redis: servers.Redis) -> None:
    settings = settings_of(tmp_path, f"sqlite:///{tmp_path / 'portal.sqlite'}", redis.url)
    limits = Limits.of(door(settings), settings)
    assert [limits.attempt(TEN, "203.0.113.7").count for _ in range(3)] == [1, 2, 3]
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM door_limit")).scalar() == 0
    engine.dispose()
    limits.forget(TEN, "203.0.113.7")
    assert limits.attempt(TEN, "203.0.113.7").count == 1


@pytest.mark.parametrize("redis_url", ["", NO_REDIS])
def test_flask_limiter_counts_here_too(door: Door, tmp_path: Path, redis_url: str) -> None:
    settings = settings_of(tmp_path, f"sqlite:///{tmp_path / 'portal.sqlite'}", redis_url)
    app = door(settings)
    limiter = Limiter(lambda: "a visitor", app=app, **limiter_storage(app, settings))

    @app.get("/")
    @limiter.limit("3 per minute")
    def page() -> str:
        return "trang"

    client = app.test_client()
    assert [client.get("/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]


def test_a_database_that_does_not_answer_says_so(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert not DatabaseCounters(engine=engine, secret=b"k" * 32).check()
    engine.dispose()
