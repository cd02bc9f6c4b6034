"""Which documents have a term: the index on disk with the log's tail over it, kept as sets."""

from bisect import bisect_left
from collections import defaultdict
from functools import reduce
from itertools import islice, takewhile
from operator import or_

from portal.record.search import schema
from portal.record.search.base import Base
from portal.record.search.terms import Terms, as_word

_KEPT_BYTES = 16 * 2**20  # sets kept in memory; a flood of odd queries must not grow it
_OVERHEAD = 150  # bytes an entry costs beside its set
_FOLDED = "folded "  # marks a set put together from all accented forms

_Term = tuple[str, str]  # field and term


class Postings:
    """Sets of documents by field and term, filled from disk when first asked for.

    ``vocabulary``: every folded word with the forms it is written in.
    """

    def __init__(self, base: Base) -> None:
        self.vocabulary: defaultdict[str, set[str]] = defaultdict(set)
        self._base = base
        self._sorted: list[str] = []  # the folded vocabulary, sorted when it was last asked for
        self._fresh: defaultdict[_Term, int] = defaultdict(int)
        self._kept: dict[_Term, int] = {}
        self._size = 0
        for form in base.vocabulary(schema.EXACT):
            self._learn(form)

    def get(self, field: str, term: str) -> int:
        """The documents that have ``term`` in ``field``, those no longer live included."""
        found = self._kept.get((field, term))
        if found is None:
            found = self._base.postings(field, term) | self._fresh.get((field, term), 0)
            self._keep((field, term), found)
        return found

    def folded(self, field: str, term: str) -> int:
        """The documents that have ``term`` with any accents."""
        found = self._kept.get((_FOLDED + field, term))
        if found is None:
            found = reduce(or_, (self.get(field, form) for form in self.vocabulary.get(term, ())), 0)
            self._keep((_FOLDED + field, term), found)
        return found

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The first ``most`` folded words that begin with ``start``, the shortest first."""
        if len(self._sorted) != len(self.vocabulary):
            self._sorted = sorted(self.vocabulary)
        place = bisect_left(self._sorted, start)
        fitting = takewhile(lambda word: word.startswith(start), islice(self._sorted, place, None))
        return sorted(islice(fitting, most), key=len)

    def put(self, number: int, terms: Terms) -> None:
        """Note the terms of a document that came after the index on disk."""
        for term in terms.exact:
            self._learn(term)
            self._mark(schema.EXACT, term, number)
        for field, some in ((schema.CORE, terms.core), (schema.OFTEN, terms.often)):
            for term in some:
                self._mark(field, term, number)
        for field, some in ((schema.PAIRS, terms.pairs), (schema.TWICE, terms.twice)):
            for term in some:
                self._mark(field, term, number)

    def _mark(self, field: str, term: str, number: int) -> None:
        self._fresh[field, term] |= 1 << number
        if (field, term) in self._kept:
            self._kept[field, term] |= 1 << number
        if field not in (schema.PAIRS, schema.TWICE):
            self._kept.pop((_FOLDED + field, as_word(term).folded), None)

    def _learn(self, form: str) -> None:
        word = as_word(form)
        self.vocabulary[word.folded].add(word.exact)

    def _keep(self, term: _Term, found: int) -> None:
        if self._size > _KEPT_BYTES:
            self._kept.clear()
            self._size = 0
        self._kept[term] = found
        self._size += found.bit_length() // 8 + len(term[1]) + _OVERHEAD
