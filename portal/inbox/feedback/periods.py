"""Feedback periods: the calendar quarter in which one person has one word on a commitment."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class FeedbackPeriod:
    """A quarter: its code ("2026-Q4"), first and last day in Vietnam."""

    code: str
    first: date
    last: date


def period_of(today: date) -> FeedbackPeriod:
    """The period ``today`` lies in."""
    quarter = (today.month - 1) // 3
    first = date(today.year, 3 * quarter + 1, 1)
    last = date(today.year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
    return FeedbackPeriod(f"{today.year}-Q{quarter + 1}", first, last)


def period_called(code: str) -> FeedbackPeriod:
    """The period called ``code``. Raises ValueError for what is none."""
    year, _, quarter = code.partition("-Q")
    found = period_of(date(int(year), 3 * int(quarter) - 2, 1))
    if found.code != code:
        raise ValueError(f"not a period: {code!r}")
    return found
