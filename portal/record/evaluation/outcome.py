"""What became of a commitment in a period: due or not, early, on time, late, broken or still running.

Everything follows from the published document, the calendar and two days. Confirmed figures decide;
what the cadre reports stands beside them and is never merged in (architecture, 4).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from portal.kernel.calendar import WorkingCalendar
from portal.record.attainment import Layer, latest_figure, may_fall_back, share_done
from portal.record.completion import completed_on, is_exceeded
from portal.record.documents import CauseDoc, CommitmentDoc, ProgressDoc
from portal.record.evaluation.periods import PeriodDoc, closes_the_year, closing_year
from portal.record.standing import overall
from portal.record.standing_words import StandingKey


class Outcome(StrEnum):
    """How a commitment stands at the end of the period."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"  # completed after its deadline
    BROKEN = "broken"  # past its deadline, not completed
    AWAITING = "awaiting"  # the cadre reports completion, nobody has confirmed it
    RUNNING = "running"
    ENDED = "ended"  # transfer, restructuring, end of term: not a failure


class Due(StrEnum):
    """Why a commitment counts in the period."""

    IN_PERIOD = "in_period"  # its deadline lies in the period
    CLOSING = "closing"  # it closes the year's budget on 31 January
    CARRIED = "carried"  # overdue since before the period
    COMPLETED_EARLY = "completed_early"  # done in the period, due later
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One commitment in one period. ``judged_on``: the day at whose last moment it was looked at.

    ``days_late`` in working days; ``excused``: a confirmed objective cause covers the deadline;
    ``self_reported``, ``confirmed``: the newest figure of each layer, with the share of the way.
    """

    ref: str
    due: Due
    outcome: Outcome
    beyond: bool
    judged_on: date
    reached_on: date | None
    claimed_on: date | None
    days_late: int
    days_late_against_first: int
    excused: bool
    standing: StandingKey
    self_reported: ProgressDoc | None
    self_share: Decimal | None
    confirmed: ProgressDoc | None
    confirmed_share: Decimal | None


_DONE = {
    StandingKey.DONE_EARLY: Outcome.EARLY,
    StandingKey.DONE_ON_TIME: Outcome.ON_TIME,
    StandingKey.DONE_LATE: Outcome.LATE,
    StandingKey.AWAITING: Outcome.AWAITING,
    StandingKey.OVERDUE: Outcome.BROKEN,
    StandingKey.ENDED: Outcome.ENDED,
}
_ONE_DAY = timedelta(days=1)
_FINISHED = frozenset({Outcome.EARLY, Outcome.ON_TIME, Outcome.LATE})


def judge(doc: CommitmentDoc, period: PeriodDoc, *, known_on: date, calendar: WorkingCalendar) -> Verdict:
    """``doc`` in ``period``, as known on the day of the freeze, ``known_on``.

    A commitment is looked at on the last day of the period; one that closes the year's budget on
    31 January on that day (the next working day when it is a day off), once that day is known.
    """
    on = _judged_on(doc, period, known_on, calendar)
    seen = replace(doc, progress=tuple(row for row in doc.progress if row.reported_on <= on))
    stands = overall(seen, today=on, calendar=calendar)
    reached = completed_on(seen, Layer.CONFIRMED, today=on)
    outcome = _outcome(seen, stands.key, reached, on, calendar)
    said, sure = (latest_figure(seen, layer) for layer in (Layer.SELF_REPORTED, Layer.CONFIRMED))
    return Verdict(
        ref=doc.ref,
        due=_due(doc, period, outcome, reached, calendar),
        outcome=outcome,
        beyond=reached is not None and is_exceeded(seen, completed=reached),
        judged_on=on,
        reached_on=reached,
        claimed_on=completed_on(seen, Layer.SELF_REPORTED, today=on),
        days_late=stands.days_late,
        days_late_against_first=stands.days_late_against_first,
        excused=any(covers(cause, doc.deadline) for cause in doc.causes),
        standing=stands.key,
        self_reported=said,
        self_share=share_done(seen, said),
        confirmed=sure,
        confirmed_share=share_done(seen, sure),
    )


def covers(cause: CauseDoc, deadline: date) -> bool:
    """Whether a confirmed objective cause lasted over ``deadline``."""
    return cause.from_on <= deadline and (cause.to_on is None or cause.to_on >= deadline)


def _judged_on(doc: CommitmentDoc, period: PeriodDoc, known_on: date, calendar: WorkingCalendar) -> date:
    closes = calendar.roll_forward(doc.deadline)
    return closes if _is_closing(doc, period) and closes <= known_on else period.last


def _is_closing(doc: CommitmentDoc, period: PeriodDoc) -> bool:
    year = closing_year(period)
    return year is not None and closes_the_year(doc.deadline, year)


def _outcome(
    doc: CommitmentDoc, key: StandingKey, reached: date | None, on: date, calendar: WorkingCalendar
) -> Outcome:
    if key is StandingKey.EXCEEDED:
        is_early = reached is not None and reached < doc.deadline and not may_fall_back(doc)
        return Outcome.EARLY if is_early else Outcome.ON_TIME
    if key in _DONE:
        return _DONE[key]
    # The last moment of the deadline's day has come, and it was not reached: nothing more can be in time.
    return Outcome.BROKEN if calendar.roll_forward(doc.deadline) <= on else Outcome.RUNNING


def _due(
    doc: CommitmentDoc, period: PeriodDoc, outcome: Outcome, reached: date | None, calendar: WorkingCalendar
) -> Due:
    if _is_closing(doc, period):
        return Due.CLOSING
    closed = _closed_before(doc, period, calendar)
    if closed is None and period.first <= doc.deadline <= period.last:
        return Due.IN_PERIOD
    if closed is not None or doc.deadline < period.first:
        settled = closed or period.first - _ONE_DAY
        is_settled = reached is not None and reached <= settled
        has_ended = doc.ended_on is not None and doc.ended_on <= settled
        return Due.NOT_DUE if is_settled or has_ended else Due.CARRIED
    done_now = outcome in _FINISHED and reached is not None and reached >= period.first
    return Due.COMPLETED_EARLY if done_now else Due.NOT_DUE


def _closed_before(doc: CommitmentDoc, period: PeriodDoc, calendar: WorkingCalendar) -> date | None:
    """When it closed the budget of the year before, in whose period it counted; else None."""
    year = closing_year(period)
    is_so = year is not None and closes_the_year(doc.deadline, year - 1)
    return calendar.roll_forward(doc.deadline) if is_so else None
