"""A decision of the competent level goes out as a quotation, and is taken down again."""

from sqlalchemy import select

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.evaluation import quoting
from portal.office.evaluation.reads import period_of, words_matter
from portal.office.evaluation.tables import Period, Quotation
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.publication.lines import tombstone
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Kind, ProgrammeDoc, QuotationDoc


def publish_quotation(w: Work, ref: str, code: str, key: int, *, by: Actor, signer: Signer) -> int:
    """Publish a document somebody else entered; its place in the log. Raises Refused."""
    take_turn(w.session)
    draft = programme(w, ref)
    period = period_of(w, draft, code)
    row = quoting.quotation(w, period, draft, key, state="waiting")
    require(by, DeskAct.PUBLISH_EVALUATION, words_matter(w, draft, [row.written_by_id]))
    page = reads.revision(w.session, draft.ref)
    if page is None or not isinstance(page.document, ProgrammeDoc):
        raise Refused(Refusal.NOT_PUBLISHED)
    document = _document(row, draft, period)
    line = Line(kind=Kind.QUOTATION, ref=row.ref, act=Act.PUBLISH, document=document)
    [position] = append(w, [line], signer=signer)
    _settle(w, draft, period, row, "published", by, position)
    return position


def withdraw_quotation(
    w: Work, ref: str, code: str, key: int, form: quoting.WithdrawalForm, *, by: Actor, signer: Signer
) -> int:
    """Take a quoted document down: a tombstone says why, its words go. Raises Refused, StampTyped."""
    refuse_stamps(form)
    take_turn(w.session)
    draft = programme(w, ref)
    require(by, DeskAct.PUBLISH_EVALUATION, words_matter(w, draft, []))
    period = period_of(w, draft, code)
    row = quoting.quotation(w, period, draft, key, state="published")
    if not form.reason.strip():
        raise Refused(Refusal.NO_REASON)
    [position] = append(w, [tombstone(Kind.QUOTATION, row.ref, w.today, form.reason)], signer=signer)
    _settle(w, draft, period, row, "withdrawn", by, position)
    return position


def leave_with(w: Work, draft: Programme, reason: str, *, by: Actor) -> list[Line]:
    """The lines that take down what is quoted beside a programme, together with it."""
    mine = (Quotation.programme_id == draft.id, Quotation.state == "published")
    rows = w.session.scalars(select(Quotation).where(*mine).order_by(Quotation.ref)).all()
    for row in rows:
        row.state, row.settled_by_id, row.settled_at = "withdrawn", by.id, w.now
    return [tombstone(Kind.QUOTATION, row.ref, w.today, reason) for row in rows]


def _document(row: Quotation, draft: Programme, period: Period) -> QuotationDoc:
    return QuotationDoc(
        ref=row.ref,
        programme_ref=draft.ref,
        period=period.told,
        title=row.title.open(reason=Reason.EVALUATION),
        number=row.number.open(reason=Reason.EVALUATION),
        decided_on=row.decided_on.open(reason=Reason.EVALUATION),
        issuer=row.issuer.open(reason=Reason.EVALUATION),
        text=row.text.open(reason=Reason.EVALUATION),
        ordered_by=row.ordered_by.open(reason=Reason.EVALUATION),
        link=row.link.open(reason=Reason.EVALUATION),
    )


def _settle(
    w: Work, draft: Programme, period: Period, row: Quotation, how: str, by: Actor, position: int
) -> None:
    row.state, row.settled_by_id, row.settled_at = how, by.id, w.now
    quoting.tell(w, draft, period, row, how, by, position)
