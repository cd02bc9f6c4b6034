"""Looking cases up: the queue by deadline, the next one, twins, and an officer's own figures.

Every list is read off an index and cut there: the next case takes the same time however many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import load_only

from portal.inbox.recognition.near import burst
from portal.kernel.policy import Actor
from portal.kernel.work import Work
from portal.office.moderation.rules import INBOXES, CaseState
from portal.office.moderation.tables import Case, Review

PAGE = 25
TO_CONFIRM = (CaseState.REFUSAL_PROPOSED, CaseState.REDIRECT_PROPOSED)
# The lists of the desk, in the order in which the next case is taken from them.
LISTS: dict[str, tuple[CaseState, ...]] = {
    "first": (CaseState.WAITING,),
    "second": TO_CONFIRM,
    "appeal": (CaseState.APPEALED,),
}
_BURST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ended: the deadline and key of its last case."""

    due_at: datetime
    key: int


def queue(
    w: Work, officer_id: int, states: Sequence[CaseState], *, after: Place | None = None, size: int = PAGE
) -> list[Case]:
    """The cases of one officer in ``states``, by deadline, ``size`` from ``after`` on."""
    found = [
        case
        for state in states
        for case in w.session.scalars(_listed(Case.assigned_id == officer_id, state, after).limit(size))
    ]
    return sorted(found, key=lambda case: (case.due_at, case.id))[:size]


def next_case(w: Work, officer_id: int, *, but: int | None = None) -> Case | None:
    """The case of the officer with the nearest deadline, whichever list it is on."""
    firsts = queue(w, officer_id, INBOXES, size=2)
    return next((case for case in firsts if case.id != but), None)


def waiting(w: Work, *, after: Place | None = None, size: int = PAGE) -> list[Case]:
    """Everybody's cases that wait, by deadline: for the command line."""
    found = [case for state in INBOXES for case in w.session.scalars(_listed(None, state, after).limit(size))]
    return sorted(found, key=lambda case: (case.due_at, case.id))[:size]


def _listed(owner: object, state: CaseState, after: Place | None) -> Select[Case]:
    asked = select(Case).where(Case.state == state.value).order_by(Case.due_at, Case.id)
    if owner is not None:
        asked = asked.where(owner)  # type: ignore[arg-type]  # a clause
    if after is not None:
        later = or_(Case.due_at > after.due_at, and_(Case.due_at == after.due_at, Case.id > after.key))
        asked = asked.where(Case.due_at >= after.due_at, later)
    return asked


def twins(w: Work, case: Case, *, most: int = 10) -> list[Case]:
    """Cases on the same commitment with nearly the same words, those that are shown first."""
    return list(
        w.session.scalars(
            select(Case)
            .where(Case.cluster == case.cluster, Case.id != case.id, Case.state != CaseState.SEALED.value)
            .order_by(Case.state != CaseState.SHOWN.value, Case.received_at, Case.id)
            .options(load_only(Case.id, Case.ref, Case.state, Case.received_on))
            .limit(most)
        )
    )


def is_in_a_burst(w: Work, case: Case) -> bool:
    """Whether unusually many came in on this commitment on the day of ``case``: a label, nothing more."""
    rows = w.session.execute(
        select(Case.received_on, func.count())
        .where(Case.commitment == case.commitment, Case.received_on <= case.received_on)
        .group_by(Case.received_on)
        .order_by(Case.received_on.desc())
        .limit(_BURST_DAYS + 1)
    ).all()
    counts = {day: count for day, count in rows if (case.received_on - day).days <= _BURST_DAYS}
    today = counts.pop(case.received_on, 0)
    earlier = [*counts.values(), *[0] * (_BURST_DAYS - len(counts))]
    return burst(earlier, today).is_unusual


@dataclass(frozen=True, slots=True)
class Own:
    """An officer's own figures: for the officer alone, compared with nobody's."""

    waiting: int
    decided: int
    in_time: int
    reviewed: int
    agreed: int


def own_figures(w: Work, by: Actor, *, since: datetime) -> Own:
    """What ``by`` decided since then, and how often a second look agreed."""
    decided = w.session.execute(
        select(func.count(), func.count().filter(Case.in_time.is_(True))).where(
            Case.decided_at >= since,
            or_(Case.first_id == by.id, Case.second_id == by.id, Case.third_id == by.id),
        )
    ).one()
    looked = w.session.execute(
        select(func.count(), func.count().filter(Review.verdict == Review.first_verdict))
        .join(Case, Case.id == Review.case_id)
        .where(Review.reviewed_at >= since, Case.first_id == by.id)
    ).one()
    states = [state.value for state in INBOXES]
    waits = w.session.scalar(select(func.count()).where(Case.assigned_id == by.id, Case.state.in_(states)))
    return Own(waits or 0, decided[0], decided[1], looked[0], looked[1])
