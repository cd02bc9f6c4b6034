"""What an appraiser does: write about one commitment, assign a further one, conclude on the whole."""

from dataclasses import replace

from sqlalchemy import select, update

from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.appraisal.reads import standings, subjects
from portal.office.appraisal.rules import LEAST, OpinionForm, Verdict, refusal_to_conclude, refusal_to_write
from portal.office.appraisal.tables import Assignment, Opinion
from portal.office.audit.events import OpinionWritten, TaskAssigned
from portal.office.programme import desk_draft as desk
from portal.office.programme.acts import appraise
from portal.office.programme.filling import fill_commitment, fill_task, new_commitment, new_task
from portal.office.programme.tables import Appraisal, Commitment, KeyTask, Milestone, Programme
from portal.office.programme.typed import StampTyped, refuse_stamps, stamped
from portal.office.programme.workbook.form import CommitmentForm, TaskForm
from portal.record.documents import Origin


def write_opinion(
    w: Work,
    ref: str,
    commitment_ref: str,
    form: OpinionForm,
    *,
    expected: int,
    read_version: int,
    by: Actor,
) -> Opinion:
    """Write the opinion on one commitment, or change it before the conclusion.

    ``expected`` is the version of the opinion that was read, 0 for none; ``read_version`` that of the
    commitment. Raises Refused, StampTyped.
    """
    _refuse_stamps(form)
    draft = _submitted(w, ref, by)
    _, row = desk.commitment_in(draft, commitment_ref)
    known = _at_work(w, draft, row)
    if row.version != read_version or (known.version if known else 0) != expected:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if refusal := refusal_to_write(form):
        raise Refused(refusal)
    return _write(w, draft, row, known, form, by)


def _write(
    w: Work, draft: Programme, row: Commitment, known: Opinion | None, form: OpinionForm, by: Actor
) -> Opinion:
    made = known or Opinion(id=w.ids.key(), programme_id=draft.id, commitment_ref=row.ref)
    made.commitment_version = row.version
    made.fit, made.fit_note = Sealed(form.fit or ""), Sealed(form.fit_note.strip())
    made.feasible, made.feasible_note = Sealed(form.feasible or ""), Sealed(form.feasible_note.strip())
    made.answers = Sealed({key: text.strip() for key, text in form.answers.items()})
    desk.sign(w, made, by=by)
    w.session.add(made)
    w.session.flush()
    w.tell(OpinionWritten(by=by.id, programme=draft.ref, commitment=row.ref))
    return made


def assign(
    w: Work,
    ref: str,
    task: TaskForm | None,
    form: CommitmentForm,
    *,
    reason: str,
    by: Actor,
) -> Commitment:
    """Assign a commitment into the programme: under the task numbered in ``form``, or under a new ``task``.

    It stays withheld until somebody else marks it. Raises Refused, StampTyped.
    """
    for one in (task, form):
        refuse_stamps(one)
    if names := stamped({"reason": reason}):
        raise StampTyped(names)
    draft = _submitted(w, ref, by)
    if len(reason.strip()) < LEAST:
        raise Refused(Refusal.NO_OPINION)
    under = _new_task(w, draft, task, by) if task else _task_numbered(draft, form.task_number)
    row = _new_commitment(w, draft, under, form, by)
    w.session.add(
        Assignment(
            id=w.ids.key(),
            programme_id=draft.id,
            commitment_ref=row.ref,
            officer_id=by.id,
            reason=Sealed(reason.strip()),
            assigned_at=w.now,
        )
    )
    desk.grow(draft)
    w.session.flush()
    _write(w, draft, row, None, _agreed(reason), by)
    w.tell(TaskAssigned(by=by.id, programme=draft.ref, commitment=row.ref))
    w.session.expire(draft)
    return row


def conclude(w: Work, ref: str, *, by: Actor, opinion: str, approve: bool) -> Appraisal:
    """Return the programme to its author, or approve it, with an opinion on the whole.

    Raises Refused; the detail names the commitments that stand in the way.
    """
    if names := stamped({"opinion": opinion}):
        raise StampTyped(names)
    draft = _submitted(w, ref, by)
    against = refusal_to_conclude(standings(subjects(w, draft)), approve=approve)
    if against:
        refusal, places = against
        raise Refused(refusal, "Cam kết " + ", ".join(str(place) for place in places))
    made = appraise(w, draft, by=by, opinion=opinion, approve=approve)
    w.session.flush()
    w.session.execute(
        update(Opinion)
        .where(Opinion.programme_id == draft.id, Opinion.appraisal_id.is_(None))
        .values(appraisal_id=made.id)
        .execution_options(synchronize_session="fetch")
    )
    return made


def _submitted(w: Work, ref: str, by: Actor) -> Programme:
    draft = desk.take(w, ref, by=by, act=Act.APPRAISE)
    if draft.state != "submitted":
        raise Refused(Refusal.NOT_SUBMITTED)
    return draft


def _at_work(w: Work, draft: Programme, row: Commitment) -> Opinion | None:
    return w.session.scalar(
        select(Opinion).where(
            Opinion.programme_id == draft.id,
            Opinion.commitment_ref == row.ref,
            Opinion.appraisal_id.is_(None),
        )
    )


def _refuse_stamps(form: OpinionForm) -> None:
    texts = {"fit_note": form.fit_note, "feasible_note": form.feasible_note, **form.answers}
    if names := stamped(texts):
        raise StampTyped(names)


def _agreed(reason: str) -> OpinionForm:
    """The assigning body finds its own task fit and feasible, for the reason it gives."""
    return OpinionForm(fit=Verdict.YES, fit_note=reason, feasible=Verdict.YES, feasible_note="")


def _task_numbered(draft: Programme, number: int) -> KeyTask:
    found = next((task for task in draft.tasks if task.place == number), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


def _new_task(w: Work, draft: Programme, form: TaskForm, by: Actor) -> KeyTask:
    numbered = replace(form, number=max((t.place for t in draft.tasks), default=0) + 1, disclosed=False)
    row = new_task(w, numbered)
    row.programme_id, row.rank = draft.id, max((t.rank for t in draft.tasks), default=0) + 1
    fill_task(row, numbered)
    w.session.add(row)
    desk.sign(w, row, by=by)
    w.session.flush()
    return row


def _new_commitment(w: Work, draft: Programme, task: KeyTask, form: CommitmentForm, by: Actor) -> Commitment:
    everywhere = [row.place for one in draft.tasks for row in one.commitments]
    numbered = replace(
        form,
        number=max(everywhere, default=0) + 1,
        task_number=task.place,
        origin=Origin.ASSIGNED,
        disclosed=False,
    )
    row = new_commitment(w, numbered)
    row.task_id, row.rank = task.id, max((one.rank for one in task.commitments), default=0) + 1
    fill_commitment(row, numbered)
    desk.sign(w, row, by=by)
    w.session.add(row)
    w.session.flush()
    for place, step in enumerate(form.milestones):
        w.session.add(
            Milestone(
                id=w.ids.key(),
                commitment_id=row.id,
                place=place,
                title=Sealed(step.title),
                due_on=Sealed(step.due_on),
            )
        )
    w.session.flush()
    return row
