"""The officers an administrator looks after: who holds what, how the account stands, when last seen.

Of an officer's roles in units the administrator does not look after, only that there are some is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from portal.kernel import text
from portal.kernel.clock import day
from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.work import Work
from portal.office.accounts.events import SignedIn
from portal.office.accounts.reach import units_administered
from portal.office.accounts.rules import Standing, standing_of
from portal.office.accounts.tables import Invitation, Officer, RoleInUnit
from portal.office.audit.tables import AuditLine
from portal.office.units.tables import Unit

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The roles an officer holds in one unit."""

    unit_id: int
    unit_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """One officer. ``last_seen_on`` is the day of the last sign-in, None: never."""

    id: int
    name: str
    email: str
    standing: Standing
    has_second_factor: bool
    has_password: bool
    invited_until: datetime | None
    last_seen_on: date | None
    held: tuple[Held, ...]
    has_roles_elsewhere: bool
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One page of officers, and how many there are in all."""

    lines: tuple[OfficerLine, ...]
    total: int
    pages: int


def officers_seen_by(w: Work, by: Actor, *, words: str = "", page: int = 1) -> Roster:
    """The officers with a role in a unit ``by`` administers, by name, fifty a page.

    ``words``: only those whose name or address has them, accents and case aside.
    """
    units = {unit.id: unit for unit in units_administered(w, by)}
    holders = select(RoleInUnit.officer_id).where(RoleInUnit.unit_id.in_(units))
    found = w.session.execute(select(Officer.id, Officer.name, Officer.email).where(Officer.id.in_(holders)))
    wanted = text.fold(words)
    named = sorted(
        (text.fold(row.name or row.email), row.email, row.id)
        for row in found
        if wanted in text.fold(f"{row.name} {row.email}")
    )
    keys = [key for _, _, key in named[(page - 1) * PAGE : page * PAGE]]
    return Roster(lines=_lines(w, by, keys, units), total=len(named), pages=-(-len(named) // PAGE))


def officer_seen_by(w: Work, by: Actor, key: int) -> Officer:
    """The officer ``key``. Raises Refused when there is none, or none whom ``by`` looks after."""
    found = w.session.get(Officer, key)
    units = {unit.id for unit in units_administered(w, by)}
    if found is None or not any(a.unit_id in units for a in found.appointments):
        raise Refused(Refusal.NO_SUCH_OFFICER)
    return found


def line_of(w: Work, by: Actor, officer: Officer) -> OfficerLine:
    """One officer as ``by`` sees them."""
    units = {unit.id: unit for unit in units_administered(w, by)}
    return _lines(w, by, [officer.id], units)[0]


def _lines(w: Work, by: Actor, keys: Sequence[int], units: dict[int, Unit]) -> tuple[OfficerLine, ...]:
    found = {
        one.id: one
        for one in w.session.scalars(
            select(Officer).where(Officer.id.in_(keys)).options(selectinload(Officer.appointments))
        )
    }
    invited, seen = _invited_until(w, keys), _last_seen(w, keys)
    return tuple(_line(by, found[key], units, invited.get(key), seen.get(key)) for key in keys)


def _line(
    by: Actor, officer: Officer, units: dict[int, Unit], invited_until: datetime | None, seen: date | None
) -> OfficerLine:
    return OfficerLine(
        id=officer.id,
        name=officer.name,
        email=officer.email,
        standing=standing_of(
            is_active=officer.active,
            has_password=officer.password is not None,
            has_second_factor=officer.has_second_factor,
            is_invited=invited_until is not None,
        ),
        has_second_factor=officer.has_second_factor,
        has_password=officer.password is not None,
        invited_until=invited_until,
        last_seen_on=seen,
        held=_held(officer, units),
        has_roles_elsewhere=any(a.unit_id not in units for a in officer.appointments),
        is_me=officer.id == by.id,
    )


def _held(officer: Officer, units: dict[int, Unit]) -> tuple[Held, ...]:
    order = list(Role)
    by_unit: dict[int, list[Role]] = {}
    for appointment in officer.appointments:
        by_unit.setdefault(appointment.unit_id, []).append(Role(appointment.role))
    return tuple(
        Held(unit_id=key, unit_name=unit.name, roles=tuple(sorted(by_unit[key], key=order.index)))
        for key, unit in units.items()
        if key in by_unit
    )


def _invited_until(w: Work, keys: Sequence[int]) -> dict[int, datetime]:
    rows = w.session.execute(
        select(Invitation.officer_id, Invitation.expires_at).where(
            Invitation.officer_id.in_(keys), Invitation.closed_at.is_(None), Invitation.expires_at > w.now
        )
    )
    return {row.officer_id: row.expires_at for row in rows}


def _last_seen(w: Work, keys: Sequence[int]) -> dict[int, date]:
    """The day of each officer's last sign-in; not the hour: it is nobody's business."""
    rows = w.session.execute(
        select(AuditLine.officer_id, func.max(AuditLine.at).label("at"))
        .where(AuditLine.officer_id.in_(keys), AuditLine.event == SignedIn.__name__)
        .group_by(AuditLine.officer_id)
    )
    return {row.officer_id: day(row.at) for row in rows}
