"""The mirror: documents that are not public yet, shown by the public door's own code and templates.

What is looked at is exactly what will be read. It is the public door without a database: its two pages
of documents show what they are handed, every other address of it leads to the public door itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from portal.doors import public
from portal.doors.desk.cookies import DESK_PATH
from portal.doors.headers import policy
from portal.doors.language import language, path_in, speak
from portal.doors.looks import Looks, find_folder
from portal.doors.public.pages import commitment, programme, show, viewpoint
from portal.doors.public.pages.errors import answer_errors
from portal.doors.stage import Stage, set_stage
from portal.kernel.work import House, house, settle
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision

_HANDED = "portal.mirrored"
_FRAME = "desk/mirror.html"  # the public page, with a bar above it that says it is none yet


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What is shown: revisions by reference, the programme's among them; ``back`` is the desk's page."""

    revisions: Mapping[str, Revision]
    back: str


class _Top:
    """What every address of a page begins with: here it is known only while it is shown."""

    def __str__(self) -> str:
        return request.script_root


def hang(app: Flask, house: House) -> None:
    """Hang the mirror in the desk ``app``."""
    app.extensions["mirror"] = _make(house)


def reflect(mirrored: Mirrored, path: str, *, under: str) -> Response:
    """The page at the public ``path``, with its links leading on below the address ``under``."""
    mirror: Flask = current_app.extensions["mirror"]
    environ = create_environ(path, house().settings.base_url)
    environ["SCRIPT_NAME"] = under
    environ[_HANDED] = mirrored
    answer = Response.from_app(mirror.wsgi_app, environ)
    answer.headers["Content-Security-Policy"] = mirror.extensions["policy"]
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _make(house: House) -> Flask:
    settings = house.settings
    made = Flask("mirror", static_folder=None, template_folder=None)
    made.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    settle(made, house)
    # The public door's style, with files the desk hands out itself: the public door may run elsewhere.
    root = urlsplit(settings.base_url).path.rstrip("/")
    looks = Looks(find_folder("static"), public.SHEETS, root=root + DESK_PATH)
    words = {"site": public.site_of(settings), "top": _Top()}
    set_stage(made, Stage((*public.FOLDERS, "desk"), looks, words))
    answer_errors(made)
    for pages in public.PAGES:
        made.register_blueprint(pages)
    for endpoint in made.view_functions:
        made.view_functions[endpoint] = _elsewhere
    made.view_functions["programme.show_page"] = _show_programme
    made.view_functions["commitment.show_page"] = _show_commitment
    speak(made)
    over_tls = settings.base_url.startswith("https://")
    made.extensions["policy"] = policy(looks.style_source, over_tls=over_tls)
    return made


def _elsewhere(**_: str) -> Response:
    """What is no document of this preview is read at the public door."""
    base = house().settings.base_url.rstrip("/")
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(base + path_in(language(), request.path) + query)


def _show_programme(ref: str) -> Response:
    handed = _handed()
    rev = handed.revisions.get(ref)
    if rev is None or not isinstance(rev.document, ProgrammeDoc):
        return _elsewhere()
    deeds = [r.document for r in handed.revisions.values() if isinstance(r.document, CommitmentDoc)]
    facts = programme.facts_of(rev, deeds, viewpoint())
    page = "public/programme.html"
    return show(_FRAME, indexed=False, mirrored=page, back=handed.back, newest=None, **facts)


def _show_commitment(ref: str) -> Response:
    handed = _handed()
    rev = handed.revisions.get(ref)
    if rev is None or not isinstance(rev.document, CommitmentDoc):
        return _elsewhere()
    facts = commitment.facts_of(rev, viewpoint())
    page = "public/commitment.html"
    return show(_FRAME, indexed=False, mirrored=page, back=handed.back, newest=None, **facts)


def _handed() -> Mirrored:
    found = request.environ.get(_HANDED)
    if found is None:
        abort(404)
    return cast(Mirrored, found)
