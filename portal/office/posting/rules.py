"""How long a copy must hang, when it may come down, and by when a programme must be published and posted.

Luật 10/2022/QH15 art. 12 as noted in facts §5.1 (unverified); every number of days is a setting.
"""

from datetime import date, timedelta

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Refusal


def earliest_end(posted_on: date, minimum_days: int) -> date:
    """The first day on which a copy put up ``posted_on`` has hung ``minimum_days`` consecutive days."""
    return posted_on + timedelta(days=minimum_days)


def refusal_to_put_up(
    posted_on: date, planned_until: date, *, issued_on: date | None, minimum_days: int, today: date
) -> Refusal | None:
    """Why this posting cannot be recorded; None when nothing stands against it."""
    if issued_on is None:
        return Refusal.NOT_PUBLISHED
    if posted_on > today:
        return Refusal.POSTED_IN_FUTURE
    if posted_on < issued_on:
        return Refusal.POSTED_BEFORE_ISSUE
    return Refusal.POSTING_TOO_SHORT if planned_until < earliest_end(posted_on, minimum_days) else None


def refusal_to_take_down(
    posted_on: date,
    planned_until: date,
    *,
    taken_before: date | None,
    taken_down_on: date,
    reason: str,
    today: date,
) -> Refusal | None:
    """Why this cannot be recorded as taken down; before the planned day it needs a reason."""
    if taken_before is not None:
        return Refusal.ALREADY_TAKEN_DOWN
    if taken_down_on > today:
        return Refusal.TAKEN_DOWN_IN_FUTURE
    if taken_down_on < posted_on:
        return Refusal.TAKEN_DOWN_TOO_SOON
    is_early = taken_down_on < planned_until
    return Refusal.TAKEN_DOWN_EARLY if is_early and not reason.strip() else None


def is_due_down(planned_until: date, taken_down_on: date | None, *, today: date) -> bool:
    """Whether a copy may come down and nobody has said that it did."""
    return taken_down_on is None and planned_until <= today


def due_within(since: date, days: int, *, calendar: WorkingCalendar) -> date:
    """The last day on which something due within ``days`` working days after ``since`` is in time."""
    return calendar.add_working_days(since, days)


def is_day_to_remind(due_on: date, *, today: date) -> bool:
    """Whether a letter goes out ``today``: on the day itself, then once a week."""
    return today >= due_on and (today - due_on).days % 7 == 0
