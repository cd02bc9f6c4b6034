"""Every public page in a real browser: both languages, light and dark, 320 px with letters twice their size.

The addresses come from the application itself: a new page joins without being named here, and one that
nobody can open fails the test. With PORTAL_SHOTS=folder every screen is kept as a picture.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from looking import SHOTS, WCAG
from playwright.sync_api import Browser, Page
from test_every_desk_page import LOOK, LOOK_AT_COLOURS, TOO_WIDE, UNREACHED
from test_public_pages import CUT_OFF, PATHS, SMALL_TARGETS
from werkzeug.routing import Rule

# What stands at each kind of address.
REFS = {
    "/cam-ket": "cktn02",
    "/k": "cktn02",
    "/nhung/cam-ket": "cktn02",
    "/chuong-trinh": "ct0chairman",
    "/don-vi": "phuong-nhi-chieu",
    "/so-cai": "3",
}
# What follows only upon a step before: a receipt (test_taking_part_journey), a letter's link.
IN_TURN = ("/bien-nhan/<code>", "/tai-khoan/ban-sao/", "/theo-doi/", "/k/")
# Files, pictures and answers for programs: no pages.
NO_PAGES = (
    "/static/",
    "/anh/",
    "/qr/",
    "/du-lieu/",
    "/feeds/",
    "/lich/",
    "/minh-chung/",
    "/oembed",
    "/goi-y",
)
MORE = (
    *PATHS,
    "/theo-doi?muc=cam-ket/cktn02",
    "/tim-kiem?q=zzzz",
    "/nhung/cam-ket/ckgone",
    "/theo-doi/dung/x",
)
SMALL = {"width": 320, "height": 640}
DRAWINGS = """() => [...document.querySelectorAll('svg')].filter(e => !e.parentElement.closest('svg')
  && e.getAttribute('aria-hidden') !== 'true' && !(e.getAttribute('role') === 'img' && e.ariaLabel))
  .map(e => 'drawing: ' + e.outerHTML.slice(0, 80))"""
MOVING = "() => document.getAnimations().map(one => 'moves: ' + one.effect.target.outerHTML.slice(0, 80))"


def address_of(rule: Rule) -> str | None:
    """An address of ``rule``, if it is a page; KeyError when nobody said what stands there."""
    path = rule.rule
    if "GET" not in (rule.methods or ()) or path.startswith((*IN_TURN, *NO_PAGES)):
        return None
    if "." in path.rpartition("/")[2] or path.endswith("/checkpoint"):
        return None
    if "<" in path:
        before, _, after = path.partition("/<")
        path = f"{before}/{REFS[before]}{after.partition('>')[2]}"
    return path


def addresses(door: Flask) -> list[str]:
    """Every public page, and what else is worth looking at of some."""
    found = [address for rule in door.url_map.iter_rules() if (address := address_of(rule))]
    return list(dict.fromkeys((*found, *MORE)))


class Looker:
    """A small phone whose owner wants still pages and large letters."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, []  # type: ignore[var-annotated]
        page.on("console", lambda m: self.complaints.append(m.text) if "status of 4" not in m.text else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def faults_of(self, path: str) -> list[str]:
        """All that is wrong with one page."""
        self.complaints.clear()
        self.page.goto(path)
        faults = self.page.evaluate(TOO_WIDE) + self.page.evaluate(SMALL_TARGETS)
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        faults += self.faults_here()
        self._keep(path)
        return [f"{path} {one}" for one in faults + self.complaints]

    def faults_here(self) -> list[str]:
        """What is wrong with the page as it is shown now."""
        page = self.page
        page.evaluate(AXE_SCRIPT)
        faults: list[str] = page.evaluate(LOOK, WCAG)
        faults += [f"at 200 %: {one}" for one in page.evaluate(TOO_WIDE)]
        for test in (CUT_OFF, DRAWINGS, MOVING):
            faults += page.evaluate(test)
        page.keyboard.press("Tab")
        faults += [f"focus: {one}" for one in page.evaluate(UNREACHED)]
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {one}" for one in page.evaluate(LOOK_AT_COLOURS)]
        page.emulate_media(color_scheme="light")
        return faults

    def _keep(self, path: str) -> None:
        if SHOTS:
            name = path.strip("/").replace("/", "_").replace("?", "-") or "home"
            self.page.screenshot(path=Path(SHOTS) / f"public-{name}.png", full_page=True)


@pytest.fixture(scope="module")
def looker(chromium: Browser, site: str) -> Iterator[Looker]:
    context = chromium.new_context(
        base_url=site,
        viewport=SMALL,
        reduced_motion="reduce",
    )
    yield Looker(context.new_page())
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page(looker: Looker, door: Flask, prefix: str) -> None:
    some = addresses(door)
    assert len(some) > 40
    faults = [fault for address in some for fault in looker.faults_of(prefix + address)]
    assert not faults, "\n".join(faults)


SPOILED = """() => {
  const main = document.querySelector('main');
  const add = (tag, text, style) => {
    const e = main.appendChild(document.createElement(tag));
    e.textContent = text;
    Object.assign(e.style, style);
    return e;
  };
  add('p', 'x', {width: '900px'});
  add('p', 'faint', {color: '#eee'});
  add('p', 'faint in the dark', {color: '#222'});
  add('a', 'a link without a ring', {outline: 'none'}).href = '/';
  add('button', '', {});
  add('p', 'a word that is cut off', {width: '3ch', overflow: 'hidden', whiteSpace: 'nowrap'});
  main.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
  add('p', 'moves', {}).animate([{opacity: 0}, {opacity: 1}], 100000);
}"""


def test_each_fault_would_be_found(looker: Looker) -> None:
    looker.page.goto("/tro-giup")
    assert looker.faults_here() == []
    looker.page.evaluate(SPOILED)
    found = "\n".join(looker.faults_here())
    for fault in (
        "at 200 %",
        "button-name",
        "color-contrast",
        "focus: ",
        "dark: ",
        "drawing: ",
        "moves: ",
        "that is cut",
    ):
        assert fault in found, f"{fault} not in {found}"
