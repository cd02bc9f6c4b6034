"""Rebuilds a text document from what can be seen in it: words, tables, pictures.

Headers and footers stay out: they hold page numbers and file names as fields, which would be frozen at
a wrong value, and logos floating over the page. Footnotes follow at the end, numbered.
"""

from portal.office.evidence.caps import Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.markup import Element, local, local_attrs, tree_of
from portal.office.evidence.package import Package
from portal.office.evidence.text_looks import Props, number
from portal.office.evidence.text_model import Block, Paper, Paragraph, Shown, Span, Table, TextDocument
from portal.office.evidence.text_read import Reader, open_reader
from portal.office.evidence.text_write import write_document
from portal.office.evidence.wording import Dropped, Reason

_BY_PART = (
    (r"comments|people\.xml", Dropped.NOTES),
    (r"docprops/|docmetadata/", Dropped.PROPERTIES),
    (r"customxml/|glossary/|webextensions/", Dropped.CUSTOM_DATA),
    (r"embeddings/", Dropped.EMBEDDED),
    (r"activex/", Dropped.CONTROLS),
    (r"charts/|diagrams/", Dropped.CHARTS),
)
_PAPER = {"w": (2_000, 35_000), "h": (2_000, 35_000)}


def clean_text_document(package: Package, caps: Caps) -> tuple[bytes, int, set[Dropped]]:
    """The document rebuilt, the number of paragraphs and cells read, and what was left out.

    Raises `FileRefused` when it is too long or when something may cover words.
    """
    dropped = {what for pattern, what in _BY_PART if package.has(pattern)} | {Dropped.COLOURS}
    root = tree_of(package.parts[package.main])
    body = next((child for child in root if local(child.tag) == "body"), None)
    if body is None:
        raise FileRefused(Reason.DAMAGED)
    _note_links(package, dropped)
    reader = open_reader(package, caps, dropped)
    blocks = reader.read(body)
    reader.finish()
    if not any(map(_has_content, blocks)):
        raise FileRefused(Reason.NOTHING_VISIBLE)
    blocks += _footnotes(package, reader)
    reader.finish()
    return write_document(TextDocument(blocks=blocks, paper=_paper(root))), reader.blocks_met, dropped


def _note_links(package: Package, dropped: set[Dropped]) -> None:
    for link in package.links(package.main).values():
        if link.is_outside:
            dropped.add(Dropped.LINKS if link.kind == "hyperlink" else Dropped.OUTSIDE_DATA)
        elif link.kind in ("header", "footer"):
            part = package.parts.get(link.target, b"")
            if part and any(local(element.tag) == "t" for element in tree_of(part).iter()):
                dropped.add(Dropped.HEADERS_FOOTERS)


def _has_content(block: Block) -> bool:
    if isinstance(block, Table):
        return any(_has_content(inner) for row in block.rows for cell in row for inner in cell.blocks)
    return any(
        isinstance(item, Shown) or (isinstance(item, Span) and item.text.strip()) for item in block.items
    )


def _footnotes(package: Package, reader: Reader) -> list[Block]:
    """The footnotes and endnotes met so far, each under the number it was given in the text."""
    texts: dict[tuple[str, str], Element] = {}
    for link in package.links(package.main).values():
        if link.kind in ("footnotes", "endnotes") and link.target in package.parts:
            for note in tree_of(package.parts[link.target]):
                texts[(link.kind[:-1], local_attrs(note).get("id", ""))] = note
    blocks: list[Block] = []
    for place, name in enumerate(tuple(reader.footnotes), start=1):
        found = reader.read(texts[name]) if name in texts else []
        if not found or not isinstance(found[0], Paragraph):
            found.insert(0, Paragraph())
        blocks += [_marked(block, place) if block is found[0] else block for block in found]
    return blocks


def _marked(block: Block, place: int) -> Block:
    """A note's first paragraph, under its number."""
    if isinstance(block, Paragraph):
        block.items.insert(0, Span(text=f"[{place}] "))
    return block


def _paper(root: Element) -> Paper:
    """The size of the last section's page, when it is a size of paper."""
    sizes = [local_attrs(element) for element in root.iter() if local(element.tag) == "pgSz"]
    if not sizes:
        return Paper()
    props: Props = {name: {"val": sizes[-1].get(name, "0")} for name in _PAPER}
    width, height = number(props, "w", 0), number(props, "h", 0)
    fits = all(
        low <= size <= high for size, (low, high) in zip((width, height), _PAPER.values(), strict=True)
    )
    return Paper(width=width, height=height) if fits else Paper()
