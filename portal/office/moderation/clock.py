"""What the clock does with cases: late ones are escalated, returned ones that never come back lapse."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from portal.kernel.policy import Role
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.moderation import likeness
from portal.office.moderation.assigning import give
from portal.office.moderation.events import CaseBreached, CaseDecided
from portal.office.moderation.receipts import move_on
from portal.office.moderation.rules import INBOXES, CaseState, Decision
from portal.office.moderation.tables import Case
from portal.office.moderation.telling import tell_of_breach
from portal.office.units.tables import Unit

_MOST = 200  # cases a pass
_LOOK_BACK = timedelta(days=60)  # the clock may have stood still for a while
_HIDDEN = (CaseState.REFUSED, CaseState.REDIRECTED, CaseState.MERGED, CaseState.UPHELD)
_ABOVE = (Role.MODERATOR.value, Role.ADMIN.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one look at the clock did."""

    breached: int
    lapsed: int


def keep_clock(w: Work) -> Kept:
    """Escalate what is late, let lapse what never came back, and find somebody for what nobody has."""
    late = _late(w)
    people = _level_above(w) if late else []
    for case in late:
        case.is_breached = True
        w.tell(CaseBreached(case=case.id, told=len(people)))
        if case.claimed_until is None or case.claimed_until <= w.now:
            give(w, case, why="overdue", without={case.assigned_id or 0})
    if late:
        tell_of_breach(w, people, len(late))
    lapsed = [_lapse(w, case) for case in _past(w, CaseState.RETURNED)]
    for case in _nobodys(w):
        give(w, case, why="unassigned")
    _let_words_go(w)
    likeness.sweep(w)
    return Kept(len(late), len(lapsed))


def _late(w: Work) -> list[Case]:
    return [case for state in INBOXES for case in _past(w, state) if not case.is_breached]


def _past(w: Work, state: CaseState) -> list[Case]:
    """Cases in ``state`` whose time is over and that were not escalated yet."""
    return list(
        w.session.scalars(
            select(Case)
            .where(Case.state == state.value, Case.due_at < w.now, Case.is_breached.is_(False))
            .order_by(Case.due_at, Case.id)
            .limit(_MOST)
        )
    )


def _nobodys(w: Work) -> list[Case]:
    """Cases nobody was free for, or whose officer's account was closed; looked up by the queue's index."""
    states = [state.value for state in INBOXES]
    closed = select(Officer.id).where(Officer.active.is_(False)).scalar_subquery()
    return list(
        w.session.scalars(
            select(Case)
            .where(or_(Case.assigned_id.is_(None), Case.assigned_id.in_(closed)), Case.state.in_(states))
            .order_by(Case.due_at, Case.id)
            .limit(_MOST)
        )
    )


def _level_above(w: Work) -> list[str]:
    """The moderators and administrators of the topmost units: the province-level pool."""
    return list(
        w.session.scalars(
            select(Officer.email)
            .join(RoleInUnit, RoleInUnit.officer_id == Officer.id)
            .join(Unit, Unit.id == RoleInUnit.unit_id)
            .where(Unit.parent_id.is_(None), RoleInUnit.role.in_(_ABOVE), Officer.active)
            .order_by(Officer.email)
            .distinct()
        )
    )


def _let_words_go(w: Work) -> None:
    """Words that are not shown are kept while an appeal may still come, and no longer."""
    until = w.now - timedelta(days=w.settings.appeal_open_days + 1)
    rows = w.session.scalars(
        select(Case).where(
            Case.decided_at <= until,
            Case.decided_at >= until - _LOOK_BACK,
            Case.state.in_([state.value for state in _HIDDEN]),
            Case.words != "",
        )
    )
    for case in rows:
        case.words = case.note = Sealed("")
        likeness.forget(w, case.id)


def _lapse(w: Work, case: Case) -> Case:
    """Returned, and nothing came back in time."""
    case.state, case.assigned_id = CaseState.LAPSED.value, None
    case.words = case.note = Sealed("")
    move_on(w, case)
    w.tell(CaseDecided(by=None, case=case.id, decision=Decision.LAPSE.value, state=case.state))
    return case
