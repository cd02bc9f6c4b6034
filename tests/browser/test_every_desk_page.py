"""Every page of the desk in a real browser: barriers, light and dark, widths, words, keyboard, console.

The addresses come from the application itself: a new page joins without being named here, and one that
nobody can open fails the test. With PORTAL_SHOTS=folder every screen is kept as a picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from furnished import Furnished, open_furnished
from looking import PHONE, SHOTS, WCAG, WIDE
from matrix_world import COOKIE, DYE
from playwright.sync_api import Browser, BrowserContext, Page
from served import serving
from vietnamese import foreign_words

# What follows only upon a step before: signing in (test_desk_pages), a file that a job has made
# (test_procedures_and_jobs), a dossier that is frozen (test_evaluation_journey).
IN_TURN = {
    *("static", "invitation.show_invitation", "security.two_factor_setup", "security.tf_select"),
    *("security.two_factor_token_validation", "security.two_factor_rescue", "security.mf_recovery"),
    *("security.mf_recovery_codes", "security.change_password", "jobs.take_file"),
    *("evaluation_one.take_file", "evaluation_one.mark", "evaluation_one.correct"),
    "evaluation_quotes.withdraw",  # what is public first (test_desk_quotations)
}
NARROW = ((320, 640), (360, 740), (1280, 900))
NAMES = (DYE, "Authenticator", "English")
LOOK = """async (rules) => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations
  .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))"""
# Colours are all that differs in the dark.
LOOK_AT_COLOURS = LOOK.replace("rules) =>", "_) =>").replace(
    "rules", "['color-contrast', 'link-in-text-block']"
)
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const isOut = e => e.getBoundingClientRect().right > room + 1 && !e.closest('.scroll');
  return [[...document.querySelectorAll('body *')].filter(isOut).slice(0, 3)
    .map(e => e.outerHTML.slice(0, 120)).join(' ')]; }"""
# After one press of Tab the browser shows the focus of whatever is given it.
UNREACHED = """() => {
  const faults = [], seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.unseen');
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  for (const e of document.querySelectorAll(all)) {
    if (e.disabled || e.type === 'hidden' || !seen(e)) continue;
    e.focus();
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const shows = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (document.activeElement !== e || e.tabIndex !== 0 || !shows || !box.width || !box.height)
      faults.push(e.outerHTML.slice(0, 120));
  }
  return faults; }"""
READ = """() => [document.title, [...document.querySelectorAll('code')].reduce((all, e) =>
  all.replace(e.innerText, ''), document.body.innerText), ...[...document.querySelectorAll(
  '[aria-label], [placeholder], [alt], [title], option')].map(e => [e.ariaLabel, e.placeholder, e.alt,
  e.title, e.label].filter(Boolean).join(' '))].join(' ')"""


@dataclass
class Walk:
    """A browser at the desk, a window for each officer, and what was complained of on each page."""

    chromium: Browser
    furnished: Furnished
    site: str
    windows: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def window(self, person: str) -> Page:
        """The window of ``person``; whatever its console says or it asks for elsewhere is kept."""
        if person not in self.windows:
            page = self._context(person).new_page()
            page.on("console", lambda m: self.complaints.append(m.text))
            page.on("pageerror", lambda e: self.complaints.append(str(e)))
            page.on("request", lambda r: self._asked(r.url))
            self.windows[person] = page
        return self.windows[person]

    def faults_of(self, person: str, path: str) -> list[str]:
        """All that is wrong with one page."""
        page = self.window(person)
        self.complaints.clear()
        page.goto(path)
        return self.faults_on(page)

    def faults_on(self, page: Page) -> list[str]:
        """All that is wrong with what a window shows."""
        page.evaluate(AXE_SCRIPT)
        faults = page.evaluate(LOOK, WCAG)
        faults += [f"word: {word}" for word in foreign_words(page.evaluate(READ), names=self.names)]
        page.keyboard.press("Tab")
        faults += [f"focus: {one}" for one in page.evaluate(UNREACHED)]
        faults += _too_wide(page)
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {one}" for one in page.evaluate(LOOK_AT_COLOURS)]
        page.emulate_media(color_scheme="light")
        return faults + self.complaints

    @property
    def names(self) -> tuple[str, ...]:
        """What is data on a page and no word."""
        desk = self.furnished.desk
        return (*NAMES, *desk.refs.values(), *(f"Người thử {person}" for person in desk.emails))

    def _asked(self, url: str) -> None:
        if not url.startswith(self.site):
            self.complaints.append(f"asked elsewhere: {url}")

    def _context(self, person: str) -> BrowserContext:
        context = self.chromium.new_context(base_url=self.site, viewport=WIDE)  # type: ignore[arg-type]
        if cookie := self.furnished.desk.cookies.get(person):
            here = {"name": COOKIE, "value": cookie, "domain": "127.0.0.1", "path": "/van-phong"}
            context.add_cookies([here])  # type: ignore[list-item]
        return context


@pytest.fixture(scope="module")
def walk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("every")
    with open_furnished(folder) as furnished, serving(furnished.desk.app) as site:
        yield Walk(chromium, furnished, site)


def test_every_page(walk: Walk) -> None:
    faults, count = [], 0
    for rule in walk.furnished.desk.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in IN_TURN:
            continue
        found = walk.furnished.opens(rule)
        if found is None:
            faults.append(f"{rule.rule}: nobody can open it; say in furnished.py what stands there")
        elif found[2] == "text/html":
            count += 1
            faults += [f"{rule.rule} {one}" for one in walk.faults_of(found[0], found[1])]
            keep(walk.window(found[0]), rule.endpoint)
    assert not faults, "\n".join(faults)
    assert count > 80


SPOILED = """() => {
  const add = (tag, text, style, more = {}) => {
    const e = document.querySelector('main').appendChild(document.createElement(tag));
    e.textContent = text;
    Object.assign(e.style, style);
    Object.entries(more).forEach(([name, value]) => e.setAttribute(name, value));
  };
  add('p', 'Tình trạng: objective_cause', {});
  add('div', 'rộng', {width: '2000px'});
  add('p', 'mờ', {color: '#999', background: '#777'});
  add('a', 'Về trang đầu', {outline: 'none'}, {href: '/'});
  add('input', '', {}, {'aria-label': 'Ngày', tabindex: '3'});
  console.log('nói'); }"""


@pytest.mark.parametrize("seen", ["word: objective_cause", "wider than 1280", "color-", "dark: ", "nói"])
def test_a_spoiled_page_is_seen(walk: Walk, seen: str) -> None:
    """The positive control: each kind of fault, put in on purpose, is found."""
    page = walk.window("above")
    page.goto("/van-phong/viec")
    page.evaluate(SPOILED)
    assert any(one.startswith(seen) for one in walk.faults_on(page))


def test_what_the_keyboard_does_not_reach_is_seen(walk: Walk) -> None:
    page = walk.window("above")
    page.goto("/van-phong/viec")
    page.evaluate(SPOILED)
    lost = [one for one in walk.faults_on(page) if one.startswith("focus: ")]
    assert ["outline: none" in one or "tabindex" in one for one in lost] == [True, True]


def _too_wide(page: Page) -> list[str]:
    faults = []
    for width, height in NARROW:
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"wider than {width}: {one}" for one in page.evaluate(TOO_WIDE)]
    return faults


def keep(page: Page, name: str) -> None:
    """The screen as a picture, wide and on a phone, for a person to look at."""
    if not SHOTS:
        return
    for size, width in ((WIDE, "wide"), (PHONE, "phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
