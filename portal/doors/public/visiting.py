"""Who takes part at the public door: the visit behind the cookie, limits, pages that nobody keeps.

Reading needs none of this and sets no cookie; what is here is for signing in and what comes after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Request, Response, abort, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]
from limits import RateLimitItem
from limits import parse as limit
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.doors.headers import policy
from portal.doors.looks import Looks
from portal.doors.public.pages import show
from portal.inbox.signin.acts import Visitor, visitor_of
from portal.kernel.keys import derived, key
from portal.kernel.limits import Limits, place_of
from portal.kernel.work import House, house, work

TOKEN = "visit"  # in the cookie: what names the visit
LIMITS, LOOKS = "visiting_limits", "visiting_looks"


@dataclass(frozen=True, slots=True)
class Ration:
    """How often something may be tried, by what it is counted."""

    name: str
    item: RateLimitItem


# By address and account the limits are narrow. By place they are wide: a whole ward may share one address
# of its telephone company, and what is guarded (six digits tried five times, 55 bits) needs no narrow one.
# Who asks is told of their own tries at an address only: those of others would say who takes part.
MAIL_TO_ADDRESS = Ration("mail", limit("5 per 1 hour"))
MAIL_FROM_PLACE = Ration("mail-from", limit("200 per 1 hour"))
CODE_FROM_PLACE = Ration("code-from", limit("400 per 1 hour"))
LETTER_OF_ACCOUNT = Ration("letter", limit("10 per 1 hour"))
LOOK_UP_FROM_PLACE = Ration("receipt-from", limit("120 per 10 minute"))
FOLLOW_TO_ADDRESS = Ration("follow", limit("5 per 1 hour"))
FOLLOW_FROM_PLACE = Ration("follow-from", limit("60 per 1 hour"))
LETTERS_TO_ADDRESS = Ration("letters-to", limit("10 per 1 hour"))  # from wherever; counted and not told
SPEAK_FROM_PLACE = Ration("speak-from", limit("300 per 1 hour"))


class Visits(SecureCookieSessionInterface):
    """The signed cookie of a visit; whoever reads brings none, and nothing is unsigned or sent for them."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie says; nothing when there is none."""
        if "HTTP_COOKIE" not in request.environ or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send what changed; a visit nobody looked at changed nothing."""
        if session.accessed or session.modified:
            super().save_session(app, session, response)


def let_people_take_part(
    app: Flask, house: House, looks: Looks, *, tokenless: Iterable[Blueprint] = ()
) -> None:
    """Cookies, form tokens and limits for ``app``; an address counts only as the proxy we trust says.

    ``tokenless``: pages whose forms act for whoever knows their address, and for no visit.
    """
    settings = house.settings
    over_tls = settings.base_url.startswith("https://")
    root = urlsplit(settings.base_url).path.rstrip("/")
    app.config.update(
        SECRET_KEY=derived(key(settings.instance / "keys", "cookies"), "public door").hex(),
        SESSION_COOKIE_NAME="__Host-gop-y" if over_tls and not root else "gop-y",
        SESSION_COOKIE_PATH=root or "/",
        SESSION_COOKIE_SECURE=over_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # reading sets no cookie, not even again
        PERMANENT_SESSION_LIFETIME=settings.visit_days * 86400,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as its visit: nobody loses a long text
        WTF_CSRF_SSL_STRICT=False,  # browsers send us no Referer, because we ask them not to
    )
    app.session_interface = Visits()
    tokens = CSRFProtect(app)
    for pages in tokenless:
        tokens.exempt(pages)
    app.extensions[LIMITS] = Limits.of(app, settings, now=lambda: house.clock.now().timestamp())
    app.extensions[LOOKS] = looks
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def visitor() -> Visitor | None:
    """Who is signed in; looked up once a request, and only if the cookie names a visit."""
    if "visitor" not in g:
        token = session.get(TOKEN)
        g.visitor = _found(token) if token else None
    found: Visitor | None = g.visitor
    return found


def _found(token: str) -> Visitor | None:
    with work() as w:
        return visitor_of(w, token)


def begin_visit(token: str) -> None:
    """The browser is signed in from now on, under a form token of its own."""
    session.clear()
    g.pop("csrf_token", None)
    session[TOKEN] = token
    session.permanent = True
    g.pop("visitor", None)


def end_visit() -> None:
    """The browser is nobody's again."""
    session.clear()
    g.pop("csrf_token", None)
    g.visitor = None


def is_allowed(*tries: tuple[Ration, str]) -> bool:
    """Count each try under what it is counted by; whether all of them may go on."""
    limits: Limits = current_app.extensions[LIMITS]
    counted = [limits.attempt(ration.item, ration.name, by) for ration, by in tries]
    return all(attempt.is_allowed for attempt in counted)


def may_write_to(address: str, *, here: Ration, at_all: Ration) -> bool:
    """Whether another letter goes to ``address``. Too many tries from ``here`` for it, or anybody: 429.

    Too many in all: False, of which nothing may be shown. Else a stranger would learn from a refusal that
    somebody has just signed in or begun to follow with that address.
    """
    if not is_allowed((at_all, place()), (here, f"{address} {place()}")):
        refuse_haste()
    return is_allowed((LETTERS_TO_ADDRESS, f"{here.name} {address}"))


def ration_of_account() -> Ration:
    """How much one account may send in a day."""
    return Ration("speak", limit(f"{house().settings.feedback_per_day} per 1 day"))


def place() -> str:
    """Where the request comes from; counted as a keyed digest and stored nowhere."""
    return place_of(request.remote_addr or "?")


def refuse_haste() -> None:
    """429, in words."""
    abort(429)


def show_apart(template: str, /, status: int = 200, *, signs_in: bool = False, **values: Any) -> Response:
    """A page for one person: kept by nobody, in no search engine, telling nobody where it leads from.

    Only a page that signs in, or one for somebody who is, carries a form token and the cookie for it.
    """
    looks: Looks = current_app.extensions[LOOKS]
    token = generate_csrf if signs_in or visitor() else lambda: ""
    answer = show(template, "", status, indexed=False, form_token=token, style=looks.style, **values)
    over_tls = house().settings.base_url.startswith("https://")
    answer.headers["Content-Security-Policy"] = policy(looks.style_source, over_tls=over_tls)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
