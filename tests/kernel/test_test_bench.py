"""The tests' own ground: no way out of this machine, real servers, loud about what is missing."""

import socket

import psycopg
import pytest
import redis as redis_client
import servers
from components import Component
from sockets import SocketForbidden


@pytest.mark.parametrize("place", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_no_test_leaves_this_machine(place: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
    with socket.socket(family) as out, pytest.raises(SocketForbidden):
        out.connect(place)


def test_a_name_elsewhere_is_not_even_asked_for() -> None:
    with pytest.raises(SocketForbidden):
        socket.getaddrinfo("example.org", 443)


def test_the_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()) as here,
    ):
        assert here.getpeername() == listening.getsockname()


def test_postgresql_is_real_and_its_databases_are_fresh(postgres: servers.Postgres) -> None:
    names = set()
    for _ in range(2):
        name = postgres.database().split("/@/")[-1].split("?")[0].rsplit("/", 1)[-1]
        names.add(name)
        with psycopg.connect(host=str(postgres.folder), user=servers.OWNER, dbname=name) as raw:
            row = raw.execute("SELECT version(), count(*) FROM pg_tables WHERE schemaname = 'public'")
            version, tables = row.fetchone() or ("", -1)
        assert version.startswith("PostgreSQL ")
        assert tables == 0
    assert len(names) == 2


def test_redis_is_real_and_starts_empty(redis: servers.Redis) -> None:
    with redis_client.Redis.from_url(redis.url) as client:
        assert client.dbsize() == 0
        client.set("one", "1")
        assert client.get("one") == b"1"


def test_a_program_that_is_not_there_is_not_found() -> None:
    assert Component("nothing", ("no-such-program",), ("/no/such/*/bin",)).find() is None


def test_what_cannot_be_had_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "REDIS", Component("nothing", ("no-such-program",)))
    with pytest.raises(servers.NotToBeHad, match="not installed"), servers.redis():
        pytest.fail("it cannot have started")
