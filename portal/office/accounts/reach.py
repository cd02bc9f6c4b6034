"""How far an administrator reaches: own units and those below; and that somebody always administers."""

from sqlalchemy import select

from portal.kernel import text
from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, Role, require
from portal.kernel.succession import is_in_force
from portal.kernel.work import Work
from portal.office.accounts.rules import leaves_nobody
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.units.reads import line_above, units_under
from portal.office.units.tables import Unit


def require_in(w: Work, by: Actor | None, act: Act, *, unit_id: int, account_id: int | None) -> None:
    """Raise Refused unless ``by`` may ``act`` on the account in the unit; the operator (None) may."""
    if by is not None:
        line = frozenset(line_above(w.session, unit_id))
        require(by, act, Matter(unit_ids=line, account_id=account_id))


def require_over(w: Work, by: Actor | None, act: Act, officer: Officer) -> None:
    """Raise Refused unless ``by`` may ``act`` wherever ``officer`` holds a role.

    Whoever administers one of two units does not take over the officer of both; an officer without any
    role is nobody's but the operator's.
    """
    if by is not None and not officer.appointments:
        raise Refused(Refusal.NOT_YOUR_ROLE)
    for appointment in officer.appointments:
        require_in(w, by, act, unit_id=appointment.unit_id, account_id=officer.id)


def keep_an_administrator(w: Work, officer: Officer, unit_ids: frozenset[int]) -> None:
    """Raise Refused when without ``officer`` nobody who can sign in would administer one of the units.

    The rows are locked first: two administrators who suspend each other at once come one after the other.
    """
    held = select(RoleInUnit).where(RoleInUnit.role == Role.ADMIN)
    w.session.scalars(held.order_by(RoleInUnit.officer_id, RoleInUnit.unit_id).with_for_update()).all()
    remaining = w.session.scalars(
        select(RoleInUnit.unit_id)
        .join(Officer, Officer.id == RoleInUnit.officer_id)
        .where(RoleInUnit.role == Role.ADMIN, Officer.id != officer.id, Officer.active)
        .where(Officer.password.is_not(None), Officer.tf_totp_secret.is_not(None))
    )
    lines = [frozenset(line_above(w.session, unit_id)) for unit_id in sorted(unit_ids)]
    if leaves_nobody(lines, frozenset(remaining)):
        raise Refused(Refusal.LAST_ADMINISTRATOR)


def units_administered(w: Work, by: Actor) -> list[Unit]:
    """Every unit, ended ones included, that ``by`` administers, by name."""
    found = units_under(w.session, by.roles.get(Role.ADMIN, frozenset()))
    return sorted(found, key=lambda unit: (text.fold(unit.name), unit.code))


def units_to_give(w: Work, by: Actor) -> list[Unit]:
    """The units in force in which ``by`` may give roles, by name."""
    return [unit for unit in units_administered(w, by) if is_in_force(unit, w.today)]
