"""Writes a workbook that holds values and nothing else: no properties, formulas, names, theme or links."""

import io
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from portal.office.evidence.sheet_formats import GENERAL
from portal.office.evidence.sheet_visible import ShownCell, ShownSheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST_CUSTOM = 164
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}

Style = tuple[str, bool]  # number format, bold


def write_workbook(sheets: list[ShownSheet]) -> bytes:
    """The workbook's bytes; the same sheets give the same bytes."""
    styles: dict[Style, int] = {(GENERAL, False): 0}
    pages = [_sheet(sheet, styles) for sheet in sheets]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _rels([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _rels(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(styles),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": page for n, page in enumerate(pages, start=1)}
    return zip_parts({name: (_HEAD + content).encode() for name, content in parts.items()})


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of ``parts`` that says nothing of when or where it was made."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            member = ZipInfo(name, date_time=_EPOCH)
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, content)
    return out.getvalue()


def plain(text: str) -> str:
    """``text`` fit for XML: without the characters it cannot hold, markup escaped."""
    return escape(text.translate(_CONTROL).encode("utf-8", "ignore").decode())


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>'
    )


def _rels(links: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _workbook(sheets: list[ShownSheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'


def _styles(styles: dict[Style, int]) -> str:
    codes = sorted({code for code, _ in styles if code != GENERAL})
    formats = "".join(
        f'<numFmt numFmtId="{_FIRST_CUSTOM + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(codes)
    )
    cells = "".join(_xf(code, bold, codes) for code, bold in styles)
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(styles)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).replace('<numFmts count="0"></numFmts>', "")


def _xf(code: str, bold: bool, codes: list[str]) -> str:
    number = 0 if code == GENERAL else _FIRST_CUSTOM + codes.index(code)
    return (
        f'<xf numFmtId="{number}" fontId="{int(bold)}" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    )


def _sheet(sheet: ShownSheet, styles: dict[Style, int]) -> str:
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{min(width, 255):.2f}" customWidth="1"/>'
        for column, width in sorted(sheet.widths.items())
    )
    rows: dict[int, list[str]] = {}
    for cell in sheet.cells:
        style = styles.setdefault((cell.code, cell.is_bold), len(styles))
        rows.setdefault(cell.row, []).append(_cell(cell, style))
    data = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items())
    merges = "".join(f'<mergeCell ref="{_name(a, b)}:{_name(c, d)}"/>' for a, b, c, d in sheet.merges)
    return (
        f'<worksheet xmlns="{_MAIN}">{f"<cols>{widths}</cols>" if widths else ""}'
        f"<sheetData>{data}</sheetData>{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _cell(cell: ShownCell, style: int) -> str:
    place = f'r="{_name(cell.column, cell.row)}" s="{style}"'
    if cell.kind == "text":
        text = plain(cell.value)
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    kind = ' t="b"' if cell.kind == "truth" else ""
    return f"<c {place}{kind}><v>{plain(cell.value)}</v></c>"


def _name(column: int, row: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
