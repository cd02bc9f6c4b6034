"""Two languages by address: ``/…`` speaks Vietnamese, ``/en/…`` the same page in English.

The prefix moves into SCRIPT_NAME before routing, so every ``url_for`` keeps it and no route, cookie
or header has to know. What people wrote stays in the language they wrote it in.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain  # type: ignore[import-untyped]
from flask_babel import gettext as translate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

_PREFIX = f"/{ENGLISH}"
_LANGUAGE, _ROOT = "portal.language", "portal.root"


class Languages:
    """WSGI: reads the language off the front of the path."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer in the language the address asks for."""
        path, root = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        spoken = {_LANGUAGE: VIETNAMESE, _ROOT: root}
        if path == _PREFIX or path.startswith(_PREFIX + "/"):
            spoken = {
                _LANGUAGE: ENGLISH,
                _ROOT: root,
                "SCRIPT_NAME": root + _PREFIX,
                "PATH_INFO": path[len(_PREFIX) :] or "/",
            }
        return self.app({**environ, **spoken}, start_response)


def language() -> str:
    """The language of the current request; Vietnamese outside one."""
    if not has_request_context():
        return VIETNAMESE
    spoken: str = request.environ.get(_LANGUAGE, VIETNAMESE)
    return spoken


def say(text: str, **values: object) -> str:
    """``text`` in the language of the request."""
    said: str = translate(text, **values)
    return said


def path_in(tongue: str, path: str) -> str:
    """``path`` of this site, as written after the mount point, in ``tongue``."""
    return (_PREFIX + path) if tongue == ENGLISH else path


@cache
def catalogue(tongue: str) -> NullTranslations:
    """The words of ``tongue``. Vietnamese is the source and needs no catalogue.

    Read from the text form: there is no compiled one that could be missing or out of date.
    """
    path = CATALOGUES / tongue / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=tongue))
    compiled.seek(0)
    return Translations(compiled)


class _Catalogues(Domain):  # type: ignore[misc]
    """Flask-Babel's words for Python code and forms, from the same catalogue as the templates'."""

    def get_translations(self) -> NullTranslations:
        return catalogue(language())


def speak(app: Flask) -> None:
    """Let ``app`` read the language off its addresses, Python texts (forms) included."""
    babel = Babel(
        app,
        default_locale=VIETNAMESE,
        default_timezone="Asia/Ho_Chi_Minh",
        locale_selector=language,
    )
    babel.domain_instance = _Catalogues()
    app.wsgi_app = Languages(app.wsgi_app)  # type: ignore[method-assign]
