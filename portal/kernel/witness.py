"""Sees every request go by outside a door: for the log a line, for the metrics a count; never who or what.

A request is known by its route's template. The door's application names it in a header that ends here, so
that a page answered from memory is known too.
"""

import itertools
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from flask import Flask, Response, request

from portal.kernel.clock import SystemClock
from portal.kernel.telling import request_id, told_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROUTE = "X-Portal-Route"
NAMED = "portal.named"  # in the environ: where what answers beside the application writes its template
NO_ROUTE = "-"  # no such page, or a request nobody could read
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_request = threading.local()
_log = logging.getLogger("portal")
_clock = SystemClock()


class Seen(NamedTuple):
    """One request: ``cache`` is hit or miss at the public door, empty elsewhere."""

    door: str
    route: str
    method: str
    status: str
    seconds: float
    cache: str


Tell = Callable[[Seen], None]


class Witness:
    """WSGI: lets requests through and tells of each one, or only of those that failed."""

    def __init__(
        self, app: "WSGIApplication", door: str, tells: Sequence[Tell], *, only_failed: bool = False
    ) -> None:
        self.app, self.door, self.tells, self.only_failed = app, door, tells, only_failed
        self._name, self._count = os.urandom(4).hex(), itertools.count()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does."""
        watched = self._for_failure if self.only_failed else self._whole
        return watched(environ, start_response)

    def _for_failure(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun = perf_counter()

        def start(line: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            if line >= "5":
                self._tell(environ, NO_ROUTE, line[:3], perf_counter() - begun)
            return start_response(line, headers, *error)

        return self.app(environ, start)

    def _whole(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun, _request.is_rendered = perf_counter(), False
        status, route = "500", NO_ROUTE

        def start(line: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            nonlocal status, route
            status, kept = line[:3], []
            for header in headers:
                if header[0] == ROUTE:
                    route = header[1]
                else:
                    kept.append(header)
            return start_response(line, kept, *error)

        named: dict[str, str] = {}
        environ[NAMED] = named  # a copy of the environ still leads here
        self.number()
        try:
            return self.app(environ, start)
        finally:
            cached = "" if named or self.door != "public" else "miss" if _request.is_rendered else "hit"
            self._tell(environ, named.get("route", route), status, perf_counter() - begun, cached)
            request_id.set("")

    def number(self) -> None:
        """Give what is told from now on the number of a request."""
        request_id.set(f"{self._name}{next(self._count):06x}")

    def _tell(
        self, environ: "WSGIEnvironment", route: str, status: str, seconds: float, cached: str = ""
    ) -> None:
        method = environ["REQUEST_METHOD"]
        method = method if method in _METHODS else "OTHER"
        seen = Seen(self.door, route, method, status, seconds, cached)
        for tell in self.tells:
            tell(seen)


def name_route_beside(environ: "WSGIEnvironment", template: str) -> None:
    """Name the route of a request that Flask does not see."""
    environ.get(NAMED, {})["route"] = template


def watch(app: Flask, door: str, tells: Sequence[Tell]) -> None:
    """Put a witness in front of ``app``, and let it tell of errors without what was asked.

    Where nobody counts and the log wants no ordinary request, a page from memory costs next to nothing more.
    """
    only_failed = tuple(tells) == (tell_log,) and not _log.isEnabledFor(logging.INFO)
    witness = Witness(app.wsgi_app, door, tells, only_failed=only_failed)

    def number_request() -> None:
        witness.number()

    def end_number(_: BaseException | None) -> None:
        request_id.set("")  # or what is told between requests would bear the last one's

    def name_route(response: Response) -> Response:
        _request.is_rendered = True
        response.headers[ROUTE] = request.url_rule.rule if request.url_rule else NO_ROUTE
        return response

    if only_failed:
        app.before_request(number_request)
        app.teardown_request(end_number)
    else:
        app.after_request(name_route)
    app.log_exception = _log_exception  # type: ignore[assignment, method-assign]  # Flask's tells the address
    app.wsgi_app = witness  # type: ignore[method-assign]


def _log_exception(
    error: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
) -> None:
    route = request.url_rule.rule if request.url_rule else NO_ROUTE
    of = error[1] or sys.exc_info()[1]
    structlog.get_logger().error("request failed", route=route, **(told_of(of) if of else {}))


def tell_log(seen: Seen) -> None:
    """One line of the log. Written by hand: a page from memory takes less time than a logging library."""
    level = logging.ERROR if seen.status >= "500" else logging.INFO
    if _log.isEnabledFor(level):
        head = _head(level, seen.door, seen.method, seen.route, seen.status, seen.cache)
        sys.stderr.write(
            f'{head}, "ms": {seen.seconds * 1000:.1f}, "request": "{request_id.get()}", '
            f'"timestamp": "{_clock.now().isoformat()}"}}\n'
        )


@cache
def _head(level: int, door: str, method: str, route: str, status: str, cached: str) -> str:
    """What lines of one kind have in common; there are as many as routes, and no more."""
    line = {
        "event": "request", "level": logging.getLevelName(level).lower(), "door": door, "method": method,
        "route": route, "status": int(status), "cache": cached,
    }  # fmt: skip
    return json.dumps(line, ensure_ascii=False)[:-1]
