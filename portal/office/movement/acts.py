"""What people do when a post passes on: open it, decide item by item, take over item by item in writing."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import Moved
from portal.office.movement import rules
from portal.office.movement.reads import decided, is_in_reach, movement, movement_of, successors
from portal.office.movement.rules import Decided, Move
from portal.office.movement.tables import Movement, MovementItem
from portal.office.programme import desk_draft as desk
from portal.office.programme.arranging import was_published
from portal.office.programme.filling import fill_commitment, fill_task, new_commitment, new_task
from portal.office.programme.portrait import portray_commitment, portray_task
from portal.office.programme.reads import matter, programme_of_commitment
from portal.office.programme.tables import Commitment, KeyTask, Milestone, Programme
from portal.office.programme.typed import refuse_stamps
from portal.record.terms import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm:
    """That a mandate ends: why, from when, by which document."""

    kind: Move
    effective_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FateForm:
    """What is to become of one commitment."""

    fate: Fate
    reason: str = ""
    successor: str = ""  # ref of the successor's programme
    target: str = ""  # ref of the commitment it is merged into
    restated_baseline: Decimal | None = None
    restated_on: date | None = None
    restated_note: str = ""


def open_movement(w: Work, ref: str, form: MoveForm, *, by: Actor) -> Movement:
    """Begin to pass a published programme on; every commitment then waits for a decision. Raises Refused."""
    refuse_stamps(form)
    draft = desk.take(w, ref, by=by, act=Act.MOVE)
    if draft.issued_on is None or draft.state == "withdrawn":
        raise Refused(Refusal.NOT_PUBLISHED)
    if known := movement_of(w, draft.id):
        raise Refused(Refusal.ALREADY_ENDED if known.state == "ended" else Refusal.ALREADY_MOVING)
    made = Movement(
        id=w.ids.key(),
        programme_id=draft.id,
        kind=form.kind.value,
        effective_on=form.effective_on,
        document=Sealed(form.document),
        recorded_by_id=by.id,
        recorded_at=w.now,
    )
    w.session.add(made)
    w.session.flush()
    w.session.add_all(
        MovementItem(id=w.ids.key(), movement_id=made.id, commitment_ref=row.ref)
        for task in draft.tasks
        for row in task.commitments
    )
    _tell(w, draft, by, "opened", str(made.id))
    w.session.expire(made)
    return made


def decide(w: Work, key: int, commitment_ref: str, form: FateForm, *, by: Actor) -> MovementItem:
    """Decide what becomes of one commitment; until the successor accepts it may be decided anew."""
    refuse_stamps(form)
    found, draft = movement(w, key)
    require(by, Act.MOVE, matter(w, draft))
    item = next((one for one in found.items if one.commitment_ref == commitment_ref), None)
    if item is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if found.state == "ended" or item.accepted_at is not None:
        raise Refused(Refusal.ALREADY_ENDED)
    successor = None if form.fate is Fate.ENDED else _successor(w, draft, form.successor, by=by)
    target = form.target.strip().lower() if form.fate is Fate.MERGED else ""
    if successor is not None and target:
        _commitment_in(w, successor, target, by=by)
    refusal = rules.refusal_to_decide(
        Decided(
            ref=commitment_ref,
            fate=form.fate,
            has_reason=bool(form.reason.strip()),
            has_successor=successor is not None,
            has_target=bool(target),
            is_restated=form.restated_baseline is not None,
            has_note=bool(form.restated_note.strip()),
        )
    )
    if refusal:
        raise Refused(refusal)
    item.fate, item.successor_ref = form.fate.value, target or None
    item.successor_programme_id = successor.id if successor else None
    item.reason, item.restated_note = Sealed(form.reason), Sealed(form.restated_note)
    item.restated_baseline, item.restated_on = Sealed(form.restated_baseline), Sealed(form.restated_on)
    _tell(w, draft, by, form.fate.value, commitment_ref)
    return item


def take_over(w: Work, item_key: int, *, accepted: str, by: Actor) -> str:
    """Accept one item in writing; the ref of the commitment that goes on with it. Raises Refused.

    A carried item becomes a new commitment of the successor's draft, to be appraised like any other.
    """
    item = w.session.get(MovementItem, item_key)
    if item is None or item.successor_programme_id is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    ref = w.session.get_one(Programme, item.successor_programme_id).ref
    draft = desk.take(w, ref, by=by, act=Act.TAKE_OVER)
    if not rules.waits(decided(item)):
        raise Refused(Refusal.NOTHING_TO_TAKE_OVER)
    if not accepted.strip():
        raise Refused(Refusal.NO_DOCUMENT)
    if draft.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    if item.fate == Fate.CARRIED:
        item.successor_ref = _continue(w, draft, item, by)
    item.accepted, item.accepted_by_id, item.accepted_at = Sealed(accepted.strip()), by.id, w.now
    _tell(w, draft, by, "taken_over", item.commitment_ref)
    return item.successor_ref or ""


def _continue(w: Work, draft: Programme, item: MovementItem, by: Actor) -> str:
    """Add the carried commitment to the successor's draft, under the key task it came with."""
    old_draft = programme_of_commitment(w, item.commitment_ref)
    old_task, old = desk.commitment_in(old_draft, item.commitment_ref)
    numbers = [row.place for task in draft.tasks for row in task.commitments]
    task = _task_like(w, draft, old_task, by)
    form = replace(
        portray_commitment(old, old_task),
        ref="", number=max(numbers, default=0) + 1, task_number=task.place,
        accountable=draft.mandate.post.open(reason=Reason.DRAFT), milestones=(),
    )  # fmt: skip
    baseline = item.restated_baseline.open(reason=Reason.DRAFT)
    if baseline is not None:
        form = replace(
            form,
            baseline=baseline,
            baseline_on=item.restated_on.open(reason=Reason.DRAFT) or form.baseline_on,
            baseline_source=item.restated_note.open(reason=Reason.DRAFT),
        )
    row = new_commitment(w, form)
    row.task_id = task.id
    fill_commitment(row, form)
    desk.sign(w, row, by=by)
    w.session.add(row)
    w.session.flush()
    _carry_steps(w, old, row)
    w.session.expire(task)
    desk.note(w, draft, by=by, what="commitment", item=row.ref, how="taken_over")
    return row.ref


