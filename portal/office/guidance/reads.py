"""Looking up guidance in force, review periods, and the reviews that are missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act, Actor, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.guidance import rules
from portal.office.guidance.rules import Every, Period
from portal.office.guidance.tables import Guidance, Review
from portal.office.movement.reads import ended_on
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.units.reads import line_above
from portal.office.units.tables import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """A period of a programme that ended without a review on record."""

    programme_ref: str
    programme_name: str
    unit_id: int
    unit_name: str
    period: Period
    due_on: date
    is_overdue: bool


def versions_of(w: Work, unit_ids: Sequence[int]) -> Sequence[Guidance]:
    """Every version of these units' guidance, newest first."""
    return w.session.scalars(
        select(Guidance).where(Guidance.unit_id.in_(unit_ids)).order_by(Guidance.valid_from.desc())
    ).all()


def guidance(w: Work, key: int) -> Guidance:
    """The version with this key. Raises Refused when there is none."""
    found = w.session.get(Guidance, key)
    if found is None:
        raise Refused(Refusal.NO_SUCH_GUIDANCE)
    return found


def in_force_for(w: Work, unit_id: int, on: date) -> Guidance | None:
    """The guidance that applies to a unit ``on`` that day: its own, else the nearest above."""
    line = line_above(w.session, unit_id)
    return rules.in_force(versions_of(w, line), line, on)


def review_every(w: Work, unit_id: int, on: date) -> Every:
    """How often programmes of a unit are reviewed: by the nearest guidance that says so, else the setting."""
    line = line_above(w.session, unit_id)
    stated = [one for one in versions_of(w, line) if one.review_every]
    found = rules.in_force(stated, line, on)
    return Every(found.review_every if found else w.settings.review_every)


def duty_titles(w: Work, unit_id: int, on: date) -> tuple[str, ...]:
    """The titles with the duty to have a programme: by the nearest guidance, else the setting (R06)."""
    line = line_above(w.session, unit_id)
    stated = [one for one in versions_of(w, line) if one.duty_titles]
    found = rules.in_force(stated, line, on)
    return tuple(found.duty_titles) if found else w.settings.duty_titles


def bears_duty(w: Work, draft: Programme) -> bool:
    """Whether the post of a programme has the duty to have one, by what is in force today.

    Anybody else may have one too: it is then voluntary, and nothing of it is overdue.
    """
    post = draft.mandate.post.open(reason=Reason.DRAFT)
    return rules.has_duty(post, duty_titles(w, draft.mandate.unit_id, w.today))


def periods_of(w: Work, draft: Programme) -> list[Period]:
    """The review periods of a published programme up to today, by the calendar in force today."""
    if draft.issued_on is None:
        return []
    every = review_every(w, draft.mandate.unit_id, w.today)
    last = min(w.today, draft.mandate.ends_on.open(reason=Reason.DRAFT), ended_on(w, draft.id) or w.today)
    return list(rules.periods(every, draft.issued_on, last))


def reviewed(w: Work, draft: Programme) -> frozenset[str]:
    """The codes of the periods that were reviewed."""
    return frozenset(w.session.scalars(select(Review.period).where(Review.programme_id == draft.id)))


def reviews_due_for(w: Work, by: Actor, *, calendar: WorkingCalendar) -> list[ReviewDue]:
    """The missing reviews of the programmes with the duty ``by`` looks after, the longest overdue first."""
    mine = [p for p in published(w) if refusal_of(by, Act.REVIEW, matter(w, p)) is None]
    return _in_order(due for draft in mine for due in _due_in(w, draft, calendar))


def reviews_due(w: Work, *, calendar: WorkingCalendar) -> list[ReviewDue]:
    """Every missing review of a programme with the duty."""
    return _in_order(due for draft in published(w) for due in _due_in(w, draft, calendar))


def published(w: Work) -> Iterable[Programme]:
    """The programmes that are public and not taken down."""
    wanted = Programme.issued_on.is_not(None) & (Programme.state != "withdrawn")
    return w.session.scalars(select(Programme).where(wanted)).unique()


def _due_in(w: Work, draft: Programme, calendar: WorkingCalendar) -> Iterable[ReviewDue]:
    if not bears_duty(w, draft):
        return
    mandate = draft.mandate
    post, name = (cell.open(reason=Reason.DRAFT) for cell in (mandate.post, mandate.cadre_name))
    for period in rules.missing(periods_of(w, draft), reviewed(w, draft), today=w.today):
        due_on = rules.review_due_on(period, grace=w.settings.review_grace_days, calendar=calendar)
        yield ReviewDue(
            programme_ref=draft.ref,
            programme_name=f"{post} – {name}",
            unit_id=mandate.unit_id,
            unit_name=w.session.get_one(Unit, mandate.unit_id).name,
            period=period,
            due_on=due_on,
            is_overdue=due_on < w.today,
        )


def _in_order(found: Iterable[ReviewDue]) -> list[ReviewDue]:
    return sorted(found, key=lambda one: (one.due_on, one.programme_ref))
