"""What an author does with a draft, item by item: begin it, add to it, change it.

Every act takes the version that was read and refuses to overwrite a newer one; every text is looked
through for stamps of secrecy before anything is stored.
"""

from collections.abc import Iterable
from dataclasses import replace

from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, require
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.programme import desk_draft as desk
from portal.office.programme.filling import (
    fill_commitment,
    fill_mandate,
    fill_task,
    new_commitment,
    new_task,
)
from portal.office.programme.portrait import (
    portray_commitment,
    portray_consultation,
    portray_mandate,
    portray_milestones,
    portray_task,
)
from portal.office.programme.standards import standards
from portal.office.programme.tables import (
    Commitment,
    Consultation,
    KeyTask,
    Mandate,
    Milestone,
    Programme,
)
from portal.office.programme.typed import refuse_stamps
from portal.office.programme.workbook.form import (
    CommitmentForm,
    ConsultationForm,
    MandateForm,
    MilestoneForm,
    Part,
    TaskForm,
)
from portal.office.units.reads import line_above, unit_of_code


def start(w: Work, form: MandateForm, *, by: Actor) -> Programme:
    """Begin a programme: its mandate, and the declaration that it holds no state secret.

    Raises Refused for a unit that is not ``by``'s, StampTyped for a stamp of secrecy.
    """
    refuse_stamps(form)
    mandate = Mandate(id=w.ids.key(), unit_id=_unit(w, form.unit_code, by))
    programme = Programme(
        id=w.ids.key(),
        ref=w.ids.ref(),
        mandate_id=mandate.id,
        author_id=by.id,
        state="draft",
        declared_at=w.now,
        show_withheld_count=w.settings.show_withheld_count,
    )
    programme.mandate = mandate
    fill_mandate(programme, form)
    w.session.add(mandate)
    w.session.flush()
    w.session.add(programme)
    w.session.flush()
    desk.note(w, programme, by=by, what="programme", item=programme.ref, how="added")
    return programme


def edit_mandate(w: Work, ref: str, form: MandateForm, *, expected: int, by: Actor) -> Programme:
    """Change whose programme it is and for which mandate; the declaration is made anew with it."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    desk.check_version(draft.mandate, expected)
    before = portray_mandate(w, draft)
    if before == form:
        return draft
    if form.unit_code != before.unit_code:
        if draft.issued_on is not None:
            raise Refused(Refusal.UNIT_IS_SETTLED)
        draft.mandate.unit_id = _unit(w, form.unit_code, by)
    fill_mandate(draft, form)
    draft.declared_at = w.now
    desk.sign(w, draft.mandate, by=by)
    desk.note(w, draft, by=by, what="mandate", item=draft.ref, how="changed")
    return draft


def add_task(w: Work, ref: str, form: TaskForm, *, by: Actor) -> KeyTask:
    """Add a key task after the others."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    numbered = replace(form, number=_next(task.place for task in draft.tasks))
    row = new_task(w, numbered)
    row.programme_id, row.rank = draft.id, _next(task.rank for task in draft.tasks)
    fill_task(row, numbered)
    w.session.add(row)
    desk.sign(w, row, by=by)
    desk.note(w, draft, by=by, what="task", item=row.ref, how="added")
    return row


def edit_task(w: Work, ref: str, task_ref: str, form: TaskForm, *, expected: int, by: Actor) -> KeyTask:
    """Change a key task; its number, its part and its reference stay."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    row = desk.task_in(draft, task_ref)
    desk.check_version(row, expected)
    wanted = replace(form, row=0, number=row.place, part=Part(row.part), ref=row.ref)
    if wanted == portray_task(row):
        return row
    fill_task(row, wanted)
    desk.sign(w, row, by=by)
    desk.note(w, draft, by=by, what="task", item=row.ref, how="changed")
    return row


def add_commitment(w: Work, ref: str, form: CommitmentForm, *, by: Actor) -> Commitment:
    """Add a commitment to the task numbered ``form.task_number``, after the others there."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    task = _task_numbered(draft, form.task_number)
    return _add(w, draft, task, form, by=by)


def add_moral_commitment(w: Work, ref: str, form: CommitmentForm, *, by: Actor) -> Commitment:
    """Add a commitment to the moral-training part, which is begun with the first one."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    task = next((task for task in draft.tasks if task.part == Part.MORAL), None)
    return _add(w, draft, task or _begin_moral_part(w, draft, by=by), form, by=by)


def edit_commitment(
    w: Work, ref: str, commitment_ref: str, form: CommitmentForm, *, expected: int, by: Actor
) -> Commitment:
    """Change a commitment, its milestones and the task it belongs to; its number stays."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    task, row = desk.commitment_in(draft, commitment_ref)
    desk.check_version(row, expected)
    wanted = replace(form, row=0, number=row.place, ref=row.ref, milestones=_kept(row, form.milestones))
    if wanted == portray_commitment(row, task):
        return row
    row.task_id = _task_numbered(draft, form.task_number).id
    fill_commitment(row, wanted)
    row.standard = Sealed(form.standard)
    _set_milestones(w, row, form.milestones)
    desk.sign(w, row, by=by)
    desk.follow_commitments(task)
    desk.note(w, draft, by=by, what="commitment", item=row.ref, how="changed")
    w.session.expire(draft)
    return row


