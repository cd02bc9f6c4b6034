"""Looking up officers, and seeing them as the policy sees them."""

from sqlalchemy import select

from portal.kernel import text
from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer


def officer(w: Work, email: str) -> Officer:
    """The officer with this address. Raises Refused when there is none."""
    found = w.session.scalar(select(Officer).where(Officer.email == email.strip().lower()))
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
