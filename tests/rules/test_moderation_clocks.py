"""Working hours and deadlines of moderation: against a walk minute by minute, over Tết and swapped days."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.clock import VIETNAM
from portal.office.moderation.clocks import Urgency, deadline, urgency, working_hours

# A Saturday worked instead of the Monday before; made up.
SWAPPED = WorkingCalendar(vietnam().holidays | {date(2026, 11, 23)}, frozenset({date(2026, 11, 28)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def walked(start: datetime, end: datetime, calendar: WorkingCalendar) -> float:
    """The same hours, a quarter of an hour at a time."""
    quarter, hours = timedelta(minutes=15), 0.0
    while start < end:
        local = start.astimezone(VIETNAM)
        hours += 0.25 * (calendar.is_working(local.date()) and local.hour in (8, 9, 10, 11, 13, 14, 15, 16))
        start += quarter
    return hours


def test_hours_are_those_of_a_walk() -> None:
    chance = random.Random(7)
    for _ in range(60):
        start = at("2026-02-10T00:00") + timedelta(minutes=15 * chance.randrange(96 * 30))
        end = start + timedelta(minutes=15 * chance.randrange(96 * 14))
        assert working_hours(start, end, vietnam()) == pytest.approx(walked(start, end, vietnam())), (
            start,
            end,
        )


def test_time_does_not_run_backwards() -> None:
    assert working_hours(at("2026-11-24T10:00"), at("2026-11-24T09:00"), vietnam()) == 0.0


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-24T09:00", 2, "2026-11-26T17:00"),
        ("2026-11-24T23:30", 2, "2026-11-26T17:00"),
        ("2026-11-27T16:00", 2, "2026-12-01T17:00"),  # over a weekend
        ("2026-02-13T09:00", 2, "2026-02-24T17:00"),  # over Tết
    ],
)
def test_deadlines_end_with_a_working_day(received: str, days: int, due: str) -> None:
    assert deadline(at(received), days, vietnam()) == at(due)


def test_swapped_days_count() -> None:
    assert deadline(at("2026-11-27T09:00"), 1, SWAPPED) == at("2026-11-28T17:00")
    assert working_hours(at("2026-11-28T08:00"), at("2026-11-28T17:00"), SWAPPED) == 8
    assert working_hours(at("2026-11-23T08:00"), at("2026-11-23T17:00"), SWAPPED) == 0


@pytest.mark.parametrize(
    ("now", "how"),
    [
        ("2026-11-25T09:00", Urgency.CALM),
        ("2026-11-26T12:59", Urgency.NEAR),
        ("2026-11-26T17:00", Urgency.NEAR),
        ("2026-11-26T17:01", Urgency.OVERDUE),
    ],
)
def test_urgency(now: str, how: Urgency) -> None:
    assert urgency(at("2026-11-26T17:00"), at(now), vietnam()) is how
