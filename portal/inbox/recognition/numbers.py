"""Runs of digits however they are typed: spaced, dotted, o for 0, spelled in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from portal.inbox.recognition.phrases import Unit, lexicon
from portal.kernel.text import fold

SHORTEST, LONGEST = 8, 19  # digits of the numbers looked for: a bank account, a bank card
_LOOKALIKE = str.maketrans("oOlIi", "00111")
_DIGITISH = re.compile(r"[\doOlIi]{1,40}")
_CUT_BY_LETTER = re.compile(r"(?:\d{1,6}[xX]){1,12}\d{1,12}")
_GAP = frozenset(" .-_/,()*+:\u2013")
_WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Digits typed in one piece; ``gap`` is what stands before them, ``unit`` the word's number."""

    digits: str
    start: int
    end: int
    gap: str
    unit: int


def runs(units: Sequence[Unit], chars: str) -> Iterator[list[Group]]:
    """The runs of digit groups, no more than a few signs apart."""
    run: list[Group] = []
    for at, unit in enumerate(units):
        digits = _digits(unit)
        gap = chars[run[-1].end : unit.start] if run else ""
        if run and not (digits and len(gap) <= _WIDEST_GAP and set(gap) <= _GAP):
            yield run
            run, gap = [], ""
        if digits:
            run.append(Group(digits, unit.start, unit.end, gap, at))
    if run:
        yield run


def stretches(run: Sequence[Group]) -> Iterator[tuple[int, int, str]]:
    """Every stretch of whole groups that may be a number of its own: first, last, its digits.

    The middle of 1.234.567 is no number of its own: a stretch does not begin or end at a lone dot
    or comma between figures.
    """
    for first in range(len(run)):
        if first and run[first].gap in (".", ","):
            continue
        digits = ""
        for last in range(first, len(run)):
            digits += run[last].digits
            if len(digits) > LONGEST:
                break
            is_cut = last + 1 < len(run) and run[last + 1].gap in (".", ",")
            if len(digits) >= SHORTEST and not is_cut:
                yield first, last, digits


def _digits(unit: Unit) -> str:
    """The digits a word stands for, or nothing."""
    typed = unit.token.typed
    if typed.isdecimal():
        return "".join(str(int(sign)) for sign in typed)
    if _CUT_BY_LETTER.fullmatch(typed):
        return typed.lower().replace("x", "")
    if _DIGITISH.fullmatch(typed) and (
        typed in "oO" or sum(sign.isdecimal() for sign in typed) * 3 >= len(typed)
    ):
        return typed.translate(_LOOKALIKE)
    return _spelled().get(unit.word) or (_spelled(plain=True).get(unit.plain, "") if unit.is_loose else "")


@cache
def _spelled(*, plain: bool = False) -> dict[str, str]:
    words = lexicon("numbers")["digits"]
    return {fold(word) if plain else word: digit for word, digit in words.items()}
