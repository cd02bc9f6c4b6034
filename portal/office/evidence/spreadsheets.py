"""Rebuilds a spreadsheet as the values that can be seen in it."""

import re

from portal.office.evidence.caps import Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.markup import Element, local, local_attrs, tree_of
from portal.office.evidence.package import Package
from portal.office.evidence.sheet_drawings import covered_areas
from portal.office.evidence.sheet_looks import Styles, styles_of
from portal.office.evidence.sheet_read import SheetReader, Text, strings_of
from portal.office.evidence.sheet_visible import ShownSheet, show
from portal.office.evidence.sheet_write import write_workbook
from portal.office.evidence.stamped import refuse_stamp_in_name
from portal.office.evidence.wording import Dropped, Reason

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31
_TRUE = frozenset(("1", "true"))
_BY_PART = (
    (r"comments|persons/", Dropped.NOTES),
    (r"externallinks/|connections\.xml|querytables/|xl/model/", Dropped.OUTSIDE_DATA),
    (r"pivot", Dropped.PIVOT_DATA),
    (r"customxml/|customproperty|webextensions/|slicer", Dropped.CUSTOM_DATA),
    (r"docprops/|docmetadata/", Dropped.PROPERTIES),
    (r"embeddings/", Dropped.EMBEDDED),
    (r"activex/|ctrlprops/", Dropped.CONTROLS),
    (r"media/", Dropped.PICTURES),
    (r"chart|diagrams/", Dropped.CHARTS),
)
_BY_ELEMENT = {
    "headerFooter": Dropped.HEADERS_FOOTERS,
    "dataValidation": Dropped.DEFINED_NAMES,
    "hyperlink": Dropped.LINKS,
    "control": Dropped.CONTROLS,
    "oleObject": Dropped.EMBEDDED,
    "picture": Dropped.PICTURES,
}


def clean_spreadsheet(package: Package, caps: Caps) -> tuple[bytes, int, set[Dropped]]:
    """The workbook rebuilt, the number of cells in it, and what was left out.

    Raises `FileRefused` when it is too large or when it cannot be told what is seen.
    """
    workbook = tree_of(package.parts[package.main])
    styles = styles_of(package)
    strings = _strings(package, styles)
    dropped = _dropped_parts(package) | _dropped_words(workbook) | {Dropped.COLOURS}
    shown: list[ShownSheet] = []
    room = caps.cells
    for title, part in _seen_sheets(package, workbook, caps, dropped):
        reader = SheetReader(title, strings, styles, room=room, limit=caps.cells)
        sheet = reader.read(package.parts[part])
        room = reader.room
        sheet.covered, kinds = covered_areas(package, part)
        page, unseen = show(sheet, styles, counts_from_1904=_counts_from_1904(workbook))
        dropped |= kinds | unseen | {what for name, what in _BY_ELEMENT.items() if name in sheet.others}
        dropped |= {Dropped.FORMULAS} if sheet.has_formulas else set()
        shown.append(page)
    cells = sum(len(page.cells) for page in shown)
    if not cells:
        raise FileRefused(Reason.NOTHING_VISIBLE)
    return write_workbook(shown), cells, dropped


def _seen_sheets(
    package: Package, workbook: Element, caps: Caps, dropped: set[Dropped]
) -> list[tuple[str, str]]:
    """The sheets that can be seen, by title and part; notes the others in ``dropped``."""
    links = package.links(package.main)
    found: list[tuple[str, str]] = []
    for element in workbook.iter():
        if local(element.tag) != "sheet":
            continue
        attrs = local_attrs(element)
        refuse_stamp_in_name(attrs.get("name", ""), "tên trang tính")
        link = links.get(attrs.get("id", ""))
        if attrs.get("state", "visible") != "visible":
            dropped.add(Dropped.HIDDEN_SHEETS)
        elif link is None or link.kind != "worksheet" or link.target not in package.parts:
            dropped.add(Dropped.CHARTS)
        else:
            found.append((_title(attrs.get("name", ""), len(found) + 1, found), link.target))
    if len(found) > caps.sheets:
        raise FileRefused(Reason.TOO_MANY_SHEETS, limit=caps.sheets)
    return found


def _title(name: str, ordinal: int, found: list[tuple[str, str]]) -> str:
    clean = _FORBIDDEN.sub(" ", name).strip(" '")[:_LONGEST_TITLE]
    taken = {title.lower() for title, _ in found}
    return clean if clean and clean.lower() not in taken else f"Trang {ordinal}"


def _strings(package: Package, styles: Styles) -> list[Text]:
    for link in package.links(package.main).values():
        if link.kind == "sharedStrings" and link.target in package.parts:
            return strings_of(tree_of(package.parts[link.target]), styles)
    return []


def _counts_from_1904(workbook: Element) -> bool:
    return any(
        local(element.tag) == "workbookPr" and local_attrs(element).get("date1904") in _TRUE
        for element in workbook
    )


def _dropped_parts(package: Package) -> set[Dropped]:
    return {what for pattern, what in _BY_PART if package.has(pattern)}


def _dropped_words(workbook: Element) -> set[Dropped]:
    named = any(local(element.tag) == "definedName" for element in workbook.iter())
    return {Dropped.DEFINED_NAMES} if named else set()
