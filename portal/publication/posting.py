"""Boards through the valve: what is recorded of a posting goes out at once, and nothing else with it."""

from dataclasses import replace

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.work import Work
from portal.office.posting import rules
from portal.office.posting.form import PutUp, TakenDown
from portal.office.posting.reads import posting, postings_of
from portal.office.posting.tables import Posting
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.publication.compose_after import compose_postings
from portal.publication.lines import standing_revisions
from portal.publication.sending import send
from portal.record.append import Line, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Kind, Notice, ProgrammeDoc


def put_up(w: Work, ref: str, form: PutUp, *, by: Actor, signer: Signer) -> Posting:
    """Record that a copy hangs. Raises Refused, with the earliest day where it hangs too short."""
    refuse_stamps(form)
    draft, page = _public(w, ref, by)
    minimum = w.settings.posting_days
    refusal = rules.refusal_to_put_up(
        form.posted_on,
        form.planned_until,
        issued_on=page.issued_on,
        minimum_days=minimum,
        today=w.today,
    )
    if refusal is Refusal.POSTING_TOO_SHORT:
        raise Refused(refusal, f"{rules.earliest_end(form.posted_on, minimum):%d/%m/%Y}")
    if refusal:
        raise Refused(refusal)
    row = Posting(
        id=w.ids.key(),
        programme_id=draft.id,
        place=form.place,
        posted_on=form.posted_on,
        planned_until=form.planned_until,
        minutes=form.minutes,
        signers=form.signers,
        recorded_by_id=by.id,
        recorded_at=w.now,
    )
    w.session.add(row)
    _send(w, draft, page, by, signer)
    return row


def take_down(w: Work, ref: str, key: int, form: TakenDown, *, by: Actor, signer: Signer) -> Posting:
    """Record that a copy came down; early only with a reason, which stays readable. Raises Refused."""
    refuse_stamps(form)
    draft, page = _public(w, ref, by)
    row = posting(w, draft.id, key)
    refusal = rules.refusal_to_take_down(
        row.posted_on,
        row.planned_until,
        taken_before=row.taken_down_on,
        taken_down_on=form.taken_down_on,
        reason=form.reason,
        today=w.today,
    )
    if refusal:
        detail = f"{row.planned_until:%d/%m/%Y}" if refusal is Refusal.TAKEN_DOWN_EARLY else ""
        raise Refused(refusal, detail)
    row.taken_down_on, row.reason = form.taken_down_on, form.reason.strip()
    row.taken_minutes, row.taken_signers = form.minutes, form.signers
    _send(w, draft, page, by, signer)
    return row


def _public(w: Work, ref: str, by: Actor) -> tuple[Programme, ProgrammeDoc]:
    """The programme and its page as the public reads it. Raises Refused where there is none."""
    take_turn(w.session)
    draft = programme(w, ref)
    require(by, DeskAct.POST, matter(w, draft))
    standing = {r.ref: r.document for r in standing_revisions(w, draft)}
    page = standing.get(draft.ref)
    if not isinstance(page, ProgrammeDoc):
        raise Refused(Refusal.NOT_PUBLISHED)
    return draft, page


def _send(w: Work, draft: Programme, page: ProgrammeDoc, by: Actor, signer: Signer) -> None:
    w.session.flush()
    document = replace(page, postings=compose_postings(postings_of(w, draft.id)))
    notice = Notice(changes=changes_between(page, document))
    line = Line(kind=Kind.PROGRAMME, ref=page.ref, act=Act.POST, document=document, notice=notice)
    send(w, draft, [line], by=by, signer=signer)
