"""A browser with taste: opens a page through the test client and finds fault with what it is given.

Not a layout engine: tests/browser has Chromium for that. This one reads every page of every test.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from tinyhtml5.parser import HTMLParser
from werkzeug.test import TestResponse

_LABELLED = {"input", "select", "textarea"}
_POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LEAKS = re.compile(r"\{\{|\}\}|\{%|\bNone\b|Undefined|object at 0x|%\(|&amp;amp;|Markup\(")


class Faulty(AssertionError):
    """A page that nobody should be given."""


@dataclass(frozen=True)
class Page:
    """One page as it came."""

    address: str
    response: TestResponse

    @cached_property
    def parser(self) -> HTMLParser:
        """The HTML5 parser after reading the page; it knows every parse error."""
        parser = HTMLParser(namespace_html_elements=False)
        parser.root = parser.parse(self.response.data, transport_encoding="utf-8")
        return parser

    @cached_property
    def root(self) -> Element:
        """The ``html`` element."""
        return self.parser.root

    def all(self, *names: str) -> Iterator[Element]:
        """Every element with one of ``names``, in order."""
        return (e for e in self.root.iter() if isinstance(e.tag, str) and local(e) in names)

    @property
    def h1(self) -> str:
        """The text of the first h1."""
        return next((words(e) for e in self.all("h1")), "")

    @property
    def text(self) -> str:
        """What is read in the main part."""
        return words(next(self.all("main")))

    def links(self) -> Iterator[str]:
        """Every address of this site that the page points to, without fragments."""
        for e in self.root.iter():
            for name in ("href", "src", "action"):
                if target := e.get(name):
                    whole = urlsplit(urljoin(f"http://localhost{self.address}", target))
                    if whole.netloc == "localhost" and whole.scheme == "http":
                        yield whole.path + (f"?{whole.query}" if whole.query else "")

    def has(self, attribute: str, value: str) -> bool:
        """Whether some element carries ``attribute`` with exactly ``value``."""
        return any(e.get(attribute) == value for e in self.root.iter())


def local(e: Element) -> str:
    """The tag name without its namespace (SVG)."""
    return e.tag.rpartition("}")[2] if isinstance(e.tag, str) else ""


def words(e: Element) -> str:
    """The text of ``e`` with single spaces."""
    return " ".join("".join(e.itertext()).split())


class Reader:
    """Somebody who opens pages and tolerates no fault in them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, **headers: str) -> TestResponse:
        """The bare answer, for what is not a page."""
        return self.client.get(address, headers={"Accept": "text/html", **headers})

    def open(self, address: str, *, status: int = 200, unless: tuple["Check", ...] = ()) -> Page:
        """The page at ``address``. Raises Faulty with everything that is wrong with it.

        ``unless``: checks that make no sense here.
        """
        page = Page(address, self.get(address))
        if page.response.status_code != status:
            raise Faulty(f"{address}: {page.response.status}, expected {status}")
        if faults := [fault for check in CHECKS if check not in unless for fault in check(page)]:
            raise Faulty(f"{address}\n  " + "\n  ".join(faults))
        return page

    def walk(self, *first: str, most: int = 2000) -> Iterator[Page]:
        """Every page that can be reached from ``first`` by links; an answer that is an error is a fault."""
        waiting, seen = list(first), set(first)
        while waiting and len(seen) <= most:
            address = waiting.pop()
            answer = self.get(address)
            if answer.status_code >= 400 and answer.status_code != 410:
                raise Faulty(f"{address}: {answer.status} behind a link")
            links = [urljoin(address, answer.location)] if answer.status_code in (302, 303) else []
            if answer.mimetype == "text/html" and answer.status_code in (200, 410):
                page = self.open(address, status=answer.status_code)
                yield page
                links = list(page.links())
            waiting += [link for link in dict.fromkeys(links) if link not in seen]
            seen.update(links)


Check = Callable[[Page], Iterator[str]]


def is_valid_html(page: Page) -> Iterator[str]:
    """The HTML5 parser found no error."""
    for (line, column), code, data in page.parser.errors:
        yield f"line {line}:{column}: {code} {data}"


def has_one_heading(page: Page) -> Iterator[str]:
    """One h1, and the title begins with it; no heading level is skipped."""
    headings = [words(e) for e in page.all("h1")]
    title = next((words(e) for e in page.all("title")), "")
    if len(headings) != 1 or not headings[0]:
        yield f"one h1 is needed, not {headings}"
    elif not title.startswith(f"{headings[0]} – "):
        yield f"title {title!r} does not begin with the h1 {headings[0]!r}"
    level = 0
    for e in page.all(*_HEADINGS):
        if _HEADINGS[local(e)] > level + 1:
            yield f"{local(e)} {words(e)!r} skips a level"
        level = _HEADINGS[local(e)]


