"""What goes wrong is said plainly, in both languages, with a way on, and without a word of our workings."""

import logging

import pytest
from flask import Flask, abort
from reader import Reader
from townhall import open_door

from portal.doors.public.pages.errors import SAID
from portal.settings import Settings


@pytest.fixture
def failing(settings: Settings, caplog: pytest.LogCaptureFixture) -> Reader:
    """A door with addresses that fail as they are told."""
    caplog.set_level(logging.CRITICAL)  # the failure is meant
    app: Flask = open_door(settings)
    app.add_url_rule("/hong", "broken", lambda: 1 // 0)
    app.add_url_rule("/hong/<int:status>", "told", lambda status: abort(status))
    return Reader(app.test_client())


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("status", [400, 403, 405, 413, 429, 500, 503])
def test_every_status_has_a_page_in_words(failing: Reader, status: int, prefix: str) -> None:
    page = failing.open(f"{prefix}/hong/{status}", status=status)
    assert page.h1
    assert page.response.headers["Cache-Control"] == "no-cache"
    assert page.has("content", "noindex")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_bug_is_not_shown(failing: Reader, prefix: str) -> None:
    page = failing.open(f"{prefix}/hong", status=500)
    assert "ZeroDivision" not in page.response.text
    assert "Traceback" not in page.response.text
    assert page.h1 == (SAID[500][0] if not prefix else "Something went wrong here")


def test_a_wrong_method_names_the_right_ones(failing: Reader) -> None:
    answer = failing.client.post("/tro-giup")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_error_page_offers_the_search(failing: Reader) -> None:
    page = failing.open("/khong-co", status=404)
    assert "/tim-kiem" in page.links()
    assert "/" in page.links()


@pytest.mark.parametrize("number", [2**63, 10**30])
@pytest.mark.parametrize("path", ["/cam-ket/ckdt01?ban={}", "/chuong-trinh/ct0chairman?ban={}", "/so-cai/{}"])
def test_a_number_larger_than_a_database_holds_names_nothing(failing: Reader, path: str, number: int) -> None:
    failing.open(path.format(number), status=404)
    failing.open(path.format(0 if "ban" not in path else 1))  # so it is the number that is wrong
