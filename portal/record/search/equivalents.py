"""Abbreviations officials write and residents spell out, everyday words for official ones: data.

``same``: groups that mean one thing, either way round. ``also``: what residents say, and what a text
about it says; only from the first to the second, and such a text is no exact match. ``filler``: words
of a question that no commitment must have. ``question``: words that ask when, where, who or whether and
only together say nothing of the topic; ``question around``: such words with the topic between them, the
last at the end ("có … không").
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from portal.record.search.terms import Word, words

Spelling = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another way to say something; ``is_same``: it means exactly that."""

    spelling: Spelling
    is_same: bool


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("equivalents.json").read_text("utf-8"))
    return found


@cache
def _table() -> dict[tuple[str, ...], list[tuple[Spelling, Other]]]:
    """Folded words -> the words, and the other ways to say them."""
    table: defaultdict[tuple[str, ...], list[tuple[Spelling, Other]]] = defaultdict(list)

    def note(said: Spelling, other: Spelling, *, is_same: bool) -> None:
        table[tuple(word.folded for word in said)].append((said, Other(other, is_same)))

    for group in _content()["same"]:
        spellings = [tuple(words(text)) for text in group]
        for said in spellings:
            for other in spellings:
                if other != said:
                    note(said, other, is_same=True)
    for text, others in _content()["also"].items():
        for other_text in others:
            note(tuple(words(text)), tuple(words(other_text)), is_same=False)
    return dict(table)


@cache
def _fillers(*, accented: bool) -> frozenset[str]:
    return frozenset(_content()["filler" if accented else "filler without accents"])


def is_filler(word: Word, *, accented: bool) -> bool:
    """Whether ``word`` says nothing of what is looked for, in a query typed with accents or without.

    Without accents many a word looks like one: "cho" is "cho" and "chợ".
    """
    return word.exact in _fillers(accented=accented)


@cache
def _skipped() -> frozenset[str]:
    """What may stand between the words of an everyday expression: "lớp học bị dột" says "lớp học dột"."""
    return frozenset(word.folded for text in _content()["filler"] for word in words(text))


@cache
def _questions() -> dict[tuple[str, ...], Spelling]:
    said = (tuple(words(text)) for text in _content()["question"])
    return {tuple(word.folded for word in spelling): spelling for spelling in said}


@cache
def _frames() -> list[tuple[Spelling, Spelling]]:
    return [(tuple(words(first)), tuple(words(last))) for first, last in _content()["question around"]]


def question_places(text: Sequence[Word]) -> frozenset[int]:
    """The places of the words of ``text`` that only ask, and name nothing that is asked about."""
    found: set[int] = set()
    folded = tuple(word.folded for word in text)
    for start in range(len(text)):
        for stop in range(start + 1, len(text) + 1):
            said = _questions().get(folded[start:stop])
            if said and _is_said(text[start:stop], said):
                found.update(range(start, stop))
    for first, last in _frames():
        end = len(text) - len(last)
        if end > 0 and _is_said(text[end:], last):
            for start in range(end - len(first)):
                if _is_said(text[start : start + len(first)], first):
                    found.update((*range(start, start + len(first)), *range(end, len(text))))
    return frozenset(found)


def _is_said(typed: Sequence[Word], said: Spelling) -> bool:
    """Whether ``typed`` is ``said``, with its accents or without any: "ngáp" is not "ngập"."""
    return all(t.exact in (w.folded, w.exact) for t, w in zip(typed, said, strict=True))


def parted_spellings(text: Sequence[Word]) -> Iterator[tuple[int, int, Other]]:
    """Everyday expressions with small words between their own: where each starts, stops, what texts say."""
    kept = [n for n, word in enumerate(text) if word.folded not in _skipped()]
    for start, stop, other in other_spellings([text[n] for n in kept]):
        first, last = kept[start], kept[stop - 1]
        if last - first >= stop - start and not other.is_same:
            yield first, last + 1, other


def other_spellings(text: Sequence[Word]) -> Iterator[tuple[int, int, Other]]:
    """For every stretch of ``text`` that can be said otherwise: where it starts, stops, and how.

    An everyday word counts as typed with its accents, or without any: "ngáp" is not "ngập".
    """
    folded = tuple(word.folded for word in text)
    for start in range(len(folded)):
        for stop in range(start + 1, len(folded) + 1):
            for said, other in _table().get(folded[start:stop], ()):
                if other.is_same or _is_said(text[start:stop], said):
                    yield start, stop, other
