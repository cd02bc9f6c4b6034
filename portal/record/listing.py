"""Walking through what is public in the order of the log, a piece at a time, with no page numbers.

Every piece begins at a position of the log. What changes meanwhile moves to the end and is met again,
so a walk misses nothing; where a piece begins costs the same however deep it lies.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import String, bindparam, text
from sqlalchemy.sql.elements import TextClause

from portal.record.documents import Kind, Revision
from portal.record.reads import COLUMNS, Reader, as_revision

_STANDING = (
    f"SELECT {COLUMNS} FROM record_latest l JOIN record_entry e ON e.position = l.position "
    "LEFT JOIN record_content t ON t.position = e.position "
    "WHERE l.kind = :kind AND l.standing AND l.position >= :start AND e.at >= :since{more} "
    "ORDER BY l.position LIMIT :most"
)
_ALL = text(_STANDING.format(more=""))
_WITHIN: TextClause = text(_STANDING.format(more=" AND l.within IN :places")).bindparams(
    bindparam("places", expanding=True, type_=String)
)
_ENTRIES = (
    f"SELECT {COLUMNS} FROM record_entry e JOIN record_latest l ON l.ref = e.ref "
    "LEFT JOIN record_content t ON t.position = e.position AND (l.standing OR l.position = e.position) "
    "WHERE e.position >= :start AND e.at >= :since AND (:kind = '' OR e.kind = :kind){more} "
    "ORDER BY e.position LIMIT :most"
)
_ALL_ENTRIES = text(_ENTRIES.format(more=""))
_OF_ONE = text(_ENTRIES.format(more=" AND e.ref = :ref"))  # by the index on references, not through the log
_NEWEST_REF = text(
    "SELECT ref FROM record_latest WHERE kind = :kind AND standing ORDER BY position DESC LIMIT 1"
)


def standing(
    c: Reader,
    kind: Kind,
    *,
    start: int,
    most: int,
    since: datetime | None = None,
    places: Sequence[str] | None = None,
) -> tuple[Revision, ...]:
    """At most ``most`` standing documents of ``kind`` whose newest revision lies at ``start`` or later.

    ``since``: published or changed then or later. ``places``: only what lies within one of these.
    """
    values = {"kind": kind, "start": start, "most": most, "since": _bound(since)}
    rows = c.execute(_ALL, values) if places is None else c.execute(_WITHIN, {**values, "places": places})
    return tuple(as_revision(row) for row in rows)


def entries(
    c: Reader, *, start: int, most: int, since: datetime | None = None, kind: str = "", ref: str = ""
) -> tuple[Revision, ...]:
    """At most ``most`` entries of the log from ``start`` on; the empty text does not filter."""
    values = {"start": start, "most": most, "since": _bound(since), "kind": kind}
    rows = c.execute(_OF_ONE, {**values, "ref": ref}) if ref else c.execute(_ALL_ENTRIES, values)
    return tuple(as_revision(row) for row in rows)


def newest_ref(c: Reader, kind: Kind) -> str | None:
    """What of ``kind`` was published last and still stands."""
    found = c.execute(_NEWEST_REF, {"kind": kind}).scalar()
    return None if found is None else str(found)


def _bound(since: datetime | None) -> str:
    """Instants are stored as text in UTC, which sorts as they do; the empty text is before all of them."""
    return "" if since is None else since.astimezone(UTC).isoformat()
