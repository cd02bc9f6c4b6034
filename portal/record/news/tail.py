"""The end of the log, document by document: what changed from one position on, beside what was before."""

from dataclasses import dataclass

from sqlalchemy import text

from portal.record import reads
from portal.record.documents import Act, CommentDoc, CommitmentDoc, Document, RatingsDoc, Revision
from portal.record.news.differences import news_between, title_of
from portal.record.news.kinds import News, NewsKind

_ENTRIES = text("SELECT position, ref FROM record_entry WHERE position >= :position ORDER BY position")
_BEFORE = text(
    "SELECT max(number) FROM record_entry WHERE ref = :ref AND position < :position AND act <> :redact"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is new of one document: ``newest`` is what is public of it now, ``title`` what it is called."""

    newest: Revision
    title: str
    news: tuple[News, ...]


def changed_since(c: reads.Reader, position: int) -> dict[str, None]:
    """The documents with an entry at ``position`` or later, in the order of their first."""
    return dict.fromkeys(ref for _, ref in c.execute(_ENTRIES, {"position": position}))


def told_of(c: reads.Reader, ref: str, position: int) -> Told | None:
    """What is new of ``ref`` since ``position``; None when that is nothing worth telling.

    Compared is what was public before ``position`` with what is now: whatever was published and taken
    back meanwhile is told by nothing but its tombstone.
    """
    newest = reads.revision(c, ref)
    news = _news(c, newest, position) if newest else ()
    return Told(newest, title_in(c, newest.document), news) if newest and news else None


def before(c: reads.Reader, ref: str, position: int) -> Revision | None:
    """The revision of ``ref`` that was in force before ``position``; None: there was none."""
    number = c.execute(_BEFORE, {"ref": ref, "position": position, "redact": Act.REDACT}).scalar()
    return None if number is None else reads.revision(c, ref, int(number))


def title_in(c: reads.Reader, document: Document | None) -> str:
    """What ``document`` is called; a comment and ratings by the commitment they belong to."""
    if isinstance(document, CommentDoc | RatingsDoc):
        of = reads.revision(c, document.commitment_ref)
        return title_of(of.document) if of and isinstance(of.document, CommitmentDoc) else ""
    return title_of(document)


def _news(c: reads.Reader, newest: Revision, position: int) -> tuple[News, ...]:
    if newest.document is None:
        return (News(NewsKind.ERASED),)
    old = before(c, newest.ref, position)
    if old is not None and old.number == newest.number:
        return ()  # an older revision was erased; what is public did not change
    if newest.act in (Act.WITHDRAW, Act.REDACT) or old is None or old.document is not None:
        return news_between(old.document if old else None, newest.document)
    return (News(NewsKind.CHANGED),)  # what it said before was erased
