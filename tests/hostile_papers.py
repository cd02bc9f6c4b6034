"""Hostile PDFs and office documents; `hostile_files` gathers them."""

import io
import zlib
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import papers
from papers import docx, paragraph, pdf, rels, stream, xlsx, zipped

from portal.office.evidence.wording import Reason as R

CLEANED = "cleaned"
MZ = b"MZ\x90\0" + b"\0" * 200  # how a Windows program begins
ZIP = zipped({"a/evil.class": b"\xca\xfe\xba\xbe"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

Group = dict[str, tuple[Any, ...]]  # how to make it, then what may become of it


def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, deflated; one megabyte is packed and repeated."""
    packer = zlib.compressobj(9)
    nothing = b"\0" * 1_048_576
    head = packer.compress(nothing) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(nothing) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(nothing, check)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return head + block * (megabytes - 1) + end + check.to_bytes(4, "big")


def _locked_pdf(permissions: int) -> bytes:
    """A PDF that says it is encrypted; its key fits no password."""
    lock = b"<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P %d>>" % (b"o" * 32, b"u" * 32, permissions)
    return pdf(more=[lock], trailer=b"/Encrypt 6 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]")


def _drawing_bomb() -> bytes:
    """Twelve forms, each drawing the next ten times."""
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X %d 0 R>>>>" % n,
        )
        for n in range(7, 18)
    ]
    return pdf(
        draws=b"/X Do", more=[*forms, stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")]
    )


def _image_bomb() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return pdf(
        draws=b"q 500 0 0 500 0 0 cm /X Do Q", more=[stream(zeros(400), entries + b"/Filter/FlateDecode")]
    )


def _note(kind: bytes, more: bytes = b"") -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/%s/Rect[72 650 300 720]%s>>]" % (kind, more)


def _utf16(text: str) -> bytes:
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


PDFS: Group = {
    "pdf with a password": (lambda: _locked_pdf(-4), R.PASSWORD),
    "pdf that is a zip": (lambda: pdf() + ZIP, R.POLYGLOT),
    "pdf holding a zip at its end": (lambda: pdf(more=[stream(ZIP)]), R.POLYGLOT),
    "pdf with html before": (lambda: b"<html>" + pdf(), R.POLYGLOT),
    "pdf with html in its head": (
        lambda: pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1),
        R.POLYGLOT,
    ),
    "pdf with a program behind": (lambda: pdf() + MZ, R.TRAILING),
    "pdf that is a tar": (lambda: b"%PDF-1.7\n".ljust(257, b" ") + b"ustar" + pdf(), R.POLYGLOT),
    "pdf cut off": (lambda: pdf()[:300], R.DAMAGED),
    "pdf without pages": (lambda: papers.assembled([b"<</Type/Catalog>>"]), R.DAMAGED),
    "pdf whose pages run in a ring": (
        lambda: papers.assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R]>>"]),
        R.DAMAGED,
    ),
    "pdf of 900 pages": (lambda: pdf(pages=900), R.TOO_MANY_PAGES),
    "pdf with black boxes not applied": (lambda: pdf(page=_note(b"Redact")), R.REDACTION_NOT_APPLIED),
    "pdf with words every reader draws its way": (
        lambda: pdf(page=_note(b"FreeText", b"/Contents(x)/DA(/F 9 Tf)")),
        R.NOTE_WITHOUT_LOOK,
    ),
    "pdf that is a live form": (
        lambda: pdf(catalog=b"/AcroForm<</Fields[]/XFA 6 0 R>>", more=[stream(b"<xdp/>")]),
        R.LIVE_FORM,
    ),
    "pdf whose drawing unpacks to 400 MB": (
        lambda: pdf(page=b"/Contents 6 0 R", more=[stream(zeros(400), b"/Filter/FlateDecode")]),
        CLEANED,
        R.TOO_HEAVY,
    ),
    "pdf with a picture of 3.6 thousand million pixels": (_image_bomb, CLEANED, R.TOO_HEAVY),
    "pdf drawing itself ten thousand million times": (_drawing_bomb, CLEANED, R.TOO_HEAVY),
    "pdf with a page of a mile": (
        lambda: pdf().replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"),
        CLEANED,
        R.DAMAGED,
    ),
    "pdf stamped on its page": (
        lambda: pdf(draws=b"BT /F 20 Tf 72 500 Td (TOI MAT) Tj ET"),
        R.STAMP,
    ),
    "pdf stamped in white": (
        lambda: pdf(draws=b"1 g BT /F 20 Tf 72 500 Td (TUYET MAT) Tj ET"),
        R.STAMP,
    ),
    "pdf stamped in its title": (
        lambda: pdf(more=[b"<</Title %s>>" % _utf16("TỐI MẬT")], trailer=b"/Info 6 0 R"),
        R.STAMP,
    ),
    "pdf stamped in a note": (lambda: pdf(page=_note(b"Text", b"/Contents " + _utf16("MẬT"))), R.STAMP),
}


def _macro(kind: str) -> bytes:
    """A document whose main part says it may run macros."""
    parts = papers.xlsx_parts() if kind == "xlsm" else papers.docx_parts()
    main = "xl/workbook.xml" if kind == "xlsm" else "word/document.xml"
    return zipped(parts | {"[Content_Types].xml": papers.types(_MACRO, main)})


def _declared(document: str, doctype: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE x [{doctype}]>' + document


def _laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return '<!ENTITY l0 "ha">' + levels


def _flagged_encrypted() -> bytes:
    data = bytearray(xlsx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark)
        data[at + place] |= 1
    return bytes(data)


def _two_of_a_name() -> bytes:
    out = io.BytesIO(xlsx())
    with ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", papers.workbook_part(("hidden",)))
    return out.getvalue()


def _pdf_inside_zip_head() -> bytes:
    return zipped({"a.txt": pdf(), **papers.docx_parts()}, packed=ZIP_STORED)


def _covered() -> str:
    shape = (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wp:wrapNone/><a:graphic><a:graphicData><wps:wsp>'
        '<wps:spPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
    return paragraph("Số nhà 5") + shape


def _rows(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"/><c r="B{n}"/></row>' for n in range(1, count + 1))


_SHEET = "xl/worksheets/sheet1.xml"
PACKAGES: Group = {
    "workbook with macros": (lambda: _macro("xlsm"), R.MACRO),
    "document with macros": (lambda: _macro("docm"), R.MACRO),
    "workbook with a macro part": (lambda: xlsx({"xl/vbaProject.bin": _OLE}), R.MACRO),
    "document with a renamed macro part": (
        lambda: docx(
            parts={"word/_rels/document.xml.rels": rels(("vbaProject", "x.bin")), "word/x.bin": _OLE}
        ),
        R.MACRO,
    ),
    "workbook with a macro sheet": (lambda: xlsx({"xl/macrosheets/sheet1.xml": "<a/>"}), R.MACRO),
    "workbook that unpacks to 200 MB": (lambda: xlsx({_SHEET: b" " * 200_000_000}), R.BOMB),
    "workbook of 5,000 parts": (lambda: xlsx({f"xl/a{n}.xml": "<a/>" for n in range(5_000)}), R.BOMB),
    "document that laughs": (
        lambda: docx(parts={"word/document.xml": _declared(papers.body("&l9;"), _laughs())}),
        R.UNSAFE_XML,
    ),
    "document that reads a file": (
        lambda: docx(
            parts={
                "word/document.xml": _declared(papers.body("&f;"), '<!ENTITY f SYSTEM "file:///etc/passwd">')
            }
        ),
        R.UNSAFE_XML,
    ),
    "document nested 50,000 deep": (
        lambda: docx("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000),
        R.UNSAFE_XML,
    ),
    "document with an attribute of 15 MB": (
        lambda: docx(f'<w:p w:x="{"a" * 15_000_000}"/>'),
        CLEANED,
        R.BOMB,
        R.TOO_HEAVY,
    ),
    "document of 200,000 paragraphs": (lambda: docx("<w:p/>" * 200_000), R.TOO_LONG),
    "workbook of 300,000 cells": (lambda: xlsx({_SHEET: papers.sheet(_rows(150_000))}), R.TOO_MANY_CELLS),
    "workbook with a password flag": (_flagged_encrypted, R.PASSWORD),
    "workbook with two parts of a name": (_two_of_a_name, R.DAMAGED),
    "workbook climbing out": (lambda: xlsx({"../../etc/cron.d/x": b"*"}), R.DAMAGED),
    "zip with a pdf in its head": (_pdf_inside_zip_head, R.POLYGLOT),
    "document with a program before": (lambda: b"PK\x03\x04" + MZ + docx(), R.POLYGLOT, R.DAMAGED),
    "document with words behind": (lambda: docx() + b"meet me", R.TRAILING),
    "slides": (
        lambda: zipped(
            {
                "[Content_Types].xml": papers.types("application/x.presentationml.main+xml", "ppt/p.xml"),
                "_rels/.rels": rels(("officeDocument", "ppt/p.xml")),
                "ppt/p.xml": "<p/>",
            }
        ),
        R.OTHER_OFFICE,
    ),
    "open document": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        R.OTHER_OFFICE,
    ),
    "document with broken markup": (lambda: docx(parts={"word/document.xml": "<w:document>"}), R.DAMAGED),
    "workbook hiding by condition": (
        lambda: xlsx(
            {
                _SHEET: papers.sheet(
                    f'<row r="1">{papers.cell("A1", "x")}</row>',
                    after='<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0"/>'
                    "</conditionalFormatting>",
                ),
                "xl/styles.xml": papers.styled(
                    more='<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>'
                ),
                "xl/_rels/workbook.xml.rels": rels(
                    ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
                ),
            }
        ),
        R.CONDITIONAL_HIDING,
    ),
    "workbook never calculated": (
        lambda: xlsx({_SHEET: papers.sheet('<row r="1"><c r="A1"><f>1+1</f></c></row>')}),
        R.NOT_CALCULATED,
    ),
    "workbook with its cells out of order": (
        lambda: xlsx({_SHEET: papers.sheet('<row r="5"/><row r="1"/>')}),
        R.DAMAGED,
    ),
    "document with a box over words": (lambda: docx(_covered()), R.COVERED),
    "workbook stamped in a hidden sheet": (
        lambda: xlsx(
            {"xl/worksheets/sheet9.xml": papers.sheet(f'<row r="1">{papers.cell("A1", "MẬT")}</row>')}
        ),
        R.STAMP,
    ),
    "workbook stamped in a header": (
        lambda: xlsx(
            {
                _SHEET: papers.sheet(
                    "", after='<headerFooter><oddHeader>&amp;C&amp;"Arial"TỐI MẬT</oddHeader></headerFooter>'
                )
            }
        ),
        R.STAMP,
    ),
    "workbook stamped in a comment": (
        lambda: xlsx(
            {"xl/comments1.xml": "<comments><text><r><t>TUYỆT </t></r><r><t>MẬT</t></r></text></comments>"}
        ),
        R.STAMP,
    ),
    "workbook stamped in its properties": (
        lambda: xlsx({"docProps/core.xml": "<coreProperties><title>TỐI MẬT</title></coreProperties>"}),
        R.STAMP,
    ),
    "document stamped in two runs": (
        lambda: docx("<w:p><w:r><w:t>M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p>"),
        R.STAMP,
    ),
    "document stamped in words crossed out": (
        lambda: docx("<w:p><w:del><w:r><w:delText>TUYỆT MẬT</w:delText></w:r></w:del></w:p>"),
        R.STAMP,
    ),
    "document stamped in its header": (
        lambda: docx(parts={"word/header1.xml": papers.body(paragraph("TÀI LIỆU THU HỒI"))}),
        R.STAMP,
    ),
    "archive stamped in its comment": (lambda: docx(comment="TỐI MẬT".encode()), R.STAMP),
}
