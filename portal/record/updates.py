"""When the next progress report is due, and whether it is overdue."""

from calendar import monthrange
from datetime import date

from portal.kernel.calendar import WorkingCalendar
from portal.record.attainment import Layer, latest
from portal.record.completion import completed_on
from portal.record.documents import CommitmentDoc, Frequency

GRACE_DAYS = 5  # working days a report may be late before it is called overdue

_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


def due_after(doc: CommitmentDoc, last: date) -> date | None:
    """When the report after ``last`` is due: one period later, and always once at the deadline.

    ``None`` when the commitment names no period.
    """
    if doc.frequency is None:
        return None
    due = _months_later(last, _MONTHS[doc.frequency])
    return min(due, doc.deadline) if last < doc.deadline else due


def update_due_on(doc: CommitmentDoc) -> date | None:
    """When the next report is due, of whatever layer; a report that there is no data is a report.

    The first period runs from the baseline or, when later, from the appraisal. ``None``: no period
    is named, or nothing is left to report (the target was reached, or the commitment has ended).
    """
    newest = latest(doc, Layer.SELF_REPORTED)
    last = _begun_on(doc) if newest is None else newest.reported_on
    if doc.ending is not None or completed_on(doc, Layer.SELF_REPORTED, today=last) is not None:
        return None
    return due_after(doc, last)


def is_update_overdue(
    doc: CommitmentDoc, *, today: date, calendar: WorkingCalendar, grace: int = GRACE_DAYS
) -> bool:
    """Whether a report is missing more than ``grace`` working days after it was due."""
    return is_past(update_due_on(doc), today=today, calendar=calendar, grace=grace)


def is_past(due: date | None, *, today: date, calendar: WorkingCalendar, grace: int = GRACE_DAYS) -> bool:
    """Whether ``today`` is more than ``grace`` working days after ``due``; never when ``None``."""
    return due is not None and today > calendar.add_working_days(due, grace)


def _begun_on(doc: CommitmentDoc) -> date:
    appraised = doc.appraised.appraised_on
    return appraised if doc.baseline_on is None else max(doc.baseline_on, appraised)


def _months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
