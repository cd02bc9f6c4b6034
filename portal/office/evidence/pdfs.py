"""Rebuilds a PDF as pictures of its pages.

A structural clean-up keeps what lies under a black box, white words, and every way of hiding text
nobody thought of; a picture keeps exactly what an eye would see. The price is that words can no longer
be selected, so a description stands beside the file. Annotations are drawn as a reader shows them
(leaving out a black box would uncover what it covers), only notes that open on demand are not.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from PIL import ImageChops

from portal.office.evidence.caps import MB, Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.pdf_write import PageImage, page_image, write_pdf
from portal.office.evidence.stamped import refuse_stamp, refuse_stamp_in_bytes, refuse_stamp_in_name
from portal.office.evidence.wording import Dropped, Reason

_BLANK = b" \t\r\n\0"
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_SAYS = ("Contents", "T", "Subj", "RC", "V", "TU")  # the words of an annotation or form field
# Words a shade off the paper, or off a black box, are made one with it.
_PLAIN = [0 if level < 10 else 255 if level > 245 else level for level in range(256)] * 3
_LONGEST_SIDE = 14_400  # points: 200 inches, the largest page ISO 32000-1 allows
_MOST_ANNOTATIONS = 2_000
_UNDRAWN = {
    raw.FPDF_ANNOT_TEXT: Dropped.NOTES,
    raw.FPDF_ANNOT_POPUP: Dropped.NOTES,
    raw.FPDF_ANNOT_CARET: Dropped.NOTES,
    raw.FPDF_ANNOT_FILEATTACHMENT: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_SOUND: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_MOVIE: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_SCREEN: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_RICHMEDIA: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_THREED: Dropped.ATTACHMENTS,
    raw.FPDF_ANNOT_LINK: Dropped.LINKS,
}
# Every reader draws these its own way unless the file says how they look.
_NEEDS_LOOK = frozenset(
    (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_LINE,
     raw.FPDF_ANNOT_POLYLINE)
)  # fmt: skip
_RAW_WORDS = (
    (
        re.compile(rb"/JavaScript|/JS\b|/Launch\b|/OpenAction\b|/AA\b|/SubmitForm|/ImportData"),
        Dropped.SCRIPTS,
    ),
    (re.compile(rb"/EmbeddedFile"), Dropped.ATTACHMENTS),
    (re.compile(rb"/Metadata\b|/Info\b"), Dropped.PROPERTIES),
    (re.compile(rb"/URI\b"), Dropped.LINKS),
    (re.compile(rb"/Outlines\b"), Dropped.BOOKMARKS),
    (re.compile(rb"/AcroForm\b"), Dropped.FORM_FIELDS),
)


def clean_pdf(data: bytes, caps: Caps) -> tuple[bytes, int, set[Dropped]]:
    """The PDF rebuilt, the number of its pages, and what was left out. Raises `FileRefused`."""
    data = data.lstrip(b"\xef\xbb\xbf" + _BLANK)
    _refuse_trailing(data)
    dropped = {Dropped.TEXT_LAYER} | {what for pattern, what in _RAW_WORDS if pattern.search(data)}
    if data.count(b"startxref") > (2 if b"/Linearized" in data[:1024] else 1):
        dropped.add(Dropped.EARLIER_VERSIONS)
    for said in _XMP.findall(data):
        refuse_stamp_in_bytes(said, "thuộc tính của tệp")
    document = _open(data)
    try:
        _look_at_document(document, dropped)
        pages = _pages(document, caps, dropped)
    except pdfium.PdfiumError as fault:
        raise FileRefused(Reason.DAMAGED) from fault
    finally:
        document.close()
    return write_pdf(pages), len(pages), dropped


def _refuse_trailing(data: bytes) -> None:
    _, end, behind = data.rpartition(b"%%EOF")
    if not end:
        raise FileRefused(Reason.DAMAGED)
    if behind.strip(_BLANK):
        raise FileRefused(Reason.TRAILING)


def _open(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise FileRefused(Reason.PASSWORD if locked else Reason.DAMAGED) from fault
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise FileRefused(Reason.PASSWORD)
    if document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        raise FileRefused(Reason.LIVE_FORM)
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    return document


def _count(document: Any, caps: Caps) -> int:
    pages = len(document)
    if pages < 1:
        raise FileRefused(Reason.DAMAGED)
    if pages > caps.pages:
        raise FileRefused(Reason.TOO_MANY_PAGES, pages=pages, limit=caps.pages)
    return pages


def _look_at_document(document: Any, dropped: set[Dropped]) -> None:
    """Look at the words outside the pages, and note what there is."""
    for name in _INFO:
        if said := document.get_metadata_value(name):
            dropped.add(Dropped.PROPERTIES)
            refuse_stamp(said, "thuộc tính của tệp")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        dropped.add(Dropped.SCRIPTS)
    for place in range(document.count_attachments()):
        dropped.add(Dropped.ATTACHMENTS)
        refuse_stamp_in_name(document.get_attachment(place).get_name(), "tên tệp đính kèm bên trong")
    for mark in document.get_toc(max_depth=8):
        dropped.add(Dropped.BOOKMARKS)
        refuse_stamp(mark.get_title(), "dấu trang")


def _pages(document: Any, caps: Caps, dropped: set[Dropped]) -> list[PageImage]:
    pages: list[PageImage] = []
    size = 0
    for place in range(_count(document, caps)):
        pages.append(_page(document, place, caps, dropped))
        size += len(pages[-1].stream)
        if size > caps.published_bytes:
            raise FileRefused(Reason.COPY_TOO_BIG, limit=caps.published_bytes // MB)
    return pages


def _page(document: Any, place: int, caps: Caps, dropped: set[Dropped]) -> PageImage:
    page = document[place]
    where = f"trang {place + 1}"
    _look_at_words(page, where)
    _look_at_annotations(page, place + 1, where, dropped)
    picture = _rendered(page, caps)
    page.close()
    return picture


def _look_at_words(page: Any, where: str) -> None:
    words = page.get_textpage()
    refuse_stamp(words.get_text_bounded() or "", where)
    refuse_stamp(words.get_text_range() or "", where)
    words.close()


def _look_at_annotations(page: Any, number: int, where: str, dropped: set[Dropped]) -> None:
    """Look at every annotation; take away those a reader only opens on demand."""
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > _MOST_ANNOTATIONS:
        raise FileRefused(Reason.BOMB)
    for place in reversed(range(count)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        for said in _said(annotation):
            dropped.add(Dropped.FORM_FIELDS if kind == raw.FPDF_ANNOT_WIDGET else Dropped.NOTES)
            refuse_stamp(said, f"ghi chú ở {where}")
        has_look = raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
        raw.FPDFPage_CloseAnnot(annotation)
        if kind == raw.FPDF_ANNOT_REDACT:
            raise FileRefused(Reason.REDACTION_NOT_APPLIED, page=number)
        if kind in _NEEDS_LOOK and not has_look:
            raise FileRefused(Reason.NOTE_WITHOUT_LOOK, page=number)
        if kind in _UNDRAWN:
            dropped.add(_UNDRAWN[kind])
            raw.FPDFPage_RemoveAnnot(page, place)


def _said(annotation: Any) -> Iterator[str]:
    for key in _SAYS:
        name = key.encode()
        size = raw.FPDFAnnot_GetStringValue(annotation, name, None, 0)
        if size > 2:
            text = ctypes.create_string_buffer(min(size, 65_536))
            into = ctypes.cast(text, ctypes.POINTER(raw.FPDF_WCHAR))
            if raw.FPDFAnnot_GetStringValue(annotation, name, into, len(text)) <= len(text):
                yield text.raw.decode("utf-16-le", "replace").rstrip("\0")


def _rendered(page: Any, caps: Caps) -> PageImage:
    width, height = page.get_size()
    if not (1 <= width <= _LONGEST_SIDE and 1 <= height <= _LONGEST_SIDE):
        raise FileRefused(Reason.DAMAGED)
    scale = min(caps.dots_per_inch / 72, (caps.page_pixels / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True)
    image = bitmap.to_pil().convert("RGB").point(_PLAIN)
    bitmap.close()
    red, green, blue = image.split()
    grey = not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())
    return page_image(green if grey else image, width=width, height=height)
