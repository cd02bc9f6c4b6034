"""Abbreviations officials write and residents spell out, and everyday words for official ones: data."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from portal.record.search.terms import Word, words

Spelling = tuple[Word, ...]


@cache
def _table() -> dict[tuple[str, ...], list[Spelling]]:
    """Folded words -> the other ways to say them."""
    content = files(__package__).joinpath("equivalents.json").read_text("utf-8")
    table: defaultdict[tuple[str, ...], list[Spelling]] = defaultdict(list)
    for group in json.loads(content):
        spellings = [tuple(words(text)) for text in group]
        for spelling in spellings:
            others = [other for other in spellings if other != spelling]
            table[tuple(word.folded for word in spelling)] += others
    return dict(table)


def other_spellings(text: Sequence[Word]) -> Iterator[tuple[int, int, Spelling]]:
    """For every stretch of ``text`` that can be said otherwise: where it starts, stops, and how."""
    folded = tuple(word.folded for word in text)
    for start in range(len(folded)):
        for stop in range(start + 1, len(folded) + 1):
            for spelling in _table().get(folded[start:stop], ()):
                yield start, stop, spelling
