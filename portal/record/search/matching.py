"""From clauses to documents: which match, and in what order they are worth reading.

Order: with accents typed, documents that have every word exactly so come first; then those where all
neighbouring words of the query stand side by side; then by a weighted sum over words and pairs,
rare ones weighing more, words of the promise itself twice; among equals the latest first.
"""

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from portal.record.search import bits, schema
from portal.record.search.abbreviations import Spelling
from portal.record.search.parse import Clause, ParsedQuery
from portal.record.search.postings import Postings
from portal.record.search.terms import pair

_HEAVIEST = 12  # weight of the rarest word; the sum then stays below 2**11
_CORE, _EXACT, _PAIR = 2, 1, 3  # times the weight of the word or pair


@dataclass(frozen=True, slots=True)
class Match:
    """The documents found and the slices that order them, the best highest."""

    found: int
    slices: list[int]


class Matcher:
    """Finds and orders documents within ``live``. ``places``: for a clause, those it covers by name.

    ``places`` is how the name of an old unit finds what its successors promise.
    """

    def __init__(self, postings: Postings, live: int, places: dict[Clause, int]) -> None:
        self._postings = postings
        self._live = live
        self._places = places

    def all_of(self, query: ParsedQuery) -> int:
        """The documents that satisfy every clause; all of them when there is none."""
        return reduce(and_, map(self.any_of, query.clauses), self._live)

    def most_of(self, query: ParsedQuery) -> Match:
        """The documents that satisfy at least half of the clauses, those with most of them first."""
        counts: list[int] = []
        for clause in query.clauses:
            bits.add(counts, self.any_of(clause), 1)
        found = bits.at_least(self._live, counts, max(1, (len(query.clauses) + 1) // 2))
        return Match(found, [*self.ranking(query, found), *counts])

    def any_of(self, clause: Clause) -> int:
        """The documents that satisfy ``clause``, by a spelling or because they lie where it says."""
        return self._spelled(clause, schema.FOLDED) | self._places.get(clause, 0) & self._live

    def ranking(self, query: ParsedQuery, found: int) -> list[int]:
        """The slices that order ``found``."""
        slices: list[int] = []
        exactly = found
        for clause in query.clauses:
            exact = self._spelled(clause, schema.EXACT)
            exactly &= exact
            weight = self._weight(self._spelled(clause, schema.FOLDED))
            bits.add(slices, self._spelled(clause, schema.CORE) & found, _CORE * weight)
            bits.add(slices, exact & found, _EXACT * weight)
        together = found
        for term in query.pairs:
            side_by_side = self._postings.get(schema.PAIRS, term) & self._live
            together &= side_by_side
            bits.add(slices, side_by_side & found, _PAIR * self._weight(side_by_side))
        return [*slices, *((together, exactly) if query.is_accented else (exactly, together))]

    def _spelled(self, clause: Clause, field: str) -> int:
        return reduce(or_, (self._stands(s, field) for s in clause.spellings), 0) & self._live

    def _stands(self, spelling: Spelling, field: str) -> int:
        found = -1
        for word in spelling:
            found &= self._postings.get(field, word.exact if field == schema.EXACT else word.folded)
        for a, b in pairwise(spelling):
            found &= self._postings.get(schema.PAIRS, pair(a, b))
        return found

    def _weight(self, having: int) -> int:
        """How much a word or pair tells: the rarer, the more (log2 of N/n, at least 1)."""
        rarity = self._live.bit_count() // (having.bit_count() or 1)
        return min(_HEAVIEST, max(1, rarity.bit_length()))
