"""Where pictures and shapes lie over a worksheet: what is under them is hidden, and stays out."""

from portal.office.evidence.markup import Element, local, local_attrs, tree_of
from portal.office.evidence.package import Package
from portal.office.evidence.sheet_read import LAST_COLUMN, LAST_ROW, Area
from portal.office.evidence.wording import Dropped

_ANCHORS = frozenset(("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
# The smallest cells in use, in EMU: a shape given by its size is thought to reach rather too far.
_CELL_WIDTH, _CELL_HEIGHT = 300_000, 150_000
_KINDS = {"pic": Dropped.PICTURES, "graphicFrame": Dropped.CHARTS, "sp": Dropped.DRAWINGS,
          "grpSp": Dropped.DRAWINGS, "cxnSp": Dropped.DRAWINGS}  # fmt: skip


def covered_areas(package: Package, sheet_part: str) -> tuple[list[Area], set[Dropped]]:
    """The areas of the sheet that lie under something opaque, and the kinds of things there are."""
    areas: list[Area] = []
    kinds: set[Dropped] = set()
    for link in package.links(sheet_part).values():
        if link.kind != "drawing" or link.target not in package.parts:
            continue
        for anchor in tree_of(package.parts[link.target]).iter():
            if local(anchor.tag) in _ANCHORS:
                kinds.update(_KINDS[name] for child in anchor if (name := local(child.tag)) in _KINDS)
                if _is_opaque(anchor):
                    areas.append(_area(anchor))
    return areas, kinds


def _is_opaque(anchor: Element) -> bool:
    """Whether the thing can hide what is under it: a line cannot, nor a shape without filling."""
    names = [local(child.tag) for child in anchor]
    if "cxnSp" in names:
        return False
    if "sp" in names:
        shapes = (child for child in anchor.iter() if local(child.tag) == "spPr")
        return not any(local(part.tag) == "noFill" for shape in shapes for part in shape)
    return True


def _area(anchor: Element) -> Area:
    ends = {local(child.tag): child for child in anchor}
    left, top = _corner(ends["from"]) if "from" in ends else (1, 1)
    if "to" in ends:
        right, bottom = _corner(ends["to"])
    elif "ext" in ends:
        size = local_attrs(ends["ext"])
        right = left + _whole(size.get("cx")) // _CELL_WIDTH
        bottom = top + _whole(size.get("cy")) // _CELL_HEIGHT
    else:
        right, bottom = LAST_COLUMN, LAST_ROW
    return left, top, right, bottom


def _corner(point: Element) -> tuple[int, int]:
    inside = {local(child.tag): child.text for child in point}
    return _whole(inside.get("col")) + 1, _whole(inside.get("row")) + 1


def _whole(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 12 else 0
