"""The public door: what residents read. It imports the record, the inbox and the kernel, nothing else."""

from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from portal.doors.headers import guard
from portal.doors.language import speak
from portal.doors.looks import Looks, find_folder, serve
from portal.doors.parts import limit_parts
from portal.doors.public.api.door import mount
from portal.doors.public.cache import PageCache
from portal.doors.public.finder import keep_log
from portal.doors.public.pages import (
    account,
    calendars,
    comments,
    commitment,
    compare,
    end_reading,
    evaluation,
    evidence,
    feedback,
    feeds,
    following,
    health,
    home,
    leaflet,
    ledger,
    machines,
    offline,
    open_data,
    paper,
    poster,
    procedures,
    programme,
    ratings,
    receipts,
    search,
    share,
    sign_in,
    slip,
    still,
    suggest,
    themes,
    transparency,
    units,
)
from portal.doors.public.pages.errors import answer_errors
from portal.doors.public.visiting import let_people_take_part
from portal.doors.stage import Stage, set_stage
from portal.kernel.clock import day
from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.work import House, settle
from portal.record.log import RecordLog
from portal.settings import Settings

SHEETS = ("1-base.css", "2-parts.css", "3-charts.css", "3-public.css", "3-search.css", "4-media.css")
VOICE_SHEETS = (*SHEETS[:-1], "3-voice.css", SHEETS[-1])
CARD_SHEETS = ("6-card.css",)
POSTER_SHEETS = ("5-poster.css", "5-sheets.css")
FOLDERS = ("public", "parts")  # all the templates this door can reach
PAGES = (
    home.pages,
    search.pages,
    suggest.pages,
    units.pages,
    procedures.pages,
    programme.pages,
    themes.pages,
    evaluation.pages,
    poster.pages,
    leaflet.pages,
    slip.pages,
    commitment.pages,
    share.pages,
    compare.pages,
    comments.pages,
    ratings.pages,
    feedback.pages,
    receipts.pages,
    sign_in.pages,
    account.pages,
    evidence.pages,
    ledger.pages,
    transparency.pages,
    open_data.pages,
    still.method,
    still.help_pages,
    still.access_pages,
    health.pages,
    machines.pages,
    offline.pages,
    feeds.pages,
    calendars.pages,
    following.pages,
)


def create_app(house: House) -> Flask:
    """The public door of ``house``, as one WSGI application."""
    settings = house.settings
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.ensure_sync = lambda view: view  # type: ignore[assignment, method-assign]  # no view of ours is async
    app.config.update(
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=64 * 1024,
    )
    limit_parts(app)
    settle(app, house)
    configure(app, settings, DoorRole.PUBLIC)
    looks = Looks(find_folder("static"), SHEETS, root=urlsplit(settings.base_url).path.rstrip("/"))
    set_stage(app, Stage(FOLDERS, looks, {"site": site_of(settings)}, documents_only=True))
    serve(app, looks)
    app.extensions[offline.LOOKS] = looks
    app.extensions[paper.LOOKS] = looks.dressed(POSTER_SHEETS)
    app.extensions[share.LOOKS] = looks.dressed(CARD_SHEETS)
    mount(app, house)
    let_people_take_part(app, house, looks.dressed(VOICE_SHEETS), tokenless=(receipts.pages, following.pages))
    _meet_provider(app, settings)
    guard(app, looks.style_source, base_url=settings.base_url, talks=True, keeps=True)
    answer_errors(app)
    app.teardown_appcontext(end_reading)
    for pages in PAGES:
        app.register_blueprint(pages)
    speak(app)
    _keep_pages(app, house, keep_log(app))
    return app


def _meet_provider(app: Flask, settings: Settings) -> None:
    """Let people sign in with the identity provider of ``settings``, if one is named."""
    if settings.oidc_issuer:
        # here, because most installations name none, and the library for it is heavy
        from portal.doors.public.pages import provider

        provider.meet(app, settings)


def _keep_pages(app: Flask, house: House, log: RecordLog) -> None:
    """Put the page cache in front of everything else."""
    trusted = list(house.settings.trusted_hosts)
    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        generation=lambda: (log.head(), day(house.clock.now())),
        is_trusted=lru_cache(maxsize=256)(lambda host: host_is_trusted(host, trusted)),
        megabytes=house.settings.page_cache_megabytes,
    )


def site_of(settings: Settings) -> SimpleNamespace:
    """Who is responsible for this site (facts R41)."""
    return SimpleNamespace(
        name=settings.site_name,
        origin="{0.scheme}://{0.netloc}".format(urlsplit(settings.base_url)),
        owner=settings.site_owner,
        pilot=settings.pilot_label,
        editor=settings.responsible_editor,
        address=settings.office_address,
        phone=settings.office_phone,
        email=settings.office_email,
    )
