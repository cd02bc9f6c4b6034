"""Evaluation periods: their kinds, their codes, and the last moment of their last day in Vietnam."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.kernel.clock import VIETNAM

_DECEMBER, _JANUARY = 12, 1
_LAST_OF_JANUARY = 31


class PeriodKind(StrEnum):
    """What a period is about (facts §2, §4.4)."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    REAPPOINTMENT = "reappointment"  # up to 90 days before the appointment ends
    APPOINTMENT_END = "appointment_end"
    TERM_END = "term_end"
    OTHER = "other"  # when necessary (QĐ 366): any days


MONTHS = {PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
OF_A_MANDATE = frozenset({PeriodKind.REAPPOINTMENT, PeriodKind.APPOINTMENT_END, PeriodKind.TERM_END})
"""The kinds that belong to one person's mandate, and so to one programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDoc:
    """One period, both days included, as documents and dossiers name it."""

    code: str
    kind: PeriodKind
    first: date
    last: date


def last_moment(last: date) -> datetime:
    """The last second of the day in Asia/Ho_Chi_Minh: from then on a period can be frozen."""
    return datetime.combine(last, time(23, 59, 59), VIETNAM)


def is_over(last: date, *, now: datetime) -> bool:
    """Whether the last moment of the period has come."""
    return now >= last_moment(last)


def kind_of(first: date, last: date) -> PeriodKind:
    """What the days from ``first`` to ``last`` are in the calendar; OTHER when no whole period of it."""
    for kind, months in MONTHS.items():
        begins = first.day == 1 and (first.month - 1) % months == 0
        if begins and last == _end_of(first, months):
            return kind
    return PeriodKind.OTHER


def before_reappointment(starts_on: date, ends_on: date, *, notice_days: int) -> tuple[date, date]:
    """From the mandate's first day to ``notice_days`` (90) days before its end (facts §2)."""
    return starts_on, ends_on - timedelta(days=notice_days)


def closing_year(period: PeriodDoc) -> int | None:
    """The calendar year a period is exactly, whose budget closes the January after; else None."""
    whole = kind_of(period.first, period.last) is PeriodKind.YEAR
    return period.first.year if whole else None


def closes_the_year(deadline: date, year: int) -> bool:
    """Whether ``deadline`` is 31 January after ``year``: the closing day of that year's budget.

    Facts §7.3: yearly disbursement closes on 31/01 of the following year, not on 31/12.
    """
    return deadline == date(year + 1, _JANUARY, _LAST_OF_JANUARY)


def touches(code: str, period: PeriodDoc) -> bool:
    """Whether the feedback quarter ``code`` ("2026-Q4") shares a day with ``period``."""
    year, quarter = (int(part) for part in code.split("-Q"))
    first = date(year, 3 * quarter - 2, 1)
    return first <= period.last and _end_of(first, 3) >= period.first


def _end_of(first: date, months: int) -> date:
    year, month = divmod(first.year * _DECEMBER + first.month - 1 + months - 1, _DECEMBER)
    return date(year, month + 1, monthrange(year, month + 1)[1])
