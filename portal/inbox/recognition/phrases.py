"""Finds the phrases of a word list in a text, however it was typed: accents, teencode, sound spelling.

A word typed without accents stands for an accented one only where its neighbours lack accents too,
so "an chan" is "ăn chặn" in an unaccented text and nothing in an accented one.
"""

import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.inbox.recognition.view import Token, View
from portal.kernel.text import fold, new_tone

_SOUNDS = (
    ("tr", "ch"),
    ("gi", "d"),
    ("ph", "f"),
    ("s", "x"),
    ("r", "d"),
    ("l", "n"),
    ("z", "d"),
    ("w", "qu"),
)
_NEAR = 4  # how many words on each side decide whether accents were left out
_SENTENCE_ENDS = ".!?;…\n"
_CLAUSE_ENDS = _SENTENCE_ENDS + ',:()"“”'


@dataclass(frozen=True, slots=True)
class Unit:
    """One word as meant: a token, or one of the words a short spelling stands for."""

    word: str
    plain: str
    sound: str  # with the beginnings that are heard alike written alike
    ear: str  # the same without accents
    is_loose: bool  # typed without accents among words without accents
    start: int
    end: int
    sentence: int
    clause: int
    token: Token


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of list ``label`` at ``units[first:last]``."""

    label: str
    phrase: str
    first: int
    last: int


class Phrases:
    """Lists of phrases, ready to be found in one pass.

    ``typed_bare``: the single words that may stand without their accents (all, when not given); most
    single words are several words then.
    """

    def __init__(
        self, lists: Mapping[str, Iterable[str]], *, typed_bare: Collection[str] | None = None
    ) -> None:
        self._typed_bare = typed_bare
        self._by_start: dict[tuple[str, str], list[tuple[str, str, tuple[_Wanted, ...]]]] = {}
        for label, phrases in lists.items():
            for phrase in phrases:
                wanted = tuple(_Wanted.of(word) for word in phrase.split())
                start = wanted[0].ear, wanted[1].ear if len(wanted) > 1 else ""
                self._by_start.setdefault(start, []).append((label, phrase, wanted))

    def find(self, units: Sequence[Unit]) -> list[Hit]:
        """Every phrase found, the longest of a list at each place, in order."""
        found: list[Hit] = []
        for first, unit in enumerate(units):
            longest: dict[str, Hit] = {}
            for label, phrase, wanted in self._starting_at(units, first):
                last = first + len(wanted)
                is_longer = label not in longest or last > longest[label].last
                if is_longer and self._may_stand(phrase, unit) and _stands_at(units, first, wanted):
                    longest[label] = Hit(label, phrase, first, last)
            found.extend(longest.values())
        return found

    def _starting_at(
        self, units: Sequence[Unit], first: int
    ) -> Iterator[tuple[str, str, tuple["_Wanted", ...]]]:
        yield from self._by_start.get((units[first].ear, ""), ())
        if first + 1 < len(units):
            yield from self._by_start.get((units[first].ear, units[first + 1].ear), ())

    def _may_stand(self, phrase: str, unit: Unit) -> bool:
        is_bare = unit.is_loose and unit.word != phrase and " " not in phrase
        return not is_bare or self._typed_bare is None or phrase in self._typed_bare


class Hits:
    """The phrases found in a text, by list and in order, looked up by place without searching all."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._by_label: dict[str, list[Hit]] = {}
        for hit in sorted(hits, key=lambda hit: (hit.first, hit.last)):
            self._by_label.setdefault(hit.label, []).append(hit)
        self._firsts = {label: [hit.first for hit in found] for label, found in self._by_label.items()}

    def of(self, label: str) -> Sequence[Hit]:
        """Every phrase of a list."""
        return self._by_label.get(label, ())

    def within(self, label: str, low: int, high: int) -> Sequence[Hit]:
        """The phrases of a list that begin at ``low`` or later and before ``high``."""
        firsts = self._firsts.get(label, ())
        return self.of(label)[bisect_left(firsts, low) : bisect_left(firsts, high)]

    def last_before(self, label: str, place: int) -> Hit | None:
        """The last phrase of a list that begins before ``place``."""
        at = bisect_left(self._firsts.get(label, ()), place)
        return self.of(label)[at - 1] if at else None


@dataclass(frozen=True, slots=True)
class _Wanted:
    word: str
    plain: str
    sound: str
    ear: str

    @classmethod
    def of(cls, word: str) -> "_Wanted":
        word = new_tone(word.lower())
        return cls(word, fold(word), _sound(word), fold(_sound(word)))

    def agrees(self, unit: Unit, *, by_ear: bool) -> bool:
        """Whether ``unit`` is this word; ``by_ear`` lets nừa be lừa, where a longer phrase supports it."""
        if unit.is_loose:
            return unit.plain == self.plain
        return unit.word == self.word or (by_ear and unit.sound == self.sound)


def _stands_at(units: Sequence[Unit], first: int, wanted: Sequence[_Wanted]) -> bool:
    here = units[first : first + len(wanted)]
    return (
        len(here) == len(wanted)
        and here[0].clause == here[-1].clause
        and all(each.agrees(unit, by_ear=len(wanted) > 1) for each, unit in zip(wanted, here, strict=True))
    )


def units_of(seen: View) -> tuple[Unit, ...]:
    """The words of a text as meant, teencode written out, with sentence and clause numbers."""
    units: list[Unit] = []
    loose = _loose_places(seen.tokens)
    sentence = clause = 0
    before: Token | None = None
    for place, token in enumerate(seen.tokens):
        gap = seen.between(before, token) if before else ""
        if not (before and before.typed.isdigit() and token.typed.isdigit() and gap in ".,"):
            sentence += any(sign in _SENTENCE_ENDS for sign in gap)
            clause += any(sign in _CLAUSE_ENDS for sign in gap)
        for word, is_loose in _meant(token, is_loose=loose[place]):
            forms = (word, fold(word), _sound(word), fold(_sound(word)))
            units.append(Unit(*forms, is_loose, token.start, token.end, sentence, clause, token))
        before = token
    return tuple(units)


def _meant(token: Token, *, is_loose: bool) -> list[tuple[str, bool]]:
    """The words a token stands for, and whether accents may be missing on each."""
    known = _teencode("words").get(token.word)
    if not known and not is_loose:
        known = _teencode("among_accents").get(token.word)
    if known:
        return [(word, False) for word in known.split()]
    word = token.word
    if word.endswith("g") and not word.endswith("ng") and len(word) > 2 and word.isalpha():
        word = word[:-1] + "ng"  # nhữg, đườg
    return [(word, is_loose and token.is_bare)]


def _loose_places(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether hardly any neighbour carries an accent."""
    marked = [0]
    for token in tokens:
        marked.append(marked[-1] + (not token.is_bare))
    places = []
    for at in range(len(tokens)):
        low, high = max(0, at - _NEAR), min(len(tokens), at + _NEAR + 1)
        places.append((marked[high] - marked[low]) * 4 <= high - low)
    return places


def _sound(word: str) -> str:
    """``word`` with the beginnings that are heard alike written alike."""
    for written, heard in _SOUNDS:
        if word.startswith(written):
            return heard + word[len(written) :]
    return word


@cache
def lexicon(name: str) -> Any:
    """The word list ``name`` as stored in ``lexicon/name.json``."""
    path = Path(__file__).parent / "lexicon" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _teencode(part: str) -> dict[str, str]:
    return {str(short): new_tone(str(meant)) for short, meant in lexicon("teencode")[part].items()}
