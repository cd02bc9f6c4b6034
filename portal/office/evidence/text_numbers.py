"""The automatic numbers of a text document ("Điều 1.", "a)"), written out as the text they show."""

import re
from dataclasses import dataclass

from portal.office.evidence.markup import Element, local, local_attrs
from portal.office.evidence.text_looks import Props, number

_PLACE = re.compile(r"%([1-9])")
_MOST = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a numbered list."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    is_hidden: bool = False


class Numbers:
    """Counts through a document; ``label`` gives the next number of a paragraph's list."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            attrs = local_attrs(element)
            if local(element.tag) == "abstractNum":
                self._levels[attrs.get("abstractNumId", "")] = _levels(element)
            elif local(element.tag) == "num":
                self._lists[attrs.get("numId", "")] = _list(element)

    def label(self, props: Props) -> str:
        """The number a paragraph with these properties shows, "" when none. Counts on."""
        name = props.get("numPr", {}).get("numId", "0")
        if name not in self._lists:
            return ""
        family, restarts = self._lists[name]
        levels = self._levels.get(family, {})
        depth = min(number({"i": {"val": props["numPr"].get("ilvl", "0")}}, "i", 0), _MOST - 1)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._count(name, family, depth, restarts, levels)
        return "" if level.is_hidden else _written(level, counts, levels)

    def _count(
        self, name: str, family: str, depth: int, restarts: dict[int, int], levels: dict[int, Level]
    ) -> list[int]:
        counts = self._counts.setdefault(family, [None] * _MOST)
        begins = (name, depth) not in self._begun and depth in restarts
        self._begun.add((name, depth))
        before = counts[depth]
        start = restarts.get(depth, levels[depth].start)
        counts[depth] = start if begins or before is None else before + 1
        counts[depth + 1 :] = [None] * (_MOST - depth - 1)
        return [
            levels.get(place, Level()).start if count is None else count
            for place, count in enumerate(counts[: depth + 1])
        ]


def _levels(abstract: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for element in abstract:
        if local(element.tag) == "lvl":
            inside: Props = {local(child.tag): local_attrs(child) for child in element}
            hidden = any(local(part.tag) == "vanish" for part in element.iter())
            depth = number({"i": {"val": local_attrs(element).get("ilvl", "0")}}, "i", 0)
            found[depth] = Level(
                start=number(inside, "start", 1),
                form=inside.get("numFmt", {}).get("val", "decimal"),
                pattern=inside.get("lvlText", {}).get("val", ""),
                is_hidden=hidden,
            )
    return found


def _list(element: Element) -> tuple[str, dict[int, int]]:
    family, restarts = "", {}
    for child in element:
        attrs = local_attrs(child)
        if local(child.tag) == "abstractNumId":
            family = attrs.get("val", "")
        elif local(child.tag) == "lvlOverride":
            inside: Props = {local(inner.tag): local_attrs(inner) for inner in child}
            if "startOverride" in inside:
                depth = number({"i": {"val": attrs.get("ilvl", "0")}}, "i", 0)
                restarts[depth] = number(inside, "startOverride", 1)
    return family, restarts


def _written(level: Level, counts: list[int], levels: dict[int, Level]) -> str:
    if level.form == "bullet":
        return level.pattern if level.pattern.isascii() and level.pattern.strip() else "•"
    if level.form == "none":
        return ""

    def one(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place >= len(counts):
            return ""
        return formed(counts[place], levels.get(place, Level()).form)

    return _PLACE.sub(one, level.pattern)


def formed(count: int, form: str) -> str:
    """A count as Word writes it in this form."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(97 + (count - 1) % 26) * ((count - 1) // 26 % 26 + 1) if count > 0 else str(count)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.lower() if form == "lowerRoman" else roman
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for value, letters in _ROMAN:
        while count >= value:
            written, count = written + letters, count - value
    return written
