"""A series of reports from a CSV or XLSX file: all of it, or every fault at once with row and column.

Nothing is stored here and nothing is written to disk; the file's name is only looked at for stamps.
"""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.kernel.text import tidy
from portal.office.programme.stamps import find_stamp, find_stamp_in_name
from portal.office.programme.workbook.faults import (
    Findings,
    SecretStampFound,
    refusal,
)
from portal.office.programme.workbook.gate import inspect
from portal.office.programme.workbook.grid import Content, Grid, read_grids
from portal.office.programme.workbook.headings import find_headings
from portal.office.programme.workbook.layout import Column, Kind, Sheet
from portal.office.programme.workbook.records import Record, read_records
from portal.office.programme.workbook.sheet_scan import MAX_COLUMNS, SheetFacts
from portal.office.programme.workbook.wording import Reason
from portal.office.progress.form import ReportForm

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 400  # a report each month for thirty years
_TITLE = "Số liệu"
SERIES = Sheet(
    title=_TITLE,
    main="note",
    columns=(
        Column(
            name="reported_on", heading="Ngày", kind=Kind.DATE, needed=True, note="Ngày chốt số liệu.",
            example=date(2026, 9, 30),
        ),
        Column(
            name="value", heading="Giá trị", kind=Kind.NUMBER, example=95.1,
            note="Để trống: chưa có số liệu. Ghi “chưa kết nối” nếu nguồn chưa kết nối.",
        ),
        Column(name="note", heading="Nội dung", kind=Kind.TEXT, note="", example=""),
        Column(name="source", heading="Nguồn", needed=True, note="", example="Báo cáo quý"),
    ),
)  # fmt: skip
_DELIMITERS = ";\t,"


@dataclass(frozen=True, slots=True)
class Series:
    """The reports of a file in order of their days, and what the officer should look at."""

    reports: tuple[ReportForm, ...]
    warnings: tuple[str, ...]


def read_series(data: bytes, *, filename: str, today: date, reported: Collection[date]) -> Series:
    """The series in ``data``; ``reported`` are days that have a report already.

    Raises SecretStampFound, or WorkbookRefused with every fault.
    """
    grid = read_grid(data, filename)
    findings = Findings()
    headings = find_headings(grid, _TITLE, SERIES.columns, findings, ignored=frozenset())
    records = list(read_records(grid, SERIES, headings, findings)) if headings.columns else []
    if headings.columns and not records and not findings.faults:
        raise refusal(Reason.NO_ROWS)
    if len(records) > MOST_ROWS:
        raise refusal(Reason.SERIES_TOO_LONG, limit=str(MOST_ROWS))
    days = set(reported)
    seen: dict[date, int] = {}
    reports = [_report(record, today=today, reported=days, seen=seen) for record in records]
    findings.refuse_if_faulty()
    found = sorted((one for one in reports if one), key=lambda one: one.reported_on)
    return Series(tuple(found), tuple(findings.warnings))


def marked(series: Series, *, disclosed: bool) -> Series:
    """``series`` with every report marked public, or withheld."""
    return replace(series, reports=tuple(replace(one, disclosed=disclosed) for one in series.reports))


def _report(
    record: Record, *, today: date, reported: Collection[date], seen: dict[date, int]
) -> ReportForm | None:
    day = record.day("reported_on")
    state, value = record.figure("value")
    note, source = record.text("note"), record.text("source")
    if day is None:
        return None
    if day > today:
        record.fault("reported_on", Reason.DAY_AHEAD)
    elif day in seen:
        record.fault("reported_on", Reason.DAY_TWICE, first=str(seen[day]))
    elif day in reported:
        record.fault("reported_on", Reason.DAY_REPORTED)
    seen.setdefault(day, record.row)
    return ReportForm(reported_on=day, state=state, value=value, note=note, source=source, disclosed=False)


def read_grid(data: bytes, filename: str) -> Grid:
    """The first filled sheet of a workbook, or a CSV file. Raises SecretStampFound, WorkbookRefused."""
    if len(data) > MOST_BYTES:
        raise refusal(Reason.SERIES_TOO_LARGE, limit=str(MOST_BYTES // (1024 * 1024)))
    if data.startswith(b"PK"):
        inspection = inspect(data, filename=filename)
        filled = [facts for facts in inspection.sheets if facts.last_row]
        if not filled:
            raise refusal(Reason.NO_ROWS)
        return read_grids(data, filled[:1])[0]
    return _csv_grid(data, filename)


def _csv_grid(data: bytes, filename: str) -> Grid:
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
    facts = SheetFacts(title=_TITLE, ordinal=1, path="", last_row=max(rows, default=0))
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
