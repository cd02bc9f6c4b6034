"""Looking up periods, the programmes in them, accounts, frozen dossiers and marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, refusal_of
from portal.kernel.work import Work
from portal.office.evaluation.tables import FrozenDossier, Period, SelfReview, ThemeUse
from portal.office.programme.reads import matter
from portal.office.programme.tables import Mandate, Programme
from portal.office.units.reads import line_above, units_under
from portal.record import reads
from portal.record.documents import CommitmentDoc, ThemeDoc
from portal.record.evaluation.outcome import Verdict, judge


@dataclass(frozen=True, slots=True)
class Judged:
    """One public commitment as it stands in a period that is not frozen yet."""

    document: CommitmentDoc
    verdict: Verdict


def period_matter(w: Work, unit_id: int) -> Matter:
    """A unit's periods as the policy sees them."""
    return Matter(unit_ids=frozenset(line_above(w.session, unit_id)))


def periods_for(w: Work, by: Actor, act: Act) -> list[Period]:
    """The periods in which ``by`` may ``act``, the newest last day first."""
    rows = w.session.scalars(select(Period).order_by(Period.last.desc(), Period.code, Period.id))
    return [row for row in rows if refusal_of(by, act, period_matter(w, row.unit_id)) is None]


def period_called(w: Work, code: str, *, by: Actor, act: Act, unit_id: int | None = None) -> Period:
    """The period ``code`` in which ``by`` may ``act``. Raises Refused when there is none."""
    for row in periods_for(w, by, act):
        if row.code.lower() == code.lower() and unit_id in (None, row.unit_id):
            return row
    raise Refused(Refusal.NO_SUCH_PERIOD, code)


def period_of(w: Work, draft: Programme, code: str) -> Period:
    """The period ``code`` as it holds for a programme: its own, else the nearest unit's. Raises Refused."""
    line = line_above(w.session, draft.mandate.unit_id)
    rows = list(w.session.scalars(select(Period).where(Period.unit_id.in_(line))))
    named = [r for r in rows if r.code.lower() == code.lower() and r.programme_id in (None, draft.id)]
    if not named:
        raise Refused(Refusal.NO_SUCH_PERIOD, code)
    return min(named, key=lambda r: (r.programme_id is None, line.index(r.unit_id)))


def programmes_in(w: Work, period: Period) -> list[Programme]:
    """The programmes a period is about: published ones, by reference."""
    wanted = select(Programme).where(Programme.issued_on.is_not(None), Programme.state != "withdrawn")
    if period.programme_id is not None:
        wanted = wanted.where(Programme.id == period.programme_id)
    else:
        under = [unit.id for unit in units_under(w.session, frozenset({period.unit_id}))]
        wanted = wanted.join(Mandate).where(Mandate.unit_id.in_(under))
    return list(w.session.scalars(wanted.order_by(Programme.ref)).unique())


def period(w: Work, key: int) -> Period:
    """The period with this key. Raises Refused when there is none."""
    found = w.session.get(Period, key)
    if found is None:
        raise Refused(Refusal.NO_SUCH_PERIOD)
    return found


def waiting_in(w: Work, of: Period) -> list[str]:
    """The programmes of a period that are not frozen yet."""
    return [draft.ref for draft in programmes_in(w, of) if not dossiers_of(w, of, draft)]


def periods_with(w: Work, draft: Programme) -> list[Period]:
    """Every period a programme lies in, the newest first."""
    line = line_above(w.session, draft.mandate.unit_id)
    rows = w.session.scalars(
        select(Period).where(Period.unit_id.in_(line)).order_by(Period.last.desc(), Period.id)
    )
    return [row for row in rows if row.programme_id in (None, draft.id)]


def judged(w: Work, draft: Programme, period: Period, *, calendar: WorkingCalendar) -> list[Judged]:
    """The public commitments of a programme as they stand in the period by what is known today."""
    documents = reads.commitments_of(w.session, draft.ref)
    known_on = max(w.today, period.last)
    return [Judged(d, judge(d, period.told, known_on=known_on, calendar=calendar)) for d in documents]


def accounts_of(w: Work, period: Period, draft: Programme) -> Sequence[SelfReview]:
    """The accounts written for a period, by commitment."""
    mine = (SelfReview.period_id == period.id, SelfReview.programme_id == draft.id)
    return w.session.scalars(select(SelfReview).where(*mine).order_by(SelfReview.commitment_ref)).all()


def dossiers_of(w: Work, period: Period, draft: Programme) -> Sequence[FrozenDossier]:
    """The frozen versions, the newest first."""
    mine = (FrozenDossier.period_id == period.id, FrozenDossier.programme_id == draft.id)
    return w.session.scalars(select(FrozenDossier).where(*mine).order_by(FrozenDossier.version.desc())).all()


def newest_dossier(w: Work, period: Period, draft: Programme) -> FrozenDossier:
    """The frozen dossier in force. Raises Refused while there is none."""
    found = dossiers_of(w, period, draft)
    if not found:
        raise Refused(Refusal.PERIOD_NOT_FROZEN)
    return found[0]


def marks_of(w: Work, period: Period, draft: Programme) -> Sequence[ThemeUse]:
    """What the council marked so far, by theme."""
    mine = (ThemeUse.period_id == period.id, ThemeUse.programme_id == draft.id)
    return w.session.scalars(select(ThemeUse).where(*mine).order_by(ThemeUse.theme_ref)).all()


def theme(w: Work, draft: Programme, ref: str) -> ThemeDoc:
    """A published theme of the programme. Raises Refused when there is none."""
    for found in reads.themes_of(w.session, draft.ref):
        if found.ref == ref:
            return found
    raise Refused(Refusal.NO_SUCH_THEME, ref)


def words_matter(w: Work, draft: Programme, writers: Sequence[int]) -> Matter:
    """Words about a programme as the policy sees them: their writers count with those of the draft."""
    known = matter(w, draft)
    return replace(known, writer_ids=known.writer_ids | set(writers))


def calendar_of(w: Work) -> WorkingCalendar:
    """The national calendar with what this installation added."""
    known, settings = vietnam(), w.settings
    return WorkingCalendar(
        known.holidays | set(settings.holidays),
        known.swapped_working_days | set(settings.swapped_working_days),
    )
