"""Writes a text document that holds what the model holds: no properties, comments, fields or styles."""

from portal.office.evidence.sheet_write import plain, zip_parts
from portal.office.evidence.text_model import (
    Block,
    Item,
    PageBreak,
    Paper,
    Paragraph,
    Shown,
    Span,
    Table,
    TableCell,
    TextDocument,
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = "Times New Roman"  # the type of official papers, Nghị định 30/2020/NĐ-CP, annex I
_SIZE = 26  # half points


def write_document(document: TextDocument) -> bytes:
    """The document's bytes; the same model gives the same bytes."""
    writer = _Writer()
    body = writer.blocks(document.blocks)
    xml = (
        f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:wp="{_DRAW}/wordprocessingDrawing" '
        f'xmlns:a="{_DRAW}/main" xmlns:pic="{_DRAW}/picture"><w:body>{body}{_section(document.paper)}'
        "</w:body></w:document>"
    )
    names = [f"media/image{n}.{shown.extension}" for n, shown in enumerate(writer.pictures, start=1)]
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _rels([("officeDocument", "word/document.xml")]),
        "word/document.xml": xml,
        "word/_rels/document.xml.rels": _rels(
            [("image", name) for name in names] + [("styles", "styles.xml")]
        ),
        "word/styles.xml": _styles(),
    }
    parts = {name: (_HEAD + content).encode() for name, content in texts.items()}
    pictures = zip(names, writer.pictures, strict=True)
    return zip_parts(parts | {f"word/{name}": shown.data for name, shown in pictures})


class _Writer:
    def __init__(self) -> None:
        self.pictures: list[Shown] = []

    def blocks(self, blocks: list[Block]) -> str:
        """The blocks one after the other; Word asks for a paragraph behind every table."""
        written: list[str] = []
        for place, block in enumerate(blocks):
            written.append(self._table(block) if isinstance(block, Table) else self._paragraph(block))
            follower = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Table) and not isinstance(follower, Paragraph):
                written.append("<w:p/>")
        return "".join(written) or "<w:p/>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        inside = "".join(self._item(item) for item in paragraph.items)
        return f"<w:p>{_paragraph_properties(paragraph)}{inside}</w:p>"

    def _item(self, item: Item) -> str:
        if isinstance(item, PageBreak):
            return '<w:r><w:br w:type="page"/></w:r>'
        return self._picture(item) if isinstance(item, Shown) else _run(item)

    def _picture(self, shown: Shown) -> str:
        self.pictures.append(shown)
        n = len(self.pictures)
        size = f'cx="{shown.width}" cy="{shown.height}"'
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="{n}" name="Hình {n}"/>'
            f'<a:graphic><a:graphicData uri="{_DRAW}/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{n}" name="Hình {n}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="rId{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _table(self, table: Table) -> str:
        line = 'w:val="single" w:sz="4" w:space="0" w:color="auto"' if table.has_borders else 'w:val="nil"'
        sides = "".join(
            f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
        rows = "".join(f"<w:tr>{''.join(map(self._cell, row))}</w:tr>" for row in table.rows)
        if not rows:
            return ""
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def _cell(self, cell: TableCell) -> str:
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge in ("restart", "continue") else ""
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{self.blocks(cell.blocks)}</w:tc>"


def _run(span: Span) -> str:
    marks = {
        "b": span.is_bold,
        "i": span.is_italic,
        "caps": span.is_capitals,
        "strike": span.is_struck,
    }
    properties = "".join(f"<w:{name}/>" for name, is_set in marks.items() if is_set)
    properties += f'<w:sz w:val="{span.size}"/>' if span.size else ""
    properties += '<w:u w:val="single"/>' if span.is_underlined else ""
    if span.raised in ("superscript", "subscript"):
        properties += f'<w:vertAlign w:val="{span.raised}"/>'
    text = plain(span.text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    text = text.replace("\r", "").replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph_properties(paragraph: Paragraph) -> str:
    found = "<w:pageBreakBefore/>" if paragraph.begins_page else ""
    if paragraph.left or paragraph.first:
        side = "firstLine" if paragraph.first >= 0 else "hanging"
        found += f'<w:ind w:left="{paragraph.left}" w:{side}="{abs(paragraph.first)}"/>'
    found += f'<w:jc w:val="{paragraph.align}"/>' if paragraph.align else ""
    found += f'<w:outlineLvl w:val="{paragraph.outline}"/>' if paragraph.outline is not None else ""
    return f"<w:pPr>{found}</w:pPr>" if found else ""


def _section(paper: Paper) -> str:
    wide = ' w:orient="landscape"' if paper.width > paper.height else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{paper.width}" w:h="{paper.height}"{wide}/>'
        f'<w:pgMar w:top="{paper.top}" w:right="{paper.right}" w:bottom="{paper.bottom}" '
        f'w:left="{paper.left}" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )


def _styles() -> str:
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{_FONT}" '
        f'w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}"/><w:sz w:val="{_SIZE}"/></w:rPr>'
        "</w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>'
    )


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    )


def _rels(links: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
