"""What every public page needs: where it is, in both languages, and the answer that may be kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from flask import Response, g, request
from sqlalchemy import Connection

from portal.doors.language import ENGLISH, LANGUAGES, VIETNAMESE, language, path_in
from portal.doors.public.cache import KEPT
from portal.doors.readings import Viewpoint
from portal.doors.stage import page
from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.clock import day
from portal.kernel.db import db
from portal.kernel.work import house


@dataclass(frozen=True, slots=True)
class Here:
    """Where a page is. ``at``: its entry in the main menu; ``path``: this page in this language."""

    at: str
    path: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    other: str
    other_href: str
    indexed: bool
    worker: str  # what keeps pages for reading without a network


def here(at: str, *, indexed: bool = True) -> Here:
    """Where the current request is; an address with a query is never the canonical one."""
    asked, spoken = request.environ, language()
    root, path = asked.get("portal.root", ""), request.path
    base = house().settings.base_url.rstrip("/")
    other = VIETNAMESE if spoken == ENGLISH else ENGLISH
    query = f"?{asked['QUERY_STRING']}" if asked.get("QUERY_STRING") else ""
    by_tongue = {tongue: path_in(tongue, path) for tongue in LANGUAGES}
    return Here(
        at=at,
        path=root + by_tongue[spoken],
        canonical=base + by_tongue[spoken],
        alternates=tuple((tongue, base + where) for tongue, where in by_tongue.items()),
        other=other,
        other_href=root + by_tongue[other] + query,
        indexed=indexed and not query,
        worker=f"{root}/sw.js",
    )


def today() -> date:
    """The day in Vietnam."""
    return day(house().clock.now())


def viewpoint() -> Viewpoint:
    """From where commitments are seen now."""
    settings = house().settings
    return _viewpoint(
        today(), settings.holidays, settings.swapped_working_days, settings.behind_tolerance_percent
    )


@lru_cache(maxsize=8)
def _viewpoint(
    today: date, holidays: tuple[date, ...], swapped: tuple[date, ...], tolerance_percent: int
) -> Viewpoint:
    return Viewpoint(today, _calendar(holidays, swapped), Decimal(tolerance_percent) / 100)


@cache
def _calendar(holidays: tuple[date, ...], swapped: tuple[date, ...]) -> WorkingCalendar:
    """The national calendar with what this installation added."""
    return WorkingCalendar(vietnam().holidays | set(holidays), vietnam().swapped_working_days | set(swapped))


def reading() -> Connection:
    """The connection to read the record by: one a request, so a page shows one state of the log."""
    if "reading" not in g:
        g.reading = db.engine.connect()
    found: Connection = g.reading
    return found


def end_reading(_error: BaseException | None = None) -> None:
    """Give the connection back; runs after every request."""
    if connection := g.pop("reading", None):
        connection.close()


def show(
    template: str,
    /,
    at: str = "",
    status: int = 200,
    *,
    indexed: bool = True,
    asked: str = "",
    **values: Any,
) -> Response:
    """The page ``template``. A whole answer (200) may be kept, if the query is the one it used.

    ``asked``: the query, in its normal form, that this page depends on. Any other query shows the
    same page and must not be kept beside it, or addresses made up at will would fill the cache.
    """
    answer = page(template, status=status, here=here(at, indexed=indexed and status == 200), **values)
    kept = status == 200 and request.query_string.decode() == asked
    answer.headers["Cache-Control"] = KEPT if kept else "no-cache"
    return answer
