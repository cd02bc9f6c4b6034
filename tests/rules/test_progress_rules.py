"""Reports that follow each other: which stands in the place of which, and what may be said of a day."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.kernel.policy import Refusal
from portal.office.progress import rules

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Row:
    """A report, as far as the rules look at it."""

    id: int
    replaces_id: int | None = None


CHAIN = (Row(1), Row(2, 1), Row(3, 2), Row(4))


@pytest.mark.parametrize(("row", "newest"), [(0, 2), (1, 2), (2, 2), (3, 3)])
def test_what_stands_in_the_place_of_a_row(row: int, newest: int) -> None:
    assert rules.newest_of(CHAIN, CHAIN[row]) is CHAIN[newest]


def test_what_stands_and_what_it_replaced() -> None:
    assert rules.standing(CHAIN) == [Row(3, 2), Row(4)]
    assert rules.replaced_by(CHAIN) == {2: Row(1), 3: Row(2, 1)}


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (TODAY, None, None),
        (date(2026, 11, 1), TODAY, None),
        (date(2026, 11, 25), None, Refusal.REPORTED_IN_FUTURE),
        (TODAY, date(2026, 11, 25), Refusal.REPORTED_IN_FUTURE),
        (TODAY, date(2026, 11, 1), Refusal.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_days_that_can_be_reported(first: date, last: date | None, why: Refusal | None) -> None:
    assert rules.refusal_of_days(first, last, today=TODAY) is why
