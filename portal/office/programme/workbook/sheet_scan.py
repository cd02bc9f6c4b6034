"""Goes through one worksheet before it is read: how far it reaches, what is hidden or merged."""

from dataclasses import dataclass, field
from xml.sax.xmlreader import AttributesImpl

from openpyxl.utils import (  # type: ignore[import-untyped]
    coordinate_to_tuple,
    get_column_letter,
    range_boundaries,
)

from portal.office.programme.workbook.faults import Place, refusal
from portal.office.programme.workbook.layout import heading_key
from portal.office.programme.workbook.parts import PartScan
from portal.office.programme.workbook.sheets import TITLES
from portal.office.programme.workbook.wording import Reason

MAX_ROWS = 5_000
MAX_COLUMNS = 256
MAX_CELLS = 200_000  # of all sheets together, empty ones with a format included
FAR = 100  # rows of nothing, then a cell: forgotten, not part of the table
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int
    name: str  # as Excel writes it, "B2:B5"


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """What a worksheet is like, from its own XML."""

    title: str
    ordinal: int  # from 1, in the workbook's order
    path: str
    hidden: bool = False
    last_row: int = 0  # with content; 0 when the sheet is empty
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The sheet by its name when the name is ours, else by its place: names may be secret."""
        known = TITLES.get(heading_key(self.title))
        return f"trang tính «{known}»" if known else f"trang tính thứ {self.ordinal}"


class SheetScan(PartScan):
    """Bounds rows, columns and cells, and completes the sheet's facts."""

    unit = "row"

    def __init__(self, facts: SheetFacts, stamped: set[int], cells_so_far: int) -> None:
        super().__init__(facts.where)
        self.facts = facts
        self._home = self.where
        self.cells = cells_so_far
        self._stamped = stamped
        self._row = self._column = 0
        self._shared = self._filled = False

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        """Follow rows and cells; everything else is looked through for stamps."""
        if tag == "row":
            self._open_row(attrs)
        elif tag == "c":
            self._open_cell(attrs)
        else:
            super().opened(tag, attrs)
            if tag == "mergeCell":
                self._merge(area_of(attrs.get("ref", "")))
            elif tag == "col" and attrs.get("hidden") in _TRUE:
                self.facts.hidden_columns |= _span(attrs)

    def read(self, tag: str, text: str) -> None:
        """A text that belongs to a cell fills it, and names the cell when stamped."""
        if tag not in ("v", "is", "f"):
            super().read(tag, text)
        elif text.strip():
            self._filled = True
            stamped = self._shared and tag == "v" and text.strip().isdecimal()
            self.where = f"{self._home}, ô {cell_name(self._column, self._row)}"
            self.look("MẬT" if stamped and int(text) in self._stamped else text)
            self.where = self._home

    def closed(self, tag: str) -> None:
        """A filled cell may not lie far away, nor be on too many rows."""
        if tag != "c" or not self._filled:
            return
        place = Place(sheet=self.facts.title)
        below = self._row > MAX_ROWS
        if self._column > MAX_COLUMNS or (below and self._row - self.facts.last_row > FAR):
            raise refusal(Reason.FAR_CELL, place, cell=cell_name(self._column, self._row))
        if below:
            raise refusal(Reason.TOO_MANY_ROWS, place)
        self.facts.last_row = self._row
        self.facts.last_column = max(self.facts.last_column, self._column)

    def _open_row(self, attrs: AttributesImpl) -> None:
        row = int(attrs.get("r") or self._row + 1)
        if row <= self._row:  # out of order: two readers would see different sheets
            raise refusal(Reason.DAMAGED)
        self._row, self._column = row, 0
        if attrs.get("hidden") in _TRUE and row <= MAX_ROWS:
            self.facts.hidden_rows.add(row)

    def _open_cell(self, attrs: AttributesImpl) -> None:
        self._count(1)
        column, row = self._column + 1, self._row
        if reference := attrs.get("r"):
            row, column = coordinate_to_tuple(reference)
        if column <= self._column or row != self._row:
            raise refusal(Reason.DAMAGED)
        self._column = column
        self._shared, self._filled = attrs.get("t") == "s", False

    def _merge(self, area: Area) -> None:
        self._count(min(area.bottom, MAX_ROWS) - area.top + 1)  # its value counts for every row
        self.facts.merged.append(area)

    def _count(self, cells: int) -> None:
        self.cells += max(cells, 1)
        if self.cells > MAX_CELLS:
            raise refusal(Reason.TOO_MANY_CELLS, Place(sheet=self.facts.title))


def cell_name(column: int, row: int) -> str:
    """As an officer looks it up: K2."""
    return f"{get_column_letter(column)}{row}"


def area_of(reference: str) -> Area:
    """The rectangle "B2:B5". Raises ValueError when it is none."""
    left, top, right, bottom = range_boundaries(reference)
    return Area(left, top, right, bottom, reference)


def _span(attrs: AttributesImpl) -> set[int]:
    """The columns a ``col`` element speaks of, as far as we read."""
    first, last = int(attrs.get("min", "1")), int(attrs.get("max", "1"))
    return set(range(max(first, 1), min(last, MAX_COLUMNS) + 1))
