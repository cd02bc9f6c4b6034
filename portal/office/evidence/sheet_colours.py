"""Colours as spreadsheets name them: by value, by place in the theme, or by place in a palette."""

from dataclasses import dataclass

from portal.office.evidence.colours import BLACK, WHITE, Rgb, from_hex, indexed, tinted
from portal.office.evidence.markup import Element, local, local_attrs
from portal.office.evidence.themes import Theme

_SYSTEM_INK = "64"
_MOST_GRADIENT = 32
# Patterns so dense that their own colour, not the one behind them, is the ground.
_DENSE = ("dark", "mediumGray")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Where a workbook looks its colours up. ``own`` replaces the old palette from its start."""

    theme: Theme = ()
    own: tuple[Rgb, ...] = ()

    def colour(self, attrs: dict[str, str]) -> Rgb | None:
        """The colour an element means; None when it leaves it to the reader."""
        colour = from_hex(attrs.get("rgb", ""))
        if colour is None and "theme" in attrs:
            place = whole(attrs["theme"])
            colour = self.theme[place] if place < len(self.theme) else BLACK
        if colour is None and attrs.get("indexed", _SYSTEM_INK) != _SYSTEM_INK:
            place = whole(attrs["indexed"])
            colour = self.own[place] if place < len(self.own) else indexed(place)
        return tinted(colour, real(attrs.get("tint", "0"))) if colour else None

    def ground(self, fill: Element) -> Rgb:
        """The colour a fill paints under the text."""
        for paint in fill:
            if local(paint.tag) == "patternFill":
                return self._pattern(paint)
            if local(paint.tag) == "gradientFill":
                stops = [part for part in paint.iter() if local(part.tag) == "color"][:_MOST_GRADIENT]
                return (self.colour(local_attrs(stops[0])) if stops else None) or WHITE
        return WHITE

    def _pattern(self, paint: Element) -> Rgb:
        kind = local_attrs(paint).get("patternType", "none")
        colours = {local(child.tag): local_attrs(child) for child in paint}
        if kind == "none":
            return WHITE
        front, back = (self.colour(colours.get(name, {})) for name in ("fgColor", "bgColor"))
        if kind == "solid":
            return front or WHITE
        return front or BLACK if kind.startswith(_DENSE) else back or WHITE


def palette_of(root: Element, theme: Theme) -> Palette:
    """The palette of a styles part."""
    own = [
        from_hex(local_attrs(element).get("rgb", "")) or BLACK
        for element in root.iter()
        if local(element.tag) == "rgbColor"
    ]
    return Palette(theme=theme, own=tuple(own[:64]))


def whole(text: str | None) -> int:
    """A count or place; 0 when it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else 0


def real(text: str) -> float:
    """A measure; 0 when it is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0