def add_consultation(w: Work, ref: str, form: ConsultationForm, *, by: Actor) -> Consultation:
    """Note whose advice was asked."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    row = Consultation(id=w.ids.key(), programme_id=draft.id)
    _fill_consultation(row, form)
    w.session.add(row)
    desk.sign(w, row, by=by)
    desk.note(w, draft, by=by, what="consultation", item=str(row.id), how="added")
    return row


def edit_consultation(
    w: Work, ref: str, key: int, form: ConsultationForm, *, expected: int, by: Actor
) -> Consultation:
    """Change what is noted of a consultation."""
    refuse_stamps(form)
    draft = desk.open_to_edits(w, ref, by=by)
    row = consultation_in(draft, key)
    desk.check_version(row, expected)
    if form == portray_consultation(row):
        return row
    _fill_consultation(row, form)
    desk.sign(w, row, by=by)
    desk.note(w, draft, by=by, what="consultation", item=str(row.id), how="changed")
    return row


def consultation_in(draft: Programme, key: int) -> Consultation:
    """The consultation ``key`` of ``draft``. Raises Refused when it is no longer there."""
    found = next((row for row in draft.consultations if row.id == key), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


def _unit(w: Work, code: str, by: Actor) -> int:
    unit = unit_of_code(w.session, code, w.today)
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT, code)
    require(by, Act.EDIT_DRAFT, Matter(unit_ids=frozenset(line_above(w.session, unit.id))))
    return unit.id


def _next(numbers: Iterable[int]) -> int:
    return max(numbers, default=0) + 1


def _task_numbered(draft: Programme, number: int) -> KeyTask:
    found = next((task for task in draft.tasks if task.place == number), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


def _add(w: Work, draft: Programme, task: KeyTask, form: CommitmentForm, *, by: Actor) -> Commitment:
    everywhere = [row.place for one in draft.tasks for row in one.commitments]
    numbered = replace(form, number=_next(everywhere))
    row = new_commitment(w, numbered)
    row.task_id, row.rank = task.id, _next(one.rank for one in task.commitments)
    fill_commitment(row, numbered)
    desk.sign(w, row, by=by)
    w.session.add(row)
    w.session.flush()
    _set_milestones(w, row, form.milestones)
    w.session.expire(task, ["commitments"])
    desk.follow_commitments(task)
    desk.note(w, draft, by=by, what="commitment", item=row.ref, how="added")
    return row


def _begin_moral_part(w: Work, draft: Programme, *, by: Actor) -> KeyTask:
    known = standards()
    number = _next(task.place for task in draft.tasks)
    form = TaskForm(
        row=0, number=number, title=known.task, bottleneck="", objective="", solution="",
        areas=(known.area,), disclosed=False, withheld_basis="", part=Part.MORAL,
    )  # fmt: skip
    row = new_task(w, form)
    row.programme_id, row.rank = draft.id, _next(task.rank for task in draft.tasks)
    fill_task(row, form)
    w.session.add(row)
    desk.sign(w, row, by=by)
    w.session.flush()
    return row


def _kept(row: Commitment, forms: Iterable[MilestoneForm]) -> tuple[MilestoneForm, ...]:
    """``forms`` with the days on which known steps were done, which no form of a draft asks for."""
    done = {known.key: known.done_on for known in portray_milestones(row)}
    return tuple(replace(form, done_on=done.get(form.key)) for form in forms)


def _set_milestones(w: Work, row: Commitment, forms: Iterable[MilestoneForm]) -> None:
    known = {m.id: m for m in row.milestones}
    for place, form in enumerate(forms):
        milestone = known.pop(form.key, None) or Milestone(id=w.ids.key(), commitment_id=row.id)
        milestone.place, milestone.title, milestone.due_on = place, Sealed(form.title), Sealed(form.due_on)
        w.session.add(milestone)
    for gone in known.values():
        w.session.delete(gone)
    w.session.flush()
    w.session.expire(row, ["milestones"])


def _fill_consultation(row: Consultation, form: ConsultationForm) -> None:
    row.role, row.held_on, row.gist = Sealed(form.role), Sealed(form.held_on), Sealed(form.gist)
