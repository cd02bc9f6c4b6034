"""What may be recorded of a month's results: counts that add up, a month that has begun, a day within it."""

import re
from dataclasses import dataclass
from datetime import date

from portal.kernel.policy import Refusal

FIGURE, NO_DATA, NOT_CONNECTED = "figure", "no_data", "not_connected"
FIRST_YEAR = 2000
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many files were handled, and of them early, on time, late; None: not counted."""

    handled: int | None
    early: int | None
    on_time: int | None
    late: int | None

    @property
    def all(self) -> tuple[int | None, ...]:
        """The four, the whole first."""
        return (self.handled, self.early, self.on_time, self.late)


def refusal_of_counts(state: str, counts: Counts) -> Refusal | None:
    """Why a state and its counts do not go together.

    Zero is a figure; no data and not connected have none. The parts make the whole.
    """
    given = [one for one in counts.all if one is not None]
    if state != FIGURE:
        return Refusal.FIGURE_TOO_MANY if given else None
    if len(given) < len(counts.all):
        return Refusal.COUNTS_MISSING
    if min(given) < 0:
        return Refusal.COUNTS_NEGATIVE
    whole, *parts = given
    return None if whole == sum(parts) else Refusal.COUNTS_DO_NOT_ADD_UP


def refusal_of_month(month: date, counted_on: date, *, today: date) -> Refusal | None:
    """Why a month cannot be reported: it has not begun, or was counted before it began or after today."""
    if month > today:
        return Refusal.REPORTED_IN_FUTURE
    return None if month <= counted_on <= today else Refusal.COUNTED_OUTSIDE


def read_month(typed: str) -> date | None:
    """The first day of the month ``typed`` means ("10/2026", "tháng 10/2026"); None when it means none."""
    found = _MONTH.fullmatch(typed.strip())
    if not found:
        return None
    number, year = int(found[1]), int(found[2])
    return date(year, number, 1) if 1 <= number <= 12 and year >= FIRST_YEAR else None
