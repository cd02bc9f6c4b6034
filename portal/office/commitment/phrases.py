"""Finding listed phrases in a text by whole syllables, whatever their letter case or tone placement."""

import re
from collections.abc import Iterable
from functools import lru_cache

from portal.kernel.text import syllables

_BETWEEN = 2  # syllables that may stand between a request and the body it is addressed to


def find(text: str, phrases: Iterable[str], *, except_in: Iterable[str] = ()) -> tuple[str, ...]:
    """The ``phrases`` that occur in ``text``, in its order, the longer before one inside it.

    What stands inside a phrase of ``except_in`` does not count.
    """
    plain = _plain(text)
    for phrase in _longest_first(except_in):
        plain = plain.replace(f" {phrase} ", _blank(phrase))
    found: list[tuple[int, str]] = []
    for phrase in _longest_first(phrases):
        at = plain.find(f" {phrase} ")
        if at >= 0:
            found.append((at, phrase))
            plain = plain.replace(f" {phrase} ", _blank(phrase))
    return tuple(phrase for _, phrase in sorted(found))


def begins_with(text: str, phrases: Iterable[str]) -> str:
    """The longest of ``phrases`` with which ``text`` begins, or ""."""
    plain = _plain(text)
    return next((p for p in _longest_first(phrases) if plain.startswith(f" {p} ")), "")


def before(text: str, phrases: Iterable[str]) -> str:
    """The part of ``text`` before the first of ``phrases``, or "" when none occurs."""
    found = [re.search(rf"(?i)\b{re.escape(phrase)}\b", text) for phrase in phrases]
    return text[: min((match.start() for match in found if match), default=0)].strip()


def addressed(text: str, asks: Iterable[str], bodies: Iterable[str]) -> str:
    """The first of ``bodies`` that ``text`` asks for something ("kiến nghị Quốc hội"), or ""."""
    pattern = rf" (?:{_any_of(asks)}) (?:\S+ ){{0,{_BETWEEN}}}?({_any_of(bodies)}) "
    match = re.search(pattern, _plain(text))
    return match[1] if match else ""


def count_syllables(text: str) -> int:
    """How many syllables ``text`` has."""
    return len(syllables(text))


def _plain(text: str) -> str:
    return f" {' '.join(syllables(text))} "


def _blank(phrase: str) -> str:
    """As long as the phrase between its spaces, so that places stay where they are."""
    return f" {'|' * len(phrase)} "


def _longest_first(phrases: Iterable[str]) -> tuple[str, ...]:
    return _prepared(tuple(phrases))


@lru_cache(maxsize=64)  # the lists are the same for every commitment
def _prepared(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted((_plain(phrase).strip() for phrase in phrases), key=len, reverse=True))


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in _longest_first(phrases))
