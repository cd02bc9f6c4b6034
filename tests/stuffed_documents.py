"""Text documents stuffed with a dye in every place that is not seen."""

from collections.abc import Callable

import papers
from papers import docx, jpeg, paragraph, rels, with_segment, xlsx


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


def _vanished_table(dye: str) -> bytes:
    props = "<w:tblStylePr><w:rPr><w:vanish/></w:rPr></w:tblStylePr>"
    style = f'<w:style w:type="table" w:styleId="T">{props}</w:style>'
    rows = f"<w:tr><w:tc>{paragraph(dye)}</w:tc></w:tr>"
    part = f'<w:styles xmlns:w="{papers.WORDS}">{style}</w:styles>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{rows}</w:tbl>'
    return _linked("styles", "styles.xml", part, table)


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
    "table that vanishes by its style": _vanished_table,
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
