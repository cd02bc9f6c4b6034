"""Vietnamese working days: which days count, how many lie between, and which day is n ahead."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_DECIDED_DAYS = Path(__file__).with_name("holidays_vn.json")
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True)
class WorkingCalendar:
    """The five-day week, less the holidays, plus the weekend days worked instead of another day.

    ``holidays``: days off by law (Labour Code 2019, art. 112), days in lieu (art. 111.3) and days
    swapped away. ``swapped_working_days``: weekend days worked in exchange. Raises ``ValueError``
    when a day is in both sets.
    """

    holidays: frozenset[date] = frozenset()
    swapped_working_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        both = self.holidays & self.swapped_working_days
        if both:
            days = ", ".join(day.isoformat() for day in sorted(both))
            raise ValueError(f"both a holiday and a working day: {days}")

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        if day in self.swapped_working_days:
            return True
        return day not in self.holidays and not _is_weekend(day)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start``, up to and including ``end``.

        Negative when ``end`` is earlier: minus the working days from ``end`` up to but excluding
        ``start``. Undoes ``add_working_days``: between(d, add(d, n)) is n for every d and n.
        """
        if end < start:
            return self._worked_by(end.toordinal() - 1) - self._worked_by(start.toordinal() - 1)
        return self._worked_by(end.toordinal()) - self._worked_by(start.toordinal())

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it when negative); 0 is ``day``."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def roll_forward(self, day: date) -> date:
        """``day`` itself when it is worked, else the next working day.

        A time limit that ends on a day off ends with the next working day (Civil Code 2015,
        art. 148.5).
        """
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def _worked_by(self, ordinal: int) -> int:
        """Working days from the first day of year 1 (a Monday) to ``ordinal``."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(rest, 5)
        lost, gained = self._exceptions
        return weekdays - bisect_right(lost, ordinal) + bisect_right(gained, ordinal)

    @cached_property
    def _exceptions(self) -> tuple[list[int], list[int]]:
        """Weekdays not worked and weekend days worked, as sorted ordinals."""
        lost = sorted(day.toordinal() for day in self.holidays if not _is_weekend(day))
        gained = sorted(day.toordinal() for day in self.swapped_working_days if _is_weekend(day))
        return lost, gained


def calendar_from(data: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar that ``data`` describes, in the form of ``holidays_vn.json``.

    Raises ``KeyError`` when a year lacks a list, ``ValueError`` when a day is no ISO date.
    """
    years = data["years"].values()
    return WorkingCalendar(
        holidays=frozenset(date.fromisoformat(d["on"]) for year in years for d in year["days_off"]),
        swapped_working_days=frozenset(
            date.fromisoformat(d["on"]) for year in years for d in year["worked_instead"]
        ),
    )


@cache
def vietnam() -> WorkingCalendar:
    """The calendar of ``holidays_vn.json``; years it does not hold have weekends only."""
    return calendar_from(json.loads(_DECIDED_DAYS.read_text(encoding="utf-8")))
