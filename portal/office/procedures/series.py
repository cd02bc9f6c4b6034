"""A series of months from a CSV or XLSX file: all of it, or every fault at once with row and column."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.office.procedures import rules
from portal.office.procedures.form import MonthForm
from portal.office.procedures.rules import Counts
from portal.office.programme.workbook.faults import Findings
from portal.office.programme.workbook.layout import Column, Kind, Sheet
from portal.office.programme.workbook.records import Record
from portal.office.programme.workbook.sole_table import read_rows
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import FigureState

MONTHS = Sheet(
    title="Kết quả TTHC",
    main="handled",
    columns=(
        Column(name="month", heading="Tháng", needed=True, note="Ví dụ 10/2026.", example="10/2026"),
        Column(
            name="handled", heading="Đã giải quyết", kind=Kind.NUMBER, example=120,
            note="Số hồ sơ. Để trống: chưa có số liệu. Ghi “chưa kết nối” nếu nguồn chưa kết nối.",
        ),
        Column(name="early", heading="Trước hạn", kind=Kind.NUMBER, note="", example=80),
        Column(name="on_time", heading="Đúng hạn", kind=Kind.NUMBER, note="", example=38),
        Column(name="late", heading="Trễ hạn", kind=Kind.NUMBER, note="", example=2),
        Column(
            name="counted_on", heading="Số liệu đến ngày", kind=Kind.DATE, needed=True, note="",
            example=date(2026, 10, 31),
        ),
        Column(name="source", heading="Nguồn", needed=True, note="", example="Hệ thống một cửa"),
    ),
)  # fmt: skip
_WHY: dict[str, Reason] = {
    "counts_missing": Reason.COUNTS_MISSING,
    "counts_negative": Reason.NOT_A_COUNT,
    "counts_do_not_add_up": Reason.COUNTS_DO_NOT_ADD_UP,
    "figure_too_many": Reason.COUNTS_TOO_MANY,
    "reported_in_future": Reason.MONTH_AHEAD,
    "counted_outside": Reason.COUNTED_OUTSIDE,
}


@dataclass(frozen=True, slots=True)
class Series:
    """The months of a file in order, and what the officer should look at."""

    months: tuple[MonthForm, ...]
    warnings: tuple[str, ...]


def read_months(data: bytes, *, filename: str, today: date, reported: Collection[date]) -> Series:
    """The series in ``data``; ``reported`` are months that have figures already.

    Raises SecretStampFound, or WorkbookRefused with every fault.
    """
    findings = Findings()
    records = read_rows(data, filename, sheet=MONTHS, findings=findings)
    seen: dict[date, int] = {}
    forms = [_form(record, today=today, reported=reported, seen=seen) for record in records]
    findings.refuse_if_faulty()
    found = sorted((one for one in forms if one), key=lambda one: one.month)
    return Series(tuple(found), tuple(findings.warnings))


def marked(series: Series, *, disclosed: bool) -> Series:
    """``series`` with every month marked public, or withheld."""
    return replace(series, months=tuple(replace(one, disclosed=disclosed) for one in series.months))


def _form(
    record: Record, *, today: date, reported: Collection[date], seen: dict[date, int]
) -> MonthForm | None:
    month = _month(record)
    state, counts = _counts(record)
    counted_on, source = record.day("counted_on"), record.text("source")
    if month is None or counted_on is None:
        return None
    if month in seen:
        record.fault("month", Reason.MONTH_TWICE, first=str(seen[month]))
    elif month in reported:
        record.fault("month", Reason.MONTH_REPORTED)
    seen.setdefault(month, record.row)
    if why := rules.refusal_of_month(month, counted_on, today=today):
        record.fault("month" if month > today else "counted_on", _WHY[why])
    if counts is None:
        return None
    if why := rules.refusal_of_counts(state, counts):
        record.fault("handled", _WHY[why])
    return MonthForm(month=month, state=state, counts=counts, source=source, counted_on=counted_on)


def _month(record: Record) -> date | None:
    """The month in its cell: Excel turns "10/2026" into the first day of October."""
    content = record.cells["month"].content
    value = content.value if content else None
    if isinstance(value, datetime):
        return date(value.year, value.month, 1)
    typed = record.text("month")
    found = rules.read_month(typed) if typed else None
    if typed and found is None:
        record.fault("month", Reason.NOT_A_MONTH, shown=typed[:60])
    return found


def _counts(record: Record) -> tuple[FigureState, Counts | None]:
    """The state and the four counts; None after a fault in one of them."""
    state, handled = record.figure("handled")
    found: dict[str, int | None] = {}
    given = {"handled": handled, **{name: record.number(name) for name in ("early", "on_time", "late")}}
    for name, value in given.items():
        if value is not None and (value != int(value) or value < 0):
            record.fault(name, Reason.NOT_A_COUNT)
            return state, None
        found[name] = None if value is None else int(value)
    unread = any(record.cells[name].content and found[name] is None for name in ("early", "on_time", "late"))
    if unread or (state is FigureState.FIGURE and handled is None):
        return state, None  # its fault is noted already
    return state, Counts(**found)
