"""Type in a text document: how a run looks once all its styles are added up, and whether it is seen."""

from dataclasses import dataclass

from portal.office.evidence.colours import BLACK, WHITE, Rgb, from_hex, is_unseen
from portal.office.evidence.markup import Element, local, local_attrs
from portal.office.evidence.themes import Theme, themed

Props = dict[str, dict[str, str]]  # local names of properties, with their attributes

_OFF = frozenset(("0", "false", "off", "none"))
_TINY = 5  # half points
_THIN = 10  # per cent of a letter's width
_FLAT = 60  # twentieths of a point between lines
_FAR = 15_000  # twentieths of a point: beyond the edge of the largest paper in use
_DEEPEST = 20
_HIGHLIGHTS = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0),
    "magenta": (255, 0, 255), "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE,
    "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A named style, reduced to its properties."""

    parent: str = ""
    name: str = ""
    run: tuple[tuple[str, dict[str, str]], ...] = ()
    paragraph: tuple[tuple[str, dict[str, str]], ...] = ()
    has_borders: bool | None = None
    hides: bool = False  # a table style that makes words vanish, in any of its parts


class Styles:
    """The styles of a document; every question about them is answered for a whole chain."""

    def __init__(self, root: Element | None, theme: Theme) -> None:
        self.theme = theme
        self.defaults: Props = {}
        self.standard = ""  # the paragraph style of a paragraph that names none
        self._styles: dict[str, Style] = {}
        for element in root if root is not None else ():
            self._take(element)

    def _take(self, element: Element) -> None:
        if local(element.tag) == "docDefaults":
            for properties in element.iter():
                if local(properties.tag) == "rPr":
                    self.defaults = props_of(properties)
        elif local(element.tag) == "style":
            attrs = local_attrs(element)
            name = attrs.get("styleId", "")
            self._styles[name] = _style(element)
            if attrs.get("type") == "paragraph" and attrs.get("default") == "1":
                self.standard = name

    def chain(self, name: str) -> list[Style]:
        """The style and all it builds on, the most general first."""
        found: list[Style] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = self._styles[name].parent
        return found[::-1]

    def run_props(self, paragraph_style: str, run: Element | None) -> Props:
        """What applies to a run: defaults, paragraph style, character style, its own properties."""
        own = props_of(run)
        props = dict(self.defaults)
        for name in (paragraph_style, own.get("rStyle", {}).get("val", "")):
            for style in self.chain(name):
                props |= dict(style.run)
        return props | own

    def paragraph_props(self, own: Props) -> Props:
        """What applies to a paragraph."""
        props: Props = {}
        for style in self.chain(own.get("pStyle", {}).get("val", self.standard)):
            props |= dict(style.paragraph)
        return props | own


def props_of(properties: Element | None) -> Props:
    """The properties in an rPr or pPr, one level deep; numbering and drawn fills a level deeper."""
    found: Props = {}
    for child in properties if properties is not None else ():
        name = local(child.tag)
        found[name] = local_attrs(child)
        if name in ("numPr", "textFill"):
            for inner in child.iter():
                found[name] |= {local(inner.tag): local_attrs(inner).get("val", "1")}
    return found


def _style(element: Element) -> Style:
    inside = {local(child.tag): child for child in element}
    borders = [child for child in element.iter() if local(child.tag) == "tblBorders"]
    return Style(
        parent=local_attrs(inside["basedOn"]).get("val", "") if "basedOn" in inside else "",
        name=local_attrs(inside["name"]).get("val", "").lower() if "name" in inside else "",
        run=tuple(props_of(inside.get("rPr")).items()),
        paragraph=tuple(props_of(inside.get("pPr")).items()),
        has_borders=draws_borders(borders[0]) if borders else None,
        hides=local_attrs(element).get("type") == "table" and _hides(element),
    )


def _hides(element: Element) -> bool:
    names = ("vanish", "webHidden", "specVanish")
    return any(is_on({local(part.tag): local_attrs(part)}, name) for part in element.iter() for name in names)


def draws_borders(borders: Element) -> bool:
    """Whether a border element draws any line."""
    return any(local_attrs(side).get("val", "none") not in ("none", "nil") for side in borders)


def is_on(props: Props, name: str) -> bool:
    """Whether the property is there and not switched off."""
    return name in props and props[name].get("val", "1") not in _OFF


def is_seen(props: Props, ground: Rgb, theme: Theme) -> bool:
    """Whether text with these properties can be seen on ``ground``."""
    if any(is_on(props, name) for name in ("vanish", "webHidden", "specVanish")):
        return False
    if number(props, "sz", 20) < _TINY or number(props, "w", 100) < _THIN:
        return False
    fill = props.get("textFill", {})
    if "noFill" in fill or "alpha" in fill:
        return False
    return _contrasts(props, ground, theme)


def _contrasts(props: Props, ground: Rgb, theme: Theme) -> bool:
    ink = _ink(props, theme)
    marker = _HIGHLIGHTS.get(props.get("highlight", {}).get("val", ""))
    if marker:
        return not is_unseen(ink or BLACK, marker)
    if ink is None:  # automatic: black, or white on a dark ground
        return True
    return not is_unseen(ink, shading(props.get("shd", {}), theme) or ground)


def _ink(props: Props, theme: Theme) -> Rgb | None:
    fill, colour = props.get("textFill", {}), props.get("color", {})
    if "srgbClr" in fill or "schemeClr" in fill:
        return from_hex(fill.get("srgbClr", "")) or themed(fill.get("schemeClr", ""), theme)
    by_theme = themed(
        colour.get("themeColor", ""),
        theme,
        tint=colour.get("themeTint", ""),
        shade=colour.get("themeShade", ""),
    )
    return by_theme or from_hex(colour.get("val", ""))


def shading(attrs: dict[str, str], theme: Theme) -> Rgb | None:
    """The ground a shading paints; None when it paints none."""
    if not attrs or attrs.get("val") == "nil":
        return None
    if attrs.get("val") == "solid":
        return from_hex(attrs.get("color", "")) or BLACK
    by_theme = themed(
        attrs.get("themeFill", ""),
        theme,
        tint=attrs.get("themeFillTint", ""),
        shade=attrs.get("themeFillShade", ""),
    )
    return by_theme or from_hex(attrs.get("fill", ""))


def is_flat_or_far(props: Props) -> bool:
    """Whether a paragraph has no height, or lies beyond the edge of the paper."""
    spacing, indent = props.get("spacing", {}), props.get("ind", {})
    flat = spacing.get("lineRule") == "exact" and _whole(spacing.get("line", "240")) < _FLAT
    edges = (indent.get(name, "0") for name in ("left", "start", "right", "end"))
    return flat or any(abs(_whole(edge)) > _FAR for edge in edges)


def number(props: Props, name: str, default: int) -> int:
    """A property's value as a whole number."""
    return _whole(props.get(name, {}).get("val", ""), default)


def _whole(text: str, default: int = 0) -> int:
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return default
