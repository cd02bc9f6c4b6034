"""Which guidance is in force, which review periods there are, which reviews are overdue. Pure."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from portal.kernel import text
from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Refusal


class Every(StrEnum):
    """How often programmes are reviewed (kỳ kiểm điểm)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


class Version(Protocol):
    """One version of somebody's guidance."""

    @property
    def unit_id(self) -> int:
        """Whose it is."""

    @property
    def valid_from(self) -> date:
        """The first day it is in force."""


V = TypeVar("V", bound=Version)


@dataclass(frozen=True, slots=True)
class Period:
    """One review period, both days included; ``code`` names it for ever: 2026-Q3."""

    code: str
    first: date
    last: date


def in_force(versions: Iterable[V], line: Sequence[int], on: date) -> V | None:
    """The newest version in force ``on`` that day of the nearest unit in ``line`` that has one."""
    begun = [v for v in versions if v.valid_from <= on]
    for unit_id in line:
        mine = [v for v in begun if v.unit_id == unit_id]
        if mine:
            return max(mine, key=lambda v: v.valid_from)
    return None


def refusal_to_write(known: Iterable[date], valid_from: date) -> Refusal | None:
    """Why a version from ``valid_from`` cannot follow those that begin on the ``known`` days."""
    return Refusal.GUIDANCE_OUT_OF_ORDER if any(day >= valid_from for day in known) else None


def periods(every: Every, start: date, until: date) -> Iterator[Period]:
    """The calendar's periods that touch the days from ``start`` to ``until``, oldest first."""
    months = MONTHS[every]
    number = (start.year * 12 + start.month - 1) // months
    while True:
        year, month = divmod(number * months, 12)
        last_year, last_month = divmod(number * months + months - 1, 12)
        first = date(year, month + 1, 1)
        if first > until:
            return
        last = date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
        yield Period(_code(every, year, month), first, last)
        number += 1


def _code(every: Every, year: int, month: int) -> str:
    match every:
        case Every.MONTH:
            return f"{year}-{month + 1:02d}"
        case Every.QUARTER:
            return f"{year}-Q{month // 3 + 1}"
        case Every.HALF_YEAR:
            return f"{year}-H{month // 6 + 1}"
    return str(year)


def review_due_on(period: Period, *, grace: int, calendar: WorkingCalendar) -> date:
    """The last day on which the review of ``period`` is in time: ``grace`` working days after it."""
    return calendar.add_working_days(period.last, grace)


def missing(ended: Iterable[Period], reviewed: Collection[str], *, today: date) -> list[Period]:
    """The periods that have ended without a review on record."""
    return [period for period in ended if period.last < today and period.code not in reviewed]


def refusal_to_review(
    period: Period, held_on: date, reviewed: Collection[str], *, today: date
) -> Refusal | None:
    """Why a review cannot be recorded; it may be held on the last day of its period at the earliest."""
    if period.code in reviewed:
        return Refusal.ALREADY_REVIEWED
    if held_on > today:
        return Refusal.REVIEWED_IN_FUTURE
    return Refusal.REVIEWED_TOO_SOON if held_on < period.last else None


def has_duty(post: str, titles: Iterable[str]) -> bool:
    """Whether a post bears one of ``titles``: the title opens it, whatever unit follows."""
    wanted = [text.fold(title) for title in titles]
    said = text.fold(post)
    return any(said == title or said.startswith(f"{title} ") for title in wanted)
