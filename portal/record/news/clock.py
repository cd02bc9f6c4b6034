"""What happens to a commitment without anybody doing anything: its deadline passes."""

from datetime import date, datetime, timedelta

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.clock import VIETNAM
from portal.record.documents import CommitmentDoc
from portal.record.standing import StandingKey, overall

MORNING = 7  # o'clock in Vietnam: what the clock brings, and digests, are told from then on


def late_from(doc: CommitmentDoc, *, today: date, calendar: WorkingCalendar) -> date | None:
    """The first day on which ``doc`` was late, if it is late ``today`` and not done; None otherwise."""
    if overall(doc, today=today, calendar=calendar).key is not StandingKey.OVERDUE:
        return None
    return calendar.add_working_days(calendar.roll_forward(doc.deadline), 1)


def told_day(now: datetime) -> date:
    """The day up to which the clock's news may be told at ``now``: nobody is written to in the night."""
    return (now.astimezone(VIETNAM) - timedelta(hours=MORNING)).date()
