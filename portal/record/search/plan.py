"""What a stretch of the log asks of the index: which documents enter, and which leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoosh.reading import SegmentReader

from portal.record.documents import Act, Revision
from portal.record.search import rows, schema
from portal.record.search.log import Log, read, still_readable


@dataclass(frozen=True, slots=True)
class Change:
    """A revision to index; ``first``: position of its document's first publication."""

    revision: Revision
    first: int


@dataclass(frozen=True, slots=True)
class _Known:
    position: int
    first: int


class Plan:
    """Gathers the changes of a stretch of the log. ``must_forget``: a text was taken down.

    Whoosh only marks a document as deleted, so what must be forgotten asks for a new index.
    """

    def __init__(self, log: Log, readers: Sequence[SegmentReader]) -> None:
        self.must_forget = False
        self._log = log
        self._readers = readers
        self._changes: dict[str, Change | None] = {}

    def read(self, start: int, stop: int) -> None:
        """Take in the entries from ``start`` up to, not including, ``stop``."""
        for revision in read(self._log, start, stop):
            if revision.kind not in rows.SEARCHED:
                continue
            key = rows.key(revision.kind, revision.ref)
            if rows.is_readable(revision):
                known = self._known(key)
                first = known.first if known else revision.position
                self._changes[key] = Change(revision, first)
            else:
                self._take_down(key, revision)

    def entering(self) -> list[Change]:
        """The revisions to index, oldest first."""
        found = [change for change in self._changes.values() if change is not None]
        return sorted(found, key=lambda change: change.revision.position)

    def touched(self) -> Sequence[str]:
        """The keys whose present document leaves the index."""
        return tuple(self._changes)

    def _take_down(self, key: str, revision: Revision) -> None:
        self.must_forget = True
        known = self._known(key)
        if revision.act is Act.REDACT and known and still_readable(self._log, known.position):
            return  # an older text was erased; the newest one stays
        self._changes[key] = None

    def _known(self, key: str) -> _Known | None:
        if key in self._changes:
            change = self._changes[key]
            return _Known(change.revision.position, change.first) if change else None
        for reader in reversed(self._readers):
            for number in numbers_of(reader, key):
                row = rows.decode_bytes(reader.column_reader(schema.ROW)[number])
                return _Known(row.position, row.first)
        return None


def numbers_of(reader: SegmentReader, key: str) -> Iterator[int]:
    """The document of ``reader`` named ``key``, unless it was deleted."""
    if (schema.KEY, key.encode()) in reader:
        yield from reader.postings(schema.KEY, key.encode()).all_ids()
