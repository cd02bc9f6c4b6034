"""Tables of a text document: rows and cells that can be seen, on the ground they are painted with."""

from collections.abc import Iterator
from typing import Protocol

from portal.office.evidence.colours import Rgb
from portal.office.evidence.markup import Element, local, local_attrs
from portal.office.evidence.text_looks import (
    Props,
    Style,
    Styles,
    draws_borders,
    is_on,
    number,
    props_of,
    shading,
)
from portal.office.evidence.text_model import Block, Table, TableCell
from portal.office.evidence.wording import Dropped

_FLAT = 60  # twentieths of a point
_INSIDE = frozenset(("sdt", "sdtContent", "customXml", "ins"))


class Reads(Protocol):
    """The reader a table hands its cells back to."""

    styles: Styles
    dropped: set[Dropped]

    def read(self, container: Element, ground: Rgb) -> list[Block]:
        """The visible blocks in ``container``."""

    def count(self) -> None:
        """Count a cell."""


def read_table(reader: Reads, element: Element, ground: Rgb) -> Table:
    """The table as it can be seen."""
    table = Table(widths=_widths(element), has_borders=_has_borders(element, reader.styles))
    if any(style.hides for style in _style_chain(element, reader.styles)):
        _note_unseen(reader, element)
        return table
    for row in _parts(element, "tr"):
        props = props_of(_child(row, "trPr"))
        if _is_hidden(props):
            reader.dropped.add(Dropped.TRACKED_CHANGES if "del" in props else Dropped.HIDDEN_TEXT)
            continue
        cells = [_cell(reader, cell, ground) for cell in _parts(row, "tc")]
        if cells:
            table.rows.append(cells)
    return table


def _cell(reader: Reads, element: Element, ground: Rgb) -> TableCell:
    reader.count()
    props = props_of(_child(element, "tcPr"))
    ground = shading(props.get("shd", {}), reader.styles.theme) or ground
    merge = props["vMerge"].get("val", "continue") if "vMerge" in props else ""
    blocks = reader.read(element, ground)
    if "cellDel" in props or merge == "continue" or props.get("hMerge", {}).get("val") == "continue":
        blocks = []
        _note_unseen(reader, element)
    return TableCell(blocks=blocks, span=max(number(props, "gridSpan", 1), 1), merge=merge)


def _note_unseen(reader: Reads, element: Element) -> None:
    if any(local(part.tag) == "t" and part.text for part in element.iter()):
        reader.dropped.add(Dropped.HIDDEN_TEXT)


def _is_hidden(props: Props) -> bool:
    height = props.get("trHeight", {})
    flat = height.get("hRule") == "exact" and number({"h": height}, "h", _FLAT) < _FLAT
    return "del" in props or is_on(props, "hidden") or flat


def _widths(element: Element) -> list[int]:
    grid = _child(element, "tblGrid")
    columns = [local_attrs(child).get("w", "0") for child in grid] if grid is not None else []
    return [min(max(int(width) if width.isdecimal() else 0, 300), 20_000) for width in columns[:63]]


def _has_borders(element: Element, styles: Styles) -> bool:
    properties = _child(element, "tblPr")
    own = (
        [part for part in properties.iter() if local(part.tag) == "tblBorders"]
        if properties is not None
        else []
    )
    if own:
        return draws_borders(own[0])
    chain = _style_chain(element, styles)
    styled = [style.has_borders for style in chain if style.has_borders is not None]
    if styled:
        return styled[-1]
    return any(draws_borders(part) for part in element.iter() if local(part.tag) == "tcBorders")


def _style_chain(element: Element, styles: Styles) -> list[Style]:
    return styles.chain(props_of(_child(element, "tblPr")).get("tblStyle", {}).get("val", ""))


def _parts(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if local(child.tag) == name:
            yield child
        elif local(child.tag) in _INSIDE:
            yield from _parts(child, name)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child.tag) == name), None)
