"""Sums of money in a text: 5 triệu, 500k, 200tr, 1.500.000 đồng, 30 củ."""

import re
from collections.abc import Sequence
from functools import cache

from portal.inbox.recognition.phrases import Unit, lexicon
from portal.kernel.text import fold

_SHORT_SUM = re.compile(r"\d{1,9}(?:k|tr|trieu|ty|cu|lit|d|nghin|ngan)\d{0,3}")


def amount_places(units: Sequence[Unit]) -> list[int]:
    """The numbers of the words at which a sum of money is named."""
    return [at for at in range(len(units)) if _is_sum(units, at)]


def _is_sum(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    if _SHORT_SUM.fullmatch(unit.token.plain):
        return True
    if at == 0:
        return False
    before = units[at - 1]
    is_figure = before.word.isdecimal()
    if is_figure and (unit.word == "000" or _is_in("money_after_figure", unit)):
        return True  # 1.400.000, whatever follows; 30 củ
    if before.word == "tờ" and unit.word in lexicon("numbers")["banknotes"]:
        return True  # "tờ 500": a banknote of 500.000
    return (is_figure or _is_in("counts", before)) and _is_in("money", unit)


def _is_in(part: str, unit: Unit) -> bool:
    exact, plain = _words(part)
    return unit.word in exact or (unit.is_loose and unit.plain in plain)


@cache
def _words(part: str) -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(str(word) for word in lexicon("numbers")[part])
    return words, frozenset(fold(word) for word in words)
