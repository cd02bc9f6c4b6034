"""Sessions at the desk: begun, seen, ended. What a cookie holds is a secret; what is stored, its digest."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from portal.kernel.policy import Refusal, Refused
from portal.kernel.work import Work
from portal.office.accounts.events import SessionRevoked
from portal.office.accounts.tables import DeskSession, Officer

BETWEEN_FACTORS = timedelta(minutes=10)  # from the password to the code
FORGOTTEN_AFTER = timedelta(days=1)  # until then a late visitor is told that the session ran out
SEEN_EVERY = timedelta(minutes=1)  # how exactly idle time is known, for one write a minute


def begin(
    w: Work, secret: str, *, uniquifier: str, signed_in: bool, state: Mapping[str, Any]
) -> DeskSession | None:
    """A session for the officer known as ``uniquifier``; None when that name is no longer valid."""
    officer_id = w.session.scalar(select(Officer.id).where(Officer.fs_uniquifier == uniquifier))
    if officer_id is None:
        return None
    w.session.execute(delete(DeskSession).where(DeskSession.expires_at < w.now - FORGOTTEN_AFTER))
    lasts = timedelta(hours=w.settings.desk_session_hours) if signed_in else BETWEEN_FACTORS
    begun = DeskSession(
        id=w.ids.key(),
        digest=digest(secret),
        officer_id=officer_id,
        signed_in=signed_in,
        began_at=w.now,
        seen_at=w.now,
        expires_at=w.now + lasts,
        state=json.dumps(dict(state)),
    )
    w.session.add(begun)
    return begun


def keep(w: Work, session_id: int, state: Mapping[str, Any] | None) -> None:
    """Note that a session was seen now and, if given, its new state. One that has ended stays ended."""
    values: dict[str, Any] = {"seen_at": w.now}
    if state is not None:
        values["state"] = json.dumps(dict(state))
    _change(w, DeskSession.id == session_id, values)


def end(w: Work, session_id: int) -> None:
    """End a session: its cookie opens nothing from now on."""
    _change(w, DeskSession.id == session_id, {"ended_at": w.now, "state": "{}"})


def end_all(w: Work, officer: Officer) -> None:
    """End every session of ``officer``."""
    _change(w, DeskSession.officer_id == officer.id, {"ended_at": w.now, "state": "{}"})


def revoke(w: Work, session_id: int, *, by: Officer) -> None:
    """End one of ``by``'s own sessions, from elsewhere. Raises Refused for anybody else's."""
    found = w.session.get(DeskSession, session_id)
    if found is None or found.officer_id != by.id or found.ended_at is not None:
        raise Refused(Refusal.NO_SUCH_SESSION)
    end(w, session_id)
    w.tell(SessionRevoked(officer_id=by.id, session_id=session_id, by=by.id))


def revoke_others(w: Work, kept_id: int, *, by: Officer) -> int:
    """End all of ``by``'s sessions but one; how many ended."""
    found = w.session.scalars(
        select(DeskSession.id).where(
            DeskSession.officer_id == by.id, DeskSession.id != kept_id, DeskSession.ended_at.is_(None)
        )
    )
    others = found.all()
    for session_id in others:
        revoke(w, session_id, by=by)
    return len(others)


def open_sessions(session: Session, officer: Officer, *, now: datetime, idle: timedelta) -> list[DeskSession]:
    """The sessions of ``officer`` that open the desk now, the last seen first."""
    found = session.scalars(
        select(DeskSession)
        .where(DeskSession.officer_id == officer.id, DeskSession.signed_in, DeskSession.ended_at.is_(None))
        .order_by(DeskSession.seen_at.desc())
    )
    return [one for one in found if is_open(one, now=now, idle=idle)]


def is_open(session: DeskSession, *, now: datetime, idle: timedelta) -> bool:
    """Whether ``session`` still opens the desk."""
    return session.ended_at is None and session.expires_at > now and session.seen_at + idle > now


def session_of(session: Session, secret: str) -> DeskSession | None:
    """What the cookie's value stands for, ended or not."""
    return session.scalar(select(DeskSession).where(DeskSession.digest == digest(secret)))


def digest(secret: str) -> str:
    """How the secret of a cookie or a link is stored: enough to know it again, not to make it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _change(w: Work, which: ColumnElement[bool], values: dict[str, Any]) -> None:
    w.session.execute(
        update(DeskSession)
        .where(which, DeskSession.ended_at.is_(None))
        .values(values)
        .execution_options(synchronize_session=False)
    )
