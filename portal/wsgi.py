"""The served application: both doors on one address, or one door alone.

``PORTAL_DOOR`` is ``public``, ``desk`` or ``both`` (default). The public door alone loads no office code.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from portal import settings as settings_module
from portal.kernel.work import House
from portal.settings import Settings

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
DESK_PATH = "/van-phong"


def build(settings: Settings, door: str, *, warm: bool = False) -> WSGI:
    """The WSGI application for ``door``; ``warm``: made ready for the first search in the background."""
    if door == "public":
        return _public(settings, warm)
    if door == "desk":
        return _desk(settings)
    return side_by_side(_public(settings, warm), _desk(settings))


def side_by_side(public: WSGI, desk: WSGI) -> WSGI:
    """Everything under /van-phong goes to the desk, everything else to the public door."""

    def route(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        at_desk = path == DESK_PATH or path.startswith(DESK_PATH + "/")
        return (desk if at_desk else public)(environ, start_response)

    return route


def _public(settings: Settings, warm: bool) -> WSGI:
    from portal.doors import public  # here, so that a desk-only process does not load it
    from portal.doors.public import finder  # the same

    app = public.create_app(House(settings))
    if warm:
        finder.warm(app)
    return app


def _desk(settings: Settings) -> WSGI:
    from portal.doors import desk  # here, so that the public process has no office code at all

    return desk.create_app(settings)


def __getattr__(name: str) -> WSGI:
    """``portal.wsgi:app``, made when a server asks for it and not when a test imports this module."""
    if name != "app":
        raise AttributeError(name)
    made = build(settings_module.load(), os.environ.get("PORTAL_DOOR", "both"), warm=True)
    globals()["app"] = made
    return made
