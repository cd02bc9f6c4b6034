"""The desk door: what officers work with. Everything lies under ``/van-phong``, and is shut by default."""

import mimetypes
from types import SimpleNamespace
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.doors.desk.cookies import DESK_PATH, STILL_PATH, DeskCookies
from portal.doors.desk.faults import answer_faults
from portal.doors.desk.gate import open_to_all, stand_guard
from portal.doors.desk.intake import DeskRequest
from portal.doors.desk.library import use_library
from portal.doors.desk.mirror import hang
from portal.doors.desk.pages import (
    account,
    appraisal,
    appraisal_assign,
    attesting,
    disclosure,
    draft,
    draft_commitments,
    draft_consultations,
    draft_mandate,
    draft_tasks,
    draft_upload,
    evaluation,
    evaluation_one,
    evaluation_quotes,
    evidence,
    guidance,
    home,
    invitation,
    jobs,
    moderation,
    moderation_case,
    moderation_sealed,
    movement,
    officers,
    officers_forms,
    posting,
    presentation,
    procedures,
    procedures_import,
    procedures_publish,
    progress,
    progress_forms,
    publication,
    replies,
    reply_themes,
    reviews,
    series,
    show_step,
    slips,
    taking_down,
)
from portal.doors.desk.steps import take_steps
from portal.doors.headers import guard
from portal.doors.looks import Looks, find_folder
from portal.doors.parts import limit_parts
from portal.doors.stage import Stage, set_stage
from portal.kernel.clock import Clock, SystemClock
from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.ids import Ids
from portal.kernel.limits import Limits
from portal.kernel.work import House, settle
from portal.office.audit.acts import record_events
from portal.settings import Settings

SHEETS = (
    "1-base.css",
    "2-parts.css",
    "3-charts.css",
    "3-desk.css",
    "3-desk-draft.css",
    "3-desk-moderation.css",
    "3-desk-progress.css",
    "3-desk-valve.css",
    "4-media.css",
)
FOLDERS = ("desk", "parts", "mail")  # all the templates this door can reach
LARGEST_REQUEST = 1024 * 1024  # bytes
_DRAFT = (draft, draft_mandate, draft_tasks, draft_commitments, draft_consultations, draft_upload)
_PROGRESS = (progress, progress_forms, evidence, series)
_TO_THE_PUBLIC = (presentation, appraisal, appraisal_assign, disclosure, publication, taking_down)
_EVALUATION = (evaluation, evaluation_one, evaluation_quotes)
_AFTERWARDS = (guidance, jobs, movement, posting, reviews)
_PROCEDURES = (procedures, procedures_import, procedures_publish)
_ADMINISTRATION = (officers, officers_forms)
_TAKING_PART = (attesting, slips)
_REPLIES = (replies, reply_themes)
_MODERATION = (moderation, moderation_case, moderation_sealed)
_PAGES = (
    home.pages,
    account.pages,
    invitation.pages,
    *(part.pages for part in _AFTERWARDS),
    *(part.pages for part in _EVALUATION),
    *(part.pages for part in _TAKING_PART),
    *(part.pages for part in _MODERATION),
    *dict.fromkeys(part.pages for part in _REPLIES),
    *dict.fromkeys(part.pages for part in _ADMINISTRATION),
    *dict.fromkeys(part.pages for part in _PROCEDURES),
    *dict.fromkeys(part.pages for part in _PROGRESS),
    *dict.fromkeys(part.pages for part in _DRAFT),
    *dict.fromkeys(part.pages for part in _TO_THE_PUBLIC),
)


def create_app(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> Flask:
    """The desk door of an installation, as one WSGI application."""
    house = House(settings, clock or SystemClock(), ids or Ids(), record_events)
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as its session: nobody loses a long text
        WTF_CSRF_SSL_STRICT=False,  # browsers send us no Referer, because we ask them not to
        **_cookies(settings),
    )
    app.request_class = DeskRequest
    limit_parts(app)
    settle(app, house)
    configure(app, settings, DoorRole.DESK)
    _dress(app, settings)
    hang(app, house)
    app.session_interface = DeskCookies()
    stand_guard(app)  # before the form token is looked at: a lapsed session asks to sign in again
    CSRFProtect(app)
    security = use_library(app, house, show_step)
    take_steps(app, security, Limits.of(app, settings, now=lambda: house.clock.now().timestamp()))
    for pages in _PAGES:
        app.register_blueprint(pages)
    answer_faults(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _cookies(settings: Settings) -> dict[str, object]:
    """The session cookie stays at the desk: the public process never sees it.

    Over TLS its name begins with ``__Secure-``; ``__Host-`` would need the path ``/``.
    """
    over_tls = settings.base_url.startswith("https://")
    return {
        "SESSION_COOKIE_NAME": "__Secure-van-phong" if over_tls else "van-phong",
        "SESSION_COOKIE_PATH": urlsplit(settings.base_url).path.rstrip("/") + DESK_PATH,
        "SESSION_COOKIE_SECURE": over_tls,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _dress(app: Flask, settings: Settings) -> None:
    """Templates, style, still files and headers."""
    root = urlsplit(settings.base_url).path.rstrip("/")
    looks = Looks(find_folder("static"), SHEETS, root=root + DESK_PATH)
    site = SimpleNamespace(name=settings.site_name, owner=settings.site_owner, pilot=settings.pilot_label)
    set_stage(app, Stage(FOLDERS, looks, {"site": site}))
    guard(app, looks.style_source, base_url=settings.base_url, talks=True)

    @app.after_request
    def keep_nothing(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get(f"{STILL_PATH}<path:name>", endpoint="static")
    @open_to_all
    def still(name: str) -> Response:
        if name not in looks.files:
            abort(404)
        answer = Response(looks.files[name], mimetype=mimetypes.guess_type(name)[0])
        is_current = request.args.get("v") == looks.mark(name)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
        return answer
