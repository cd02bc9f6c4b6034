"""What people do about evaluations before anything is public: open a period, write accounts, mark themes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, Role, require
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.evaluation import rules
from portal.office.evaluation.events import AccountWritten, PeriodOpened, ThemeMarked
from portal.office.evaluation.reads import (
    accounts_of,
    calendar_of,
    dossiers_of,
    judged,
    marks_of,
    newest_dossier,
    period_matter,
    period_of,
    theme,
)
from portal.office.evaluation.tables import Period, SelfReview, ThemeUse
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.office.units.reads import unit_of_code
from portal.record.evaluation.document import CauseKind, Use
from portal.record.evaluation.periods import PeriodKind, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForm:
    """A period as it is opened; ``programme``: the one it is about, or empty for every one of the unit."""

    code: str
    first: date
    last: date
    unit_code: str = ""
    kind: PeriodKind | None = None
    programme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """What the cadre's office says of one commitment, and what held it back."""

    account: str
    cause: CauseKind = CauseKind.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class UseForm:
    """What the council did with a theme, in a sentence for the public."""

    use: Use
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionForm:
    """Why a frozen dossier is followed by another version; it will be public."""

    reason: str


def open_period(w: Work, form: PeriodForm, *, by: Actor) -> Period:
    """Open a period. Raises Refused, StampTyped."""
    refuse_stamps(form)
    draft = programme(w, form.programme) if form.programme else None
    unit_id = draft.mandate.unit_id if draft else _unit_of(w, form, by)
    require(by, Act.OPEN_PERIOD, matter(w, draft) if draft else period_matter(w, unit_id))
    kind = form.kind or kind_of(form.first, form.last)
    known = w.session.scalars(select(Period.code).where(Period.unit_id == unit_id)).all()
    refusal = rules.refusal_to_open(
        form.code, kind, form.first, form.last, known=known, of_programme=draft is not None
    )
    if refusal:
        raise Refused(refusal)
    made = Period(
        id=w.ids.key(),
        unit_id=unit_id,
        programme_id=draft.id if draft else None,
        code=form.code,
        kind=kind.value,
        first=form.first,
        last=form.last,
        opened_by_id=by.id,
        opened_at=w.now,
    )
    w.session.add(made)
    w.session.flush()
    w.tell(PeriodOpened(by=by.id, unit_id=unit_id, period=made.code, programme=form.programme))
    return made


def write_account(
    w: Work, ref: str, code: str, commitment: str, form: AccountForm, *, by: Actor
) -> SelfReview:
    """Write, or change, the account of one commitment due in the period. Raises Refused, StampTyped."""
    refuse_stamps(form)
    draft = programme(w, ref)
    require(by, Act.WRITE_ACCOUNT, matter(w, draft))
    period = period_of(w, draft, code)
    if dossiers_of(w, period, draft):
        raise Refused(Refusal.PERIOD_FROZEN)
    known = {one.verdict.ref: one for one in judged(w, draft, period, calendar=calendar_of(w))}
    if commitment not in known:
        raise Refused(Refusal.NO_SUCH_COMMITMENT, commitment)
    seen = known[commitment]
    refusal = rules.refusal_to_account(seen.verdict.due, form.account, form.cause, seen.document.causes)
    if refusal:
        raise Refused(refusal)
    row = next((r for r in accounts_of(w, period, draft) if r.commitment_ref == commitment), None)
    if row is None:
        row = SelfReview(
            id=w.ids.key(), period_id=period.id, programme_id=draft.id, commitment_ref=commitment
        )
        w.session.add(row)
    row.account, row.cause = Sealed(form.account.strip()), form.cause.value
    row.written_by_id, row.written_at = by.id, w.now
    w.session.flush()
    w.tell(AccountWritten(by=by.id, programme=draft.ref, period=period.code, commitment=commitment))
    return row


def mark_theme(w: Work, ref: str, code: str, theme_ref: str, form: UseForm, *, by: Actor) -> ThemeUse:
    """Mark what the council did with a theme, once the dossier is frozen. Raises Refused, StampTyped."""
    refuse_stamps(form)
    draft = programme(w, ref)
    require(by, Act.MARK_THEME, matter(w, draft))
    period = period_of(w, draft, code)
    newest_dossier(w, period, draft)
    theme(w, draft, theme_ref)
    if refusal := rules.refusal_of_text(form.sentence):
        raise Refused(refusal)
    row = _mark_of(w, period, draft, theme_ref)
    row.use, row.sentence = form.use.value, Sealed(form.sentence.strip())
    row.marked_by_id, row.marked_at = by.id, w.now
    w.session.flush()
    w.tell(
        ThemeMarked(by=by.id, programme=draft.ref, period=period.code, theme=theme_ref, use=form.use.value)
    )
    return row


def _mark_of(w: Work, period: Period, draft: Programme, theme_ref: str) -> ThemeUse:
    row = next((r for r in marks_of(w, period, draft) if r.theme_ref == theme_ref), None)
    if row is None:
        row = ThemeUse(id=w.ids.key(), period_id=period.id, programme_id=draft.id, theme_ref=theme_ref)
        w.session.add(row)
    return row


def _unit_of(w: Work, form: PeriodForm, by: Actor) -> int:
    """The unit named, or else the one in which the evaluator holds that role, if it is one only."""
    if form.unit_code:
        found = unit_of_code(w.session, form.unit_code, w.today)
        if found is None:
            raise Refused(Refusal.NO_SUCH_UNIT, form.unit_code)
        return found.id
    held = [unit for role, units in by.roles.items() if role is Role.EVALUATOR for unit in units]
    if len(held) != 1:
        raise Refused(Refusal.NO_SUCH_UNIT if held else Refusal.NOT_YOUR_ROLE)
    return held[0]
