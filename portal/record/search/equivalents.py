"""Abbreviations officials write and residents spell out, everyday words for official ones: data.

``same``: groups that mean one thing, either way round. ``also``: what residents say, and what a text
about it says; only from the first to the second, and such a text is no exact match. ``filler``: words
of a question that no commitment must have.
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


def other_spellings(text: Sequence[Word]) -> Iterator[tuple[int, int, Other]]:
    """For every stretch of ``text`` that can be said otherwise: where it starts, stops, and how.

    An everyday word counts as typed with its accents, or without any: "ngáp" is not "ngập".
    """
    folded = tuple(word.folded for word in text)
    for start in range(len(folded)):
        for stop in range(start + 1, len(folded) + 1):
            for said, other in _table().get(folded[start:stop], ()):
                typed = text[start:stop]
                if other.is_same or all(
                    t.exact in (t.folded, s.exact) for t, s in zip(typed, said, strict=True)
                ):
                    yield start, stop, other
