"""Makes small evidence files in memory, sound ones: pictures, PDF, spreadsheets, text documents.

Every part can be replaced, so that hostile and stuffed files differ from these in one thing only.
"""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw

SEEN = "Giải ngân 95 phần trăm (số liệu minh họa)"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument"


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A plain picture with something drawn on it."""
    image = Image.new(mode, size, 255 if mode in ("L", "P", "1") else "white")
    ImageDraw.Draw(image).rectangle((8, 8, size[0] // 2, size[1] // 2), fill=0 if mode in "LP1" else "navy")
    return image


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    """The picture's bytes."""
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def png(**how: object) -> bytes:
    """A sound PNG."""
    return saved(picture(), "PNG", **how)


def jpeg(**how: object) -> bytes:
    """A sound JPEG."""
    return saved(picture(), "JPEG", **how)


def webp(**how: object) -> bytes:
    """A sound WebP."""
    return saved(picture(), "WEBP", **how)


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(data: bytes, kind: bytes, body: bytes) -> bytes:
    """The PNG with one more chunk, right behind its head."""
    return data[:33] + chunk(kind, body) + data[33:]


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    """The JPEG with one more segment, right behind its first mark."""
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def with_riff(data: bytes, kind: bytes, body: bytes) -> bytes:
    """The WebP with one more chunk at its end."""
    body += b"\0" * (len(body) % 2)
    data += struct.pack("<4sI", kind, len(body)) + body
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def pdf(
    *,
    draws: bytes = b"",
    page: bytes = b"",
    catalog: bytes = b"",
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
    pages: int = 1,
) -> bytes:
    """A sound PDF; ``more`` objects are numbered from 6. The page object is number 3."""
    text = b"BT /F 24 Tf 72 700 Td (Bao cao minh hoa) Tj ET\n" + draws
    kids = b" ".join([b"3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>"
        b"/XObject<</X 6 0 R>>/Properties<</L 6 0 R>>>>%s>>" % page,
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        stream(text),
        *more,
    ]
    return assembled(objects, trailer)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The PDF made of ``objects``, numbered from 1; the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    start = out.rindex(b"xref\n0 ")
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def zipped(parts: Mapping[str, bytes | str], *, comment: bytes = b"", packed: int = ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with ZipFile(out, "w", packed) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rels(*links: tuple[str, str], outside: Sequence[tuple[str, str]] = ()) -> str:
    """A relationships part: rId1, rId2 ... in order, those that lead outside last."""
    inside = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, start=1)
    ]
    inside += [
        f'<Relationship Id="out{n}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(outside, start=1)
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def types(main: str, part: str, more: str = "") -> str:
    """A content-types part."""
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{more}</Types>'
    )


def cell(place: str, text: str, *, style: int = 0) -> str:
    """A text cell."""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part."""
    head = f'<worksheet xmlns="{SHEETS}" xmlns:r="{_OFFICE}">'
    return f"{head}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def workbook_part(states: Sequence[str] = ("visible",), more: str = "") -> str:
    """A workbook part: one sheet for every state."""
    listed = "".join(
        f'<sheet name="Bảng {n}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, state in enumerate(states, start=1)
    )
    return f'<workbook xmlns="{SHEETS}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>{more}</workbook>'


def xlsx(parts: Mapping[str, bytes | str] | None = None, **how: object) -> bytes:
    """A sound workbook of one sheet with one seen cell; ``parts`` are added or replaced."""
    return zipped(xlsx_parts() | dict(parts or {}), **how)  # type: ignore[arg-type]


def xlsx_parts() -> dict[str, bytes | str]:
    """The parts of a sound workbook."""
    return {
        "[Content_Types].xml": types(f"{_TYPES}.spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_part(),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet(f'<row r="1">{cell("A1", SEEN)}</row>'),
    }


def styled(fonts: str = "", fills: str = "", formats: str = "", xf: str = "", more: str = "") -> str:
    """A styles part whose cell style 1 is ``xf``; own fonts and fills are numbered from 1 and 2."""
    return (
        f'<styleSheet xmlns="{SHEETS}"><numFmts>{formats}</numFmts><fonts><font><sz val="11"/></font>{fonts}'
        '</fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill '
        f'patternType="gray125"/></fill>{fills}</fills><borders><border/></borders><cellXfs>'
        f'<xf numFmtId="0" fontId="0" fillId="0"/>{xf}</cellXfs>{more}</styleSheet>'
    )


def paragraph(text: str, *, run: str = "", props: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{props}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def body(inside: str) -> str:
    """A document part."""
    spaces = "".join(
        f' xmlns:{short}="{long}"'
        for short, long in (
            ("w", WORDS),
            ("r", _OFFICE),
            ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
            ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
            ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
            ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
            ("v", "urn:schemas-microsoft-com:vml"),
            ("o", "urn:schemas-microsoft-com:office:office"),
            ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        )
    )
    return f"<w:document{spaces}><w:body>{paragraph(SEEN)}{inside}</w:body></w:document>"


def docx(inside: str = "", parts: Mapping[str, bytes | str] | None = None, **how: object) -> bytes:
    """A sound text document: one seen paragraph, then ``inside``; ``parts`` are added or replaced."""
    return zipped(docx_parts(inside) | dict(parts or {}), **how)  # type: ignore[arg-type]


def docx_parts(inside: str = "") -> dict[str, bytes | str]:
    """The parts of a sound text document."""
    return {
        "[Content_Types].xml": types(f"{_TYPES}.wordprocessingml.document.main+xml", "word/document.xml"),
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": body(inside),
    }


def unzipped(data: bytes) -> dict[str, bytes | str]:
    """The parts of an archive."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
