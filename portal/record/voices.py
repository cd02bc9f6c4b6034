"""Looking up what the public said: the comments on a commitment, the ledger of moderation, its figures.

``c`` is anything that executes SQL, as in ``reads``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from portal.record.documents import CommentDoc, Kind, ModerationDoc, Revision, TransparencyDoc
from portal.record.reads import COLUMNS, Reader, as_revision

COMMENTS_A_PAGE, LINES_A_PAGE = 20, 50

_WIDTH = COLUMNS.count(",") + 1
# The page is cut from the index first; texts are read for the page alone.
_PAGE = (
    "FROM (SELECT position, count(*) OVER () AS total FROM record_latest WHERE {which} AND standing "
    "ORDER BY position DESC LIMIT :most OFFSET :start) p "
    "JOIN record_entry e ON e.position = p.position "
    "LEFT JOIN record_content t ON t.position = p.position ORDER BY p.position DESC"
)
COMMENTS = text(f"SELECT {COLUMNS}, p.total " + _PAGE.format(which="within = :place AND kind = :kind"))
_OF_KIND = text(f"SELECT {COLUMNS}, p.total " + _PAGE.format(which="kind = :kind"))


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what there is, newest first; ``total``: how many there are in all."""

    revisions: tuple[Revision, ...]
    total: int

    def last(self, size: int) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // size))


def comments_of(c: Reader, commitment_ref: str, *, page: int = 1, size: int = COMMENTS_A_PAGE) -> Page:
    """The comments and stubs on one commitment, the latest first."""
    return as_page(c.execute(COMMENTS, asked(commitment_ref, page=page, size=size)))


def asked(commitment_ref: str, *, page: int, size: int) -> dict[str, Any]:
    """What `COMMENTS` is asked with."""
    return {"place": commitment_ref, "kind": Kind.COMMENT, "most": size, "start": size * (page - 1)}


def ledger(c: Reader, *, page: int = 1, size: int = LINES_A_PAGE) -> Page:
    """The lines of the moderation ledger, the latest first."""
    return as_page(c.execute(_OF_KIND, {"kind": Kind.MODERATION, "most": size, "start": size * (page - 1)}))


def months(c: Reader, *, most: int = 120) -> tuple[TransparencyDoc, ...]:
    """The figures of every month, the latest month first."""
    found = as_page(c.execute(_OF_KIND, {"kind": Kind.TRANSPARENCY, "most": most, "start": 0}))
    documents = [r.document for r in found.revisions if isinstance(r.document, TransparencyDoc)]
    return tuple(sorted(documents, key=lambda d: d.month, reverse=True))


def comments(page: Page) -> tuple[CommentDoc, ...]:
    """The comments of a page."""
    return tuple(r.document for r in page.revisions if isinstance(r.document, CommentDoc))


def lines(page: Page) -> tuple[ModerationDoc, ...]:
    """The ledger lines of a page."""
    return tuple(r.document for r in page.revisions if isinstance(r.document, ModerationDoc))


def as_page(rows: Iterable[Sequence[Any]]) -> Page:
    """The rows of a statement above."""
    found = list(rows)
    return Page(tuple(as_revision(row[:_WIDTH]) for row in found), int(found[0][_WIDTH]) if found else 0)
