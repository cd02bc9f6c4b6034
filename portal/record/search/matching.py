"""From clauses to documents: which match, and in what order they are worth reading.

Order: with accents typed, documents that have every word exactly so, or say what people call it so,
come first; then those where all neighbours of the query stand side by side as typed, then in other
words; then by a weighted sum over words and pairs, rare ones weighing more, and more in the promise
itself or in several texts; among equals the latest first. Without accents exactness only breaks ties.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from portal.record.search import bits, schema
from portal.record.search.equivalents import Spelling
from portal.record.search.parse import Clause, ParsedQuery
from portal.record.search.postings import Postings
from portal.record.search.terms import Word, pair

_HEAVIEST = 12  # the weight of the rarest word
_FOUND, _EXACT, _CORE, _OFTEN, _PAIR, _TYPED, _TWICE = (
    1,
    1,
    2,
    1,
    3,
    2,
    3,
)  # times the weight of the word or pair
_TOGETHER = 2  # times the weight of a pair: a syllable alone is often half of another word
_LEAST = 3  # a document with less than this part of the query answers another question
FEW_CLAUSES = 2  # so few words together are no accident

Look = Callable[[str, Word], int]  # the documents with a word in a field


@dataclass(frozen=True, slots=True)
class Match:
    """The documents found and the slices that order them, the best highest."""

    found: int
    slices: list[int]


@dataclass(frozen=True, slots=True)
class Span:
    """Documents that satisfy words ``start`` to ``stop`` of the query in another way.

    A unit named there covers them, or they say it in other words.
    """

    start: int
    stop: int
    documents: int


class Matcher:
    """Finds and orders documents within ``live``. ``units``: what the units named in it cover."""

    def __init__(self, postings: Postings, live: int, query: ParsedQuery, units: Sequence[Span] = ()) -> None:
        self._postings = postings
        self._live = live
        self._query = query
        self._units = units
        self._clauses = {clause: self._any_of(clause) for clause in query.clauses}

    def satisfying(self, clause: Clause) -> int:
        """The documents that satisfy ``clause``."""
        return self._clauses[clause]

    def all_of(self, clauses: Iterable[Clause]) -> int:
        """The documents that satisfy all ``clauses``; everything when there are none."""
        return reduce(and_, map(self.satisfying, clauses), self._live)

    def most_of(self, query: ParsedQuery) -> Match:
        """The documents that have, as typed, at least half of what any has of the query.

        A clause counts by how rare it is: of "kênh không có nước", "kênh" says what is meant; two of them
        side by side count again, so that words by chance in a long text do not outdo what is meant. One
        word out of several answers another question, and so does less than a third of them all.
        """
        told: list[int] = []
        clauses: list[int] = []
        whole = 0
        for clause in query.clauses:
            as_typed = self._meant(clause) if query.is_accented else self.satisfying(clause)
            having = as_typed | self._covering(clause.start, clause.stop)
            weight = self._weight(self.satisfying(clause))
            bits.add(told, having, weight)
            bits.add(clauses, having, 1)
            whole += weight
        several = bits.at_least(self._live, clauses, min(FEW_CLAUSES, len(query.clauses)))
        found = _best_half(several, told, -(-whole // _LEAST))
        for n in query.joints():
            side_by_side = self._side_by_side(n)
            bits.add(told, side_by_side, _TOGETHER * self._weight(side_by_side))
        found |= _best_half(several, told, -(-whole // _LEAST))
        return Match(found, self._sum(query, found))

    def is_convincing(self, query: ParsedQuery, found: int) -> bool:
        """Whether ``found`` may be what was meant.

        With accents typed, some must have the words exactly so, or half of the neighbours together:
        many short syllables, accents apart, meet in a long text by accident.
        """
        if not query.is_accented or len(query.clauses) <= FEW_CLAUSES or self._exactly(query, found):
            return bool(found)
        near: list[int] = []
        for n in query.joints():
            bits.add(near, self._side_by_side(n) & found, 1)
        return bool(bits.at_least(found, near, (len(query.joints()) + 1) // 2))

    def ranked(self, query: ParsedQuery, found: int) -> Match:
        """``found`` with the slices that order it."""
        if not found:
            return Match(0, [])
        exactly = self._exactly(query, found)
        together = reduce(and_, map(self._side_by_side, query.joints()), found)
        so_typed = reduce(and_, (self._typed_beside(n, schema.PAIRS) for n in query.joints()), together)
        if query.is_accented and (exactly & so_typed or len(query.joints()) < FEW_CLAUSES):
            return Match(found, [*self._sum(query, found), together, so_typed, exactly])
        # Typed without accents; or with some that nobody wrote in a phrase of three words or more, so
        # that they are rather a slip than another word: then nearness tells more than accents do.
        nearest = [together, so_typed] if query.is_accented else [together]
        return Match(found, [exactly, *self._sum(query, found), *nearest])

    def _sum(self, query: ParsedQuery, found: int) -> list[int]:
        slices: list[int] = []
        for clause in query.clauses:
            weight = self._weight(self.satisfying(clause))
            bits.add(slices, self.satisfying(clause) & found, _FOUND * weight)
            if query.is_accented:  # without accents "tu" no more means "tu" than "tư"
                bits.add(slices, self._exact(clause) & found, _EXACT * weight)
            bits.add(slices, self._as_typed(clause, schema.CORE) & found, _CORE * weight)
            bits.add(slices, self._as_typed(clause, schema.OFTEN) & found, _OFTEN * weight)
        for n in query.joints():
            side_by_side = self._side_by_side(n)
            weight = self._weight(side_by_side)
            bits.add(slices, side_by_side & found, _PAIR * weight)
            bits.add(slices, self._typed_beside(n, schema.PAIRS) & found, _TYPED * weight)
            bits.add(slices, self._typed_beside(n, schema.TWICE) & found, _TWICE * weight)
            bits.add(slices, self._the_same(n) & found, (_TYPED + _TWICE) * weight)
        return slices

    def _exactly(self, query: ParsedQuery, found: int) -> int:
        for clause in query.clauses:
            found &= self._meant(clause) | self._covering(clause.start, clause.stop)
        return found

    def _side_by_side(self, n: int) -> int:
        """The documents where words ``n`` and the next are neighbours, or said in other words."""
        said = self._typed_beside(n, schema.PAIRS)
        for stretch in self._query.stretches:
            if stretch.covers(n, n + 2):
                said |= self._said(stretch.other.spelling, schema.EXACT)
        return said & self._live | self._covering(n, n + 2)

    def _the_same(self, n: int) -> int:
        """The documents that say words ``n`` and the next in another spelling of the very same thing."""
        others = (s.other for s in self._query.stretches if s.covers(n, n + 2) and s.other.is_same)
        return reduce(or_, (self._said(other.spelling, schema.EXACT) for other in others), 0)

    def _typed_beside(self, n: int, field: str) -> int:
        words = self._query.words
        return self._postings.get(field, pair(words[n], words[n + 1]))

    def _any_of(self, clause: Clause) -> int:
        typed = self._stand(self._unaccented, schema.EXACT, clause.spellings[0])
        others = self._said_otherwise(clause, schema.EXACT)
        others |= self._kin(clause, schema.EXACT)
        return (typed | others | self._covering(clause.start, clause.stop)) & self._live

    def _exact(self, clause: Clause) -> int:
        typed = self._said(clause.spellings[0], schema.EXACT)
        return (typed | self._said_otherwise(clause, schema.EXACT)) & self._live

    def _meant(self, clause: Clause) -> int:
        return self._exact(clause) | self._kin(clause, schema.EXACT)

    def _as_typed(self, clause: Clause, field: str) -> int:
        """With its accents when the query has any, whatever the accents when it has none."""
        look = self._accented if self._query.is_accented else self._unaccented
        typed = self._stand(look, field, clause.spellings[0])
        return (typed | self._said_otherwise(clause, field) | self._kin(clause, field)) & self._live

    def _covering(self, start: int, stop: int) -> int:
        spans = (span for span in self._units if span.start <= start and stop <= span.stop)
        return reduce(or_, (span.documents for span in spans), 0) & self._live

    def _said_otherwise(self, clause: Clause, field: str) -> int:
        return reduce(or_, (self._said(s, field) for s in clause.spellings[1:]), 0)

    def _kin(self, clause: Clause, field: str) -> int:
        return reduce(or_, (self._said(s, field) for s in clause.kin), 0)

    def _said(self, spelling: Spelling, field: str) -> int:
        """What we know to mean the same has its accents: "sổ đỏ" is not "số đồ án"."""
        return self._stand(self._accented, field, spelling)

    def _stand(self, look: Look, field: str, spelling: Spelling) -> int:
        found = -1
        for word in spelling:
            found &= look(field, word)
        for a, b in pairwise(spelling):
            found &= self._postings.get(schema.PAIRS, pair(a, b))
        return found

    def _accented(self, field: str, word: Word) -> int:
        """With its accents; what nobody writes so has d for đ, or was typed without accents."""
        known = self._postings.vocabulary.get(word.folded, ())
        if word.exact in known or not known:
            return self._postings.get(field, word.exact)
        plain = word.exact.replace("đ", "d")
        near = [form for form in known if form.replace("đ", "d") == plain]
        if not near and word.exact == word.folded:
            return self._unaccented(field, word)
        return reduce(or_, (self._postings.get(field, form) for form in near), 0)

    def _unaccented(self, field: str, word: Word) -> int:
        return self._postings.folded(field, word.folded)

    def _weight(self, having: int) -> int:
        """How much a word or pair tells: the rarer, the more (log2 of N/n, at least 1)."""
        rarity = self._live.bit_count() // (having.bit_count() or 1)
        return min(_HEAVIEST, max(1, rarity.bit_length()))


def _best_half(among: int, told: list[int], least: int) -> int:
    """Those of ``among`` that have half of what the best one is told to have, and ``least``."""
    best = bits.highest(among, told)
    return bits.at_least(among, told, max((best + 1) // 2, least))
