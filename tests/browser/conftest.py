"""Debian's Chromium on the town's public door, served on a free port of this machine only."""

import threading
from collections.abc import Iterator

import pytest
import townhall
from components import CHROMIUM, must_have_all
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The town's public door."""
    return townhall.open_door(townhall.found(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def site(door: Flask) -> Iterator[str]:
    """The address of the served town."""
    server = make_server("127.0.0.1", 0, door, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all; skipped aloud where there is none, a fault when CI=true."""
    program = CHROMIUM.find()
    if program is None:
        if must_have_all():
            pytest.fail("CI=true: Chromium is needed (apt-get install chromium)")
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def looks() -> dict[str, object]:
    """How the page is looked at; a test changes it by parametrizing."""
    return {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def page(chromium: Browser, looks: dict[str, object], site: str) -> Iterator[Page]:
    """A page on a phone. A message on the console or a request to elsewhere fails the test."""
    context = chromium.new_context(base_url=site, **looks)  # type: ignore[arg-type]
    opened, complaints = context.new_page(), []
    opened.on("console", lambda m: complaints.append(m.text) if "status of 4" not in m.text else None)
    opened.on("pageerror", lambda e: complaints.append(str(e)))
    opened.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(site) else None)
    yield opened
    context.close()
    assert complaints == []
