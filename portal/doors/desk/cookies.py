"""The desk's sessions over HTTP: for an officer a random name in the cookie and the rest on the server.

A visitor who has not given a password yet has a small signed cookie instead (the form's token, a
message): strangers write nothing into the database by looking at the sign-in page.
"""

import json
import secrets
from datetime import datetime, timedelta

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from portal.kernel.db import db
from portal.kernel.work import house, work
from portal.office.accounts import sessions
from portal.office.accounts.tables import DeskSession

DESK_PATH = "/van-phong"
STILL_PATH = DESK_PATH + "/static/"
_STORED = "~"  # begins a cookie that names a stored session
_PERSON = ("_user_id", "tf_user_id")  # signed in; between password and second factor
_FORM_TOKEN = "csrf_token"


class Visit(SecureCookieSession):
    """A session with what the server knows of it."""

    row_id: int | None = None
    person: str | None = None
    seen_at: datetime | None = None
    lapsed: bool = False  # the cookie named a session that is over
    former_id: int | None = None  # that session


class DeskCookies(SecureCookieSessionInterface):
    """Opens and keeps sessions. A session gets a new name whenever it is about somebody else."""

    session_class = Visit

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of this request."""
        if request.path.startswith(STILL_PATH):
            return self.make_null_session(app)
        value = request.cookies.get(self.get_cookie_name(app), "")
        if not value.startswith(_STORED):
            return super().open_session(app, request)
        found = sessions.session_of(db.session(), value.removeprefix(_STORED))
        if found is None or not sessions.is_open(found, now=house().clock.now(), idle=idle_time()):
            return _over(found)
        visit = Visit(json.loads(found.state))
        visit.row_id, visit.person, visit.seen_at = found.id, _person(visit), found.seen_at
        return visit

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what the request changed. Runs after the request's unit of work, in one of its own."""
        response.vary.add("Cookie")
        assert isinstance(session, Visit)
        person = _person(session)
        if person is None:
            _close(session)
            super().save_session(app, session, response)
        elif person != session.person:
            self._begin(app, session, response)
        elif session.modified or _is_due(session):
            with work() as w:
                sessions.keep(w, session.row_id or 0, session if session.modified else None)

    def _begin(self, app: Flask, session: Visit, response: Response) -> None:
        session.pop(_FORM_TOKEN, None)
        secret = secrets.token_urlsafe(32)
        with work() as w:
            if session.row_id is not None:
                sessions.end(w, session.row_id)
            begun = sessions.begin(
                w,
                secret,
                uniquifier=session.get(_PERSON[0]) or session[_PERSON[1]],
                signed_in=_PERSON[0] in session,
                state=session,
            )
        if begun is not None:
            self._send(app, response, _STORED + secret)

    def _send(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=self.get_cookie_httponly(app),
            samesite=self.get_cookie_samesite(app),
        )


def _person(session: SessionMixin) -> str | None:
    """Whom the session is about and how far they came; None for nobody."""
    return next((f"{name}:{session[name]}" for name in _PERSON if session.get(name)), None)


def _close(session: Visit) -> None:
    if session.row_id is not None:
        with work() as w:
            sessions.end(w, session.row_id)
        session.modified = True  # the cookie must not go on naming it


def _over(found: DeskSession | None) -> Visit:
    visit = Visit()
    visit.modified = True
    visit.lapsed = found is not None and found.signed_in
    visit.former_id = found.id if found else None
    return visit


def idle_time() -> timedelta:
    """How long a session lasts that nobody touches."""
    return timedelta(minutes=house().settings.desk_idle_minutes)


def _is_due(session: Visit) -> bool:
    return session.seen_at is not None and house().clock.now() - session.seen_at >= sessions.SEEN_EVERY
