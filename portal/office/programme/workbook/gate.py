"""The gate for hostile files: what a workbook may hold, settled before any spreadsheet parser sees it.

Order: the name, the container, the kinds of part, then every part once. Each step refuses with a
Vietnamese sentence; secret stamps refuse with their place and none of the content.
"""

import posixpath
import re
from dataclasses import dataclass

from portal.office.programme.stamps import find_stamp, find_stamp_in_name
from portal.office.programme.workbook.container import Package, open_package
from portal.office.programme.workbook.faults import SecretStampFound, refusal
from portal.office.programme.workbook.parts import OutlineScan, PartScan, StringsScan, scan
from portal.office.programme.workbook.sheet_scan import SheetFacts, SheetScan
from portal.office.programme.workbook.wording import Reason

CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STRINGS = "sharedstrings+xml"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf")
_DRAWN = (".vml", ".svg")  # markup that need not be well-formed; only looked through for stamps
_MAX_DRAWN = 2 * 1024 * 1024
_TAG = re.compile(r"<[^>]*>")

# By a piece of the part's path. Excel writes none of these into a plain workbook.
_FORBIDDEN = {
    "xl/workbook.bin": Reason.NOT_XLSX,  # .xlsb
    "vbaproject": Reason.MACRO,
    "vbadata": Reason.MACRO,
    "macrosheets/": Reason.MACRO,
    "dialogsheets/": Reason.MACRO,
    "customui/": Reason.MACRO,
    "externallinks/": Reason.EXTERNAL_LINK,
    "connections.xml": Reason.EXTERNAL_LINK,
    "querytables/": Reason.EXTERNAL_LINK,
    "xl/model/": Reason.EXTERNAL_LINK,
    "embeddings/": Reason.EMBEDDED,
    "activex": Reason.EMBEDDED,
    "ctrlprops/": Reason.EMBEDDED,
    "webextensions/": Reason.EMBEDDED,
}
# By the end of a relationship's type, whatever the part is called.
_FORBIDDEN_LINKS = {
    "/vbaproject": Reason.MACRO,
    "/externallink": Reason.EXTERNAL_LINK,
    "/externallinkpath": Reason.EXTERNAL_LINK,
    "/attachedtemplate": Reason.EXTERNAL_LINK,
    "/connections": Reason.EXTERNAL_LINK,
    "/oleobject": Reason.EMBEDDED,
    "/package": Reason.EMBEDDED,
    "/control": Reason.EMBEDDED,
}
_PLACES = {
    "xl/comments": "ghi chú của ô",
    "xl/threadedcomments": "ghi chú của ô",
    "docprops/": "thuộc tính của tệp",
    "docmetadata/": "thuộc tính của tệp",
    "xl/workbook.xml": "tên trang tính hoặc tên vùng",
    "xl/drawings/": "hình vẽ, hộp chữ hoặc ghi chú",
    "xl/charts/": "biểu đồ",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the gate learned of a file it let through."""

    sheets: tuple[SheetFacts, ...]
    has_pictures: bool


def inspect(data: bytes, *, filename: str) -> Inspection:
    """Let a harmless .xlsx through. Raises `WorkbookRefused` or `SecretStampFound` otherwise."""
    if find_stamp_in_name(re.split(r"[\\/]", filename)[-1]):
        raise SecretStampFound("tên tệp")
    package = open_package(data)
    for name in package.names:
        _refuse_kind(name)
    types = _content_types(package)
    sheets = _list_sheets(package, types)
    _scan_texts(package, types, sheets)
    has_pictures = any(name.lower().endswith(_PICTURES) for name in package.names)
    return Inspection(tuple(sheets), has_pictures)


def _refuse_kind(name: str) -> None:
    """Refuse a part by its path: macros, links, embedded things, and what is no spreadsheet part."""
    path = name.lower()
    for piece, reason in _FORBIDDEN.items():
        if piece in path:
            raise refusal(reason)
    harmless_binary = path.endswith(".bin") and "printersettings" in path
    if not (harmless_binary or path.endswith((".xml", ".rels", *_PICTURES, *_DRAWN))):
        raise refusal(Reason.EMBEDDED if path.startswith("xl/") else Reason.NOT_XLSX)


def _content_types(package: Package) -> dict[str, str]:
    """Part names and what they say they are, in lower case. Refuses macros and other formats."""
    if CONTENT_TYPES not in package.names:
        raise refusal(Reason.NOT_XLSX)
    outline = _outline(package, CONTENT_TYPES)
    types = {
        attrs.get("PartName", f"*.{attrs.get('Extension', '')}").lstrip("/"): attrs.get(
            "ContentType", ""
        ).lower()
        for _, attrs in outline
    }
    if any("macro" in kind or "vbaproject" in kind for kind in types.values()):
        raise refusal(Reason.MACRO)
    if list(types.values()).count(_MAIN) != 1 or any("template" in k for k in types.values()):
        raise refusal(Reason.NOT_XLSX)
    return types


def _list_sheets(package: Package, types: dict[str, str]) -> list[SheetFacts]:
    """The worksheets in the workbook's order, each with the part that holds it."""
    workbook = next(name for name, kind in types.items() if kind == _MAIN)
    folder, base = posixpath.split(workbook)
    links = {
        attrs.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, attrs.get("Target", "")))
        for tag, attrs in _outline(package, f"{folder}/_rels/{base}.rels")
        if tag == "Relationship" and attrs.get("Type", "").endswith("/worksheet")
    }
    titled = [attrs for tag, attrs in _outline(package, workbook) if tag == "sheet"]
    return [
        _sheet(attrs, ordinal, links[link])
        for ordinal, attrs in enumerate(titled, start=1)
        if (link := _link_of(attrs)) in links
    ]


