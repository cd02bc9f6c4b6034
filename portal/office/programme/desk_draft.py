"""A draft on the desk: taken for editing under a lock, and what every change of it leaves behind."""

from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm.attributes import flag_modified

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.work import Work
from portal.office.audit.events import DraftEdited
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment, Consultation, Edited, KeyTask, Programme, Writer
from portal.office.programme.workbook.form import Part

Row = TypeVar("Row", KeyTask, Commitment, Consultation)


def take(w: Work, ref: str, *, by: Actor, act: Act = Act.EDIT_DRAFT) -> Programme:
    """The draft ``ref``, locked until the work ends, so that edits of it come one after the other.

    Raises Refused when there is none or ``by`` may not ``act`` on it.
    """
    found = w.session.scalar(
        select(Programme)
        .where(Programme.ref == ref.strip().lower())
        .with_for_update(of=Programme)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused(Refusal.NO_SUCH_PROGRAMME)
    require(by, act, matter(w, found))
    return found


def open_to_edits(w: Work, ref: str, *, by: Actor) -> Programme:
    """As ``take``; raises Refused while the draft is with the appraiser."""
    draft = take(w, ref, by=by)
    if draft.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    return draft


def check_version(row: Edited, expected: int) -> None:
    """Raise Refused when ``row`` is not the version that was read before it was edited."""
    if row.version != expected:
        raise Refused(Refusal.CHANGED_MEANWHILE)


def sign(w: Work, row: Edited, *, by: Actor) -> None:
    """Note on ``row`` who changed it and when; its version grows even if only its parts changed."""
    if inspect(row).persistent:
        _ = row.changed_at  # what is flagged must be loaded
        flag_modified(row, "changed_at")
    row.changed_by_id, row.changed_at = by.id, w.now


def note(w: Work, draft: Programme, *, by: Actor, what: str, item: str, how: str) -> None:
    """What every edit of ``draft`` leaves: a new version of the whole, a writer, an audit line.

    Whatever was appraised has to be appraised anew.
    """
    remember_writer(w, draft, by.id)
    if draft.state not in ("draft", "returned"):
        draft.state = "draft"
    grow(draft)
    w.tell(DraftEdited(by=by.id, programme=draft.ref, what=what, item=item, how=how))
    w.session.flush()


def grow(draft: Programme) -> None:
    """Let the version of the whole draft grow, whatever part of it changed."""
    _ = draft.profile
    flag_modified(draft, "profile")


def follow_commitments(task: KeyTask) -> None:
    """The moral-training part is public as soon as one commitment of it is: it has no mark of its own."""
    if task.part == Part.MORAL:
        task.disclosed = any(row.disclosed for row in task.commitments)


def remember_writer(w: Work, draft: Programme, officer_id: int) -> None:
    """Whoever wrote some of it may neither appraise nor publish it."""
    draft.author_id = officer_id
    if w.session.get(Writer, (draft.id, officer_id)) is None:
        w.session.add(Writer(programme_id=draft.id, officer_id=officer_id))


def task_in(draft: Programme, ref: str) -> KeyTask:
    """The key task ``ref`` of ``draft``. Raises Refused when it is no longer there."""
    return _found(draft.tasks, ref)


def commitment_in(draft: Programme, ref: str) -> tuple[KeyTask, Commitment]:
    """The commitment ``ref`` of ``draft``, with its task. Raises Refused when it is no longer there."""
    row = _found([row for task in draft.tasks for row in task.commitments], ref)
    return next(task for task in draft.tasks if task.id == row.task_id), row


def _found(rows: list[Row], ref: str) -> Row:
    found = next((row for row in rows if getattr(row, "ref", "") == ref), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found
