"""Atom (RFC 4287) with deleted entries (RFC 6721): what happened, as feed readers take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from portal.doors.language import ENGLISH, path_in
from portal.doors.public.addresses import page_of
from portal.record.news.entries import Entered, Gone

MIMETYPE = "application/atom+xml"
ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BORN = 2026  # the year in every identifier: it may never change (RFC 4151)
ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("at", TOMBSTONES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a feed says of itself. ``path`` and ``page`` are without language and host."""

    base: str
    tongue: str
    title: str
    author: str
    path: str
    page: str
    updated: datetime

    def address(self, path: str) -> str:
        """``path`` in the language of the feed, as a whole address."""
        return self.base + path_in(self.tongue, path)


def write(frame: Frame, entries: Iterable[Entered], gone: Iterable[Gone]) -> bytes:
    """The feed. ``gone``: what a reader may have and has to forget."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {_LANG: frame.tongue})
    _text(feed, "id", _name(frame.base, "feed" + frame.path))
    _text(feed, "title", frame.title)
    _text(feed, "updated", frame.updated.isoformat())
    _text(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", frame.author)
    _link(feed, "self", frame.address(frame.path), MIMETYPE)
    _link(feed, "alternate", frame.address(frame.page), "text/html")
    for entered in entries:
        _entry(feed, frame, entered)
    for one in gone:
        _deleted(feed, frame, one)
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: ElementTree.Element, frame: Frame, entered: Entered) -> None:
    entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    sentences = [news.said(english=frame.tongue == ENGLISH) for news in entered.news]
    _text(entry, "id", _name(frame.base, f"{entered.rev.ref}/{entered.rev.number}"))
    _text(entry, "title", " · ".join(part for part in (sentences[0], entered.title) if part))
    _text(entry, "published", entered.rev.at.isoformat())
    _text(entry, "updated", entered.at.isoformat())
    page = page_of(entered.newest) or f"/so-cai/{entered.rev.position}"
    _link(entry, "alternate", frame.address(page), "text/html")
    _text(entry, "content", "\n".join([*([entered.title] if entered.title else []), *sentences]), type="text")


def _deleted(feed: ElementTree.Element, frame: Frame, one: Gone) -> None:
    for number in range(1, one.last + 1):
        name = _name(frame.base, f"{one.ref}/{number}")
        attributes = {"ref": name, "when": one.at.isoformat()}
        ElementTree.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", attributes)


def _name(base: str, of: str) -> str:
    """A tag URI: it stays the same whatever happens to the page (RFC 4151)."""
    return f"tag:{urlsplit(base).hostname},{_BORN}:{of}"


def _text(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = words


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})