def _carry_steps(w: Work, old: Commitment, row: Commitment) -> None:
    """The steps that are still to be done go on with the commitment."""
    waiting = [step for step in old.milestones if step.done_on.open(reason=Reason.DRAFT) is None]
    for place, step in enumerate(waiting):
        w.session.add(
            Milestone(
                id=w.ids.key(),
                commitment_id=row.id,
                place=place,
                title=Sealed(step.title.open(reason=Reason.DRAFT)),
                due_on=Sealed(step.due_on.open(reason=Reason.DRAFT)),
            )
        )
    w.session.flush()


def _task_like(w: Work, draft: Programme, old: KeyTask, by: Actor) -> KeyTask:
    """The successor's key task of the same title, or a copy of the old one."""
    wanted = old.title.open(reason=Reason.DRAFT)
    same = [task for task in draft.tasks if task.title.open(reason=Reason.DRAFT) == wanted]
    if same:
        return same[0]
    number = max((task.place for task in draft.tasks), default=0) + 1
    form = replace(portray_task(old), ref="", number=number)
    task = new_task(w, form)
    task.programme_id = draft.id
    fill_task(task, form)
    desk.sign(w, task, by=by)
    w.session.add(task)
    w.session.flush()
    w.session.expire(draft)
    return task


def _successor(w: Work, draft: Programme, ref: str, *, by: Actor) -> Programme:
    found = next((one for one in successors(w, draft, by) if one.ref == ref.strip().lower()), None)
    if found is None:
        raise Refused(Refusal.NO_SUCCESSOR)
    return found


def _commitment_in(w: Work, successor: Programme, ref: str, *, by: Actor) -> None:
    """Raise Refused unless the commitment is one that ``by`` may be told of."""
    rows = [row for task in successor.tasks for row in task.commitments if row.ref == ref]
    is_known = rows and (is_in_reach(w, successor, by) or was_published(rows[0]))
    if not is_known:
        raise Refused(Refusal.NO_MERGE_TARGET)


def _tell(w: Work, draft: Programme, by: Actor, what: str, item: str) -> None:
    w.session.flush()
    w.tell(Moved(by=by.id, programme=draft.ref, what=what, item=item))
