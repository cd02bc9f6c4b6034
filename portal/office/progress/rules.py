"""What is true of reports: which of them stands, what replaced what, and what may be recorded today."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from portal.kernel.policy import Refusal


class Row(Protocol):
    """A row that may replace an older one of its kind."""

    @property
    def id(self) -> int:
        """Its key."""

    @property
    def replaces_id(self) -> int | None:
        """The key of the row it replaces."""


R = TypeVar("R", bound=Row)

FIGURE, NO_DATA, NOT_CONNECTED = "figure", "no_data", "not_connected"


def standing(rows: Iterable[R]) -> list[R]:
    """The rows no newer one replaces, in the order given."""
    known = list(rows)
    replaced = {row.replaces_id for row in known}
    return [row for row in known if row.id not in replaced]


def replaced_by(rows: Iterable[R]) -> Mapping[int, R]:
    """For each row that replaces another one: its key, and the row it replaced."""
    known = list(rows)
    by_key = {row.id: row for row in known}
    return {row.id: by_key[row.replaces_id] for row in known if row.replaces_id in by_key}


def refusal_of_figure(state: str, value: Decimal | None) -> Refusal | None:
    """Why a state and a value do not go together: zero is a figure, no data and not connected are none."""
    if (state == FIGURE) is (value is not None):
        return None
    return Refusal.FIGURE_MISSING if state == FIGURE else Refusal.FIGURE_TOO_MANY


def refusal_of_days(first: date, last: date | None, *, today: date) -> Refusal | None:
    """Why these days cannot be reported: nothing is reported before it happened."""
    if max(first, last or first) > today:
        return Refusal.REPORTED_IN_FUTURE
    return Refusal.ENDS_BEFORE_IT_BEGINS if last and last < first else None


def newest_of(rows: Iterable[R], row: R) -> R:
    """What stands in the place of ``row`` now; itself where nothing replaced it."""
    by_old = {one.replaces_id: one for one in rows}
    while row.id in by_old:
        row = by_old[row.id]
    return row
