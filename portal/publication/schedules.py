"""Publications that wait for their hour: approved now by a second person, carried out later or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer
from portal.office.audit.events import PublicationScheduled, ScheduleSettled
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.publication import gate, rules
from portal.publication.acts import Outcome, publish
from portal.publication.compose import Incomplete
from portal.publication.going import going_of
from portal.publication.lines import Going, digest_of, public_revisions
from portal.publication.tables import Schedule
from portal.record.append import take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Revision


@dataclass(frozen=True, slots=True)
class Wish:
    """When to publish, and what people will read with it."""

    publish_at: datetime
    reason: str = ""
    document: str = ""


def schedule(w: Work, programme: Programme, wish: Wish, *, by: Actor, previewed: str) -> Schedule:
    """Approve now what goes out at ``wish.publish_at``; whatever stands against it now is said now.

    ``previewed`` is the digest of what ``by`` looked at. Raises Refused.
    """
    require(by, Act.PUBLISH, matter(w, programme))
    refuse_stamps(wish)
    if refusal := rules.refusal_to_schedule(wish.publish_at, now=w.now):
        raise Refused(refusal)
    if waiting(w, programme):
        raise Refused(Refusal.ALREADY_SCHEDULED)
    _check_now(w, programme, wish, previewed)
    made = Schedule(
        id=w.ids.key(),
        programme_id=programme.id,
        publish_at=wish.publish_at,
        digest=previewed,
        reason=Sealed(wish.reason.strip()),
        document=Sealed(wish.document.strip()),
        approved_by_id=by.id,
        approved_at=w.now,
        state="waiting",
    )
    w.session.add(made)
    w.session.flush()
    w.tell(PublicationScheduled(by=by.id, programme=programme.ref, publish_at=wish.publish_at.isoformat()))
    return made


def _check_now(w: Work, programme: Programme, wish: Wish, previewed: str) -> None:
    known = public_revisions(w, programme)
    if not known:
        gate.check_ready(w, programme)
    going = _going(w, programme, known)
    if previewed != digest_of(programme, going):
        raise Refused(Refusal.CHANGED_SINCE_PREVIEW)
    gate.check(w, programme, going, known, reason=wish.reason, document=wish.document)


def _going(w: Work, programme: Programme, known: Sequence[Revision]) -> Going:
    try:
        return going_of(w, programme, known)
    except Incomplete as missing:
        raise Refused(Refusal.NOT_CLEAR, str(missing)) from missing


def cancel(w: Work, programme: Programme, *, by: Actor) -> Schedule:
    """Call the waiting publication off. Raises Refused when none waits any more."""
    require(by, Act.CANCEL_SCHEDULE, matter(w, programme))
    found = waiting(w, programme)
    if found is None:
        raise Refused(Refusal.NOT_SCHEDULED)
    _settle(w, found, programme, "cancelled", by=by.id)
    return found


def waiting(w: Work, programme: Programme) -> Schedule | None:
    """The publication of ``programme`` that waits for its hour, if any."""
    return w.session.scalar(
        select(Schedule).where(Schedule.programme_id == programme.id, Schedule.state == "waiting")
    )


def latest(w: Work, programme: Programme) -> Schedule | None:
    """The schedule last made for ``programme``, whatever became of it."""
    return w.session.scalar(
        select(Schedule)
        .where(Schedule.programme_id == programme.id)
        .order_by(Schedule.approved_at.desc(), Schedule.id)
        .limit(1)
    )


def due(w: Work) -> Sequence[int]:
    """The keys of the schedules whose hour has come, the longest waiting first."""
    return w.session.scalars(
        select(Schedule.id)
        .where(Schedule.state == "waiting", Schedule.publish_at <= w.now)
        .order_by(Schedule.publish_at, Schedule.id)
    ).all()


def carry_out(w: Work, key: int, *, signer: Signer) -> Outcome:
    """Publish what waits under ``key``, as its approver, if nothing has changed since.

    Raises Refused with the rule that stands against it; then ``refuse`` it in a work of its own.
    """
    take_turn(w.session)
    found, programme = _found(w, key)
    by = actor(w.session.get_one(Officer, found.approved_by_id))
    hour = rules.Hour(
        state=found.state,
        publish_at=found.publish_at,
        approved=found.digest,
        present=digest_of(programme, _going(w, programme, public_revisions(w, programme))),
    )
    if refusal := rules.refusal_to_carry_out(hour, now=w.now):
        raise Refused(refusal)
    outcome = publish(
        w,
        programme,
        by=by,
        signer=signer,
        reason=found.reason.open(reason=Reason.COMPOSE),
        document=found.document.open(reason=Reason.COMPOSE),
        previewed=found.digest,
    )
    _settle(w, found, programme, "done", by=None)
    return outcome


def refuse(w: Work, key: int, refusal: Refusal) -> Schedule:
    """Note why what waited under ``key`` did not go out; it will not be tried again."""
    found, programme = _found(w, key)
    if found.state == "waiting":
        _settle(w, found, programme, "refused", by=None, refusal=refusal)
    return found


def _found(w: Work, key: int) -> tuple[Schedule, Programme]:
    found = w.session.get_one(Schedule, key, populate_existing=True, with_for_update=True)
    return found, w.session.get_one(Programme, found.programme_id)


def _settle(
    w: Work, found: Schedule, programme: Programme, state: str, *, by: int | None, refusal: str = ""
) -> None:
    found.state, found.refusal = state, refusal
    found.settled_by_id, found.settled_at = by, w.now
    w.tell(ScheduleSettled(by=by, programme=programme.ref, outcome=state, refusal=refusal))
    w.session.flush()