def _sheet(attrs: dict[str, str], ordinal: int, path: str) -> SheetFacts:
    title = attrs.get("name", "")
    if find_stamp_in_name(title):
        raise SecretStampFound(f"tên trang tính thứ {ordinal}")
    hidden = attrs.get("state", "visible") != "visible"
    return SheetFacts(title=title, ordinal=ordinal, path=path.lstrip("/"), hidden=hidden)


def _link_of(attrs: dict[str, str]) -> str:
    """The relationship a sheet element names: r:id, whatever prefix the writer chose."""
    return next((value for name, value in attrs.items() if name.endswith(":id")), "")


def _outline(package: Package, name: str) -> list[tuple[str, dict[str, str]]]:
    handler = OutlineScan(_place_of(name))
    if name not in package.names:
        raise refusal(Reason.DAMAGED)
    scan(package, name, handler)
    return handler.elements


def _scan_texts(package: Package, types: dict[str, str], sheets: list[SheetFacts]) -> None:
    """Every part once: shared strings first, so that a stamped cell can be named."""
    strings = StringsScan()
    shared = [name for name, kind in types.items() if kind.endswith(_STRINGS)]
    for name in shared:
        scan(package, name, strings)
    cells = 0
    for facts in sheets:
        sheet = SheetScan(facts, strings.stamped, cells)
        scan(package, facts.path, sheet)
        cells = sheet.cells
    if strings.stamped:
        raise SecretStampFound(strings.where)
    done = {*shared, *(facts.path for facts in sheets)}
    for name in package.names:
        if name not in done:
            _scan_other(package, name)


def _scan_other(package: Package, name: str) -> None:
    """Parts that are neither sheets nor strings: links, properties, comments, drawings, pictures."""
    if name.lower().endswith(".rels"):
        _refuse_links(_outline(package, name))
    elif name.lower().endswith(".xml"):
        scan(package, name, PartScan(_place_of(name)))
    else:
        _scan_drawn(package, name)


def _scan_drawn(package: Package, name: str) -> None:
    """Count what a picture inflates to; look through one made of markup."""
    drawn = b""
    for piece in package.stream(name):
        drawn += piece if name.lower().endswith(_DRAWN) else b""
        if len(drawn) > _MAX_DRAWN:
            raise refusal(Reason.BOMB)
    if find_stamp(_TAG.sub("\n", drawn.decode("utf-8", "replace"))):
        raise SecretStampFound(_place_of(name))


def _refuse_links(elements: list[tuple[str, dict[str, str]]]) -> None:
    """A hyperlink may point outside, for nobody follows it; nothing else may."""
    for tag, attrs in elements:
        kind = attrs.get("Type", "").lower()
        for ending, reason in _FORBIDDEN_LINKS.items():
            if kind.endswith(ending):
                raise refusal(reason)
        outside = tag == "Relationship" and attrs.get("TargetMode", "").lower() == "external"
        if outside and not kind.endswith("/hyperlink"):
            raise refusal(Reason.EXTERNAL_LINK)


def _place_of(name: str) -> str:
    path = name.lower()
    places = (place for start, place in _PLACES.items() if path.startswith(start))
    return next(places, "phần ẩn của tệp")
