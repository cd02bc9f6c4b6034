"""Reads one worksheet: its cells as they are stored, and everything that says what can be seen of it."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

from portal.office.evidence.faults import FileRefused
from portal.office.evidence.markup import local, run_parser, unescape
from portal.office.evidence.sheet_looks import Font, Styles, font_of, hides_text
from portal.office.evidence.wording import Reason

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_THINNEST = 4.0  # points of height
_NARROWEST = 0.8  # characters of width
_MOST_MERGES = 2_000
_TRUE = frozenset(("1", "true"))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; ``font`` None means the cell's own."""

    text: str
    font: Font | None = None


Text = tuple[Run, ...]
Area = tuple[int, int, int, int]  # first column, first row, last column, last row, from 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored cell; ``value`` is text in runs, or a number as it was written."""

    row: int
    column: int
    style: int
    value: Text | str
    kind: str  # "text", "number", "truth"


@dataclass(slots=True)
class Sheet:
    """One worksheet as stored."""

    title: str
    cells: list[Cell] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    covered: list[Area] = field(default_factory=list)
    has_formulas: bool = False
    is_narrow: bool = False  # columns without a width of their own cannot be seen
    others: set[str] = field(default_factory=set)  # local names of the other elements met

    def hides_column(self, column: int) -> bool:
        """Whether the column cannot be seen."""
        if any(first <= column <= last for first, last in self.hidden_columns):
            return True
        return self.is_narrow and not any(first <= column <= last for first, last, _ in self.widths)


