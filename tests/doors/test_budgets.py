"""What a page may cost: queries to the database, bytes over the wire. Seconds are for benchmarks."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.kernel.db import db

FIRST_VIEW, NEXT_VIEW = 100_000, 25_000  # bytes over the wire, issue 2
QUERIES = 3


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements the public engine's connections run meanwhile, but for the head of the log."""
    ran: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK", "PRAGMA", "SELECT max(size)")):
            ran.append(statement)

    def watch(raw: sqlite3.Connection, *_: object) -> None:
        raw.set_trace_callback(note)

    with app.app_context():
        engine = db.engine
    app.extensions["record_log"].close()
    engine.dispose()  # connections are kept: only new ones can be watched
    event.listen(engine, "connect", watch)
    try:
        yield ran
    finally:
        event.remove(engine, "connect", watch)
        app.extensions["record_log"].close()
        engine.dispose()


@pytest.mark.parametrize("address", ["/cam-ket/ckdt01", "/en/cam-ket/cktn02", "/cam-ket/cktn02?ban=1"])
def test_a_commitment_page_asks_the_database_at_most_three_times(app: Flask, address: str) -> None:
    app.wsgi_app.shelf.put("nothing", None, None, 0)  # type: ignore[attr-defined]  # empties the shelf
    with counted(app) as ran:
        assert app.test_client().get(address).status_code == 200
    assert 1 <= len(ran) <= QUERIES, ran


def test_the_public_engine_is_what_is_counted(app: Flask) -> None:
    with counted(app) as ran:
        app.test_client().get("/chuong-trinh/ct0chairman/lich-su")
    assert any("record_entry" in statement for statement in ran)


def weigh(client: FlaskClient, address: str) -> int:
    """The bytes of one answer as a phone asks for it."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html"})
    headers = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    return len(answer.data) + headers


def loads(client: FlaskClient, address: str) -> list[str]:
    """What the page makes a browser fetch: fonts, scripts, the icon."""
    html = client.get(address, headers={"Accept": "text/html"}).text
    links = re.findall(r'(?:<script src|<link rel="(?:preload|icon)" href)="([^"]+)"', html)
    return sorted({*links, *re.findall(r"url\((/static[^)]+)\)", html)})


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/cam-ket/ckdt01",
        "/cam-ket/cktn02",
        "/chuong-trinh/ct0chairman",
        "/don-vi",
        "/tim-kiem",
        "/phuong-phap",
        "/so-cai",
    ],
)
def test_first_and_next_view_are_light(app: Flask, address: str) -> None:
    client = app.test_client()
    page, still = weigh(client, address), loads(client, address)
    fonts = [link for link in still if "woff2" in link]
    assert len(fonts) == 2
    assert page + sum(weigh(client, link) for link in still) <= FIRST_VIEW
    assert page <= NEXT_VIEW
    for link in still:  # what was fetched once is never asked for again
        assert "immutable" in client.get(link).headers["Cache-Control"]


def test_a_still_file_without_its_mark_must_be_asked_about_again(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/static/js/my-unit.js")
    assert plain.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/static/js/my-unit.js?v=0000000000").headers["Cache-Control"] == "public, no-cache"
    assert (
        client.get("/static/js/my-unit.js", headers={"If-None-Match": plain.headers["ETag"]}).status_code
        == 304
    )


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "%2e%2e/pyproject.toml", "css", "css/", "/etc/passwd", "nope.js"]
)
def test_only_still_files_are_handed_out(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code in (404, 308)
