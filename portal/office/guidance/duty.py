"""The duty to have a programme (facts R06), for the organisation officer: who is late, who volunteers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act, Actor, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.guidance import rules
from portal.office.guidance.reads import bears_duty, periods_of, reviewed
from portal.office.guidance.rules import Period
from portal.office.posting.rules import due_within
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.units.tables import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """A programme with the duty whose decision is on record and which nobody can read yet."""

    programme_name: str
    unit_name: str
    state: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voluntary:
    """A programme of a post without the duty; ``periods``: those without a review, none of them overdue."""

    programme_ref: str
    programme_name: str
    unit_name: str
    state: str
    periods: tuple[Period, ...]


def unpublished_for(w: Work, by: Actor, *, calendar: WorkingCalendar) -> list[Unpublished]:
    """The programmes with the duty that ``by`` looks after and that are not public, the latest day first."""
    found = [
        _unpublished(w, p, calendar) for p in _decided(w, by) if p.issued_on is None and bears_duty(w, p)
    ]
    return sorted(found, key=lambda one: (one.due_on, one.programme_name))


def voluntary_for(w: Work, by: Actor) -> list[Voluntary]:
    """The programmes without the duty that ``by`` looks after, by name."""
    found = [_voluntary(w, p) for p in _decided(w, by) if not bears_duty(w, p)]
    return sorted(found, key=lambda one: (one.unit_name, one.programme_name, one.programme_ref))


def _decided(w: Work, by: Actor) -> Iterable[Programme]:
    """The programmes of those who hold their post: before that, not even that there is one is told."""
    rows = w.session.scalars(select(Programme).where(Programme.state != "withdrawn")).unique()
    for draft in rows:
        decided_on = draft.mandate.decided_on.open(reason=Reason.DRAFT)
        holds_post = decided_on is not None and decided_on <= w.today
        if holds_post and refusal_of(by, Act.REVIEW, matter(w, draft)) is None:
            yield draft


def _unpublished(w: Work, draft: Programme, calendar: WorkingCalendar) -> Unpublished:
    decided_on = draft.mandate.decided_on.open(reason=Reason.DRAFT)
    assert decided_on is not None  # see _decided
    due_on = due_within(decided_on, w.settings.publish_within_days, calendar=calendar)
    return Unpublished(
        programme_name=_name(draft),
        unit_name=_unit(w, draft),
        state=draft.state,
        due_on=due_on,
        is_overdue=due_on < w.today,
    )


def _voluntary(w: Work, draft: Programme) -> Voluntary:
    missing = rules.missing(periods_of(w, draft), reviewed(w, draft), today=w.today)
    return Voluntary(
        programme_ref=draft.ref,
        programme_name=_name(draft),
        unit_name=_unit(w, draft),
        state=draft.state,
        periods=tuple(missing),
    )


def _name(draft: Programme) -> str:
    post, name = (cell.open(reason=Reason.DRAFT) for cell in (draft.mandate.post, draft.mandate.cadre_name))
    return f"{post} – {name}"


def _unit(w: Work, draft: Programme) -> str:
    return w.session.get_one(Unit, draft.mandate.unit_id).name
