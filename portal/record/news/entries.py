"""The newest entries of a matter as a feed lists them, each told by what is public of it now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, bindparam, text

from portal.record import reads
from portal.record.documents import Act, Revision, TombstoneDoc
from portal.record.news.differences import news_between
from portal.record.news.kinds import News, NewsKind
from portal.record.news.tail import before, title_in

MOST = 50  # entries in one feed
REMEMBERED = timedelta(days=90)  # so long a feed tells that what it told of is gone
_LOOKED_AT = 4 * MOST  # entries of which those worth telling are chosen
_TOGETHER = 500  # refs a query

_POSITIONS = text(
    "SELECT position FROM record_entry WHERE ref IN :refs ORDER BY position DESC LIMIT :most"
).bindparams(bindparam("refs", expanding=True, type_=String))
_GONE = text(
    "SELECT l.ref, l.number, e.at FROM record_latest l JOIN record_entry e ON e.position = l.position "
    "WHERE NOT l.standing ORDER BY l.position DESC LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of the log and what a feed says of it; ``at``: when that was last changed."""

    rev: Revision
    newest: Revision
    title: str
    news: tuple[News, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that was taken down: every entry about it, numbered from 1 to ``last``, is void."""

    ref: str
    last: int
    at: datetime


def entries_of(c: reads.Reader, refs: Collection[str] | None) -> list[Entered]:
    """The newest entries worth telling about ``refs`` (None: about everything), newest first.

    Of what was taken down an earlier entry says only that, and since when.
    """
    told: list[Entered] = []
    for rev in _newest_of(c, refs):
        if (entered := _entered(c, rev)) and len(told) < MOST:
            told.append(entered)
    return told


def gone_lately(c: reads.Reader, *, since: datetime) -> Iterator[Gone]:
    """What was taken down after ``since``, newest first."""
    for ref, number, at in c.execute(_GONE, {"most": MOST}):
        when = datetime.fromisoformat(at)
        if when >= since:
            yield Gone(ref, number - 1, when)


def _newest_of(c: reads.Reader, refs: Collection[str] | None) -> list[Revision]:
    if refs is None:
        return list(reads.lately(c, _LOOKED_AT))
    ordered = sorted(refs)
    places = [
        position
        for n in range(0, len(ordered), _TOGETHER)
        for (position,) in c.execute(_POSITIONS, {"refs": ordered[n : n + _TOGETHER], "most": _LOOKED_AT})
    ]
    found = (reads.entry(c, place) for place in sorted(places, reverse=True)[:_LOOKED_AT])
    return [rev for rev in found if rev is not None]


def _entered(c: reads.Reader, rev: Revision) -> Entered | None:
    newest = reads.revision(c, rev.ref) or rev
    stone = newest.document
    if isinstance(stone, TombstoneDoc):
        gone = News(NewsKind.WITHDRAWN, (stone.reason, stone.reason))
        return Entered(rev, newest, "", (gone,), newest.at)
    if rev.act is Act.REDACT or rev.document is None:
        return Entered(rev, newest, title_in(c, newest.document), (News(NewsKind.ERASED),), rev.at)
    old = before(c, rev.ref, rev.position)
    if old is not None and old.document is None:
        news: tuple[News, ...] = (News(NewsKind.CHANGED),)  # what it said before was erased
    else:
        news = news_between(old.document if old else None, rev.document)
    return Entered(rev, newest, title_in(c, newest.document), news, rev.at) if news else None
