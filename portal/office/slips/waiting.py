"""First typings that wait for somebody else: put aside, found again, compared by another, swept away."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from portal.kernel.boxes import BoxFault, lock, unlock
from portal.kernel.keys import key
from portal.kernel.policy import POLICY, Act, Actor, Refusal, Refused, refusal_of, require
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.slips.events import SlipDropped, SlipPutAside
from portal.office.slips.rules import Typing, typing_of
from portal.office.slips.tables import TypedSlip

PURPOSE = "a slip's first typing, waiting"


def how_to_type(w: Work, ref: str, *, by: Actor) -> Typing:
    """Who has to type slips about ``ref`` the second time. Raises Refused.

    Another officer, where another one holds the role in a unit in which ``by`` does the same work: who
    sits at that counter, not who could be asked to come.
    """
    draft = programme(w, ref)
    about = matter(w, draft)
    require(by, Act.ENTER_SLIP, about)
    roles = POLICY[Act.ENTER_SLIP].roles
    mine = {unit for role in roles for unit in by.roles.get(role, frozenset())} & about.unit_ids
    others = w.session.scalars(
        select(RoleInUnit.officer_id)
        .join(Officer, Officer.id == RoleInUnit.officer_id)
        .where(RoleInUnit.role.in_(roles), RoleInUnit.unit_id.in_(mine), Officer.active, Officer.id != by.id)
    )
    return typing_of(len(set(others)), wants_two=w.settings.slip_second_officer)


def put_aside(w: Work, ref: str, typed: Mapping[str, str], *, by: Actor) -> TypedSlip:
    """Keep a first typing until somebody else types the slip again. Raises Refused."""
    draft = programme(w, ref)
    require(by, Act.ENTER_SLIP, matter(w, draft))
    row = TypedSlip(
        id=w.ids.key(),
        number=w.ids.ref()[:5].upper(),
        programme_id=draft.id,
        commitment_ref=typed["commitment"],
        locked=lock(_secret(w), PURPOSE, json.dumps(dict(typed)).encode()),
        typed_by_id=by.id,
        typed_at=w.now,
    )
    w.session.add(row)
    w.session.flush()
    w.tell(SlipPutAside(by=by.id, commitment=row.commitment_ref))
    return row


def waiting_for(w: Work, by: Actor) -> Sequence[TypedSlip]:
    """The slips that wait, of programmes whose slips ``by`` may enter; the longest waiting first."""
    rows = w.session.execute(
        select(TypedSlip, Programme)
        .join(Programme, Programme.id == TypedSlip.programme_id)
        .order_by(TypedSlip.typed_at, TypedSlip.id)
    ).unique()
    return [slip for slip, draft in rows if refusal_of(by, Act.ENTER_SLIP, matter(w, draft)) is None]


def waiting_slip(w: Work, number: int, *, by: Actor) -> TypedSlip:
    """The slip with this key. Raises Refused for none, and for one that is not ``by``'s to enter."""
    found = w.session.get(TypedSlip, number)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    require(by, Act.ENTER_SLIP, matter(w, w.session.get_one(Programme, found.programme_id)))
    return found


def first_typing(w: Work, number: int, *, by: Actor) -> tuple[TypedSlip, dict[str, str]]:
    """A waiting slip and what was typed first, to be compared with. Raises Refused for whoever typed it."""
    found = waiting_slip(w, number, by=by)
    if found.typed_by_id == by.id:
        raise Refused(Refusal.SAME_PERSON)
    try:
        typed: dict[str, str] = json.loads(unlock(_secret(w), PURPOSE, found.locked))
    except BoxFault as fault:  # another key lies there since: the paper is typed anew
        raise Refused(Refusal.NO_SUCH_ITEM) from fault
    return found, typed


def take_out(w: Work, number: int) -> None:
    """Let the slip wait no longer, because it is taken in now. Raises Refused where somebody was faster."""
    gone = delete(TypedSlip).where(TypedSlip.id == number).returning(TypedSlip.id)
    if w.session.scalar(gone) is None:
        raise Refused(Refusal.NO_SUCH_ITEM)


def drop(w: Work, number: int, *, by: Actor) -> None:
    """Let go of a first typing; the paper can be typed anew. Raises Refused."""
    found = waiting_slip(w, number, by=by)
    w.session.delete(found)
    w.tell(SlipDropped(by=by.id, commitment=found.commitment_ref))


def sweep_slips(w: Work) -> None:
    """Forget first typings that nobody followed up."""
    before = w.now - timedelta(days=w.settings.slip_days)
    w.session.execute(delete(TypedSlip).where(TypedSlip.typed_at < before))


def _secret(w: Work) -> bytes:
    return key(w.settings.instance / "keys", "slips")
