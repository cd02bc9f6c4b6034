"""Finding figures on a page that do not lead to their formula, source, time and layer.

Pages are read in English, where what officers and residents wrote is marked as Vietnamese: the numbers
in their words are theirs, all others are the portal's to explain. ``data-figure`` names the kind of figure,
``data-number`` a number that is a name (of a revision, of a unit).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader import Page, local

from portal.doors.public.figures import FIGURES

METHOD = "/en/phuong-phap"
_WHEN = re.compile(r"\d\d/\d\d/\d{4}|\d\d/\d{4}|\d\d:\d\d|\b(?:19|20)\d\d\b(?:-Q\d)?")  # no figures
_NUMBER = re.compile(r"(?<!\w)\d[\d.,]*%?")
_APART = {"script", "style", "nav", "form", "svg", "code", "pre", "textarea"}


def numbers(e: Element, figure: str = "") -> Iterator[tuple[str, str]]:
    """Every number below ``e`` that is neither a date nor in somebody's words, with its kind of figure."""
    if local(e) in _APART or e.get("lang") == "vi" or e.get("data-number") is not None:
        return
    figure = e.get("data-figure") or figure
    for text in (e.text, *(child.tail for child in e)):
        for found in _NUMBER.findall(_WHEN.sub("", text or "")):
            yield found, figure
    for child in e:
        yield from numbers(child, figure)


def kinds_shown(page: Page) -> set[str]:
    """The kinds of figures in the main part of ``page``; the empty one for numbers of no kind."""
    return {figure for _, figure in numbers(next(page.all("main")))}


def unexplained(page: Page) -> list[str]:
    """The numbers of no kind, and the kinds that do not exist or whose way to the method page is missing."""
    bare = [number for number, figure in numbers(next(page.all("main"))) if not figure]
    ways = {e.get("id"): e.get("href") for e in page.all("a") if e.get("class") == "about"}
    lost = [key for key in kinds_shown(page) if key and ways.get(f"ve-{key}") != f"{METHOD}#{key}"]
    named = {e.get("data-figure", "") for e in page.root.iter() if e.get("data-figure")}
    return bare + lost + sorted(named - FIGURES.keys())
