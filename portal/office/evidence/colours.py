"""Colours in office documents, far enough to tell text that cannot be seen from its background."""

import re
from collections.abc import Mapping

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_UNSEEN = 1.25  # WCAG contrast; the palest grey office programs offer for text has 1.3 on white
# The order in which spreadsheets count theme colours.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_OFFICE_THEME = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
                 "70AD47", "0563C1", "954F72")  # fmt: skip
_INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_INDEXED_PALE = {22: "C0C0C0", 26: "FFFFCC", 27: "CCFFFF", 31: "CCCCFF", 34: "FFFFCC", 41: "CCFFFF",
                 42: "CCFFCC", 43: "FFFF99", 9: "FFFFFF", 65: "FFFFFF"}  # fmt: skip


def from_hex(text: str) -> Rgb | None:
    """RRGGBB or AARRGGBB; None for "auto" and anything else."""
    found = _HEX.fullmatch(text)
    if not found:
        return None
    value = int(found[1], 16)
    return value >> 16, value >> 8 & 255, value & 255


def theme_colours(named: Mapping[str, str]) -> tuple[Rgb, ...]:
    """The twelve colours of a theme, in the order spreadsheets count them; Office's own where missing."""
    wanted = zip(_THEME, _OFFICE_THEME, strict=True)
    return tuple(from_hex(named.get(name, plain)) or from_hex(plain) or BLACK for name, plain in wanted)


def indexed(number: int) -> Rgb:
    """A colour of the old palette, pale ones exactly: only those can hide text on white."""
    plain = _INDEXED[number % 8] if number < 16 else _INDEXED_PALE.get(number, "000000")
    return from_hex(_INDEXED_PALE.get(number, plain)) or BLACK


def tinted(colour: Rgb, tint: float) -> Rgb:
    """``colour`` lightened (tint > 0) or darkened (tint < 0), as spreadsheets do, channel by channel."""
    tint = max(-1.0, min(tint, 1.0))
    towards = 0 if tint < 0 else 255
    red, green, blue = (round(channel + (towards - channel) * abs(tint)) for channel in colour)
    return red, green, blue


def is_unseen(ink: Rgb, ground: Rgb) -> bool:
    """Whether text in ``ink`` on ``ground`` cannot be told from it (WCAG 2.2 contrast ratio)."""
    lights = sorted((_luminance(ink), _luminance(ground)))
    return (lights[1] + 0.05) / (lights[0] + 0.05) < _UNSEEN


def _luminance(colour: Rgb) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
