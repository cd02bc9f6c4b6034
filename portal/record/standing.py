"""Where a commitment stands on a given day: one key, its figures, and how late it is."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from portal.kernel.calendar import WorkingCalendar
from portal.record.attainment import (
    Layer,
    attainment,
    clamped,
    elapsed,
    figure_of,
    has_figure,
    is_done_or_not,
    is_reached,
    latest,
    latest_figure,
    may_fall_back,
    share_done,
)
from portal.record.completion import completed_on, is_exceeded
from portal.record.documents import (
    CauseDoc,
    CommitmentDoc,
    Direction,
    Ending,
    FigureState,
    ProgressDoc,
)
from portal.record.standing_words import (
    AMENDED_WORD,
    DATA_WORDS,
    ENDING_WORDS,
    LAYER_WORDS,
    TONE,
    WORDS,
    StandingKey,
    Tone,
)
from portal.record.updates import due_after, is_past, is_update_overdue, update_due_on

__all__ = [
    "AMENDED_WORD",
    "DATA_WORDS",
    "ENDING_WORDS",
    "LAYER_WORDS",
    "TOLERANCE",
    "TONE",
    "WORDS",
    "Layer",
    "Standing",
    "StandingKey",
    "Tone",
    "attainment",
    "clamped",
    "is_update_overdue",
    "latest",
    "latest_figure",
    "overall",
    "standing",
    "update_due_on",
]

TOLERANCE = Decimal("0.10")  # how far behind the straight line still counts as on track


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one commitment stands, and the figures that say so.

    ``days_late`` counts working days after the deadline in force, ``days_late_against_first`` after
    the deadline first published. The clock stops on the day of *confirmed* completion or of the
    commitment's ending; neither a self-report nor an objective cause stops it.
    """

    key: StandingKey
    layer: Layer
    data: FigureState | None  # what the newest report of the layer holds; None: no report yet
    figure: ProgressDoc | None  # the newest report of the layer with a figure
    attained: Decimal | None  # its share of the way, unclamped
    expected: Decimal | None  # the share of the straight line it was held against
    reached_on: date | None  # of confirmed completion, or else of the self-reported one
    days_late: int
    days_late_against_first: int
    cause: CauseDoc | None  # the confirmed objective cause that covers the day
    ending: Ending | None
    is_amended: bool
    is_update_overdue: bool

    @property
    def is_late_against_first(self) -> bool:
        """Whether the deadline first published was missed, whatever was agreed later."""
        return self.days_late_against_first > 0

    @property
    def word(self) -> str:
        """The Vietnamese word for the standing; an ending is named by its kind."""
        if self.key is StandingKey.ENDED and self.ending is not None:
            return ENDING_WORDS[self.ending]
        return WORDS[self.key]

    @property
    def tone(self) -> Tone:
        """The group whose shape and colour the standing wears."""
        return TONE[self.key]


def overall(doc: CommitmentDoc, *, today: date, calendar: WorkingCalendar) -> Standing:
    """The one standing shown for the commitment.

    Completion is told by confirmed figures only, the way so far by the newest figure of any layer.
    """
    return standing(doc, today=today, calendar=calendar, layer=Layer.SELF_REPORTED)


def standing(
    doc: CommitmentDoc,
    *,
    today: date,
    calendar: WorkingCalendar,
    layer: Layer = Layer.SELF_REPORTED,
    tolerance: Decimal = TOLERANCE,
) -> Standing:
    """Where ``doc`` stands ``today`` by the figures of ``layer``; reports dated later are ignored.

    Whether it is complete is the same in both layers: confirmed figures say so, or, when only the
    cadre's own reports reach the target, it awaits confirmation. What differs is the way so far.
    ``tolerance``: the share of the way by which a figure may trail the straight line.
    """
    known = tuple(report for report in doc.progress if report.reported_on <= today)
    seen = doc if known == doc.progress else replace(doc, progress=known)
    sight = _Sight(seen, today, calendar, layer, tolerance)
    return Standing(
        key=sight.key(),
        layer=layer,
        data=sight.data(),
        figure=sight.figure,
        attained=share_done(seen, sight.figure),
        expected=sight.expected(),
        reached_on=sight.finished or sight.claimed,
        days_late=sight.days_after(doc.deadline),
        days_late_against_first=sight.days_after(doc.first_deadline),
        cause=sight.cause(),
        ending=doc.ending,
        is_amended=(doc.target, doc.deadline) != (doc.first_target, doc.first_deadline),
        is_update_overdue=is_update_overdue(seen, today=today, calendar=calendar),
    )


