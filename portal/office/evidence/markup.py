"""Reads the XML of office documents: no DTD, bounded depth, every word looked at for stamps."""

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from portal.office.evidence.faults import FileRefused
from portal.office.evidence.stamped import refuse_stamp
from portal.office.evidence.wording import Reason

Element = ElementTree.Element
_DEEPEST = 256
_LONGEST = 1024 * 1024  # characters that read as one piece
# Elements whose text reads as one piece though it may be cut into runs (M + ẬT).
_PIECES = frozenset(("si", "is", "text", "p"))
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}
# In a spreadsheet's headers and footers: &C starts the centre, &"Arial,Bold" &14 &B set the type.
_SECTION = re.compile(r"&[LCR]")
_TYPE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|.)')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TAG = re.compile(r"<[^>]*>")
_PREFIX = re.compile(r"^\{[^}]*\}|^[^:]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relationship: ``kind`` is the last step of its type."""

    kind: str
    full_kind: str
    target: str
    is_outside: bool


Links = dict[str, Link]


def local(tag: str) -> str:
    """A name without its namespace."""
    return _PREFIX.sub("", tag)


def local_attrs(element: Element) -> dict[str, str]:
    """The element's attributes by local name."""
    return {local(name): value for name, value in element.attrib.items()}


def unescape(text: str) -> str:
    """Office's escapes for characters XML cannot hold (ECMA-376 ST_Xstring); surrogates vanish."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def run_parser(content: bytes, parser: Any) -> None:
    """Feed ``content`` to an expat parser. Raises `FileRefused` for DTDs and broken XML."""
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError, OverflowError) as broken:
        raise FileRefused(Reason.DAMAGED) from broken


def _refuse_dtd(*_: object) -> None:
    raise FileRefused(Reason.UNSAFE_XML)


def look_through(content: bytes, where: str, *, is_loose: bool = False) -> None:
    """Look at every word of an XML part. ``is_loose``: old drawings, which need not be well-formed."""
    if is_loose:
        refuse_stamp(_TAG.sub("\n", content.decode("utf-8", "replace"))[:_LONGEST], where)
        return
    parser = expat.ParserCreate()
    look = _Look(where)
    parser.StartElementHandler = look.open
    parser.EndElementHandler = look.close
    parser.CharacterDataHandler = look.read
    run_parser(content, parser)


class _Look:
    """Gathers text until the piece it belongs to is whole, and looks at it then."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._depth = self._piece = self._length = 0
        self._text: list[str] = []

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileRefused(Reason.UNSAFE_XML)
        name = local(tag)
        self._piece += name in _PIECES
        if name in _BREAKS:
            self._text.append(_BREAKS[name])
        for value in attrs.values():
            refuse_stamp(unescape(value), self.where)

    def read(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise FileRefused(Reason.BOMB)
        self._text.append(text)

    def close(self, tag: str) -> None:
        self._depth -= 1
        name = local(tag)
        self._piece -= name in _PIECES
        if self._piece:
            return
        text = "".join(self._text)
        self._text.clear()
        self._length = 0
        if name.endswith(("Header", "Footer")):
            text = _TYPE.sub("", _SECTION.sub("\n", text))
        refuse_stamp(unescape(text), self.where)


def tree_of(content: bytes) -> Element:
    """The part as a tree; only for parts that `look_through` let pass (it refuses DTDs)."""
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as broken:
        raise FileRefused(Reason.DAMAGED) from broken


def elements_of(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part in order, by local names."""
    return [(local(element.tag), local_attrs(element)) for element in tree_of(content).iter()]


def links_of(content: bytes, folder: str) -> Links:
    """The relationships in ``content``; targets are names of parts, or addresses when outside."""
    found: Links = {}
    for name, attrs in elements_of(content) if content else []:
        if name == "Relationship":
            outside = attrs.get("TargetMode", "").lower() == "external"
            target = attrs.get("Target", "")
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            full_kind = attrs.get("Type", "")
            found[attrs.get("Id", "")] = Link(
                kind=full_kind.rpartition("/")[2],
                full_kind=full_kind,
                target=target if outside else inside,
                is_outside=outside,
            )
    return found
