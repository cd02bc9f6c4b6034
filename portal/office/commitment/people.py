"""Whom a text names as accountable: one post-holder, several, a group, or nobody known."""

import re
from enum import StrEnum

from portal.kernel.text import nfc
from portal.office.commitment.phrases import begins_with
from portal.office.commitment.profiles import Words

_BRACKETS = re.compile(r"\([^()]*\)")
_HARD = re.compile(r"(?i)[;/&+\n]|\s(?:và|cùng|hoặc|với)\s")
_SOFT = re.compile(r",|\s[-–—]\s")
_COMRADE = re.compile(r"(?i)\bđ/c\b")
_NAME_LENGTHS = range(2, 6)


class Named(StrEnum):
    """What a text turned out to name."""

    NOBODY = "nobody"
    ONE = "one"
    CONCURRENT = "concurrent"  # two posts joined by a comma: one person holding both, or two people
    SEVERAL = "several"
    COLLECTIVE = "collective"
    UNRECOGNISED = "unrecognised"


class _Kind(StrEnum):
    NAME = "name"
    POST = "post"
    COLLECTIVE = "collective"
    OTHER = "other"


def who(text: str, words: Words) -> Named:
    """Whom ``text`` names. What stands in brackets explains a post and names nobody else:

    "Phó Chủ tịch UBND xã (Trưởng ban bồi thường, giải phóng mặt bằng)" is one person.
    """
    groups = [_kinds(group, words) for group in _HARD.split(_outside_brackets(text, words))]
    everything = [kind for group in groups for kind in group]
    if not everything:
        return Named.NOBODY
    if not any(_is_person(kind) for kind in everything):
        return Named.COLLECTIVE if _Kind.COLLECTIVE in everything else Named.UNRECOGNISED
    if _names_several(groups, everything):
        return Named.SEVERAL
    return Named.CONCURRENT if everything.count(_Kind.POST) > 1 else Named.ONE


def _names_several(groups: list[list[_Kind]], everything: list[_Kind]) -> bool:
    """Two names, people on both sides of an "and", or a person beside a body."""
    groups_with_people = sum(any(_is_person(kind) for kind in group) for group in groups)
    has_body = _Kind.COLLECTIVE in everything
    return has_body or groups_with_people > 1 or everything.count(_Kind.NAME) > 1


def _is_person(kind: _Kind) -> bool:
    return kind in (_Kind.NAME, _Kind.POST)


def _outside_brackets(text: str, words: Words) -> str:
    """``text`` without bracketed explanations, the names of joint bodies made one piece."""
    text = _COMRADE.sub("đồng chí", nfc(text))
    while _BRACKETS.search(text):
        text = _BRACKETS.sub(" ", text)
    for name in words.joined_names:
        text = re.sub(rf"(?i){re.escape(name)}", name.replace(" và ", " ").replace(",", ""), text)
    return text


def _kinds(group: str, words: Words) -> list[_Kind]:
    pieces = (piece.strip(" .:") for piece in _SOFT.split(group))
    return [_kind(piece, words) for piece in pieces if piece]


def _kind(piece: str, words: Words) -> _Kind:
    honorific = begins_with(piece, words.honorifics)
    if honorific:
        rest = piece[len(honorific) :].strip()
        known = _kind(rest, words)
        return _Kind.NAME if known is _Kind.OTHER else known
    if _is_name(piece, words):
        return _Kind.NAME
    if begins_with(piece, words.post_heads):
        return _Kind.POST  # "Tổ trưởng" before "Tổ": the head of a group is one person
    return _Kind.COLLECTIVE if begins_with(piece, words.collective) else _Kind.OTHER


def _is_name(piece: str, words: Words) -> bool:
    """Whether it looks like a Vietnamese name: a family name and others, each with a capital."""
    parts = piece.split()
    is_capitalised = all(part[0].isupper() for part in parts)
    return len(parts) in _NAME_LENGTHS and is_capitalised and parts[0].lower() in words.family_names
