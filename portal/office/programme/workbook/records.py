"""Rows as records: cells by the form's field names, read with typed getters that note every fault."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from portal.kernel.text import key
from portal.office.programme.workbook import cells
from portal.office.programme.workbook.cells import Cell, Unreadable
from portal.office.programme.workbook.faults import Findings, Place
from portal.office.programme.workbook.grid import Content, Grid
from portal.office.programme.workbook.headings import Headings
from portal.office.programme.workbook.layout import Sheet, marks_example
from portal.office.programme.workbook.merged import spread
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import FigureState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """One row (or all fields of «Thông tin»). A getter returns empty after noting a fault."""

    row: int
    cells: Mapping[str, Cell]
    findings: Findings

    def text(self, name: str) -> str:
        """The text of the field ``name``."""
        kind = self.cells[name].column.kind
        return self._read(name, lambda content: cells.as_text(content, kind)) or ""

    def labels(self, name: str) -> tuple[str, ...]:
        """The labels of the field ``name``."""
        return self._read(name, cells.as_list) or ()

    def code(self, name: str) -> str:
        """The unit code in the field ``name``."""
        return self._read(name, cells.as_code) or ""

    def number(self, name: str) -> Decimal | None:
        """The number in the field ``name``."""
        return self._read(name, cells.as_number)

    def ordinal(self, name: str) -> int | None:
        """The row number in the field ``name``."""
        return self._read(name, cells.as_ordinal)

    def day(self, name: str) -> date | None:
        """The date in the field ``name``."""
        return self._read(name, cells.as_date)

    def choice(self, name: str, words: Mapping[str, T]) -> T | None:
        """What the word in the field ``name`` means."""
        return self._read(name, lambda content: cells.as_choice(content, words))

    def figure(self, name: str) -> tuple[FigureState, Decimal | None]:
        """A figure, or why there is none: zero, no data and not connected are told apart (R40)."""
        content = self.cells[name].content
        said = key(content.value) if content and isinstance(content.value, str) else ""
        if said.startswith("chuaketnoi"):
            return FigureState.NOT_CONNECTED, None
        if content is None or said in ("chuacosolieu", "khongcosolieu"):
            return FigureState.NO_DATA, None
        return FigureState.FIGURE, self.number(name)

    def fault(self, name: str, reason: Reason, **detail: str) -> None:
        """Note a fault in the field ``name``."""
        self.findings.fault(self.cells[name].place, reason, **detail)

    def warn(self, name: str, reason: Reason, **detail: str) -> None:
        """Note a warning about the field ``name``."""
        self.findings.warn(self.cells[name].place, reason, **detail)

    def _read(self, name: str, reader: Callable[[Content], T]) -> T | None:
        cell = self.cells[name]
        try:
            found = _sound(cell.content, reader)
        except Unreadable as unreadable:
            self.fault(name, unreadable.reason, **unreadable.detail)
            return None
        if found in (None, "") and cell.column.needed and cell.place.letter:
            self.fault(name, Reason.MISSING, heading=cell.column.heading)
        return found


def _sound(content: Content | None, reader: Callable[[Content], T]) -> T | None:
    if content is None:
        return None
    if content.is_formula:
        raise Unreadable(Reason.FORMULA)
    if content.is_error:
        raise Unreadable(Reason.ERROR_CELL, shown=str(content.value))
    return reader(content)


def read_records(grid: Grid, sheet: Sheet, headings: Headings, findings: Findings) -> Iterator[Record]:
    """The records below the headings; empty rows, lone numbers and the example are left out."""
    merged = spread(grid, sheet, headings, findings)
    names = {index: name for name, index in headings.columns.items()}
    for row, contents in sorted(grid.rows.items()):
        own = {names[index]: content for index, content in contents.items() if index in names}
        if row <= headings.row or not own:
            continue
        record = _record(sheet, headings, row, {**merged.get(row, {}), **own}, findings)
        if not _is_left_out(record, sheet, own):
            yield record


def _record(
    sheet: Sheet, headings: Headings, row: int, contents: Mapping[str, Content], findings: Findings
) -> Record:
    def cell(name: str) -> Cell:
        index = headings.columns.get(name)
        column = sheet.column(name)
        letter = get_column_letter(index) if index else ""
        place = Place(sheet=sheet.title, row=row, column=column.heading, letter=letter)
        return Cell(place, column, contents.get(name))

    return Record(row, {column.name: cell(column.name) for column in sheet.columns}, findings)


def _is_left_out(record: Record, sheet: Sheet, own: Mapping[str, Content]) -> bool:
    """The example row, and rows numbered in advance. A changed example is a fault: it may be meant."""
    first = sheet.first.name
    number = own.get(first)
    if number and marks_example(str(number.value)):
        said = own.get(sheet.main)
        if said is None or said.value != sheet.column(sheet.main).example:
            record.fault(first, Reason.EXAMPLE_CHANGED, heading=sheet.first.heading)
        return True
    if own.keys() <= {first, "disclosed"}:
        record.warn(first, Reason.NUMBER_ONLY)
        return True
    return False
