"""The last look at a rebuilt copy, by other code than made it: it may hold only what is listed here.

The builders write nothing else; this is the wall behind them, so that a mistake there refuses a file
instead of publishing it.
"""

import io
import re
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Form, Kind, refuse_second_nature
from portal.office.evidence.markup import local, run_parser
from portal.office.evidence.picture_parts import walk
from portal.office.evidence.wording import Reason

_PDF_STREAM = re.compile(rb"\nstream\n.*?\nendstream", re.DOTALL)
_PDF_NAME = re.compile(rb"/[^\s/<>\[\]()]*")
_PDF_NAMES = frozenset(
    b"/Type /Catalog /Pages /Count /Kids /Page /Parent /MediaBox /Resources /XObject /I /Contents /Length "
    b"/Subtype /Image /Width /Height /ColorSpace /DeviceGray /DeviceRGB /BitsPerComponent /Filter "
    b"/FlateDecode /DCTDecode /Size /Root".split()
)
_PDF_TRAILER = re.compile(rb"trailer\n<</Size \d+/Root 1 0 R>>\nstartxref\n\d+\n%%EOF\n")
_PARTS = {
    Kind.XLSX: re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|styles\.xml|"
        r"worksheets/sheet\d+\.xml)"
    ),
    Kind.DOCX: re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document\.xml|_rels/document\.xml\.rels|styles\.xml|"
        r"media/image\d+\.(?:jpeg|png))"
    ),
}
_PACKAGE_ELEMENTS = "Types Default Override Relationships Relationship"
_SHEET_ELEMENTS = (
    "workbook sheets sheet worksheet cols col sheetData row c v is t mergeCells mergeCell styleSheet numFmts "
    "numFmt fonts font b sz name fills fill patternFill borders border left right top bottom diagonal "
    "cellStyleXfs xf cellXfs alignment cellStyles cellStyle"
)
_TEXT_ELEMENTS = (
    "document body p pPr r rPr t br tab b i caps strike sz u vertAlign ind jc outlineLvl pageBreakBefore tbl "
    "tblPr tblW tblBorders top left bottom right insideH insideV tblGrid gridCol tr tc tcPr vMerge gridSpan "
    "sectPr pgSz pgMar styles docDefaults rPrDefault rFonts pPrDefault spacing drawing inline extent docPr "
    "graphic graphicData pic nvPicPr cNvPr cNvPicPr blipFill blip stretch fillRect spPr xfrm off ext "
    "prstGeom avLst"
)
_ELEMENTS = {
    Kind.XLSX: frozenset(f"{_PACKAGE_ELEMENTS} {_SHEET_ELEMENTS}".split()),
    Kind.DOCX: frozenset(f"{_PACKAGE_ELEMENTS} {_TEXT_ELEMENTS}".split()),
}


def check_out(data: bytes, kind: Kind) -> None:
    """Raise `FileRefused` when a rebuilt copy holds anything that is not listed."""
    try:
        clean = _holds_only_listed(data, kind)
        refuse_second_nature(data, _FORMS[kind])
    except (FileRefused, BadZipFile, ValueError) as fault:
        raise FileRefused(Reason.NOT_REBUILT) from fault
    if not clean:
        raise FileRefused(Reason.NOT_REBUILT)


def _holds_only_listed(data: bytes, kind: Kind) -> bool:
    if kind is Kind.PDF:
        return _is_plain_pdf(data)
    return _is_plain_picture(data) if kind in (Kind.PNG, Kind.JPEG) else _is_plain_package(data, kind)


def _is_plain_pdf(data: bytes) -> bool:
    frame = _PDF_STREAM.sub(b"", data)
    names = set(_PDF_NAME.findall(frame))
    ends = data.count(b"%%EOF\n") == 1 and _PDF_TRAILER.search(frame) is not None
    return data.startswith(b"%PDF-1.4\n") and ends and b"(" not in frame and names <= _PDF_NAMES


def _is_plain_picture(data: bytes) -> bool:
    parts = walk(data, Form.PNG if data.startswith(b"\x89PNG") else Form.JPEG)
    return not (parts.notes or parts.is_animated or parts.has_phone_extras)


def _is_plain_package(data: bytes, kind: Kind) -> bool:
    with ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if not _PARTS[kind].fullmatch(member.filename) or member.extra or member.comment:
                return False
            content = archive.read(member)
            if member.filename.endswith((".xml", ".rels")):
                _check_markup(content, kind)
            elif not _is_plain_picture(content):
                return False
        return not archive.comment


def _check_markup(content: bytes, kind: Kind) -> None:
    """Raise `FileRefused` for an element that is not listed, or a link that leads outside."""

    def see(tag: str, attrs: dict[str, str]) -> None:
        outside = "TargetMode" in attrs or "://" in attrs.get("Target", "")
        if local(tag) not in _ELEMENTS[kind] or outside:
            raise FileRefused(Reason.NOT_REBUILT)

    parser = expat.ParserCreate()
    parser.StartElementHandler = see
    run_parser(content, parser)


_FORMS = {
    Kind.PDF: Form.PDF,
    Kind.PNG: Form.PNG,
    Kind.JPEG: Form.JPEG,
    Kind.XLSX: Form.PACKAGE,
    Kind.DOCX: Form.PACKAGE,
}
