"""Dates of birth: a date or year that the words before it call one."""

import re
from collections.abc import Sequence

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.phrases import Unit
from portal.inbox.recognition.view import View

# Read on the text without accents.
_DATE = re.compile(
    r"\d{1,2} ?[/.\- ] ?\d{1,2} ?[/.\- ] ?(?:19|20)?\d{2}(?!\d)"
    r"|\d{1,2} thang \d{1,2},? nam (?:19|20)\d{2}(?!\d)"
    r"|(?:19|20)\d{2}(?!\d)"
)
_FILLERS = re.compile(r"(?:(?:ngay|nam|la|vao|thang|cua toi|cua chau)\b|[\s:.,\-(]){0,8}")
_BORN = re.compile(r"(?<!\w)(?:sinh|s\.?n|n\.?s|dob|sinh nhat)(?!\w)")
# phát sinh, vệ sinh, học sinh ...: words that "sinh" is a part of.
_COMPOUND = frozenset(["phat", "ve", "hoc", "ho", "nay", "khai", "tan", "hi", "hy", "muu", "duong"])


_DATE_FIRST = re.compile(rf"(?<!\d)(?:{_DATE.pattern}) la (?:ngay|nam) sinh\b")


def find_births(seen: View, units: Sequence[Unit]) -> list[Found]:
    """The dates of birth in the text."""
    found: list[Found] = []
    plain = seen.plain
    for born in _BORN.finditer(plain):
        before = plain[max(0, born.start() - 12) : born.start()].split()
        if before and before[-1].strip(".,:(") in _COMPOUND and born[0] == "sinh":
            continue
        gap = _FILLERS.match(plain, born.end())
        date = _DATE.match(plain, gap.end() if gap else born.end())
        if date:
            found.append(Found(*seen.span(date.start(), date.end()), Kind.BIRTH_DATE))
    for hit in _DATE_FIRST.finditer(plain):
        end = hit.start() + hit[0].index(" la ")
        found.append(Found(*seen.span(hit.start(), end), Kind.BIRTH_DATE))
    return found
