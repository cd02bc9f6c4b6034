"""Abbreviations officials write and residents spell out, or the other way round; data, not code."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from portal.record.search.terms import Word, words

Spelling = tuple[Word, ...]


@cache
def _pairs() -> tuple[tuple[Word, Spelling], ...]:
    """Every abbreviation beside what it may stand for."""
    content = files(__package__).joinpath("abbreviations.json").read_text("utf-8")
    return tuple(
        (words(short)[0], tuple(words(long)))
        for short, spellings in json.loads(content).items()
        for long in spellings
    )


@cache
def _longs() -> dict[str, tuple[Spelling, ...]]:
    shorts = {short.folded for short, _ in _pairs()}
    return {s: tuple(long for short, long in _pairs() if short.folded == s) for s in shorts}


@cache
def _shorts() -> dict[tuple[str, ...], Word]:
    return {tuple(word.folded for word in long): short for short, long in _pairs()}


def spelled_out(word: Word) -> tuple[Spelling, ...]:
    """What ``word`` may be short for, typed with or without accents."""
    return _longs().get(word.folded, ())


def shortened(text: Sequence[Word]) -> Iterator[tuple[int, int, Word]]:
    """Every stretch of ``text`` that has an abbreviation: where it starts, stops, and the short form."""
    folded = tuple(word.folded for word in text)
    for start in range(len(folded)):
        for stop in range(start + 2, len(folded) + 1):
            if short := _shorts().get(folded[start:stop]):
                yield start, stop, short
