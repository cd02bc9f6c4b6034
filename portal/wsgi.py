"""The served application: both doors on one address, or one door alone.

``PORTAL_DOOR`` is ``public``, ``desk`` or ``both`` (default). The public door alone loads no office code.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from portal import settings as settings_module
from portal.kernel import cores, telling
from portal.kernel.witness import Tell, tell_log, watch
from portal.kernel.work import House
from portal.settings import Settings

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
DESK_PATH = "/van-phong"


def build(settings: Settings, door: str, *, warm: bool = False, tells: Sequence[Tell] = ()) -> WSGI:
    """The WSGI application for ``door``; ``warm``: made ready for the first search in the background.

    ``tells``: what each request is told to, once it was answered.
    """
    if door == "public":
        return _public(settings, warm, tells)
    if door == "desk":
        return _desk(settings, tells)
    return side_by_side(_public(settings, warm, tells), _desk(settings, tells))


def side_by_side(public: WSGI, desk: WSGI) -> WSGI:
    """Everything under /van-phong goes to the desk, everything else to the public door."""

    def route(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        at_desk = path == DESK_PATH or path.startswith(DESK_PATH + "/")
        return (desk if at_desk else public)(environ, start_response)

    return route


def _public(settings: Settings, warm: bool, tells: Sequence[Tell]) -> WSGI:
    from portal.doors import public  # here, so that a desk-only process does not load it
    from portal.doors.public import finder  # the same

    app = public.create_app(House(settings))
    if tells:
        watch(app, "public", tells)
    if warm:
        finder.warm(app)
    return app


def _desk(settings: Settings, tells: Sequence[Tell]) -> WSGI:
    from portal.doors import desk  # here, so that the public process has no office code at all

    app = desk.create_app(settings)
    if tells:
        watch(app, "desk", tells)
    return app


def _tells() -> tuple[Tell, ...]:
    """The log always; the metrics where `portal run` wants them counted."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return (tell_log,)
    from portal.kernel.measuring import tell_metrics  # here: loaded only where somebody counts

    return (tell_log, tell_metrics)


def __getattr__(name: str) -> WSGI:
    """``portal.wsgi:app``, made when a server asks for it and not when a test imports this module."""
    if name != "app":
        raise AttributeError(name)
    settings = settings_module.load()
    telling.begin(settings.log_level)
    door = os.environ.get("PORTAL_DOOR", "both")
    made = build(settings, door, warm=True, tells=_tells())
    # The desk alone has children that examine files and would share the core with the thread that waits.
    globals()["app"] = staying = cores.stay(made, None if door == "desk" else cores.claim())
    return staying
