"""Everything a search looks at, held in one process: the index on disk and the log's tail over it.

Documents are numbered as in ``bits``; a changed document gets a new, higher number and its old
number leaves ``places.live``.
"""

from collections.abc import Iterator

from portal.record.documents import Act, CommitmentDoc, Kind, Revision
from portal.record.search import facts, rows
from portal.record.search.base import Base
from portal.record.search.log import Log, read, still_readable
from portal.record.search.opinions import Opinions
from portal.record.search.places import Places
from portal.record.search.postings import Postings
from portal.record.search.terms import searched
from portal.record.search.units import Units


class Shelf:
    """The searchable state of the record: its first ``position`` entries.

    ``tail``: how many documents were taken in since the index on disk was opened.
    """

    def __init__(self, base: Base, position: int) -> None:
        self.position = position
        self.tail = 0
        self.postings = Postings(base)
        self.places = Places()
        self.units = Units()
        self.opinions = Opinions()
        self._base = base
        self._fresh: dict[int, CommitmentDoc] = {}
        self._fill()

    def catch_up(self, log: Log, head: int) -> None:
        """Take in the log's entries up to ``head``."""
        for revision in read(log, self.position, head):
            if revision.kind not in rows.SEARCHED:
                pass  # it stands on the page of a unit or a commitment
            elif rows.is_readable(revision):
                self._put(revision)
            else:
                self._take_down(revision, log)
            self.position = revision.position + 1

    def commitments(self, start: int) -> Iterator[tuple[int, CommitmentDoc]]:
        """The commitments numbered ``start`` and up, without prose: enough for a standing."""
        if start < self._base.size:
            for number, packed in enumerate(self._base.facts()[start:], start):
                if packed is not None:
                    yield number, facts.unpack(packed)
        for number, doc in self._fresh.items():
            if number >= start:
                yield number, doc

    def _fill(self) -> None:
        documents = self._base.rows()
        live = self._base.live()
        self.places.fill(documents, live)
        for number in live:
            self._know(documents[number])

    def _put(self, revision: Revision) -> None:
        known = self.places.find(revision.kind, revision.ref)
        row = rows.row_of(revision, first=known.first if known else revision.position)
        self.postings.put(len(self.places.refs), searched(revision.document))
        number = self.places.put(row)
        self._know(row)
        if isinstance(revision.document, CommitmentDoc):
            self._fresh[number] = facts.unpack(facts.pack(revision.document))
        self.tail += 1

    def _take_down(self, revision: Revision, log: Log) -> None:
        known = self.places.find(revision.kind, revision.ref)
        if known is None:
            return
        if revision.act is Act.REDACT and still_readable(log, known.position):
            return  # an older text was erased; the newest one stays
        self.places.drop(revision.kind, revision.ref)
        if revision.kind is Kind.UNIT:
            self.units.drop(revision.ref)
        elif revision.kind is Kind.RATINGS:
            self.opinions.drop(revision.ref)

    def _know(self, row: rows.Row) -> None:
        if row.of_unit:
            self.units.put(row.of_unit)
        if row.of_ratings:
            self.opinions.put(row.of_ratings)
