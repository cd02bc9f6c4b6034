"""The second factor: codes that change every 30 seconds (RFC 6238), and recovery codes for a lost device."""

import secrets
from collections.abc import Callable

from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import delete, or_, update

from portal.kernel.keys import derived, digest, key
from portal.kernel.work import Work
from portal.office.accounts.events import RecoveryCodesMade, RecoveryCodeUsed
from portal.office.accounts.tables import Officer, RecoveryCode
from portal.settings import Settings

METHOD = "authenticator"
RECOVERY_CODES = 10
_KEY_TAG = "1"  # names the key a secret was encrypted with; a second one would get "2"


def encryption_keys(settings: Settings) -> dict[str, str]:
    """What the secrets of second factors are encrypted with, by tag."""
    root = key(settings.instance / "keys", "desk")
    return {_KEY_TAG: derived(root, "second factor").hex()}


def codes(settings: Settings, now: Callable[[], float]) -> type[TOTP]:
    """The maker and checker of codes; secrets leave it encrypted."""
    made: type[TOTP] = TOTP.using(issuer=settings.site_name, secrets=encryption_keys(settings), now=now)
    return made


def claim(w: Work, officer: Officer, counter: int) -> bool:
    """Take the code of ``counter`` for ``officer``; False when it, or a later one, was used before."""
    taken = w.session.scalar(
        update(Officer)
        .where(Officer.id == officer.id)
        .where(or_(Officer.totp_last_counter.is_(None), Officer.totp_last_counter < counter))
        .values(totp_last_counter=counter)
        .returning(Officer.id)
        .execution_options(synchronize_session=False)
    )
    return taken is not None


def make_recovery_codes(w: Work, officer: Officer) -> list[str]:
    """New recovery codes in the clear, to be shown this once; the old ones no longer work."""
    w.session.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer.id))
    made = [_readable(secrets.token_hex(6)) for _ in range(RECOVERY_CODES)]
    w.session.add_all(RecoveryCode(digest=_digest(w, code), officer_id=officer.id) for code in made)
    w.tell(RecoveryCodesMade(officer_id=officer.id, count=len(made)))
    return made


def use_recovery_code(w: Work, officer: Officer, code: str) -> bool:
    """Use up ``code``; False when ``officer`` has no such code. Two at once: one of them is right."""
    used = w.session.scalar(
        delete(RecoveryCode)
        .where(RecoveryCode.digest == _digest(w, code), RecoveryCode.officer_id == officer.id)
        .returning(RecoveryCode.digest)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        return False
    w.session.expire(officer, ["recovery_codes"])
    w.tell(RecoveryCodeUsed(officer_id=officer.id, left=len(officer.recovery_codes)))
    return True


def forget(w: Work, officer: Officer) -> None:
    """Take the second factor away: the officer enrols a new one at the next sign-in."""
    officer.tf_totp_secret = officer.tf_primary_method = officer.totp_last_counter = None
    w.session.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer.id))


def _readable(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _digest(w: Work, code: str) -> str:
    plain = "".join(c for c in code.lower() if c.isalnum())
    return digest(derived(key(w.settings.instance / "keys", "desk"), "recovery codes"), plain)
