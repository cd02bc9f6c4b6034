"""Looking up officers, seeing them as the policy sees them, and reading their security log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import text
from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.work import Work
from portal.office.accounts.sessions import digest
from portal.office.accounts.tables import Invitation, Officer
from portal.office.audit.tables import AuditLine
from portal.office.units.tables import Unit


def officer_or_none(session: Session, email: str) -> Officer | None:
    """The officer with this address, if any."""
    return session.scalar(select(Officer).where(Officer.email == text.tidy(email).lower()))


def officer_by_uniquifier(session: Session, uniquifier: str) -> Officer | None:
    """The officer a session knows by this name, if any."""
    return session.scalar(select(Officer).where(Officer.fs_uniquifier == uniquifier))


def officer(w: Work, email: str) -> Officer:
    """The officer with this address. Raises Refused when there is none."""
    found = officer_or_none(w.session, email)
    if found is None:
        raise Refused(Refusal.NO_SUCH_OFFICER, email)
    return found


def actor(found: Officer) -> Actor:
    """``found`` as the policy sees an officer: roles by unit, a name to compare."""
    held: dict[Role, frozenset[int]] = {}
    for appointment in found.appointments:
        role = Role(appointment.role)
        held[role] = held.get(role, frozenset()) | {appointment.unit_id}
    return Actor(id=found.id, name_key=text.key(found.name), is_active=found.active, roles=held)


def invited_officer(session: Session, secret: str, *, now: datetime) -> Officer:
    """Whom the link invites. Raises Refused when it is wrong, used, replaced, expired or closed."""
    found = session.get(Invitation, digest(secret))
    if found is None or found.closed_at is not None or found.expires_at <= now or not found.officer.active:
        raise Refused(Refusal.NO_SUCH_INVITATION)
    return found.officer


def known_about(session: Session, found: Officer) -> list[str]:
    """What others know of an officer, so that no password is made of it: name, address, units."""
    units = session.scalars(select(Unit.name).where(Unit.id.in_([a.unit_id for a in found.appointments])))
    return [found.name, found.email, *units]


def security_log(session: Session, officer_id: int, *, limit: int) -> Sequence[AuditLine]:
    """What happened at this account, the latest first."""
    return session.scalars(
        select(AuditLine)
        .where(AuditLine.officer_id == officer_id)
        .order_by(AuditLine.at.desc(), AuditLine.id)
        .limit(limit)
    ).all()
