"""A static copy opened from its folder by a real browser: nothing asked of any network, nothing amiss."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hamlet import found_hamlet
from playwright.sync_api import Browser, Page
from townhall import NOW

from portal.commands.site import copy_site
from portal.doors.looks import find_folder
from portal.doors.public import create_app
from portal.kernel.clock import StoppedClock
from portal.kernel.fonts import build_fonts

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "index.html", "tim-kiem.html", "don-vi.html", "don-vi/phuong-nhi-chieu.html", "cam-ket/cktn02.html",
    "du-lieu.html", "so-cai/3.html", "en/index.html", "en/cam-ket/cktn02.html", "cam-ket/ckgone.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build_fonts(find_folder("static") / "fonts")
    folder = tmp_path_factory.mktemp("copy")
    settings = found_hamlet(folder / "instance")
    still = StoppedClock(NOW)
    copy_site(settings, folder / "site", door=lambda house: create_app(replace(house, clock=still)))
    return folder / "site"


@pytest.fixture
def offline(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A tab without any network, and everything it complained of or asked for that is no file."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page, complaints = context.new_page(), []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith("file:") else None)
    page.on("requestfailed", lambda r: complaints.append(f"failed {r.url}"))
    yield page, complaints
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_the_folder(copy: Path, offline: tuple[Page, list[str]], name: str) -> None:
    page, complaints = offline
    page.goto((copy / name).as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []


def test_a_reader_finds_the_way_and_back_in_the_other_language(
    copy: Path, offline: tuple[Page, list[str]]
) -> None:
    page, complaints = offline
    page.goto((copy / "index.html").as_uri())
    for selector in (".mast nav a[href$='don-vi.html']", "a[href$='phuong-nhi-chieu.html'] >> nth=0"):
        with page.expect_navigation():
            page.click(selector)
    with page.expect_navigation():
        page.click("main a[href*='cam-ket/cktn02.html'] >> nth=0")
    with page.expect_navigation():
        page.click(".tongue")
    assert page.url == (copy / "en" / "cam-ket" / "cktn02.html").as_uri()
    page.goto((copy / "don-vi" / "phuong-minh-tan-cu.html").as_uri())
    page.wait_for_url("**/phuong-nhi-chieu~tu-phuong-minh-tan-cu.html")
    assert complaints == []


def test_the_browser_would_complain(copy: Path, offline: tuple[Page, list[str]]) -> None:
    page, complaints = offline
    page.goto((copy / "index.html").as_uri())
    page.evaluate(
        "new Promise(done => { const img = document.createElement('img'); img.onerror = done; "
        "document.querySelector('h1').after(img); img.src = 'http://127.0.0.1:9/x.png' })"
    )
    assert complaints
    assert Axe().run(page, options={"runOnly": WCAG}).violations_count > 0
