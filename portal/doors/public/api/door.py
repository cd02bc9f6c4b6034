"""The API at ``/api/v1``: reads only, sets no cookie, counts what it answers, open to any page's script.

It is an application of its own behind the door's headers and beside its pages, so that neither its
errors nor its limits are ever a page's.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from limits import parse as limit
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.sansio.utils import host_is_trusted

from portal.doors.public.api.answers import Asked
from portal.doors.public.api.contents import BASE, Packer
from portal.doors.public.api.description import describe_all
from portal.doors.public.api.examples import example_of
from portal.doors.public.api.operations import OPERATIONS, Operation, find
from portal.doors.public.api.parameters import read_path, read_query
from portal.doors.public.api.problems import MEDIA_TYPE, Problem
from portal.doors.public.cache import KEPT, Answer, finish, send
from portal.doors.public.encoding import wanted
from portal.doors.public.finder import record_log
from portal.doors.public.pages import viewpoint
from portal.doors.public.visiting import LIMITS
from portal.kernel.limits import Limits, place_of
from portal.kernel.witness import NO_ROUTE, name_route_beside
from portal.kernel.work import House
from portal.record.canon import plain

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)
Headers = list[tuple[str, str]]

JSON = "application/json"
_MINUTE = 60  # seconds
_OPEN: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset",
    ),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Robots-Tag", "noindex"),
]
_ALLOWED: Headers = [("Allow", "GET, HEAD, OPTIONS")]
_PREFLIGHT: Headers = [
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
    *_ALLOWED,
]


def mount(app: Flask, house: House) -> None:
    """Let ``app`` answer at ``/api/v1``. Whatever is put around it afterwards is around the API too."""
    pages, api = app.wsgi_app, Api(app, house)

    def route(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        is_ours = environ.get("PATH_INFO", "").startswith("/api/")
        return (api if is_ours else pages)(environ, start_response)

    app.wsgi_app = route  # type: ignore[method-assign]


class Api:
    """WSGI: answers what ``operations`` lists."""

    def __init__(self, app: Flask, house: House) -> None:
        self.app, self.house = app, house
        self.site = house.settings.base_url.rstrip("/")
        trusted = list(house.settings.trusted_hosts)
        self.is_trusted = lru_cache(maxsize=256)(lambda host: host_is_trusted(host, trusted))
        self.ration = limit(f"{house.settings.api_per_minute} per {_MINUTE} second")
        self._description: tuple[object, dict[str, Any]] = (None, {})

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer in JSON, whatever is asked."""
        if environ["REQUEST_METHOD"] == "OPTIONS":
            start_response("204 No Content", [*_OPEN, *_PREFLIGHT])
            return []
        told: Headers = []
        answer = finish(self._answer(environ, told), wanted(environ.get("HTTP_ACCEPT_ENCODING", "")))
        headers = [*answer.headers, *told, *_OPEN]
        return send(Answer(answer.status, headers, answer.body, answer.etag), environ, start_response)

    def _answer(self, environ: "WSGIEnvironment", told: Headers) -> Answer:
        try:
            with self.app.app_context():
                return self._read(environ, told)
        except Problem as problem:
            return _as_answer(problem)
        except SQLAlchemyError as fault:
            log.error("the API cannot read the record: %s", type(fault).__name__)
            return _as_answer(Problem("unavailable", headers=(("Retry-After", "60"),)))
        except Exception:  # whatever it is: the caller is told in JSON, the operator in the log
            log.exception("the API broke")
            return _as_answer(Problem("internal_error"))

    def _read(self, environ: "WSGIEnvironment", told: Headers) -> Answer:
        if not self.is_trusted(environ.get("HTTP_HOST", "")):
            raise Problem("unknown_host")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            raise Problem("method_not_allowed", headers=tuple(_ALLOWED))
        self._count(environ, told)
        name_route_beside(environ, NO_ROUTE)
        path = environ["PATH_INFO"].removeprefix(BASE) or "/"
        query = environ.get("QUERY_STRING", "")
        if path in ("/", "/openapi.json"):
            read_query(query, ())
            return _packed(self._index() if path == "/" else self._describe())
        found = find(path)
        if found is None:
            raise Problem("no_such_address")
        operation, texts = found
        name_route_beside(environ, BASE + operation.path)
        values = read_path(texts, operation.in_path)
        answer = self._call(operation, values, read_query(query, operation.in_query))
        return _packed(answer, kept=operation.kept)

    def _count(self, environ: "WSGIEnvironment", told: Headers) -> None:
        """Count the request; what is left is ``told``. Raises Problem when it is one too many."""
        limits: Limits = current_app.extensions[LIMITS]
        name = ("api", place_of(environ.get("REMOTE_ADDR") or "?"))
        attempt = limits.attempt(self.ration, *name)
        reset = attempt.wait or limits.wait(self.ration, *name)
        left = max(0, self.ration.amount - attempt.count)
        told += [
            ("RateLimit-Limit", str(self.ration.amount)),
            ("RateLimit-Remaining", str(left)),
            ("RateLimit-Reset", str(reset)),
        ]
        if not attempt.is_allowed:
            raise Problem("too_many_requests", headers=(("Retry-After", str(attempt.wait)),))

    def _call(
        self, operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any]
    ) -> dict[str, Any]:
        return plain(operation.answer(Asked(path, query, Packer(self.site, viewpoint()))))

    def _index(self) -> dict[str, Any]:
        return {
            "title": f"{self.house.settings.site_name}: API",
            "openapi": f"{self.site}{BASE}/openapi.json",
            "links": {one.name: f"{self.site}{BASE}{one.path}" for one in OPERATIONS},
        }

    def _describe(self) -> dict[str, Any]:
        """The description, made anew when the log has grown or the day is another: it holds real answers."""
        now = (record_log().head(), viewpoint().today)
        if self._description[0] != now:
            name = self.house.settings.site_name
            made = describe_all(self.site, name, example=example_of, call=self._example_answer)
            self._description = (now, made)
        return self._description[1]

    def _example_answer(self, operation: Operation) -> dict[str, Any] | None:
        """A real answer of ``operation``, one item long; None where nothing is there yet."""
        path = {parameter.name: example_of(parameter) for parameter in operation.in_path}
        is_long = any(parameter.name == "limit" for parameter in operation.in_query)
        if None in path.values():
            return None
        try:
            return self._call(operation, path, {"limit": 1} if is_long else {})
        except Problem:
            return None


def _packed(content: dict[str, Any], *, kept: bool = True) -> Answer:
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    control = KEPT if kept else "no-store"
    return Answer("200 OK", [("Content-Type", JSON), ("Cache-Control", control)], body)


_REASONS: Mapping[int, str] = {
    400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 410: "Gone",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


def _as_answer(problem: Problem) -> Answer:
    headers = [("Content-Type", MEDIA_TYPE), ("Cache-Control", "no-store"), *problem.headers]
    return Answer(f"{problem.status} {_REASONS[problem.status]}", headers, problem.body())
