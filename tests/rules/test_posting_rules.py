"""How long a copy hangs and when it may come down: every rule at its edge."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Refusal
from portal.office.posting import rules

ISSUED, TODAY = date(2026, 11, 2), date(2026, 11, 24)
DAY = timedelta(days=1)


def put_up(posted_on: date, planned_until: date, *, issued_on: date | None = ISSUED) -> Refusal | None:
    return rules.refusal_to_put_up(
        posted_on, planned_until, issued_on=issued_on, minimum_days=20, today=TODAY
    )


def take_down(on: date, *, reason: str = "", before: date | None = None) -> Refusal | None:
    return rules.refusal_to_take_down(
        date(2026, 11, 3),
        date(2026, 11, 23),
        taken_before=before,
        taken_down_on=on,
        reason=reason,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("posted_on", "days", "refusal"),
    [
        (ISSUED, 20, None),
        (ISSUED, 19, Refusal.POSTING_TOO_SHORT),
        (TODAY, 20, None),
        (TODAY + DAY, 20, Refusal.POSTED_IN_FUTURE),
        (ISSUED - DAY, 30, Refusal.POSTED_BEFORE_ISSUE),
        (TODAY, -1, Refusal.POSTING_TOO_SHORT),
    ],
)
def test_putting_up(posted_on: date, days: int, refusal: Refusal | None) -> None:
    assert put_up(posted_on, posted_on + timedelta(days=days)) is refusal


def test_only_what_is_published_can_be_posted() -> None:
    assert put_up(TODAY, TODAY + 30 * DAY, issued_on=None) is Refusal.NOT_PUBLISHED


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (date(2026, 11, 23), "", None),
        (date(2026, 11, 24), "", None),
        (date(2026, 11, 22), "", Refusal.TAKEN_DOWN_EARLY),
        (date(2026, 11, 22), "  ", Refusal.TAKEN_DOWN_EARLY),
        (date(2026, 11, 22), "Sửa tường", None),
        (date(2026, 11, 25), "", Refusal.TAKEN_DOWN_IN_FUTURE),
        (date(2026, 11, 2), "Sửa tường", Refusal.TAKEN_DOWN_TOO_SOON),
    ],
)
def test_taking_down(on: date, reason: str, refusal: Refusal | None) -> None:
    assert take_down(on, reason=reason) is refusal


def test_it_comes_down_once() -> None:
    assert take_down(TODAY, before=TODAY) is Refusal.ALREADY_TAKEN_DOWN


def test_a_copy_is_due_down_from_its_planned_day_until_somebody_says_so() -> None:
    assert not rules.is_due_down(TODAY + DAY, None, today=TODAY)
    assert rules.is_due_down(TODAY, None, today=TODAY)
    assert not rules.is_due_down(TODAY - DAY, TODAY, today=TODAY)


def test_publishing_is_due_in_working_days() -> None:
    calendar = WorkingCalendar(holidays=frozenset({date(2026, 11, 20)}))
    assert rules.due_within(date(2026, 11, 18), 5, calendar=calendar) == date(2026, 11, 26)


@given(st.integers(-400, 400))
def test_letters_go_out_once_a_week_and_never_before(days: int) -> None:
    sent = rules.is_day_to_remind(TODAY, today=TODAY + timedelta(days=days))
    assert sent is (days >= 0 and days % 7 == 0)
