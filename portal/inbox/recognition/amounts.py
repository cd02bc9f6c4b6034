"""Sums of money in a text: 5 triệu, 500k, 200tr, 1.500.000 đồng, 30 củ."""

import re
from collections.abc import Sequence

from portal.inbox.recognition.phrases import Unit

_SHORT_SUM = re.compile(r"\d{1,9}(?:k|tr|trieu|ty|cu|lit|d|đ|nghin|ngan)\d{0,3}")
_BIG = frozenset(("triệu", "tỷ", "tỉ", "nghìn", "ngàn", "củ", "đồng", "vnđ", "vnd", "đ", "lít"))
_BIG_PLAIN = frozenset(("trieu", "ty", "nghin", "ngan", "cu", "dong"))
_AFTER_FIGURE = frozenset(("tr", "k", "m", "không", "củ", "lít"))
_NOTES = frozenset(("100", "200", "500", "trăm"))  # "tờ 500": a banknote of 500.000
_COUNTS = frozenset("một hai ba bốn năm sáu bảy tám chín mười chục trăm mươi mấy vài".split())
_COUNTS_PLAIN = frozenset("mot hai ba bon nam sau bay tam chin muoi chuc tram may vai".split())


def amount_places(units: Sequence[Unit]) -> list[int]:
    """The numbers of the words at which a sum of money is named."""
    return [at for at in range(len(units)) if _is_sum(units, at)]


def _is_sum(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    if _SHORT_SUM.fullmatch(unit.token.typed.lower()) or _SHORT_SUM.fullmatch(unit.token.plain):
        return True
    if at == 0:
        return False
    before = units[at - 1]
    if unit.word == "000" and before.word.isdecimal():
        return True  # 1.400.000, whatever follows
    if before.word == "tờ" and unit.word in _NOTES:
        return True
    counted = before.word.isdecimal() or before.word in _COUNTS or (before.is_loose and before.plain in _COUNTS_PLAIN)
    is_big = unit.word in _BIG or (unit.is_loose and unit.plain in _BIG_PLAIN)
    return counted and (is_big or (before.word.isdecimal() and unit.word in _AFTER_FIGURE))