class SheetReader:
    """Takes expat's events for one worksheet. Raises `FileRefused` past a limit."""

    def __init__(self, title: str, strings: list[Text], styles: Styles, *, room: int, limit: int) -> None:
        self.sheet = Sheet(title)
        self.room, self._limit = room, limit  # how many more cells the whole workbook may have
        self._strings, self._styles = strings, styles
        self._row = self._column = 0
        self._height = "15"
        self._attrs: dict[str, str] = {}
        self._text: list[str] = []
        self._inline: Text = ()
        self._has_formula = False
        self._tree: list[Element] = []  # open elements of a part that is understood as a whole

    def read(self, content: bytes) -> Sheet:
        """The worksheet in ``content``."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text.append
        run_parser(content, parser)
        return self.sheet

    def _open(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        self._text.clear()
        if self._tree or name in ("dxf", "is"):
            self._open_in_tree(name, attrs)
            return
        opener = _OPENERS.get(name)
        if opener:
            opener(self, attrs)
        else:
            self.sheet.others.add(name)

    def _close(self, tag: str) -> None:
        name = local(tag)
        if self._tree:
            self._close_in_tree()
        elif name == "c":
            self._close_cell()
        elif name == "v":
            self._attrs["v"] = "".join(self._text)
        self._text.clear()

    def _open_in_tree(self, name: str, attrs: dict[str, str]) -> None:
        part = Element(name, {local(key): value for key, value in attrs.items()})
        if self._tree:
            self._tree[-1].append(part)
        self._tree.append(part)

    def _close_in_tree(self) -> None:
        part = self._tree.pop()
        part.text = "".join(self._text)
        if self._tree:
            return
        if part.tag == "is":
            self._inline = string_of(part, self._styles)
        elif hides_text(part, self._styles.palette):
            self._refuse_conditional()

    def _open_format(self, attrs: dict[str, str]) -> None:
        self._height = attrs.get("defaultRowHeight", "15")
        self.sheet.is_narrow = _number(attrs.get("defaultColWidth", "8")) < _NARROWEST

    def _open_columns(self, attrs: dict[str, str]) -> None:
        first, last = _whole(attrs.get("min", "1")), _whole(attrs.get("max", "1"))
        width = _number(attrs.get("width", "8.43"))
        if attrs.get("hidden") in _TRUE or width < _NARROWEST:
            self.sheet.hidden_columns.append((first, last))
        self.sheet.widths.append((first, last, width))

    def _open_row(self, attrs: dict[str, str]) -> None:
        row = _whole(attrs["r"]) if "r" in attrs else self._row + 1
        if not self._row < row <= LAST_ROW:  # out of order: two readers would see different sheets
            raise FileRefused(Reason.DAMAGED)
        self._row, self._column = row, 0
        if attrs.get("hidden") in _TRUE or _number(attrs.get("ht", self._height)) < _THINNEST:
            self.sheet.hidden_rows.add(row)

    def _open_cell(self, attrs: dict[str, str]) -> None:
        self.room -= 1
        if self.room < 0:
            raise FileRefused(Reason.TOO_MANY_CELLS, limit=self._limit)
        row, column = self._row, self._column + 1
        if "r" in attrs:
            column, row = place_of(attrs["r"])
        if row != self._row or not self._column < column <= LAST_COLUMN:
            raise FileRefused(Reason.DAMAGED)
        self._column = column
        self._attrs = {"t": attrs.get("t", "n"), "s": attrs.get("s", "0")}
        self._inline = ()
        self._has_formula = False

    def _open_formula(self, _: dict[str, str]) -> None:
        self._has_formula = self.sheet.has_formulas = True

    def _close_cell(self) -> None:
        stored, kind = self._attrs.get("v"), self._attrs["t"]
        if not stored and self._has_formula and (stored is None or kind == "n"):
            raise FileRefused(Reason.NOT_CALCULATED, title=self.sheet.title)
        if stored is None and not self._inline:
            return
        value, what = self._value(kind, stored or "")
        self.sheet.cells.append(Cell(self._row, self._column, _whole(self._attrs["s"]), value, what))

    def _value(self, kind: str, stored: str) -> tuple[Text | str, str]:
        if kind == "s":
            place = _whole(stored)
            if place >= len(self._strings):
                raise FileRefused(Reason.DAMAGED)
            return self._strings[place], "text"
        if kind == "inlineStr":
            return self._inline, "text"
        if kind == "n":
            return (stored.strip(), "number") if _is_number(stored) else ((Run(stored),), "text")
        if kind == "b":
            return ("1" if stored.strip() in _TRUE else "0"), "truth"
        return (Run(unescape(stored)),), "text"

    def _open_merge(self, attrs: dict[str, str]) -> None:
        if len(self.sheet.merges) >= _MOST_MERGES:
            raise FileRefused(Reason.BOMB)
        self.sheet.merges.append(area_of(attrs.get("ref", "")))

    def _open_rule(self, attrs: dict[str, str]) -> None:
        number = attrs.get("dxfId", "")
        if number and _whole(number) in self._styles.hiding:
            self._refuse_conditional()

    def _open_bar(self, attrs: dict[str, str]) -> None:
        if attrs.get("showValue", "1") not in _TRUE:
            self._refuse_conditional()

    def _refuse_conditional(self) -> None:
        raise FileRefused(Reason.CONDITIONAL_HIDING, title=self.sheet.title)

    def _ignore(self, _: dict[str, str]) -> None:
        """An element that says nothing of its own."""


_OPENERS = {
    "sheetFormatPr": SheetReader._open_format,
    "col": SheetReader._open_columns,
    "row": SheetReader._open_row,
    "c": SheetReader._open_cell,
    "f": SheetReader._open_formula,
    "mergeCell": SheetReader._open_merge,
    "cfRule": SheetReader._open_rule,
    "dataBar": SheetReader._open_bar,
    "iconSet": SheetReader._open_bar,
    "v": SheetReader._ignore,
}


def place_of(reference: str) -> tuple[int, int]:
    """Column and row of "B12", from 1. Raises `FileRefused` when it names no cell."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    row = _whole(reference[len(letters) :])
    if not (letters.isalpha() and letters.isascii() and letters.isupper() and len(letters) <= 3):
        raise FileRefused(Reason.DAMAGED)
    if not (0 < row <= LAST_ROW and column <= LAST_COLUMN):
        raise FileRefused(Reason.DAMAGED)
    return column, row


def area_of(reference: str) -> Area:
    """The rectangle "B2:C5" or the single cell "B2"."""
    first, _, last = reference.replace("$", "").partition(":")
    (left, top), (right, bottom) = place_of(first), place_of(last or first)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def strings_of(root: Element, styles: Styles) -> list[Text]:
    """The shared strings; phonetic guides are left aside."""
    return [string_of(item, styles) for item in root if local(item.tag) == "si"]


def string_of(item: Element, styles: Styles) -> Text:
    """A string in its runs of type."""
    runs: list[Run] = []
    for part in item:
        if local(part.tag) == "t":
            runs.append(Run(unescape(part.text or "")))
        elif local(part.tag) == "r":
            inside = {local(child.tag): child for child in part}
            font = font_of(inside["rPr"], styles.palette) if "rPr" in inside else None
            text = inside["t"].text if "t" in inside else ""
            runs.append(Run(unescape(text or ""), font))
    return tuple(runs)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise FileRefused(Reason.DAMAGED)
    return int(text)


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def _number(text: str) -> float:
    return float(text) if _is_number(text) else 0.0
