"""Looking up movements, what waits to be taken over, and mandates that end soon."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.kernel.policy import POLICY, Act, Actor, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.movement import rules
from portal.office.movement.rules import Decided
from portal.office.movement.tables import Movement, MovementItem
from portal.office.programme.reads import matter
from portal.office.programme.tables import Mandate, Programme
from portal.office.units.reads import units_under
from portal.record.terms import Fate


def movement(w: Work, key: int) -> tuple[Movement, Programme]:
    """The movement with this key, and the programme it ends. Raises Refused when there is none."""
    found = w.session.get(Movement, key)
    if found is None:
        raise Refused(Refusal.NO_SUCH_MOVEMENT)
    return found, w.session.get_one(Programme, found.programme_id)


def movement_of(w: Work, programme_id: int) -> Movement | None:
    """The movement that ends, or ended, a programme."""
    return w.session.scalar(select(Movement).where(Movement.programme_id == programme_id))


def ended_on(w: Work, programme_id: int) -> date | None:
    """The day a programme ended by movement; None while it goes on."""
    found = movement_of(w, programme_id)
    return found.effective_on if found and found.state == "ended" else None


def received(w: Work, programme_id: int) -> Sequence[MovementItem]:
    """The items a programme took over."""
    return w.session.scalars(
        select(MovementItem)
        .where(MovementItem.successor_programme_id == programme_id, MovementItem.accepted_at.is_not(None))
        .order_by(MovementItem.id)
    ).all()


def decided(item: MovementItem) -> Decided:
    """An item as the rules see it."""
    return Decided(
        ref=item.commitment_ref,
        fate=Fate(item.fate) if item.fate else None,
        has_reason=bool(item.reason.open(reason=Reason.DRAFT).strip()),
        has_successor=item.successor_programme_id is not None,
        has_target=bool(item.successor_ref),
        is_restated=item.restated_baseline.open(reason=Reason.DRAFT) is not None,
        has_note=bool(item.restated_note.open(reason=Reason.DRAFT).strip()),
        is_accepted=item.accepted_at is not None,
    )


def successors(w: Work, draft: Programme, by: Actor) -> list[Programme]:
    """The programmes that can go on with commitments of ``draft``, those of its unit first.

    Drafts of the units in which ``by`` decides; of other units only what is public already.
    """
    wanted = (
        select(Programme)
        .join(Mandate, Mandate.id == Programme.mandate_id)
        .where(Programme.id != draft.id, Programme.state != "withdrawn")
        .where(Programme.id.not_in(select(Movement.programme_id)))
        .where(Mandate.unit_id.in_(_reach(w, by)) | Programme.issued_on.is_not(None))
    )
    here = draft.mandate.unit_id
    return sorted(
        w.session.scalars(wanted).unique(),
        key=lambda one: (one.mandate.unit_id != here, one.mandate.unit_id, one.declared_at, one.id),
    )


def is_in_reach(w: Work, found: Programme, by: Actor) -> bool:
    """Whether ``by`` decides in the unit of a programme, drafts included."""
    return found.mandate.unit_id in _reach(w, by)


def _reach(w: Work, by: Actor) -> frozenset[int]:
    held = frozenset().union(*(by.roles.get(role, frozenset()) for role in POLICY[Act.MOVE].roles))
    return frozenset(unit.id for unit in units_under(w.session, held))


def movements_for(w: Work, by: Actor, act: Act) -> list[tuple[Movement, Programme]]:
    """The movements of programmes on which ``by`` may ``act``, the earliest first."""
    rows = w.session.execute(
        select(Movement, Programme)
        .join(Programme, Programme.id == Movement.programme_id)
        .order_by(Movement.effective_on, Movement.id)
    ).unique()
    return [(m, p) for m, p in rows if refusal_of(by, act, matter(w, p)) is None]


def waiting_for(w: Work, by: Actor) -> list[tuple[MovementItem, Programme]]:
    """The items that wait for ``by`` to take over, with the successor's programme."""
    rows = w.session.execute(
        select(MovementItem, Programme)
        .join(Programme, Programme.id == MovementItem.successor_programme_id)
        .where(MovementItem.accepted_at.is_(None), MovementItem.fate.in_(rules.PASSED_ON))
        .order_by(MovementItem.id)
    ).unique()
    return [(item, p) for item, p in rows if refusal_of(by, Act.TAKE_OVER, matter(w, p)) is None]


def movable(w: Work, by: Actor) -> list[Programme]:
    """The published programmes that ``by`` may pass on and nobody has begun to."""
    wanted = (
        select(Programme)
        .where(Programme.state == "published", Programme.id.not_in(select(Movement.programme_id)))
        .order_by(Programme.id)
    )
    return [p for p in w.session.scalars(wanted).unique() if refusal_of(by, Act.MOVE, matter(w, p)) is None]


def ending_soon(w: Work, by: Actor) -> list[tuple[Programme, date]]:
    """The published programmes whose mandate ends within the notice, the soonest first."""
    found = [(p, p.mandate.ends_on.open(reason=Reason.DRAFT)) for p in movable(w, by)]
    notice = w.settings.notice_days
    soon = [(p, day) for p, day in found if rules.ends_soon(day, notice_days=notice, today=w.today)]
    return sorted(soon, key=lambda pair: pair[1])
