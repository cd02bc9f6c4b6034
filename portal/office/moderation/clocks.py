"""The clocks of moderation: working hours, deadlines at the end of a working day, how urgent a case is.

Pure. An office day is 08:00-12:00 and 13:00-17:00 in Vietnam, on the days the calendar says are worked.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.clock import VIETNAM

_SHIFTS = ((time(8), time(12)), (time(13), time(17)))
CLOSING = time(17)
NEAR_HOURS = 4  # half a working day


class Urgency(StrEnum):
    """How a case stands to its deadline."""

    CALM = "calm"
    NEAR = "near"
    OVERDUE = "overdue"


def deadline(received: datetime, working_days: int, calendar: WorkingCalendar) -> datetime:
    """The end of the ``working_days``-th working day after ``received``, as an instant."""
    return closing(calendar.add_working_days(received.astimezone(VIETNAM).date(), working_days))


def closing(day: date) -> datetime:
    """When offices close on ``day``."""
    return datetime.combine(day, CLOSING, VIETNAM)


def working_hours(start: datetime, end: datetime, calendar: WorkingCalendar) -> float:
    """Working hours from ``start`` to ``end``; 0 when ``end`` is not later."""
    first, last = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
    if last <= first:
        return 0.0
    if first.date() == last.date():
        return _worked(first.date(), first.time(), last.time(), calendar)
    # working_days_between counts after the first day up to and including the last one.
    between = calendar.working_days_between(first.date(), last.date() - timedelta(days=1))
    return (
        _worked(first.date(), first.time(), time.max, calendar)
        + between * _worked_at(time.min, time.max)
        + _worked(last.date(), time.min, last.time(), calendar)
    )


def urgency(due: datetime, now: datetime, calendar: WorkingCalendar) -> Urgency:
    """Overdue, near its deadline, or neither."""
    if now > due:
        return Urgency.OVERDUE
    return Urgency.NEAR if working_hours(now, due, calendar) <= NEAR_HOURS else Urgency.CALM


def _worked(day: date, start: time, end: time, calendar: WorkingCalendar) -> float:
    return _worked_at(start, end) if calendar.is_working(day) else 0.0


def _worked_at(start: time, end: time) -> float:
    return sum(
        max(0.0, (_minutes(min(end, shut)) - _minutes(max(start, opens))) / 60) for opens, shut in _SHIFTS
    )


def _minutes(at: time) -> float:
    return at.hour * 60 + at.minute + at.second / 60
