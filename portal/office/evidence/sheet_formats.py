"""Number formats of spreadsheets: what they would hide, and the harmless part of them that is kept.

A format may show nothing (";;;"), show a fixed text instead of the value, or colour it white; and its
literal text is a place to hide words in. Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

import re
from dataclasses import dataclass

DATE, MOMENT, TIME, GENERAL = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm:ss", "General"

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: DATE, 15: DATE, 16: DATE, 17: DATE, 18: TIME, 19: TIME, 20: TIME, 21: TIME,
    22: MOMENT, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: TIME, 46: TIME, 47: TIME, 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# Quoted words, an escaped letter, a currency, then what is dropped (colours, widths), digits, the rest.
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|([0#?.,%/E+\-() ]+)|(General|@)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_WHITE = re.compile(r"\[(?:white|color\s*(?:2|9))\]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[([hms]+)\]", re.IGNORECASE)
_PLACES = re.compile(r"[0#?]")
_LONGEST = 255  # no spreadsheet program writes more


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What becomes of a value under a format.

    ``code`` is the format to publish it with; ``instead`` is the fixed text shown in its place
    ("" when nothing is shown), None when the value itself is shown.
    """

    code: str = GENERAL
    instead: str | None = None


def code_of(number: int, custom: dict[int, str]) -> str:
    """The format with this number: the file's own, else the built-in one."""
    return custom.get(number, _BUILT_IN.get(number, GENERAL))


def look_of(code: str, value: float | None) -> Look:
    """How ``value`` (None: a text) is shown under ``code``."""
    section = _section(code, value)
    if section is None:
        return Look()
    if _WHITE.search(section):
        return Look(instead="")
    kept, literal, kinds = _sift(section)
    if value is None:
        return Look() if "@" in kept or GENERAL in kept else Look(instead=literal)
    if kinds:
        return Look(code=_date_code(kinds))
    if GENERAL in kept or "@" in kept:
        return Look()
    if _PLACES.search(kept):
        negative = _place(value) == 1 and len(_cut(code)) > 1  # it writes its own sign
        return Look(code=f"{kept};{kept}" if negative else kept)
    return Look(instead=literal)


def _section(code: str, value: float | None) -> str | None:
    """The part of the format that applies; None when it leaves the value as it is."""
    sections = _cut(code[:_LONGEST])
    if value is None:
        if len(sections) >= 4:
            return sections[3]
        return sections[0] if "@" in sections[0] else None
    place = _place(value)
    return sections[place] if place < len(sections) else sections[0]


def _place(value: float) -> int:
    return 1 if value < 0 else 2 if value == 0 else 0


def _cut(code: str) -> list[str]:
    """The sections of ``code``: cut at semicolons outside quotes and brackets."""
    sections, at = [], 0
    while at <= len(code):
        found = _SECTION.match(code, at)
        end = found.end() if found else at
        sections.append(code[at:end])
        at = end + 1
    return sections


def _sift(section: str) -> tuple[str, str, set[str]]:
    """The harmless format, its literal text alone, and the letters of date and time in it."""
    kept: list[str] = []
    literal: list[str] = []
    kinds = {found[1][0].lower() for found in _ELAPSED.finditer(section)}
    for quoted, escaped, currency, places, general, other in _TOKEN.findall(section):
        if words := quoted or escaped.replace('"', "") or currency:
            literal.append(words)
            kept.append(f'"{words}"')
        elif places:
            kept.append(places)
            literal.append(places if not _PLACES.search(places) else "")
        elif general:
            kept.append("@" if general == "@" else GENERAL)
        elif other.lower() in "ymdhs" and other:
            kinds.add(other.lower())
        elif other and not other.isalpha():
            kept.append(f'"{other}"')
            literal.append(other)
    return "".join(kept), "".join(literal).strip(), kinds


def _date_code(kinds: set[str]) -> str:
    if kinds & {"y", "d"}:
        return MOMENT if kinds & {"h", "s"} else DATE
    return TIME if kinds & {"h", "s"} else DATE
