"""What the security log tells: one frozen dataclass per kind of happening at an officer's account.

Never an address of a machine, a browser or a place: they identify people, and are stored nowhere.
"""

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What proved that it was the officer, or how a password came to be."""

    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    ENROLMENT = "enrolment"
    OWN_CHANGE = "own_change"
    INVITATION = "invitation"
    COMMAND_LINE = "command_line"


class ResetReason(StrEnum):
    """Why an administrator took a second factor away; a fixed list, because the log holds no free text."""

    LOST = "lost"
    REPLACED = "replaced"
    BROKEN = "broken"
    EXPOSED = "exposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Both factors were right and a session began."""

    officer_id: int
    how: By


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed:
    """A wrong password; ``officer_id`` None: for an address nobody here has."""

    officer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorFailed:
    """The password was right, the code was not. Somebody else may know the password."""

    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesHeldBack:
    """Too many tries: the account does not answer for a while. Told once a window."""

    officer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut:
    """The officer ended the session."""

    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRevoked:
    """A session was ended from elsewhere; ``by`` None: from the command line."""

    officer_id: int
    session_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    """A new password; every other session ended with the old one."""

    officer_id: int
    how: By


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorEnrolled:
    """A new device shows the codes from now on."""

    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesMade:
    """New recovery codes; the old ones no longer work."""

    officer_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed:
    """A recovery code opened the door and is gone."""

    officer_id: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerInvited:
    """A link to set a password was handed out; ``by`` None: from the command line."""

    officer_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn:
    """A link that was handed out opens nothing any more."""

    officer_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorReset:
    """An administrator took the second factor away; the officer enrols a new one at the next sign-in."""

    officer_id: int
    reason: ResetReason
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken:
    """A role in a unit ended; effective at the next request."""

    officer_id: int
    role: str
    unit_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed:
    """The account no longer opens the desk; its sessions ended."""

    officer_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened:
    """The account opens the desk again."""

    officer_id: int
    by: int | None