def speaks_its_language(page: Page) -> Iterator[str]:
    """``lang`` is that of the address; everything else in another language says so."""
    wanted = "en" if page.address == "/en" or page.address.startswith("/en/") else "vi"
    if page.root.get("lang") != wanted:
        yield f"html lang is {page.root.get('lang')}, not {wanted}"


def is_labelled(page: Page) -> Iterator[str]:
    """Fields have labels, buttons and links words, drawings a name or aria-hidden, tables headings."""
    labels = {e.get("for") for e in page.all("label")}
    for e in page.all(*_LABELLED):
        if e.get("type") != "hidden" and e.get("id") not in labels:
            yield f"{local(e)} {e.get('name')} has no label"
    for e in page.all("a", "button"):
        # A link that a script fills stays in a hidden paragraph until it is filled.
        if not words(e) and not e.get("aria-label") and e.get("data-mine-link") is None:
            yield f"{local(e)} without words: {e.attrib}"
    for e in page.all("svg"):
        if e.get("role") == "img" and not e.get("aria-label"):
            yield "a drawing without a name"
    for table in page.all("table"):
        if not any(e.get("scope") for e in table.iter("th")):
            yield "a table without scoped headings"


def points_somewhere(page: Page) -> Iterator[str]:
    """Ids are unique and every reference to one resolves."""
    ids = Counter(e.get("id") for e in page.root.iter() if e.get("id"))
    yield from (f"id {name} is used {n} times" for name, n in ids.items() if n > 1)
    for e in page.root.iter():
        for pointer in _POINTERS:
            for name in (e.get(pointer) or "").split():
                if name not in ids:
                    yield f"{pointer}={name} points nowhere"
        if (e.get("href") or "").startswith("#") and e.get("href", "#")[1:] not in ids:
            yield f"{e.get('href')} points nowhere"


def runs_nothing_inline(page: Page) -> Iterator[str]:
    """No handler, no style attribute, no inline script, no script address."""
    for e in page.root.iter():
        for name, value in e.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{local(e)} carries {name}"
            runs = value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
            if runs and name in ("href", "src", "action", "formaction"):
                yield f"{local(e)} {name} is a script"
        if local(e) == "script" and e.get("type") == "application/ld+json":
            yield from is_data(e)
        elif local(e) == "script" and not e.get("src"):
            yield "an inline script"


def is_data(e: Element) -> Iterator[str]:
    """A script element of linked data holds JSON of schema.org."""
    try:
        told = json.loads(e.text or "")
    except ValueError:
        told = {}
    if told.get("@context") != "https://schema.org":
        yield "linked data that is none"


def is_guarded(page: Page) -> Iterator[str]:
    """The security headers are there and allow exactly the style of this page; no cookie but to sign in."""
    headers = page.response.headers
    policy = headers.get("Content-Security-Policy", "")
    if "/nhung/" in page.address:  # a card is made for other sites' frames, and nothing else is
        policy = policy.replace("; frame-ancestors *", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or "*" in policy:
        yield f"weak policy: {policy}"
    for e in page.all("style"):
        digest = base64.b64encode(hashlib.sha256((e.text or "").encode()).digest()).decode()
        if f"style-src 'sha256-{digest}'" not in policy:
            yield "the policy does not allow the style of this page"
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        if name not in headers:
            yield f"{name} is missing"
    if "Set-Cookie" in headers and not urlsplit(page.address).path.endswith("/dang-nhap"):
        yield "a cookie"


def stays_at_home(page: Page) -> Iterator[str]:
    """Nothing is loaded from another site."""
    for e in page.root.iter():
        loads = local(e) in ("script", "img", "link", "iframe", "source", "use")
        for name in ("src", "href"):
            target = urlsplit(e.get(name) or "")
            if loads and target.netloc and e.get("rel") not in ("canonical", "alternate"):
                yield f"{local(e)} loads from {target.netloc}"


def leaks_no_workings(page: Page) -> Iterator[str]:
    """No template syntax, no None, no placeholder among the words."""
    for found in _LEAKS.finditer(words(next(page.all("body")))):
        yield f"workings among the words: {found.group()!r}"


CHECKS: tuple[Check, ...] = (
    is_valid_html,
    has_one_heading,
    speaks_its_language,
    is_labelled,
    points_somewhere,
    runs_nothing_inline,
    is_guarded,
    stays_at_home,
    leaks_no_workings,
)
