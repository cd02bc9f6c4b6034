"""What people do with progress: report, correct, confirm, name a cause, mark what is public, tick a step."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import ProgressRecorded
from portal.office.programme import desk_draft as desk
from portal.office.programme.reads import programme_of_commitment
from portal.office.programme.tables import Commitment, Programme, Writer
from portal.office.programme.typed import refuse_stamps
from portal.office.progress import rules
from portal.office.progress.form import CauseForm, ConfirmationForm, ReportForm
from portal.office.progress.tables import Cause, Progress
from portal.record.documents import FigureState

Told = TypeVar("Told", Progress, Cause)


def report(w: Work, ref: str, form: ReportForm, *, by: Actor, replaces: int | None = None) -> Progress:
    """Record a value, or that there is none, on the commitment ``ref``; or correct the row ``replaces``.

    Raises Refused when the day has a report already, lies ahead, or state and value do not fit; when
    ``replaces`` was replaced meanwhile; StampTyped for a stamp of secrecy.
    """
    refuse_stamps(form)
    draft, commitment = take(w, ref, by=by, act=Act.REPORT_PROGRESS)
    _refuse(rules.refusal_of_figure(form.state, form.value))
    _refuse(rules.refusal_of_days(form.reported_on, None, today=w.today))
    known: list[Progress] = list(commitment.progress)
    old = _to_replace(known, replaces, form.reason)
    if any(_day(row) == form.reported_on for row in rules.standing(known) if row is not old):
        raise Refused(Refusal.ALREADY_REPORTED)
    made = Progress(
        id=w.ids.key(),
        commitment_id=commitment.id,
        place=_next(known),
        state=Sealed(FigureState(form.state).value),
        reported_on=Sealed(form.reported_on),
        value=Sealed(form.value),
        note=Sealed(form.note),
        source=Sealed(form.source),
    )
    return _add(w, draft, commitment, made, old, form, by=by)


def name_cause(w: Work, ref: str, form: CauseForm, *, by: Actor, replaces: int | None = None) -> Cause:
    """Name an objective cause, or correct one: it ended, or was put wrongly. It must be confirmed anew."""
    refuse_stamps(form)
    draft, commitment = take(w, ref, by=by, act=Act.REPORT_PROGRESS)
    _refuse(rules.refusal_of_days(form.from_on, form.to_on, today=w.today))
    known: list[Cause] = list(commitment.causes)
    old = _to_replace(known, replaces, form.reason)
    made = Cause(
        id=w.ids.key(),
        commitment_id=commitment.id,
        place=_next(known),
        text=Sealed(form.text),
        from_on=Sealed(form.from_on),
        to_on=Sealed(form.to_on),
    )
    return _add(w, draft, commitment, made, old, form, by=by)


def confirm(w: Work, ref: str, key: int, form: ConfirmationForm, *, by: Actor) -> Progress | Cause:
    """Confirm a report or a cause for a body, by a document; not by who wrote any of it, nor the cadre."""
    refuse_stamps(form)
    draft, commitment = take(w, ref, by=by, act=Act.CONFIRM_PROGRESS)
    if not (form.body.strip() and form.document.strip()):
        raise Refused(Refusal.NO_CONFIRMATION)
    row = _standing(commitment, key)
    if row.confirmed_at is not None:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    row.confirmed_by, row.confirmed_document = Sealed(form.body), Sealed(form.document)
    row.confirmer_id, row.confirmed_at = by.id, w.now
    _tell(w, draft, row, by=by, how="confirmed")
    return row


def mark(w: Work, ref: str, key: int, *, disclosed: bool, by: Actor) -> Progress | Cause:
    """Mark a report or a cause as public or withheld; it goes out, or goes, with the next publication.

    Whoever opens one to the public may not be the one who publishes it.
    """
    draft, commitment = take(w, ref, by=by, act=Act.DISCLOSE)
    row = _standing(commitment, key)
    if row.disclosed is not disclosed:
        row.disclosed = disclosed
        if disclosed:
            remember_reporter(w, draft, by)
        _tell(w, draft, row, by=by, how="disclosed" if disclosed else "withheld")
    return row


def mark_step(w: Work, ref: str, key: int, done_on: date | None, *, expected: date | None, by: Actor) -> None:
    """Say on which day a step of the commitment was done; ``expected`` is the day that was read before."""
    draft, commitment = take(w, ref, by=by, act=Act.REPORT_PROGRESS)
    step = next((row for row in commitment.milestones if row.id == key), None)
    if step is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if _open(step.done_on) != expected:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if done_on and done_on > w.today:
        raise Refused(Refusal.REPORTED_IN_FUTURE)
    step.done_on = Sealed(done_on)
    remember_reporter(w, draft, by)
    w.tell(ProgressRecorded(by=by.id, programme=draft.ref, what="step", item=str(key), how="done"))


def take(w: Work, ref: str, *, by: Actor, act: Act) -> tuple[Programme, Commitment]:
    """The commitment ``ref`` with its programme, locked until the work ends. Raises Refused."""
    draft = desk.take(w, programme_of_commitment(w, ref).ref, by=by, act=act)
    if draft.state == "withdrawn":
        raise Refused(Refusal.ALREADY_WITHDRAWN)
    return draft, desk.commitment_in(draft, ref.strip().lower())[1]


def remember_reporter(w: Work, draft: Programme, by: Actor) -> None:
    """Whoever reported on a programme may not publish, appraise or confirm it: two people, always."""
    if w.session.get(Writer, (draft.id, by.id)) is None:
        w.session.add(Writer(programme_id=draft.id, officer_id=by.id))


def _add(
    w: Work,
    draft: Programme,
    commitment: Commitment,
    made: Told,
    old: Told | None,
    form: ReportForm | CauseForm,
    *,
    by: Actor,
) -> Told:
    made.reporter_id, made.recorded_at = by.id, w.now
    # What was public stays public, corrected: a withheld correction would quietly take the figure away.
    made.disclosed = form.disclosed or (old is not None and old.disclosed)
    made.replaces_id = old.id if old else None
    made.reason = Sealed(form.reason if old else "")
    w.session.add(made)
    remember_reporter(w, draft, by)
    _tell(w, draft, made, by=by, how="corrected" if old else "reported")
    w.session.expire(commitment)
    return made


def _to_replace(known: list[Told], key: int | None, reason: str) -> Told | None:
    if key is None:
        return None
    old = next((row for row in known if row.id == key), None)
    if old is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if old not in rules.standing(known):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    return old


def _standing(commitment: Commitment, key: int) -> Progress | Cause:
    rows: list[Progress | Cause] = [*commitment.progress, *commitment.causes]
    found = next((row for row in rows if row.id == key), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if found not in [*rules.standing(commitment.progress), *rules.standing(commitment.causes)]:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    return found


def _tell(w: Work, draft: Programme, row: Progress | Cause, *, by: Actor, how: str) -> None:
    what = "report" if isinstance(row, Progress) else "cause"
    w.tell(ProgressRecorded(by=by.id, programme=draft.ref, what=what, item=str(row.id), how=how))
    w.session.flush()


def _open(value: Sealed[str] | Sealed[date | None]) -> str | date | None:
    return value.open(reason=Reason.DRAFT)


def _day(row: Progress) -> date:
    return row.reported_on.open(reason=Reason.DRAFT)


def _next(known: list[Progress] | list[Cause]) -> int:
    return max((row.place for row in known), default=-1) + 1


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def report_series(w: Work, ref: str, forms: Iterable[ReportForm], *, by: Actor) -> int:
    """Record a whole series, or none of it; how many reports it had."""
    return len([report(w, ref, form, by=by) for form in forms])
