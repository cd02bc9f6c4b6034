"""Entering a document of the competent level that decides to publish a grade: quoted by us, never said by us.

Facts §5.3: of an evaluation nothing is public unless the competent level decides so in writing. What it
decided is then another's sentence with its number, day and issuer; nothing of it is counted or compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.evaluation import rules
from portal.office.evaluation.events import QuotationMoved
from portal.office.evaluation.reads import period_of
from portal.office.evaluation.tables import Period, Quotation
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.record.evaluation.document import quotation_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationForm:
    """The document, the sentence as it stands in it, and the writing that decides on its publication."""

    title: str
    number: str
    decided_on: date
    issuer: str
    text: str
    ordered_by: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalForm:
    """Why a quoted document is taken down; it will be public."""

    reason: str


def quote(w: Work, ref: str, code: str, form: QuotationForm, *, by: Actor) -> Quotation:
    """Enter a document; a second person publishes it. Raises Refused, StampTyped."""
    refuse_stamps(form)
    draft = programme(w, ref)
    require(by, Act.QUOTE_DECISION, matter(w, draft))
    period = period_of(w, draft, code)
    said = (form.title, form.number, form.issuer, form.text, form.ordered_by)
    if refusal := rules.refusal_to_quote(said, form.decided_on, form.link, today=w.today):
        raise Refused(refusal)
    row = Quotation(
        id=w.ids.key(),
        ref=quotation_ref(draft.ref, w.ids.ref()),
        period_id=period.id,
        programme_id=draft.id,
        title=Sealed(form.title.strip()),
        number=Sealed(form.number.strip()),
        decided_on=Sealed(form.decided_on),
        issuer=Sealed(form.issuer.strip()),
        text=Sealed(form.text.strip()),
        ordered_by=Sealed(form.ordered_by.strip()),
        link=Sealed(form.link),
        written_by_id=by.id,
        written_at=w.now,
    )
    w.session.add(row)
    w.session.flush()
    tell(w, draft, period, row, "entered", by)
    return row


def drop(w: Work, ref: str, code: str, key: int, *, by: Actor) -> None:
    """Let go of a document that was entered by mistake, before it is public. Raises Refused."""
    draft = programme(w, ref)
    require(by, Act.QUOTE_DECISION, matter(w, draft))
    period = period_of(w, draft, code)
    row = quotation(w, period, draft, key, state="waiting")
    row.state, row.settled_by_id, row.settled_at = "dropped", by.id, w.now
    tell(w, draft, period, row, "dropped", by)


def quotation(w: Work, period: Period, draft: Programme, key: int, *, state: str) -> Quotation:
    """The document with this key. Raises Refused when there is none, or it is not in ``state``."""
    row = w.session.get(Quotation, key)
    if row is None or (row.period_id, row.programme_id) != (period.id, draft.id):
        raise Refused(Refusal.NO_SUCH_QUOTATION)
    if row.state != state:
        raise Refused(Refusal.QUOTATION_SETTLED)
    return row


def quotations_of(w: Work, period: Period, draft: Programme) -> Sequence[Quotation]:
    """The documents entered for a programme in a period and not dropped, as they were entered."""
    mine = (Quotation.period_id == period.id, Quotation.programme_id == draft.id)
    asked = select(Quotation).where(*mine, Quotation.state != "dropped")
    return w.session.scalars(asked.order_by(Quotation.written_at, Quotation.id)).all()


def tell(
    w: Work, draft: Programme, period: Period, row: Quotation, how: str, by: Actor, position: int = -1
) -> None:
    """Let the audit hear what became of a document."""
    w.tell(
        QuotationMoved(
            by=by.id, programme=draft.ref, period=period.code, quotation=row.ref, how=how, position=position
        )
    )
