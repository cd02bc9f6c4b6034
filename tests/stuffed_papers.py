"""Spreadsheets and text documents stuffed with a dye in every place that is not seen."""

from collections.abc import Callable

import papers
from papers import cell, docx, jpeg, paragraph, rels, sheet, styled, with_segment, workbook_part, xlsx

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


def _linked(kind: str, name: str, content: str | bytes, inside: str = "") -> bytes:
    """A document with one more part."""
    return docx(inside, {"word/_rels/document.xml.rels": rels((kind, name)), f"word/{name}": content})


def _photo(dye: str, *, words: str = "") -> bytes:
    frame = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="600000"/>'
        f'<wp:docPr id="1" name="{words or "a"}" descr="{words}"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:ext cx="900000" cy="600000"/></a:xfrm></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return _linked("image", "media/image1.jpeg", with_segment(jpeg(), 0xFE, dye.encode()), frame)


def _run(dye: str, props: str) -> bytes:
    return docx(paragraph(dye, run=props))


def _table(rows: str) -> bytes:
    return docx(f'<w:tbl><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>{rows}</w:tbl>')


def _styles(dye: str, style: str) -> bytes:
    """A paragraph in a style of the document's own."""
    named = f'<w:style w:type="paragraph" w:styleId="S">{style}</w:style>'
    part = f'<w:styles xmlns:w="{papers.WORDS}">{named}</w:styles>'
    return _linked("styles", "styles.xml", part, paragraph(dye, props='<w:pStyle w:val="S"/>'))


def _tracked(dye: str, kind: str, text: str) -> bytes:
    return docx(f"<w:p><w:{kind} w:author='A'><w:r><w:{text}>{dye}</w:{text}></w:r></w:{kind}></w:p>")


def _field(dye: str) -> bytes:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText>INCLUDETEXT "{dye}"</w:instrText></w:r>'
    return docx(
        f"<w:p>{char('begin')}{instruction}{char('separate')}<w:r><w:t>Kết quả</w:t></w:r>{char('end')}</w:p>"
    )


_CELL = "<w:tr>{}<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr>"
DOCUMENTS: dict[str, Callable[[str], bytes]] = {
    "document author": lambda d: docx(
        parts={"docProps/core.xml": f"<coreProperties><creator>{d}</creator></coreProperties>"}
    ),
    "document own property": lambda d: docx(
        parts={"docProps/custom.xml": f"<Properties><p name='{d}'/></Properties>"}
    ),
    "document comment": lambda d: _linked("comments", "comments.xml", papers.body(paragraph(d))),
    "reviewer": lambda d: docx(parts={"word/people.xml": f"<people><person author='{d}'/></people>"}),
    "words crossed out by review": lambda d: _tracked(d, "del", "delText"),
    "words moved away": lambda d: _tracked(d, "moveFrom", "t"),
    "old formatting": lambda d: docx(
        f"<w:p><w:pPr><w:pPrChange w:author='{d}'><w:pPr/></w:pPrChange></w:pPr>"
        "<w:r><w:t>Thấy</w:t></w:r></w:p>"
    ),
    "hidden words": lambda d: _run(d, "<w:vanish/>"),
    "hidden words by style": lambda d: _styles(d, "<w:rPr><w:vanish/></w:rPr>"),
    "words of hidden look in web": lambda d: _run(d, "<w:webHidden/>"),
    "document white words": lambda d: _run(d, '<w:color w:val="FFFFFF"/>'),
    "document white words by theme": lambda d: _run(
        d, '<w:color w:val="000000" w:themeColor="background1"/>'
    ),
    "words without fill": lambda d: _run(d, "<w14:textFill><w14:noFill/></w14:textFill>"),
    "black marker on words": lambda d: _run(d, '<w:highlight w:val="black"/>'),
    "document tiny words": lambda d: _run(d, '<w:sz w:val="2"/>'),
    "words squeezed": lambda d: _run(d, '<w:w w:val="1"/>'),
    "line without height": lambda d: docx(paragraph(d, props='<w:spacing w:line="1" w:lineRule="exact"/>')),
    "words beyond the paper": lambda d: docx(paragraph(d, props='<w:ind w:left="31000"/>')),
    "field": _field,
    "simple field": lambda d: docx(
        f"<w:p><w:fldSimple w:instr='{d}'><w:r><w:t>Thấy</w:t></w:r></w:fldSimple></w:p>"
    ),
    "document link": lambda d: docx(
        '<w:p><w:hyperlink r:id="out1"><w:r><w:t>trang</w:t></w:r></w:hyperlink></w:p>',
        {"word/_rels/document.xml.rels": rels(outside=[("hyperlink", f"http://x/{d}")])},
    ),
    "template": lambda d: docx(
        parts={"word/_rels/settings.xml.rels": rels(outside=[("attachedTemplate", f"file:///{d}")])}
    ),
    "bookmark": lambda d: docx(f"<w:p><w:bookmarkStart w:name='{d}'/><w:r><w:t>Thấy</w:t></w:r></w:p>"),
    "tag of a content box": lambda d: docx(
        f"<w:sdt><w:sdtPr><w:tag w:val='{d}'/></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Thấy')}</w:sdtContent></w:sdt>"
    ),
    "document custom xml": lambda d: docx(parts={"customXml/item1.xml": f"<a>{d}</a>"}),
    "building block": lambda d: docx(parts={"word/glossary/document.xml": papers.body(paragraph(d))}),
    "variable": lambda d: docx(
        parts={"word/settings.xml": f"<settings><docVar name='a' val='{d}'/></settings>"}
    ),
    "document header": lambda d: _linked("header", "header1.xml", papers.body(paragraph(d))),
    "note nobody refers to": lambda d: _linked("footnotes", "footnotes.xml", papers.body(paragraph(d))),
    "photo in a document": _photo,
    "words for a photo": lambda d: _photo("x", words=d),
    "embedded workbook": lambda d: docx(parts={"word/embeddings/book.xlsx": xlsx({"a.xml": f"<a>{d}</a>"})}),
    "embedded object": lambda d: docx(parts={"word/embeddings/oleObject1.bin": d.encode()}),
    "hidden table row": lambda d: _table(
        _CELL.format("", "", paragraph("Thấy"))
        + _CELL.format("<w:trPr><w:hidden/></w:trPr>", "", paragraph(d))
    ),
    "cell behind a merged one": lambda d: _table(
        _CELL.format("", '<w:vMerge w:val="restart"/>', paragraph("Thấy"))
        + _CELL.format("", "<w:vMerge/>", paragraph(d))
    ),
    "words as dark as their cell": lambda d: _table(
        _CELL.format("", "", paragraph("Thấy"))
        + _CELL.format(
            "", '<w:shd w:val="clear" w:fill="112233"/>', paragraph(d, run='<w:color w:val="112233"/>')
        )
    ),
    "name of a document style": lambda d: _styles("Thấy", f'<w:name w:val="{d}"/>'),
    "font of a document": lambda d: _run("Thấy", f'<w:rFonts w:ascii="{d}"/>'),
    "trace of a session": lambda d: docx(f"<w:p w:rsidR='{d}'><w:r><w:t>Thấy</w:t></w:r></w:p>"),
    "part nobody knows": lambda d: docx(parts={"word/private.xml": f"<a>{d}</a>"}),
}