@dataclass(frozen=True)
class _Sight:
    """One commitment seen on one day through one layer."""

    doc: CommitmentDoc
    today: date
    calendar: WorkingCalendar
    layer: Layer
    tolerance: Decimal

    @cached_property
    def finished(self) -> date | None:
        return completed_on(self.doc, Layer.CONFIRMED, today=self.today)

    @cached_property
    def claimed(self) -> date | None:
        return completed_on(self.doc, Layer.SELF_REPORTED, today=self.today)

    @cached_property
    def newest(self) -> ProgressDoc | None:
        return latest(self.doc, self.layer)

    @cached_property
    def figure(self) -> ProgressDoc | None:
        return latest_figure(self.doc, self.layer)

    def has_ended(self) -> bool:
        ended_on = self.doc.ended_on or self.today
        return self.doc.ending is not None and ended_on <= self.today

    def days_after(self, deadline: date) -> int:
        """Working days from ``deadline`` to the day the clock stopped, or else to today.

        A deadline on a day off ends with the next working day.
        """
        ended_on = self.doc.ended_on if self.has_ended() else None
        stop = self.finished or ended_on or self.today
        end = self.calendar.roll_forward(deadline)
        return max(0, self.calendar.working_days_between(end, stop))

    def key(self) -> StandingKey:
        if self.finished is not None:
            return self._completed_key(self.finished)
        if self.claimed is not None:
            return StandingKey.AWAITING
        if self.days_after(self.doc.deadline):
            return StandingKey.OVERDUE
        if self.has_ended():
            return StandingKey.ENDED
        return StandingKey.PAUSED if self.cause() else self._running_key()

    def cause(self) -> CauseDoc | None:
        covering = (
            cause for cause in self.doc.causes if cause.from_on <= self.today <= (cause.to_on or self.today)
        )
        return next(covering, None)

    def data(self) -> FigureState | None:
        if self.newest is None:
            return None
        is_empty = self.newest.state is FigureState.FIGURE and not has_figure(self.newest)
        return FigureState.NO_DATA if is_empty else self.newest.state

    def expected(self) -> Decimal | None:
        """The straight line's share at the figure's date; at today's once a report is missing.

        Silence is no progress: a figure only counts for its period while the next one is not due.
        """
        if self.figure is None or self.doc.direction is Direction.KEEP or is_done_or_not(self.doc):
            return None
        on = self.figure.reported_on
        is_stale = is_past(due_after(self.doc, on), today=self.today, calendar=self.calendar)
        return elapsed(self.doc, self.today if is_stale else on)

    def _completed_key(self, finished: date) -> StandingKey:
        if self.days_after(self.doc.deadline):
            return StandingKey.DONE_LATE
        if is_exceeded(self.doc, completed=finished):
            return StandingKey.EXCEEDED
        is_early = finished < self.doc.deadline and not may_fall_back(self.doc)
        return StandingKey.DONE_EARLY if is_early else StandingKey.DONE_ON_TIME

    def _running_key(self) -> StandingKey:
        if self._misses_a_milestone():
            return StandingKey.BEHIND
        value = figure_of(self.figure)
        return self._unreported_key() if value is None else self._line_key(value)

    def _misses_a_milestone(self) -> bool:
        return any(
            self.calendar.working_days_between(milestone.due_on, self.today) > 0
            and (milestone.done_on is None or milestone.done_on > self.today)
            for milestone in self.doc.milestones
        )

    def _unreported_key(self) -> StandingKey:
        """Not due, no data and not connected are three things, and none of them is zero."""
        if self.newest is not None and self.newest.state is FigureState.NOT_CONNECTED:
            return StandingKey.NOT_CONNECTED
        due = update_due_on(self.doc)
        is_waiting = not self.doc.progress and (due is None or self.today <= due)
        return StandingKey.NOT_DUE if is_waiting else StandingKey.NO_DATA

    def _line_key(self, value: Decimal) -> StandingKey:
        if is_done_or_not(self.doc) or is_reached(self.doc, value):
            return StandingKey.ON_TRACK
        if self.doc.direction is Direction.KEEP or self.doc.target == self.doc.baseline:
            return StandingKey.BEHIND
        attained, expected = share_done(self.doc, self.figure), self.expected()
        if attained is None or expected is None:
            return StandingKey.RUNNING
        is_behind = attained < expected - self.tolerance
        return StandingKey.BEHIND if is_behind else StandingKey.ON_TRACK
