"""The vault: one key a feedback period, outside the database, by which a person is one person in it.

Made at first use by the public process. Once it is destroyed nobody can link an account with what it
said, or two contributions with each other across programmes; and it is never made again.
"""

import os
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from portal.inbox.feedback.periods import period_called, period_of
from portal.kernel import keys

CLOSED = ".closed"  # what is left in the place of a destroyed key


class PeriodClosed(Exception):
    """The key of the period is gone: nothing can be written to it any more."""


def vault(instance: Path) -> Path:
    """Where the keys lie."""
    return instance / "keys" / "vault"


def person_key(folder: Path, period: str, *, account: int, programme: str) -> str:
    """How ``account`` is called in ``programme`` for one period; 64 hex digits. Raises PeriodClosed."""
    return keys.digest(_key(folder, period), f"{account}|{programme}")


def living(folder: Path) -> list[str]:
    """The periods whose keys still are."""
    return sorted(path.stem for path in folder.glob("*.key"))


def close_past(folder: Path, *, today: date, settle_days: int) -> list[str]:
    """Destroy the keys of periods that ended more than ``settle_days`` before ``today``; which."""
    past = [p for p in living(folder) if period_called(p).last + timedelta(days=settle_days) < today]
    for period in past:
        _destroy(folder, period)
    return past


def _key(folder: Path, period: str) -> bytes:
    if (folder / f"{period}{CLOSED}").exists():
        raise PeriodClosed(period)
    return keys.key(folder, period)


def _destroy(folder: Path, period: str) -> None:
    """The mark first, so that a crash between the two leaves no period that could begin anew."""
    (folder / f"{period}{CLOSED}").touch(mode=0o600)
    path = folder / f"{period}.key"
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def period_now(today: date) -> str:
    """The period into which what is said ``today`` goes: never a past one."""
    return period_of(today).code
