"""Licence plates: 34A-123.45, 15B1 12345, 34-N1 2345."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.phrases import Unit
from portal.inbox.recognition.view import View
from portal.kernel.text import fold

# Province, series letters, the four or five figures.
_PLATE = re.compile(
    r"(?<![\w/])(?P<province>[1-9]\d)[ .\-]{0,3}(?P<series>MĐ\d?|[A-HK-NPR-VX-Z]{1,2}\d?)"
    r"(?P<joint>[ .\-]{0,3})(?P<figures>\d{3}\.?\d{2}|\d{4})(?![\w/])",
    re.IGNORECASE,
)
_VEHICLES = frozenset(
    fold(word) for word in ("xe", "biển", "bks", "bsx", "biển số", "ô tô", "oto", "máy", "số")
)
_NOT_VEHICLES = frozenset(("lop", "thua", "to", "phong", "can", "block", "nghi", "quyet", "ho", "km"))
_REACH = 5  # words


def find_plates(seen: View, units: Sequence[Unit]) -> list[Found]:
    """The licence plates in the text."""
    starts = [unit.start for unit in units]
    found: list[Found] = []
    for hit in _PLATE.finditer(seen.chars):
        place = bisect_left(starts, hit.start())
        if _is_plate(hit, [unit.plain for unit in units[max(0, place - _REACH) : place]]):
            found.append(Found(*seen.span(hit.start(), hit.end()), Kind.PLATE))
    return found


def _is_plate(hit: re.Match[str], before: Sequence[str]) -> bool:
    """A written form beyond doubt, or a word for a vehicle before it."""
    if int(hit["province"]) < 11 or (before and before[-1] in _NOT_VEHICLES):
        return False
    is_exact = hit["joint"].strip() != "" and (hit["series"].isupper() or "." in hit["figures"])
    return is_exact or not _VEHICLES.isdisjoint(before)
