"""Goes through one XML part of a workbook: bounded, without entities, looking for secret stamps."""

import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.sax import make_parser  # type: ignore[import-untyped]

from portal.office.programme.stamps import find_stamp
from portal.office.programme.workbook.container import Package
from portal.office.programme.workbook.escapes import unescape
from portal.office.programme.workbook.faults import SecretStampFound, refusal
from portal.office.programme.workbook.wording import Reason

LONGEST_TEXT = 32_767  # Excel's own limit for a cell
LONGEST_TOKEN = 1024 * 1024  # bytes of one tag; more only serves to exhaust memory
_STRICT = "purl.oclc.org/ooxml"
# Elements whose text reads as one piece though it may be cut into runs (M + ẬT).
_PIECES = frozenset({"si", "is", "text", "p"})
# In headers and footers: &C starts the centre, &"Arial,Bold" &14 &K00FF00 &B set the type.
_SECTION = re.compile(r"&[LCR]")
_TYPE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|.)')


class PartScan(ContentHandler):
    """Sees every element, text and attribute of a part. Raises when bounds or stamps are met."""

    most_elements = 1_000_000
    most_kept = 50_000  # that a parser holds in memory at one time
    unit = ""  # the element after which a parser forgets what was in it

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.events = 0
        self._kept = self._kept_before = 0
        self._text: list[str] = []
        self._length = 0
        self._piece = 0  # how deep inside elements that read as one piece

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """Count the element, look at its attributes, then let `opened` have it."""
        tag = name.rpartition(":")[2]
        self.events += 1
        if tag == self.unit:
            self._kept_before = self._kept
        self._kept += 1
        if self.events > self.most_elements or self._kept > self.most_kept:
            raise refusal(Reason.TOO_MANY_CELLS)
        self._piece += tag in _PIECES
        self.opened(tag, attrs)

    def characters(self, content: str) -> None:
        """Gather text; Excel itself cannot hold more than ``LONGEST_TEXT`` in one place."""
        self._length += len(content)
        if self._length > LONGEST_TEXT:
            raise refusal(Reason.DAMAGED)
        self._text.append(content)

    def endElement(self, name: str) -> None:
        """Read the text gathered once the piece it belongs to is complete."""
        tag = name.rpartition(":")[2]
        self._piece -= tag in _PIECES
        if self._piece == 0:
            text = "".join(self._text)
            self._text.clear()
            self._length = 0
            self.read(tag, text)
        if tag == self.unit:
            self._kept = self._kept_before
        self.closed(tag)

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        """An element begins."""
        for value in attrs.values():
            if _STRICT in value:
                raise refusal(Reason.STRICT_FORMAT)
            self.look(value)

    def read(self, tag: str, text: str) -> None:
        """The text of ``tag`` (or of the runs in it) is complete."""
        if tag.endswith(("Header", "Footer")):
            text = _TYPE.sub("", _SECTION.sub("\n", text))
        self.look(text)

    def closed(self, tag: str) -> None:
        """An element ended."""

    def look(self, text: str) -> None:
        """Raise `SecretStampFound` when ``text`` carries a stamp."""
        if len(text) > 2 and find_stamp(unescape(text)):
            raise SecretStampFound(self.where)


class StringsScan(PartScan):
    """The shared strings: notes which carry a stamp, so that the cell using them can be named."""

    unit = "si"

    def __init__(self) -> None:
        super().__init__("nội dung ô")
        self.stamped: set[int] = set()
        self._index = 0

    def read(self, tag: str, text: str) -> None:
        """Note the string when stamped."""
        if tag == "si":
            if find_stamp(unescape(text)):
                self.stamped.add(self._index)
            self._index += 1


class OutlineScan(PartScan):
    """A small part kept as a list of its elements."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.elements: list[tuple[str, dict[str, str]]] = []

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        """Keep the element."""
        super().opened(tag, attrs)
        self.elements.append((tag, dict(attrs.items())))


def scan(package: Package, name: str, handler: PartScan) -> None:
    """Run part ``name`` through ``handler``. Raises `WorkbookRefused` for DTDs and broken XML."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    quiet = 0
    try:
        for piece in package.stream(name):
            before = handler.events
            parser.feed(piece)
            quiet = quiet + len(piece) if handler.events == before else 0
            if quiet > LONGEST_TOKEN:
                raise refusal(Reason.UNSAFE_XML)
        parser.close()
    except DefusedXmlException as trick:
        raise refusal(Reason.UNSAFE_XML) from trick
    except (SAXException, LookupError, ValueError) as broken:
        raise refusal(Reason.DAMAGED) from broken
