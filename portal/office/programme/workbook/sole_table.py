"""One table in a file of its own, CSV or XLSX: its rows, or why the file cannot be read.

Nothing is stored here and nothing is written to disk; the file's name is only looked at for stamps.
"""

import csv
import io
from collections.abc import Iterable

from portal.kernel.text import tidy
from portal.office.programme.stamps import find_stamp, find_stamp_in_name
from portal.office.programme.workbook.faults import Findings, SecretStampFound, refusal
from portal.office.programme.workbook.gate import inspect
from portal.office.programme.workbook.grid import Content, Grid, read_grids
from portal.office.programme.workbook.headings import find_headings
from portal.office.programme.workbook.layout import Sheet
from portal.office.programme.workbook.records import Record, read_records
from portal.office.programme.workbook.sheet_scan import MAX_COLUMNS, SheetFacts
from portal.office.programme.workbook.wording import Reason

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 400  # a row each month for thirty years
_DELIMITERS = ";\t,"


def read_rows(data: bytes, filename: str, *, sheet: Sheet, findings: Findings) -> list[Record]:
    """The rows of ``sheet`` in ``data``; what is wrong with a heading or a row goes to ``findings``.

    Raises SecretStampFound, or WorkbookRefused when there are no rows, too many, or no table at all.
    """
    grid = _read_grid(data, filename, sheet.title)
    headings = find_headings(grid, sheet.title, sheet.columns, findings, ignored=frozenset())
    if not headings.columns:
        return []
    records = list(read_records(grid, sheet, headings, findings))
    if not records and not findings.faults:
        raise refusal(Reason.NO_ROWS)
    if len(records) > MOST_ROWS:
        raise refusal(Reason.SERIES_TOO_LONG, limit=str(MOST_ROWS))
    return records


def _read_grid(data: bytes, filename: str, title: str) -> Grid:
    """The first filled sheet of a workbook, or a CSV file."""
    if len(data) > MOST_BYTES:
        raise refusal(Reason.SERIES_TOO_LARGE, limit=str(MOST_BYTES // (1024 * 1024)))
    if data.startswith(b"PK"):
        inspection = inspect(data, filename=filename)
        filled = [facts for facts in inspection.sheets if facts.last_row]
        if not filled:
            raise refusal(Reason.NO_ROWS)
        return read_grids(data, filled[:1])[0]
    return _csv_grid(data, filename, title)


def _csv_grid(data: bytes, filename: str, title: str) -> Grid:
    if find_stamp_in_name(filename):
        raise SecretStampFound("tên tệp")
    try:
        typed = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(Reason.NOT_UTF8) from None
    if find_stamp(typed):
        raise SecretStampFound("nội dung tệp")
    if "\0" in typed:
        raise refusal(Reason.NOT_UTF8)
    rows = {at: contents for at, cells in enumerate(_csv_rows(typed), 1) if (contents := _contents(cells))}
    facts = SheetFacts(title=title, ordinal=1, path="", last_row=max(rows, default=0))
    return Grid(facts, rows)


def _csv_rows(typed: str) -> Iterable[list[str]]:
    first = typed.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(typed, newline=""), delimiter=delimiter))
    except csv.Error:
        raise refusal(Reason.NOT_UTF8) from None


def _contents(cells: list[str]) -> dict[int, Content]:
    kept = ((column, tidy(cell)) for column, cell in enumerate(cells[:MAX_COLUMNS], 1))
    return {column: Content(text) for column, text in kept if text}
