"""Which updates are due, and which are overdue: over every commitment an officer is concerned with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.clock import day
from portal.kernel.policy import Act, Actor, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment, Programme
from portal.office.progress.course import course_of
from portal.record.documents import CommitmentDoc
from portal.record.updates import is_past, update_due_on

RUNNING = ("approved", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One commitment and when its next report is due; None: it names no period, or nothing is left."""

    programme_ref: str
    programme_name: str
    author_id: int | None
    commitment_id: int
    place: int
    course: CommitmentDoc
    due_on: date | None
    is_overdue: bool


def begun_on(draft: Programme) -> date:
    """The day from which reports are expected: of the approval, else of the declaration."""
    approvals = [a.appraised_at for a in draft.appraisals if a.outcome == "approved"]
    return day(approvals[-1] if approvals else draft.declared_at)


def due_in(w: Work, draft: Programme, *, calendar: WorkingCalendar) -> list[Due]:
    """The commitments of ``draft`` in its order, each with its next due day."""
    found = []
    for row in (c for task in draft.tasks for c in task.commitments):
        course = course_of(row, appraised_on=begun_on(draft))
        if course is not None:
            found.append(_due(w, draft, row, course, calendar))
    return found


def due_for(w: Work, by: Actor, *, calendar: WorkingCalendar) -> list[Due]:
    """What is due in the programmes ``by`` may see the progress of, the most urgent first."""
    return _in_order(
        due
        for draft in running(w)
        if refusal_of(by, Act.READ_PROGRESS, matter(w, draft)) is None
        for due in due_in(w, draft, calendar=calendar)
        if due.due_on
    )


def running(w: Work) -> list[Programme]:
    """The programmes whose commitments must be reported on: appraised, and not taken down."""
    issued = Programme.issued_on.is_not(None) & (Programme.state != "withdrawn")
    return list(w.session.scalars(select(Programme).where(Programme.state.in_(RUNNING) | issued)).unique())


def _in_order(found: Iterable[Due]) -> list[Due]:
    return sorted(found, key=lambda one: (one.due_on or date.max, one.programme_ref, one.place))


def _due(w: Work, draft: Programme, row: Commitment, course: CommitmentDoc, calendar: WorkingCalendar) -> Due:
    due_on = update_due_on(course)
    mandate = draft.mandate
    return Due(
        programme_ref=draft.ref,
        programme_name=(
            f"{mandate.post.open(reason=Reason.DRAFT)} – {mandate.cadre_name.open(reason=Reason.DRAFT)}"
        ),
        author_id=draft.author_id,
        commitment_id=row.id,
        place=row.place,
        course=course,
        due_on=due_on,
        is_overdue=is_past(due_on, today=w.today, calendar=calendar, grace=w.settings.update_grace_days),
    )
