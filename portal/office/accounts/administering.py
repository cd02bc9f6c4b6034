"""What an administrator does from the desk: invite, change roles, suspend, reset; each act is audited.

The acts beneath are those of the command line (``acts``); what is added here is what only a screen needs.
"""

from dataclasses import dataclass

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, Role
from portal.kernel.succession import is_in_force
from portal.kernel.work import Work
from portal.office.accounts import acts, events, second_factor, sessions
from portal.office.accounts.acts import Invited, close_invitations, give_role, take_role
from portal.office.accounts.events import ResetReason
from portal.office.accounts.reach import require_in, require_over
from portal.office.accounts.roster import officer_seen_by
from portal.office.accounts.tables import Invitation, Officer, new_uniquifier
from portal.office.units.tables import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerForm:
    """Who is invited, to do what, where."""

    email: str
    name: str
    unit_code: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The officer, and the invitation; None for somebody who has been here before and needs none."""

    officer: Officer
    invited: Invited | None


def enrol(w: Work, form: OfficerForm, *, by: Actor) -> Enrolled:
    """Give the person of ``form`` their roles, making and inviting an account where there is none yet.

    Raises Refused. An account that is used already gets the roles and no link: a link would let whoever
    administers one unit end the password of an officer of another.
    """
    if not form.roles:
        raise Refused(Refusal.NO_ROLE_LEFT)
    for role in sorted(form.roles):
        officer = acts.add_officer(
            w, email=form.email, name=form.name, role=role, unit_code=form.unit_code, by=by
        )
    if not officer.active:
        raise Refused(Refusal.OFFICER_SUSPENDED)
    if officer.password is not None:
        return Enrolled(officer, None)
    return Enrolled(officer, acts.invite(w, officer, by=by))


def invite_again(w: Work, key: int, *, by: Actor) -> Enrolled:
    """A fresh link; whatever was handed out before opens nothing any more. Raises Refused."""
    officer = locked(w, key, by=by)
    if not officer.active:
        raise Refused(Refusal.OFFICER_SUSPENDED)
    return Enrolled(officer, acts.invite(w, officer, by=by))


def withdraw_invitation(w: Work, key: int, *, by: Actor) -> Officer:
    """Let the link that was handed out open nothing any more. Raises Refused when none is open."""
    officer = locked(w, key, by=by)
    require_over(w, by, Act.ADD_OFFICER, officer)
    waiting = (Invitation.officer_id == officer.id) & (Invitation.expires_at > w.now)
    if not close_invitations(w, waiting):
        raise Refused(Refusal.NOT_INVITED)
    w.tell(events.InvitationWithdrawn(officer_id=officer.id, by=by.id))
    return officer


def change_roles(
    w: Work, key: int, *, unit_id: int, roles: frozenset[str], before: frozenset[str], by: Actor
) -> Officer:
    """Let the officer hold exactly ``roles`` in the unit, from the next request on.

    ``before`` is what the form was made from. Raises Refused, also when somebody changed it meanwhile.
    """
    officer = locked(w, key, by=by)
    require_in(w, by, Act.CHANGE_ROLES, unit_id=unit_id, account_id=officer.id)
    held = roles_in(officer, unit_id)
    if held != before:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if unknown := roles - set(Role):
        raise Refused(Refusal.NO_SUCH_ROLE, ", ".join(sorted(unknown)))
    if roles - held and not is_in_force(w.session.get_one(Unit, unit_id), w.today):
        raise Refused(Refusal.NO_SUCH_UNIT)
    for role in sorted(roles - held):
        give_role(w, officer, role=role, unit_id=unit_id, by=by)
    for role in sorted(held - roles):
        take_role(w, officer, role=role, unit_id=unit_id, by=by)
    if not officer.appointments:
        raise Refused(Refusal.NO_ROLE_LEFT)
    return officer


def suspend(w: Work, key: int, *, by: Actor) -> Officer:
    """Close the account until it is restored; its sessions end at once. Raises Refused."""
    officer = locked(w, key, by=by)
    if not officer.active:
        raise Refused(Refusal.OFFICER_SUSPENDED)
    acts.close_account(w, officer, by=by)
    return officer


def restore(w: Work, key: int, *, by: Actor) -> Officer:
    """Let the account open the desk again. Raises Refused."""
    officer = locked(w, key, by=by)
    acts.reopen_account(w, officer, by=by)
    return officer


def reset_second_factor(w: Work, key: int, *, reason: ResetReason, by: Actor) -> Officer:
    """Take a lost second factor away; the officer enrols a new one after the password. Raises Refused.

    Sessions end and begun sign-ins are void: whoever found the device has nothing of it.
    """
    officer = locked(w, key, by=by)
    require_over(w, by, Act.RESET_SECOND_FACTOR, officer)
    if not officer.active:
        raise Refused(Refusal.OFFICER_SUSPENDED)
    if not officer.has_second_factor:
        raise Refused(Refusal.NO_SECOND_FACTOR)
    second_factor.forget(w, officer)
    officer.fs_uniquifier = new_uniquifier()
    sessions.end_all(w, officer)
    w.tell(events.SecondFactorReset(officer_id=officer.id, reason=reason, by=by.id))
    return officer


def roles_in(officer: Officer, unit_id: int) -> frozenset[str]:
    """What ``officer`` may do in the unit itself."""
    return frozenset(a.role for a in officer.appointments if a.unit_id == unit_id)


def locked(w: Work, key: int, *, by: Actor) -> Officer:
    """The officer ``key``, if ``by`` may see the account; acts on it come one after the other."""
    w.session.scalars(
        select(Officer)
        .where(Officer.id == key)
        .with_for_update(of=Officer)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return officer_seen_by(w, by, key)
