"""What is done with officers' accounts: add, give and take roles, invite, accept, close, reopen.

``by`` is the officer who acts; None is the operator at the command line, on the installation's machine.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from portal.kernel import text
from portal.kernel.policy import Act, Actor, Refusal, Refused, Role
from portal.kernel.work import Work
from portal.office.accounts import events, second_factor, sessions
from portal.office.accounts.passwords import hashed
from portal.office.accounts.reach import keep_an_administrator, require_in, require_over
from portal.office.accounts.reads import invited_officer, officer_or_none
from portal.office.accounts.tables import Invitation, Officer, RoleInUnit, new_uniquifier
from portal.office.audit.events import OfficerAdded
from portal.office.units.reads import unit_of_code

INVITATION_PATH = "/van-phong/loi-moi/"
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as handed out: whoever has the address sets the password, until it expires."""

    address: str
    expires_at: datetime


def add_officer(
    w: Work,
    *,
    email: str,
    name: str,
    role: str,
    unit_code: str,
    password: str | None = None,
    by: Actor | None = None,
) -> Officer:
    """Give ``email`` a ``role`` in the unit, making the account where there is none.

    ``password`` is set only by the operator and only where there is none; everybody else is invited
    (``invite``). Raises Refused for an unknown unit or role, or when ``by`` does not administer the unit.
    """
    if password and by is not None:
        raise ValueError("an officer does not set another's password: invite them")
    if role not in set(Role):
        raise Refused(Refusal.NO_SUCH_ROLE, role)
    unit = unit_of_code(w.session, unit_code, w.today)
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT, unit_code)
    known = officer_or_none(w.session, email)
    require_in(w, by, Act.ADD_OFFICER, unit_id=unit.id, account_id=known.id if known else None)
    officer = known or _new(w, email)
    officer.name = officer.name or text.tidy(name)
    if password and officer.password is None:
        officer.password = hashed(password)
        w.tell(events.PasswordChanged(officer_id=officer.id, how=events.By.COMMAND_LINE))
    give_role(w, officer, role=role, unit_id=unit.id, by=by)
    w.session.flush()
    return officer


def give_role(w: Work, officer: Officer, *, role: str, unit_id: int, by: Actor | None) -> None:
    """Let ``officer`` hold a role in a unit from the next request on. Whoever calls has asked whether."""
    if not any(a.role == role and a.unit_id == unit_id for a in officer.appointments):
        officer.appointments.append(RoleInUnit(officer_id=officer.id, role=role, unit_id=unit_id))
        w.tell(OfficerAdded(officer_id=officer.id, role=role, unit_id=unit_id, by=by.id if by else None))


def take_role(w: Work, officer: Officer, *, role: str, unit_id: int, by: Actor | None = None) -> None:
    """End a role in a unit; the officer's next request is already without it. Raises Refused."""
    require_in(w, by, Act.CHANGE_ROLES, unit_id=unit_id, account_id=officer.id)
    if role == Role.ADMIN and by is not None:
        keep_an_administrator(w, officer, frozenset({unit_id}))
    held = [a for a in officer.appointments if a.role == role and a.unit_id == unit_id]
    for appointment in held:
        officer.appointments.remove(appointment)
        w.session.delete(appointment)
        w.tell(events.RoleTaken(officer_id=officer.id, role=role, unit_id=unit_id, by=by.id if by else None))


def invite(w: Work, officer: Officer, *, by: Actor | None = None) -> Invited:
    """A link by which ``officer`` sets a new password and enrols a second factor; older links close.

    This is also the way back for a lost password or a lost device.
    """
    require_over(w, by, Act.ADD_OFFICER, officer)
    close_invitations(w, Invitation.officer_id == officer.id)
    secret = secrets.token_urlsafe(32)
    expires_at = w.now + timedelta(days=w.settings.invitation_days)
    w.session.add(
        Invitation(
            digest=sessions.digest(secret), officer_id=officer.id, made_at=w.now, expires_at=expires_at
        )
    )
    w.tell(events.OfficerInvited(officer_id=officer.id, by=by.id if by else None))
    return Invited(w.settings.base_url.rstrip("/") + INVITATION_PATH + secret, expires_at)


def accept(w: Work, secret: str, *, hashed_password: str) -> Officer:
    """Set the password of the invited officer; sessions and the second factor of before end.

    The hash is made beforehand, because it takes long and this holds the database. Raises Refused
    as ``invited_officer`` does; of two at once one is refused.
    """
    officer = invited_officer(w.session, secret, now=w.now)
    if not close_invitations(w, Invitation.digest == sessions.digest(secret)):
        raise Refused(Refusal.NO_SUCH_INVITATION)
    officer.password = hashed_password
    officer.fs_uniquifier = new_uniquifier()
    second_factor.forget(w, officer)
    sessions.end_all(w, officer)
    w.tell(events.PasswordChanged(officer_id=officer.id, how=events.By.INVITATION))
    return officer


def close_account(w: Work, officer: Officer, *, by: Actor | None = None) -> None:
    """Let the account open nothing from the next request on; what it did stays on record. Raises Refused."""
    require_over(w, by, Act.SUSPEND_OFFICER, officer)
    administered = frozenset(a.unit_id for a in officer.appointments if a.role == Role.ADMIN)
    if administered and by is not None:
        keep_an_administrator(w, officer, administered)
    officer.active = False
    sessions.end_all(w, officer)
    close_invitations(w, Invitation.officer_id == officer.id)
    w.tell(events.AccountClosed(officer_id=officer.id, by=by.id if by else None))


def reopen_account(w: Work, officer: Officer, *, by: Actor | None = None) -> None:
    """Let the account open the desk again."""
    require_over(w, by, Act.SUSPEND_OFFICER, officer)
    officer.active = True
    w.tell(events.AccountReopened(officer_id=officer.id, by=by.id if by else None))


def close_invitations(w: Work, which: ColumnElement[bool]) -> int:
    """Close the invitations that are open; how many were."""
    closed = w.session.scalars(
        update(Invitation)
        .where(which, Invitation.closed_at.is_(None))
        .values(closed_at=w.now)
        .returning(Invitation.digest)
        .execution_options(synchronize_session=False)
    )
    return len(closed.all())


def _new(w: Work, email: str) -> Officer:
    """A fresh account; or the one that somebody else made for this address at the same moment."""
    address = text.tidy(email).lower()
    if not _ADDRESS.fullmatch(address):
        raise Refused(Refusal.NOT_AN_ADDRESS, email)
    made = Officer(id=w.ids.key(), email=address, added_at=w.now, fs_uniquifier=new_uniquifier())
    try:
        with w.session.begin_nested():
            w.session.add(made)
    except IntegrityError:
        return w.session.scalars(select(Officer).where(Officer.email == address)).one()
    return made
