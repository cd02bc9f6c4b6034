"""Files of evidence an older revision cites that are given out no more: since when, and why.

The record keeps what a file was called, never the file. Only what is public already is told: the revision
that left it out, the reason that revision gives, and whether a file of the same name took its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision
from portal.record.evidence import files_of
from portal.record.reads import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How a file left what is public: with which revision, why (empty: not said), if for another file."""

    number: int
    at: datetime
    reason: str
    is_replaced: bool


def departed(c: Reader, rev: Revision) -> dict[str, Departure | None]:
    """The files ``rev`` cites that no standing document cites any more, by digest, and how each left."""
    gone = [sha256 for sha256 in files_of(rev.document) if reads.evidence_type(c, sha256) is None]
    course = tuple(reversed(reads.history(c, rev.ref))) if gone else ()
    return {sha256: departure_of(sha256, course) for sha256 in gone}


def departure_of(sha256: str, course: Sequence[Revision]) -> Departure | None:
    """How the file left in ``course``, the revisions oldest first; None when the record does not tell.

    A file that came back counts by when it left last; revisions whose text was erased tell nothing.
    """
    known = [(one, one.document) for one in course if isinstance(one.document, CommitmentDoc)]
    citing = [at for at, (_, doc) in enumerate(known) if sha256 in files_of(doc)]
    if not citing or citing[-1] + 1 == len(known):
        return None
    (_, last), (left, after) = known[citing[-1]], known[citing[-1] + 1]
    return Departure(
        number=left.number,
        at=left.at,
        reason=left.notice.reason,
        is_replaced=bool(_names(after, without=last) & _names(last, only=sha256)),
    )


def _names(doc: CommitmentDoc, *, without: CommitmentDoc | None = None, only: str = "") -> frozenset[str]:
    """What the files of ``doc`` are called: those that ``without`` does not cite, or the one ``only``."""
    known = files_of(without)
    return frozenset(f.description for f in doc.evidence if f.sha256 not in known and only in ("", f.sha256))
