"""The fields of the form about one month's results of administrative procedures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.doors.desk.progress_columns import PUBLIC, REASON, STATES
from portal.kernel.policy import Refusal, Refused
from portal.office.procedures.form import MonthForm
from portal.office.procedures.reads import MonthRow
from portal.office.procedures.rules import Counts, read_month
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import written

COUNTS = ("handled", "early", "on_time", "late")
_STATE_WORDS = {state: word for word, state in STATES.items()}


def _count(name: str, heading: str, example: int) -> Column:
    return Column(name=name, heading=heading, kind=Kind.NUMBER, note="", example=example)


def month_columns(*, is_correction: bool) -> tuple[Column, ...]:
    """One month."""
    return (
        Column(name="month", heading="Tháng", needed=True, note="Tháng/năm, ví dụ 10/2026.", example=""),
        Column(
            name="state", heading="Tình trạng số liệu", kind=Kind.CHOICE, words=STATES, needed=True,
            note="Số 0 là có số liệu. Hệ thống chưa kết nối thì chọn đúng mục đó, không ghi 0.", example="",
        ),
        Column(
            name="handled", heading="Hồ sơ đã giải quyết", kind=Kind.NUMBER, example=120,
            note="Bằng trước hạn cộng đúng hạn cộng trễ hạn. Để trống bốn số nếu không có số liệu.",
        ),
        _count("early", "Trước hạn", 80),
        _count("on_time", "Đúng hạn", 38),
        _count("late", "Trễ hạn", 2),
        Column(
            name="counted_on", heading="Số liệu đến ngày", kind=Kind.DATE, needed=True,
            note="Ngày chốt của nguồn; chưa hết tháng thì ghi rõ trên trang.", example=date(2026, 10, 31),
        ),
        Column(
            name="source", heading="Nguồn số liệu", needed=True, example="Hệ thống một cửa",
            note="Hệ thống hay báo cáo nào, số, ngày.",
        ),
        PUBLIC,
        *((REASON,) if is_correction else ()),
    )  # fmt: skip


def form_of(values: Mapping[str, Any]) -> MonthForm:
    """What was typed, as a form. Raises Refused for a month or a count that cannot be one."""
    month = read_month(values["month"])
    if month is None:
        raise Refused(Refusal.NOT_A_MONTH)
    counts = {name: values[name] for name in COUNTS}
    if any(count is not None and (count != int(count) or count < 0) for count in counts.values()):
        raise Refused(Refusal.COUNTS_NEGATIVE)
    return MonthForm(
        month=month,
        state=values["state"],
        counts=Counts(**{name: None if one is None else int(one) for name, one in counts.items()}),
        source=values["source"],
        counted_on=values["counted_on"],
        disclosed=values["disclosed"],
        reason=values.get("reason", ""),
    )


def texts_of(row: MonthRow) -> dict[str, str]:
    """A recorded month, as it would be typed."""
    shown = {name: "" if (count := getattr(row.counts, name)) is None else str(count) for name in COUNTS}
    return {
        "month": f"{row.month:%m}/{row.month.year}",
        "state": _STATE_WORDS[row.state],
        "counted_on": written(row.counted_on),
        "source": row.source,
        "disclosed": "Có" if row.disclosed else "Không",
        **shown,
    }
