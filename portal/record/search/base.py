"""The part of the index that lies on disk: its postings as sets, its rows, its vocabulary."""

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3LeafMatcher, W3TermsReader
from whoosh.reading import SegmentReader, TermNotFound

from portal.record.search import bits, rows, schema


class Base:
    """Documents 0 to ``size`` in the order Whoosh holds them, which is that of their positions."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self._terms = [_terms_reader(reader) for reader in readers]
        sizes = [reader.doc_count_all() for reader in readers]
        self._starts = [0, *accumulate(sizes)]
        self.size: int = self._starts[-1]
        self._format = schema.schema()[schema.EXACT].format

    def postings(self, field: str, term: str) -> int:
        """The documents that have ``term``, deleted ones included."""
        found = 0
        for start, terms in zip(self._starts, self._terms, strict=False):
            try:
                matcher = terms.matcher(field, term.encode(), self._format)
            except TermNotFound:
                continue
            found |= bits.of(_numbers(matcher)) << start
        return found

    def live(self) -> list[int]:
        """The documents that were not deleted, ascending."""
        return [
            start + number
            for start, reader in zip(self._starts, self._readers, strict=False)
            for number in range(reader.doc_count_all())
            if not reader.is_deleted(number)
        ]

    def rows(self) -> list[rows.Row]:
        """A row for every document, deleted ones included."""
        return [rows.decode(values) for values in self._column(schema.ROW)]

    def facts(self) -> list[list[Any] | None]:
        """The packed facts of every document; None for what is no commitment."""
        return self._column(schema.FACTS)

    def vocabulary(self, field: str) -> Iterator[str]:
        """Every term of ``field``, those of deleted documents included."""
        for reader in self._readers:
            for term in reader.lexicon(field):
                yield term.decode()

    def _column(self, name: str) -> list[Any]:
        values: list[Any] = []
        for reader in self._readers:
            joined = b",".join(reader.column_reader(name, translate=False))
            values.extend(json.loads(b"[" + joined + b"]"))
        return values


def _terms_reader(reader: SegmentReader) -> W3TermsReader:
    # SegmentReader.postings() filters deleted documents one Python call at a time; ours is one AND.
    terms: W3TermsReader = schema.codec().terms_reader(reader.storage(), reader.segment())
    return terms


def _numbers(matcher: W3LeafMatcher) -> list[int]:
    """The postings, a block at a time: whoosh3 3.54.0 keeps a block's numbers as differences."""
    numbers: list[int] = []
    while matcher.is_active():
        matcher._read_data()
        numbers.extend(accumulate(matcher._data[0]))  # type: ignore[index]  # just read
        matcher._next_block()
    return numbers
