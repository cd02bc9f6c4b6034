"""The card in another page, the page that hands it out, and linked data under our policy, in Chromium."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from looking import WCAG, look_over
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_sharing_page_is_faultless(page: Page, prefix: str) -> None:
    page.goto(f"{prefix}/cam-ket/cktn02/chia-se")
    look_over(page, f"share{prefix.replace('/', '-')}")


@pytest.mark.parametrize(
    "path", ["/nhung/cam-ket/cktn02", "/en/nhung/cam-ket/ckdt01", "/nhung/cam-ket/ckgone"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_fits_from_240_pixels_on(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(path)
    for width in (240, 640):
        page.set_viewport_size({"width": width, "height": 320})
        assert page.evaluate(TOO_WIDE) <= 0
        found = Axe().run(page, options={"runOnly": WCAG})
        assert found.violations_count == 0, found.generate_report()


def test_linked_data_is_no_violation_of_the_policy(page: Page) -> None:
    page.goto("/cam-ket/cktn02")  # a message on the console would fail this test (see conftest)
    told = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)")
    assert told["@context"] == "https://schema.org"


def test_a_script_that_runs_would_be_one(chromium: Browser, site: str) -> None:
    """The control: the same element as a script is refused, and Chromium says so."""
    opened = chromium.new_page(base_url=site)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))

    def spoil(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = answer.text().replace(' type="application/ld+json"', "")
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    opened.route("**/cam-ket/cktn02", spoil)
    opened.goto("/cam-ket/cktn02")
    opened.close()
    assert any("Content Security Policy" in message for message in said)


@pytest.fixture
def elsewhere(site: str) -> Iterator[str]:
    """Another site, which frames whatever address of ours stands in its query."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        frame = '<iframe src="{}{}" sandbox="allow-top-navigation-by-user-activation" title="a"></iframe>'
        start_response("200 OK", [("Content-Type", "text/html")])
        return [frame.format(site, environ["QUERY_STRING"]).encode()]

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Silent(WSGIRequestHandler):
    """Says nothing of who opened what."""

    def log(self, *_: object) -> None:
        """Nothing."""


def test_other_sites_show_the_card_and_nothing_else_of_us(
    chromium: Browser, site: str, elsewhere: str
) -> None:
    opened = chromium.new_page()
    opened.goto(f"{elsewhere}?/cam-ket/cktn02", wait_until="networkidle")
    assert [one.url for one in opened.frames][1:] == ["chrome-error://chromewebdata/"]
    opened.goto(f"{elsewhere}?/nhung/cam-ket/cktn02")
    card = opened.frame_locator("iframe")
    assert "Quá hạn" in card.locator("main").inner_text()
    with opened.expect_navigation():
        card.locator("a").first.click()  # links open in the whole window
    assert opened.url == f"{site}/"
    opened.close()
