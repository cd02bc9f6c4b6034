"""A series of reports from a CSV or XLSX file: all of it, or every fault at once with row and column."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from portal.office.programme.workbook.faults import Findings
from portal.office.programme.workbook.layout import Column, Kind, Sheet
from portal.office.programme.workbook.records import Record
from portal.office.programme.workbook.sole_table import read_rows
from portal.office.programme.workbook.wording import Reason
from portal.office.progress.form import ReportForm

SERIES = Sheet(
    title="Số liệu",
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


@dataclass(frozen=True, slots=True)
class Series:
    """The reports of a file in order of their days, and what the officer should look at."""

    reports: tuple[ReportForm, ...]
    warnings: tuple[str, ...]


def read_series(data: bytes, *, filename: str, today: date, reported: Collection[date]) -> Series:
    """The series in ``data``; ``reported`` are days that have a report already.

    Raises SecretStampFound, or WorkbookRefused with every fault.
    """
    findings = Findings()
    records = read_rows(data, filename, sheet=SERIES, findings=findings)
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
