"""Home addresses: a house number with its lane, street or hamlet, in whatever order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.phrases import Phrases, Unit, lexicon
from portal.inbox.recognition.view import View
from portal.kernel.text import fold

_NUMBER = re.compile(r"(?!0{2})\d{1,4}[a-z]?")
_SLASH = "/"
_JOINTS = frozenset(("", " ", ", ", ",", " - ", "-", " , ", ". ", ": ", " ("))
_OFFICE_REACH = 4  # words
_LONGEST_NAME = 4  # words of a street's name
_LONGEST_CHAIN = 8  # parts of an address


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an address, ``units[first:last]``: a house (sure or only likely), or where it stands."""

    first: int
    last: int
    house: str = ""  # "sure", "likely", or not a house number


def find_addresses(seen: View, units: Sequence[Unit]) -> list[Found]:
    """The home addresses in the text; a stretch of road "từ số nhà 2 đến số nhà 40" is none."""
    parts = _parts(seen, units)
    return [
        Found(*seen.span(units[chain[0].first].start, units[chain[-1].last - 1].end), Kind.ADDRESS)
        for chain in _chains(parts, seen, units)
        if _is_home(chain, units)
    ]


def _is_home(chain: Sequence[_Part], units: Sequence[Unit]) -> bool:
    """Whether the chain holds a house number, and neither an office nor a stretch of road is meant."""
    houses = {part.house for part in chain if part.house}
    if not ("sure" in houses or (houses and len(chain) > 1)):
        return False
    first = chain[0].first
    if first and _is_in("ranges", units[first - 1]):
        return False
    near = units[max(0, first - _OFFICE_REACH) : first]
    return not any(hit.label == "offices" for hit in _heads().find(near))


def _chains(parts: Sequence[_Part], seen: View, units: Sequence[Unit]) -> list[list[_Part]]:
    """The parts that follow each other, grouped."""
    chains: list[list[_Part]] = [[parts[0]]] if parts else []
    for left, right in pairwise(parts):
        joint = seen.chars[units[left.last - 1].end : units[right.first].start]
        if left.last == right.first and joint in _JOINTS and len(chains[-1]) < _LONGEST_CHAIN:
            chains[-1].append(right)
        else:
            chains.append([right])
    return chains


def _parts(seen: View, units: Sequence[Unit]) -> list[_Part]:
    heads = {hit.first: hit for hit in _heads().find(units) if hit.label != "offices"}
    parts: list[_Part] = []
    at = 0
    while at < len(units):
        part = _part(heads[at].label, at, heads[at].last, seen, units) if at in heads else None
        part = part or _bare_house(at, seen, units)
        if part:
            parts.append(part)
        at = part.last if part else at + 1
    return parts


def _part(label: str, first: int, value: int, seen: View, units: Sequence[Unit]) -> _Part | None:
    """The part that begins with a head word; its number or name starts at ``value``."""
    number = _number_end(value, seen, units)
    if label == "houses":
        is_year = number == value + 1 and len(units[value].plain) == 4
        return _Part(first, number, "sure") if number and not is_year else None
    if number:
        return _Part(first, number)
    name = _name_end(value, seen, units) if label != "lanes" else 0
    return _Part(first, name) if name else None


def _bare_house(at: int, seen: View, units: Sequence[Unit]) -> _Part | None:
    """ "số 12", "nhà 15" or "12/5": a house only beside a lane, street or hamlet; no sum, no date."""
    says_house = _is_in("house_words", units[at])
    number = _number_end(at + 1 if says_house else at, seen, units)
    if not number or (number < len(units) and _is_in("not_houses", units[number])):
        return None
    is_date = number - at == 3 and len(units[number - 1].plain) == 4
    return _Part(at, number, "likely") if says_house or (number > at + 1 and not is_date) else None


def _number_end(at: int, seen: View, units: Sequence[Unit]) -> int:
    """Where the house number that begins at ``at`` ends (12A, 12/5/3), or 0."""
    if at < len(units) and units[at].word == "số":
        at += 1
    if at >= len(units) or not _NUMBER.fullmatch(units[at].token.typed.lower()):
        return 0
    last = at + 1
    while (
        last < len(units)
        and last - at < 4
        and seen.chars[units[last - 1].end : units[last].start] == _SLASH
        and _NUMBER.fullmatch(units[last].token.typed.lower())
    ):
        last += 1
    return last


def _name_end(at: int, seen: View, units: Sequence[Unit]) -> int:
    """Where the name of a street or hamlet that begins at ``at`` ends, or 0."""
    if at >= len(units):
        return 0
    known = max((hit.last for hit in _names().find(units[at : at + 5]) if hit.first == 0), default=0)
    if known:
        return at + known
    shows_names = not seen.is_shouted and units[at].token.is_capitalised
    last = at
    most = _LONGEST_NAME if shows_names else 2  # most hamlets have a name of two words
    while last < len(units) and last - at < most and _continues(units, at, last, shows_names=shows_names):
        last += 1
    shows_nothing = seen.has_one_case or seen.is_unaccented  # then two words are taken for the name
    return last if last > at and (shows_names or shows_nothing) else 0


def _continues(units: Sequence[Unit], first: int, at: int, *, shows_names: bool) -> bool:
    unit = units[at]
    if unit.clause != units[first].clause or not unit.token.typed.isalpha():
        return False
    return unit.token.is_capitalised if shows_names else not _is_in("not_in_names", unit)


@cache
def _heads() -> Phrases:
    stored = lexicon("places")
    return Phrases(
        {label: stored[label] for label in ("lanes", "streets", "neighbourhoods", "houses", "offices")}
    )


@cache
def _names() -> Phrases:
    return Phrases({"names": lexicon("places")["names"]})


def _is_in(part: str, unit: Unit) -> bool:
    exact, plain = _words(part)
    return unit.word in exact or (unit.is_loose and unit.plain in plain)


@cache
def _words(part: str) -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(str(word) for word in lexicon("places")[part])
    return words, frozenset(fold(word) for word in words)
