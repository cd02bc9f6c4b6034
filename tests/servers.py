"""Real PostgreSQL and Redis for one run of the tests: private folders, no durable data, gone at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis as redis_client
from components import POSTGRESQL, REDIS

OWNER = "namro_owner"  # owns the databases; no superuser, as in production
_PATIENCE = 20.0  # seconds for a server to start


class NotToBeHad(Exception):
    """A component cannot run on this machine; the message says why."""


@dataclass(slots=True)
class Postgres:
    """A cluster that listens on nothing but a socket in its own folder."""

    folder: Path
    _made: int = field(default=0)

    def database(self) -> str:
        """The address of a fresh, empty database, for the owner of the schema."""
        self._made += 1
        name = f"test_{self._made}"
        self.run(f"CREATE DATABASE {name} OWNER {OWNER}")
        return self.url(OWNER, name)

    def url(self, user: str, database: str) -> str:
        """The address of ``database`` for ``user``."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """Execute ``statement`` as the superuser."""
        with psycopg.connect(host=str(self.folder), user="super", dbname=database, autocommit=True) as raw:
            raw.execute(statement)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running cluster. Raises NotToBeHad."""
    found = POSTGRESQL.find()
    if found is None:
        raise NotToBeHad("PostgreSQL is not installed")
    programs = found.resolve().parent  # Debian's links lead there
    folder, person = Path(tempfile.mkdtemp(prefix="namro-pg-")), _somebody("postgres")
    if person:
        shutil.chown(folder, person["user"], person["group"])
    try:
        data = folder / "data"
        _call(
            programs / "initdb", "-D", data, "-U", "super", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync", **person,
        )  # fmt: skip
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *_settings(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **person,
        )  # fmt: skip
        with _stopped(process):
            made = Postgres(folder)
            _wait(
                lambda: made.run(f"CREATE ROLE {OWNER} LOGIN CREATEROLE"), psycopg.OperationalError, process
            )
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(folder: Path) -> list[str]:
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": "off",  # nothing here must survive a power cut
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": 200,
        "log_min_messages": "panic",
        "log_min_error_statement": "panic",
    }
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _somebody(name: str) -> dict[str, Any]:
    """Whom to run as: PostgreSQL refuses root, so ``name`` then; empty when we are somebody already."""
    if os.geteuid() != 0:
        return {}
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise NotToBeHad(f"we are root and there is no user {name} to run it as") from None
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Redis:
    """A server on a loopback port."""

    url: str

    def forget(self) -> None:
        """Empty it."""
        with redis_client.Redis.from_url(self.url) as client:
            client.flushall()


@contextmanager
def redis() -> Iterator[Redis]:
    """A running server. Raises NotToBeHad."""
    found = REDIS.find()
    if found is None:
        raise NotToBeHad("Redis is not installed")
    folder, port = Path(tempfile.mkdtemp(prefix="namro-redis-")), free_port()
    try:
        process = subprocess.Popen(
            [found, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with _stopped(process):
            made = Redis(f"redis://127.0.0.1:{port}/0")
            _wait(made.forget, redis_client.ConnectionError, process)
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A loopback port that nothing uses at the moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _call(*command: object, **person: Any) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL, **person
    )
    if done.returncode:
        raise NotToBeHad(f"{Path(str(command[0])).name} failed: {done.stderr.strip()[-300:]}")


@contextmanager
def _stopped(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL: stop now, do not wait for clients to leave
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(ready: Any, not_yet: type[Exception], process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            ready()
            return
        except not_yet as fault:
            if process.poll() is not None or time.monotonic() > until:
                raise NotToBeHad(f"it does not start: {fault}") from fault
            time.sleep(0.05)
