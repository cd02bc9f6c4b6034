"""Which documents have a term: the index on disk with the log's tail over it, kept as sets."""

from collections import defaultdict

from portal.kernel.text import fold
from portal.record.search import schema
from portal.record.search.base import Base
from portal.record.search.terms import Terms

_KEPT_BYTES = 16 * 2**20  # sets kept in memory; a flood of odd queries must not grow it
_OVERHEAD = 150  # bytes an entry costs beside its set


class Postings:
    """Sets of documents by field and term, filled from disk when first asked for."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._fresh: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._kept: dict[tuple[str, str], int] = {}
        self._size = 0
        self._vocabulary: dict[str, set[str]] = {}

    def get(self, field: str, term: str) -> int:
        """The documents that have ``term`` in ``field``, those no longer live included."""
        found = self._kept.get((field, term))
        return self._fill(field, term) if found is None else found

    def put(self, number: int, terms: Terms) -> None:
        """Note the terms of a document that came after the index on disk."""
        mark = 1 << number
        for field, values in _fields(terms):
            for term in values:
                self._fresh[field, term] |= mark
                if (field, term) in self._kept:
                    self._kept[field, term] |= mark
        for word in terms.exact if self._vocabulary else ():
            self._vocabulary.setdefault(fold(word), set()).add(word)

    def vocabulary(self) -> dict[str, set[str]]:
        """Every folded word with its accented forms; read from disk when first asked for."""
        if not self._vocabulary:
            fresh = (term for field, term in self._fresh if field == schema.EXACT)
            for word in (*self._base.vocabulary(schema.EXACT), *fresh):
                self._vocabulary.setdefault(fold(word), set()).add(word)
        return self._vocabulary

    def _fill(self, field: str, term: str) -> int:
        found = self._base.postings(field, term) | self._fresh.get((field, term), 0)
        if self._size > _KEPT_BYTES:
            self._kept.clear()
            self._size = 0
        self._kept[field, term] = found
        self._size += found.bit_length() // 8 + len(term) + _OVERHEAD
        return found


def _fields(terms: Terms) -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        (schema.EXACT, terms.exact),
        (schema.FOLDED, terms.folded),
        (schema.CORE, terms.core),
        (schema.OFTEN, terms.often),
        (schema.PAIRS, terms.pairs),
    )
