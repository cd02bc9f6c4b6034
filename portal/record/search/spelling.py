"""Did you mean: words the record has, near to what was typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from string import ascii_lowercase

from portal.record.search import schema
from portal.record.search.equivalents import Spelling
from portal.record.search.postings import Postings
from portal.record.search.terms import Word, pair

_BEAM = 16  # readings of a query kept while going through it
_MOST_NEAR = 24  # words tried in place of one
_LONGEST_JOINED = 28  # letters; longer strings are not taken apart
_MOST_PARTS = 4  # syllables written without the spaces between them

# Beginnings and ends of a syllable that sound alike in some part of the country.
_BEGINNINGS = (
    *(("tr", "ch"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("r", "d"), ("l", "n"), ("gh", "g")),
    *(("ngh", "ng"), ("c", "k"), ("ph", "f"), ("v", "d"), ("qu", "w")),
)
_ENDINGS = (("n", "ng"), ("n", "nh"), ("t", "c"), ("t", "ch"), ("i", "y"))


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the query and the documents that satisfy the clause it belongs to."""

    word: Word
    documents: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the query so far: its words, the documents that have them all.

    ``neighbours``: how many of the words stand side by side there with the one before.
    """

    words: tuple[Word, ...]
    documents: int
    neighbours: int


class Speller:
    """Suggests what a query that found nothing in ``live`` may have meant."""

    def __init__(self, postings: Postings, live: int) -> None:
        self._postings = postings
        self._live = live

    def suggest(self, query: Sequence[Typed], *, accented: bool) -> str | None:
        """The nearest query that finds something; None when there is none.

        A word we put in must stand beside one of its neighbours somewhere, or it means nothing.
        """
        typed = {t.word.folded: t.word for t in query}
        if all(t.documents for t in query):
            readings = self._change_one(query)
        else:
            readings = self._read([self._choices(t) for t in query])
        for reading in readings:
            if self._makes_sense(reading, typed):
                return " ".join(self._written(w, typed, reading, accented) for w in reading.words)
        return None

    def _choices(self, typed: Typed) -> list[tuple[Spelling, int]]:
        if typed.documents:
            return [((typed.word,), typed.documents)]
        return self._near(typed.word)

    def _change_one(self, query: Sequence[Typed]) -> list[_Reading]:
        """Every word is known, but nothing has them all: put another in place of one of them."""
        readings: list[_Reading] = []
        for place, typed in enumerate(query):
            choices = [self._choices(other) for other in query]
            choices[place] = self._near(typed.word)
            readings += self._read(choices) if choices[place] else []
        return sorted(readings, key=_worth, reverse=True)

    def _read(self, choices: Sequence[list[tuple[Spelling, int]]]) -> list[_Reading]:
        """Readings with the most neighbours first; a word without a choice is left out."""
        readings = [_Reading((), self._live, 0)]
        for some in filter(None, choices):
            longer = (self._extend(r, spelling, docs) for r in readings for spelling, docs in some)
            readings = sorted((r for r in longer if r.documents), key=_worth, reverse=True)[:_BEAM]
        return readings

    def _makes_sense(self, reading: _Reading, typed: dict[str, Word]) -> bool:
        text = reading.words
        joined = [self._are_neighbours(a, b, reading.documents) for a, b in pairwise(text)]
        with_company = [any(joined[max(0, n - 1) : n + 1]) for n in range(len(text))]
        strangers = [n for n, word in enumerate(text) if word.folded not in typed]
        return bool(strangers) and (len(text) == 1 or all(with_company[n] for n in strangers))

    def _extend(self, reading: _Reading, spelling: Spelling, documents: int) -> _Reading:
        documents &= reading.documents
        text = (*reading.words, *spelling)
        joints = range(max(1, len(reading.words)), len(text))
        met = sum(self._are_neighbours(text[j - 1], text[j], documents) for j in joints)
        return _Reading(text, documents, reading.neighbours + met)

    def _are_neighbours(self, first: Word, second: Word, documents: int) -> bool:
        return bool(self._postings.get(schema.PAIRS, pair(first, second)) & documents)

    def _near(self, word: Word) -> list[tuple[Spelling, int]]:
        """Known words near ``word``, and known syllables it may be joined from; the commonest first."""
        known = self._postings.vocabulary
        near = {(w,) for w in _edits(word.folded) if w in known} | set(_split(word.folded, known))
        found = [(tuple(Word(p, p) for p in parts), self._with_all(parts)) for parts in near]
        found.sort(key=lambda choice: (-choice[1].bit_count(), choice[0]))
        return [choice for choice in found if choice[1]][:_MOST_NEAR]

    def _with_all(self, parts: Sequence[str]) -> int:
        documents = self._live
        for part in parts:
            documents &= self._postings.folded(schema.EXACT, part)
        return documents

    def _written(self, word: Word, typed: dict[str, Word], reading: _Reading, accented: bool) -> str:
        """``word`` as it is typed; one we put in gets accents when the query has them."""
        if word.folded in typed:
            return typed[word.folded].exact
        if not accented:
            return word.folded
        meant = max(typed.values(), key=lambda w: _likeness(w.folded, word.folded))

        def worth(form: str) -> tuple[float, int]:
            having = self._postings.get(schema.EXACT, form) & reading.documents
            return _likeness(form, meant.exact), having.bit_count()

        return max(sorted(self._postings.vocabulary[word.folded]), key=worth)


def _worth(reading: _Reading) -> tuple[int, int]:
    return reading.neighbours, reading.documents.bit_count()


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()


def _edits(word: str) -> Iterator[str]:
    """One letter more, less, other or swapped; or a beginning or end that sounds alike."""
    if not word.isalpha() or not 1 < len(word) <= _LONGEST_JOINED:
        return
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for left, right in cuts:
        yield from (left + c + right for c in ascii_lowercase)
        if right:
            yield left + right[1:]
            yield from (left + c + right[1:] for c in ascii_lowercase)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
    for a, b in (*_BEGINNINGS, *((b, a) for a, b in _BEGINNINGS)):
        if word.startswith(a):
            yield b + word[len(a) :]
    for a, b in (*_ENDINGS, *((b, a) for a, b in _ENDINGS)):
        if word.endswith(a):
            yield word[: -len(a)] + b


def _split(text: str, known: dict[str, set[str]], parts: int = _MOST_PARTS) -> Iterator[tuple[str, ...]]:
    """``text`` as two or more known syllables: "giaingan" -> giai ngan."""
    if len(text) > _LONGEST_JOINED or parts < 2:
        return
    for cut in range(1, len(text)):
        head, rest = text[:cut], text[cut:]
        if head in known:
            if rest in known:
                yield head, rest
            yield from ((head, *more) for more in _split(rest, known, parts - 1))
