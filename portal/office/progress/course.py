"""A commitment as the record's rules see one, withheld reports included: for the desk's eyes only."""

from datetime import date
from typing import TypeVar

from portal.kernel.sealed import Reason, Sealed
from portal.office.programme.tables import Commitment
from portal.office.progress.rules import standing
from portal.office.progress.tables import Cause, Progress
from portal.record.documents import (
    Appraised,
    CauseDoc,
    CommitmentDoc,
    Confirmation,
    Direction,
    FigureState,
    Frequency,
    Holder,
    MilestoneDoc,
    Origin,
    ProgressDoc,
    UnitLink,
)

T = TypeVar("T")

# What no rule of standings, dates or drawings looks at.
_NOBODY = Holder(cadre_name="", post="", unit=UnitLink(slug="", code="", name="", parent_name=""))


def course_of(row: Commitment, *, appraised_on: date) -> CommitmentDoc | None:
    """The course of ``row`` so far; None while the draft lacks a deadline or a direction."""
    deadline, direction = _open(row.deadline), _open(row.direction)
    if deadline is None or not direction:
        return None
    target, often = _open(row.target), _open(row.frequency)
    return CommitmentDoc(
        ref=row.ref, programme_ref="", holder=_NOBODY, task_title="", areas=(),
        text=_open(row.text), indicator=_open(row.indicator), measure_unit=_open(row.measure_unit),
        baseline=_open(row.baseline), baseline_on=_open(row.baseline_on), baseline_source="",
        target=target, direction=Direction(direction), deadline=deadline,
        first_target=target, first_deadline=_open(row.first_deadline) or deadline,
        accountable="", coordinators=(), mode=None, authority="", deliverable="", evidence_plan="",
        frequency=Frequency(often) if often else None, origin=Origin(_open(row.origin)), profile_code="",
        appraised=Appraised(body="", appraised_on=appraised_on),
        milestones=tuple(
            MilestoneDoc(title=_open(m.title), due_on=_open(m.due_on), done_on=_open(m.done_on))
            for m in row.milestones
        ),
        progress=tuple(sorted(map(_report, standing(row.progress)), key=lambda p: p.reported_on)),
        causes=tuple(_cause(c) for c in standing(row.causes) if _confirmation(c)),
    )  # fmt: skip


def _report(row: Progress) -> ProgressDoc:
    return ProgressDoc(
        reported_on=_open(row.reported_on),
        state=FigureState(_open(row.state)),
        value=_open(row.value),
        note=_open(row.note),
        source=_open(row.source),
        confirmation=_confirmation(row),
    )


def _cause(row: Cause) -> CauseDoc:
    confirmed = _confirmation(row) or Confirmation(body="", document="")
    return CauseDoc(
        text=_open(row.text), from_on=_open(row.from_on), to_on=_open(row.to_on), confirmation=confirmed
    )


def _confirmation(row: Progress | Cause) -> Confirmation | None:
    if row.confirmed_at is None:
        return None
    return Confirmation(body=_open(row.confirmed_by), document=_open(row.confirmed_document))


def _open(value: Sealed[T]) -> T:
    return value.open(reason=Reason.DRAFT)
