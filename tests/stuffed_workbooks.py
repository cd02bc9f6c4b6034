"""Spreadsheets stuffed with a dye in every place that is not seen."""

from collections.abc import Callable

import papers
from papers import cell, jpeg, rels, sheet, styled, with_segment, workbook_part, xlsx

_SHEET, _BOOK, _LINKS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLED = rels(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
_SEEN = f'<row r="1">{cell("A1", papers.SEEN)}</row>'


def _one(rows: str, *, before: str = "", after: str = "", **more: str | bytes) -> bytes:
    """A workbook whose sheet has the seen row and ``rows``; ``more`` parts by short names."""
    names = {"styles": "xl/styles.xml", "links": "xl/worksheets/_rels/sheet1.xml.rels"}
    parts: dict[str, bytes | str] = {names.get(name, name): content for name, content in more.items()}
    parts[_SHEET] = sheet(_SEEN + rows, before=before, after=after)
    if "styles" in more:
        parts[_LINKS] = _STYLED
    return xlsx(parts)


def _row(dye: str, attrs: str = "", *, style: int = 0) -> str:
    return f'<row r="2" {attrs}>{cell("A2", dye, style=style)}</row>'


def _style(dye: str, **how: str) -> bytes:
    return _one(_row(dye, style=1), styles=styled(**how))


def _second_sheet(dye: str, state: str) -> bytes:
    return xlsx(
        {
            _BOOK: workbook_part(("visible", state)),
            _LINKS: rels(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")),
            "xl/worksheets/sheet2.xml": sheet(_row(dye)),
        }
    )


def _number_format(dye: str) -> bytes:
    code = f'0;0;0;"{dye}"'.replace('"', "&quot;")
    number = '<row r="2"><c r="A2" s="1"><v>5</v></c></row>'
    xf = '<xf numFmtId="170" fontId="0" fillId="0"/>'
    return _one(number, styles=styled(formats=f'<numFmt numFmtId="170" formatCode="{code}"/>', xf=xf))


def _strings(items: str, rows: str) -> bytes:
    return xlsx(
        {
            _SHEET: sheet(_SEEN + rows),
            _LINKS: rels(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
            "xl/sharedStrings.xml": f'<sst xmlns="{papers.SHEETS}">{items}</sst>',
        }
    )


def _covered(dye: str) -> bytes:
    anchor = (
        "<wsDr><twoCellAnchor><from><col>0</col><row>1</row></from><to><col>2</col><row>3</row></to>"
        "<pic/></twoCellAnchor></wsDr>"
    )
    parts = {"xl/drawings/drawing1.xml": anchor}
    return _one(_row(dye), links=rels(("drawing", "../drawings/drawing1.xml")), **parts)


_HIDING_FORMAT = '<numFmt numFmtId="170" formatCode=";;;"/>'
_TEXT_COMMENT = (
    "<comments><commentList><comment ref='A1'><text><t>{}</t></text></comment></commentList></comments>"
)
WORKBOOKS: dict[str, Callable[[str], bytes]] = {
    "workbook author": lambda d: xlsx(
        {"docProps/core.xml": f"<coreProperties><creator>{d}</creator></coreProperties>"}
    ),
    "workbook company": lambda d: xlsx(
        {"docProps/app.xml": f"<Properties><Company>{d}</Company></Properties>"}
    ),
    "workbook own property": lambda d: xlsx(
        {"docProps/custom.xml": f"<Properties><p name='{d}'/></Properties>"}
    ),
    "hidden sheet": lambda d: _second_sheet(d, "hidden"),
    "very hidden sheet": lambda d: _second_sheet(d, "veryHidden"),
    "hidden row": lambda d: _one(_row(d, 'hidden="1"')),
    "row without height": lambda d: _one(_row(d, 'ht="0" customHeight="1"')),
    "rows without height by default": lambda d: xlsx(
        {
            _SHEET: sheet(
                f'<row r="1" ht="15">{cell("A1", papers.SEEN)}</row>' + _row(d),
                before='<sheetFormatPr defaultRowHeight="0"/>',
            )
        }
    ),
    "hidden column": lambda d: _one(
        f'<row r="2">{cell("B2", d)}</row>', before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>'
    ),
    "column without width": lambda d: _one(
        f'<row r="2">{cell("B2", d)}</row>', before='<cols><col min="2" max="2" width="0"/></cols>'
    ),
    "white words": lambda d: _style(
        d, fonts='<font><color rgb="FFFFFFFF"/></font>', xf='<xf numFmtId="0" fontId="1" fillId="0"/>'
    ),
    "white words by theme": lambda d: _style(
        d, fonts='<font><color theme="0"/></font>', xf='<xf numFmtId="0" fontId="1" fillId="0"/>'
    ),
    "black words on black": lambda d: _style(
        d,
        fills='<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill>',
        xf='<xf numFmtId="0" fontId="0" fillId="2"/>',
    ),
    "white words by the file's own palette": lambda d: _style(
        d,
        fonts='<font><color indexed="8"/></font>',
        xf='<xf numFmtId="0" fontId="1" fillId="0"/>',
        more="<colors><indexedColors>" + '<rgbColor rgb="00FFFFFF"/>' * 16 + "</indexedColors></colors>",
    ),
    "black words on a black gradient": lambda d: _style(
        d,
        fills='<fill><gradientFill><stop position="0"><color rgb="FF000000"/></stop></gradientFill></fill>',
        xf='<xf numFmtId="0" fontId="0" fillId="2"/>',
    ),
    "tiny words": lambda d: _style(
        d, fonts='<font><sz val="1"/></font>', xf='<xf numFmtId="0" fontId="1" fillId="0"/>'
    ),
    "format that shows nothing": lambda d: _style(
        d, formats=_HIDING_FORMAT, xf='<xf numFmtId="170" fontId="0" fillId="0"/>'
    ),
    "words in a format": _number_format,
    "white run in a cell": lambda d: _strings(
        f'<si><r><t>Thấy được </t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>{d}</t></r></si>',
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
    ),
    "reading aid": lambda d: _strings(
        f"<si><t>Thấy được</t><rPh><t>{d}</t></rPh></si>", '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    ),
    "string nobody uses": lambda d: _strings(f"<si><t>{d}</t></si>", ""),
    "cell inside a merged one": lambda d: _one(
        f'<row r="2">{cell("A2", "Gộp")}{cell("B2", d)}</row>',
        after='<mergeCells><mergeCell ref="A2:C2"/></mergeCells>',
    ),
    "cell under a picture": _covered,
    "formula": lambda d: _one(f'<row r="2"><c r="A2"><f>LEN("{d}")</f><v>9</v></c></row>'),
    "comment": lambda d: _one(
        "", links=rels(("comments", "../comments1.xml")), **{"xl/comments1.xml": _TEXT_COMMENT.format(d)}
    ),
    "talk beside a cell": lambda d: xlsx(
        {"xl/threadedComments/threadedComment1.xml": f"<a><text>{d}</text></a>"}
    ),
    "defined name": lambda d: xlsx(
        {_BOOK: workbook_part(more=f"<definedNames><definedName name='{d}'>1</definedName></definedNames>")}
    ),
    "input rule": lambda d: _one(
        "",
        after=f"<dataValidations><dataValidation sqref='A9'><formula1>\"{d}\"</formula1></dataValidation>"
        "</dataValidations>",
    ),
    "other workbook": lambda d: xlsx(
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink><v>{d}</v></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels(
                outside=[("externalLinkPath", f"file:///{d}")]
            ),
        }
    ),
    "connection": lambda d: xlsx(
        {"xl/connections.xml": f"<connections><dbPr connection='{d}'/></connections>"}
    ),
    "pivot source": lambda d: xlsx({"xl/pivotCache/pivotCacheRecords1.xml": f"<r><s v='{d}'/></r>"}),
    "custom xml": lambda d: xlsx({"customXml/item1.xml": f"<a>{d}</a>"}),
    "page header": lambda d: _one("", after=f"<headerFooter><oddHeader>&amp;C{d}</oddHeader></headerFooter>"),
    "link of a cell": lambda d: _one(
        "",
        after='<hyperlinks><hyperlink ref="A1" r:id="out1"/></hyperlinks>',
        links=rels(outside=[("hyperlink", f"http://x/{d}")]),
    ),
    "name of a style": lambda d: _one(
        "", styles=styled(more=f'<cellStyles><cellStyle name="{d}" xfId="0"/></cellStyles>')
    ),
    "printer": lambda d: xlsx({"xl/printerSettings/printerSettings1.bin": d.encode("utf-16-le")}),
    "photo in a workbook": lambda d: xlsx({"xl/media/image1.jpeg": with_segment(jpeg(), 0xFE, d.encode())}),
    "code name": lambda d: _one("", before=f'<sheetPr codeName="{d}"/>'),
    "archive remark": lambda d: xlsx(comment=d.encode()),
}
