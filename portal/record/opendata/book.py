"""One table as a workbook: real numbers and days, texts that stay texts, a sheet that explains them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from portal.kernel.clock import VIETNAM
from portal.record.opendata.about import About
from portal.record.opendata.cells import one_text
from portal.record.opendata.table import Table, Type, Value

_LAST_ROW = 1_048_575  # of a sheet, counted from 0
_MOST = 32_000  # characters of a cell; Excel holds 32,767 UTF-16 units
_CUT = " […]"
_FIRST_YEAR = 1900  # a workbook knows no day before
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {Type.TEXT: 40, Type.LIST: 30, Type.CODE: 18, Type.INSTANT: 18}
_HEADS = ("column", "type", "unit", "vi", "en", "words")


class BookWriter:
    """Rows go to disk as they come; a sheet that is full is followed by another."""

    def __init__(self, path: Path, table: Table, about: About, *, last_row: int = _LAST_ROW) -> None:
        self._book = xlsxwriter.Workbook(str(path), {**_PLAIN, "tmpdir": str(path.parent)})
        self._book.use_zip64()
        # Without an instant of its own the file would carry the moment it was made in.
        made = about.at.replace(tzinfo=None) if about.at else datetime(2000, 1, 1)
        self._book.set_properties({"title": table.vi, "company": about.owner, "created": made})
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._instant = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        self._table, self._last_row, self._sheets = table, last_row, 0
        self._begin()
        self._explain(about)

    def add(self, row: Sequence[Value]) -> None:
        """Write one row."""
        if self._at > self._last_row:
            self._begin()
        for column, value in enumerate(row):
            self._put(column, value)
        self._at += 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._table.name[:24] + (f" {self._sheets}" if self._sheets > 1 else "")
        self._sheet, self._at = self._book.add_worksheet(name), 1
        self._sheet.freeze_panes(1, 0)
        for n, column in enumerate(self._table.all_columns()):
            self._sheet.set_column(n, n, max(_WIDTHS.get(column.holds, 12), len(column.name) + 2))
            self._sheet.write_string(0, n, column.name, self._bold)

    def _put(self, column: int, value: Value) -> None:
        sheet, at = self._sheet, self._at
        match value:
            case None | "" | ():
                return
            case datetime() if value.year >= _FIRST_YEAR:
                sheet.write_datetime(
                    at, column, value.astimezone(VIETNAM).replace(tzinfo=None), self._instant
                )
            case date() if value.year >= _FIRST_YEAR and not isinstance(value, datetime):
                sheet.write_datetime(at, column, value, self._day)
            # A truth value is written as a word: LibreOffice takes the cell type for a formula, =TRUE().
            case int() | Decimal() if not isinstance(value, bool) and _is_exact(value):
                sheet.write_number(at, column, value)
            case _:
                sheet.write_string(at, column, _shortened(one_text(value)))

    def _explain(self, about: About) -> None:
        sheet = self._book.add_worksheet("Giải thích - About")
        for n, width in enumerate((22, 10, 24, 60, 60, 40)):
            sheet.set_column(n, n, width)
        lines = [("table", self._table.name), ("vi", self._table.vi), ("en", self._table.en)]
        lines += [(name, str(value)) for name, value in about.told().items()]
        for n, (label, text) in enumerate(lines):
            self._line(sheet, n, (label, text), self._bold)
        at = len(lines) + 1
        self._line(sheet, at, _HEADS, self._bold, every=True)
        for n, column in enumerate(self._table.all_columns(), at + 1):
            words = ", ".join(column.words) if column.words else ""
            self._line(sheet, n, (column.name, column.holds, column.unit, column.vi, column.en, words), None)

    def _line(self, sheet: Any, at: int, texts: Sequence[str], bold: Any, *, every: bool = False) -> None:
        for n, text in enumerate(texts):
            sheet.write_string(at, n, text, bold if bold and (every or n == 0) else self._wrap)


def _is_exact(value: int | Decimal) -> bool:
    """Whether a cell, which holds a binary number of 15 digits, can show ``value`` as it is."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15


def _shortened(text: str) -> str:
    """What of ``text`` a cell can hold; the mark says that the other files have all of it."""
    if len(text.encode("utf-16-le")) // 2 <= _MOST:
        return text
    return text.encode("utf-16-le")[: 2 * (_MOST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
