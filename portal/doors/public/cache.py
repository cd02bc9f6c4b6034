"""Rendered pages kept in front of Flask: a hit costs one look at the log's head and one at a table.

A page is kept for the generation it was made in: the log's size and the day in Vietnam. When
anything is published, corrected or taken down the log grows and every kept page is past: there is
nothing to purge and nothing to forget to purge.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from portal.doors.public.encoding import is_text, squeeze, wanted
from portal.doors.public.shelf import Shelf

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

KEPT = "public, no-cache"  # what a page says that may be kept; browsers must ask again each time

# The query parameters pages read, in the order of their normal form. Anything else (a tracker's
# mark, a cache-buster) is dropped before Flask sees it, so it can neither split nor fill the cache.
KNOWN = (
    *("q", "don_vi", "linh_vuc", "tinh_trang", "tre_han", "trai_chieu", "cham_cap_nhat", "da_doi"),
    *("xep", "trang", "ban", "den", "tu", "kho"),
)
# Pages for one person and answers for programs: never kept here, and their query is their own business.
APART = ("/api/", "/oembed", "/du-lieu/", "/dang-nhap", "/tai-khoan", "/bien-nhan", "/theo-doi")
_LONGEST_QUERY = 4000  # characters; a longer one is nobody's


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it goes out."""

    status: str
    headers: Headers
    body: bytes
    etag: str = ""  # set when the answer may be kept: a hit must not search its headers

    def header(self, name: str) -> str:
        """The header ``name``, or the empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class PageCache:
    """WSGI: answers from memory what was answered before in this generation.

    ``generation`` tells the present one; ``is_trusted`` whether a Host header is ours.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        *,
        generation: Callable[[], Hashable],
        is_trusted: Callable[[str], bool],
        megabytes: int,
    ) -> None:
        self.app, self.generation, self.is_trusted = app, generation, is_trusted
        self.shelf: Shelf[Answer] = Shelf(megabytes * 1024 * 1024)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the shelf, or let the application answer and keep what may be kept."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method not in ("GET", "HEAD") or path.removeprefix("/en").startswith(("/static/", *APART)):
            return self.app(environ, start_response)
        query = normal_query(environ.get("QUERY_STRING", ""))
        encoding = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = (environ.get("SCRIPT_NAME", "") + path, query, encoding)
        generation = self._generation(environ)
        answer = None if generation is None else self.shelf.find(key, generation)
        if answer is None:
            drawn = ask(self.app, {**environ, "QUERY_STRING": query, "REQUEST_METHOD": "GET"})
            answer = finish(drawn, encoding)
            # Not if something was published meanwhile: the page may have seen either state.
            unchanged = generation is not None and generation == self._generation(environ)
            if unchanged and may_be_kept(answer):
                self.shelf.put(key, generation, answer, len(answer.body))
        return send(answer, environ, start_response)

    def _generation(self, environ: "WSGIEnvironment") -> Hashable:
        """The present generation; None when this request must go through to the application."""
        if not self.shelf.most_bytes or not self.is_trusted(environ.get("HTTP_HOST", "")):
            return None
        if "//" in environ.get("PATH_INFO", ""):  # Flask reads `//so-cai` as `/so-cai`: spellings without end
            return None
        try:
            return self.generation()
        except Exception:  # whatever the driver raises: the application then says what is wrong
            return None


def normal_query(query: str) -> str:
    """``query`` with only known parameters, the first of each, in a fixed order."""
    if not query:
        return ""
    first: dict[str, str] = {}
    # WSGI hands over bytes as Latin-1 letters; some readers send Vietnamese without percent signs.
    typed = query[:_LONGEST_QUERY].encode("latin-1").decode("utf-8", "replace")
    for name, value in parse_qsl(typed):
        first.setdefault(name, value)
    return urlencode([(name, first[name]) for name in KNOWN if name in first])


def ask(app: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """The whole answer of ``app``."""
    told: dict[str, Any] = {}

    def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
        told.update(status=status, headers=headers)
        return written.append

    written: list[bytes] = []
    chunks = app(environ, start)
    try:
        written.extend(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return Answer(told["status"], told["headers"], b"".join(written))


def may_be_kept(answer: Answer) -> bool:
    """Whether everybody may be given ``answer`` again."""
    return (
        answer.status.startswith("200")
        and answer.header("cache-control") == KEPT
        and not answer.header("set-cookie")
    )


def finish(answer: Answer, encoding: str) -> Answer:
    """``answer`` compressed and, when it may be kept, with its ETag; secrets are never compressed."""
    told = {name.lower(): value for name, value in answer.headers}
    control = told.get("cache-control", "")
    if "no-store" in control or "private" in control or "set-cookie" in told:
        return answer
    kept = answer.status.startswith("200") and control == KEPT  # a cookie was looked for above
    headers = [(k, v) for k, v in answer.headers if k.lower() not in ("content-length", "vary")]
    body = answer.body
    if is_text(told.get("content-type", "")):
        headers.append(("Vary", "Accept-Encoding"))
        if encoding and len(body) > 500:
            body = squeeze(body, encoding, hard=kept)
            headers.append(("Content-Encoding", encoding))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"' if kept else told.get("etag", "")
    if kept:
        headers.append(("ETag", etag))
    headers.append(("Content-Length", str(len(body))))
    return Answer(answer.status, headers, body, etag)


def send(answer: Answer, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Send ``answer``, or only that the reader already has it."""
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and answer.etag and is_among(answer.etag, asked):
        headers = [(k, v) for k, v in answer.headers if k not in ("Content-Length", "Content-Type")]
        start_response("304 NOT MODIFIED", headers)
        return []
    start_response(answer.status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def is_among(etag: str, wanted_tags: str) -> bool:
    """Whether ``etag`` is in an If-None-Match header, compared weakly (RFC 9110, 13.1.2)."""
    tags = (tag.strip().removeprefix("W/") for tag in wanted_tags.split(","))
    return bool(wanted_tags) and any(tag in (etag, "*") for tag in tags)
