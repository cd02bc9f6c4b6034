"""Order and removal: items move up and down, and go only as long as nobody has read them."""

from enum import StrEnum

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from portal.kernel.policy import Actor
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme import desk_draft as desk
from portal.office.programme.editing import consultation_in
from portal.office.programme.tables import Commitment, KeyTask, Milestone, Programme
from portal.office.progress.tables import Progress


class Gone(StrEnum):
    """What became of an item somebody wanted to remove."""

    REMOVED = "removed"
    WITHHELD = "withheld"  # it was published, or something cites it: it stays, and stays inside


def move_task(w: Work, ref: str, task_ref: str, *, up: bool, by: Actor) -> None:
    """Move a key task one place up or down; at the end it stays."""
    draft = desk.open_to_edits(w, ref, by=by)
    task = desk.task_in(draft, task_ref)
    _swap(w, [one for one in draft.tasks if one.part == task.part], task, up=up)
    desk.note(w, draft, by=by, what="task", item=task.ref, how="moved")


def move_commitment(w: Work, ref: str, commitment_ref: str, *, up: bool, by: Actor) -> None:
    """Move a commitment one place up or down within its task; at the end it stays."""
    draft = desk.open_to_edits(w, ref, by=by)
    task, row = desk.commitment_in(draft, commitment_ref)
    _swap(w, list(task.commitments), row, up=up)
    desk.note(w, draft, by=by, what="commitment", item=row.ref, how="moved")


def remove_task(w: Work, ref: str, task_ref: str, *, by: Actor) -> Gone:
    """Remove a key task with its commitments; withhold it once the programme was published."""
    draft = desk.open_to_edits(w, ref, by=by)
    task = desk.task_in(draft, task_ref)
    gone = Gone.WITHHELD if draft.issued_on is not None else _delete_if_uncited(w, task)
    if gone is Gone.WITHHELD:
        task.disclosed = False
        desk.sign(w, task, by=by)
    return _noted(w, draft, by=by, what="task", item=task_ref, gone=gone)


def remove_commitment(w: Work, ref: str, commitment_ref: str, *, by: Actor) -> Gone:
    """Remove a commitment; withhold it if it ever was published."""
    draft = desk.open_to_edits(w, ref, by=by)
    task, row = desk.commitment_in(draft, commitment_ref)
    gone = Gone.WITHHELD if was_published(row) else _delete_if_uncited(w, row)
    if gone is Gone.WITHHELD:
        row.disclosed = False
        desk.sign(w, row, by=by)
    else:
        w.session.expire(task, ["commitments"])
    desk.follow_commitments(task)
    return _noted(w, draft, by=by, what="commitment", item=commitment_ref, gone=gone)


def remove_consultation(w: Work, ref: str, key: int, *, by: Actor) -> None:
    """Remove what was noted of a consultation."""
    draft = desk.open_to_edits(w, ref, by=by)
    w.session.delete(consultation_in(draft, key))
    _noted(w, draft, by=by, what="consultation", item=str(key), gone=Gone.REMOVED)


def was_published(row: Commitment) -> bool:
    """Whether ``row`` was ever public: the promise of its first publication is kept with it."""
    return row.first_deadline.open(reason=Reason.DRAFT) is not None


def _noted(w: Work, draft: Programme, *, by: Actor, what: str, item: str, gone: Gone) -> Gone:
    desk.note(w, draft, by=by, what=what, item=item, how=gone.value)
    w.session.expire(draft)
    return gone


def _swap(w: Work, rows: list[KeyTask] | list[Commitment], row: KeyTask | Commitment, *, up: bool) -> None:
    """Exchange ``row`` with its neighbour. Ranks are no part of the text: the row's version stays."""
    order = [one.id for one in rows]
    at = order.index(row.id)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    table = type(row)
    for rank, key in enumerate(order, 1):
        w.session.execute(
            update(table)
            .where(table.id == key)
            .values(rank=rank)
            .execution_options(synchronize_session=False)
        )
    w.session.expire_all()


def _delete_if_uncited(w: Work, row: KeyTask | Commitment) -> Gone:
    """Delete ``row`` with what lies under it, unless another room still refers to any of it."""
    commitments = list(row.commitments) if isinstance(row, KeyTask) else [row]
    keys = [one.id for one in commitments]
    try:
        with w.session.begin_nested():
            w.session.execute(delete(Milestone).where(Milestone.commitment_id.in_(keys)))
            w.session.execute(delete(Progress).where(Progress.commitment_id.in_(keys)))
            w.session.execute(delete(Commitment).where(Commitment.id.in_(keys)))
            if isinstance(row, KeyTask):
                w.session.execute(delete(KeyTask).where(KeyTask.id == row.id))
    except IntegrityError:
        return Gone.WITHHELD
    return Gone.REMOVED
