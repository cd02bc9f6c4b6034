"""Styles of a spreadsheet: what each cell style does to a value, and whether it can be seen at all."""

from dataclasses import dataclass

from portal.office.evidence.colours import BLACK, WHITE, Rgb, is_unseen
from portal.office.evidence.markup import Element, local, local_attrs, tree_of
from portal.office.evidence.package import Package
from portal.office.evidence.sheet_colours import Palette, palette_of, real, whole
from portal.office.evidence.sheet_formats import GENERAL, Look, code_of, look_of
from portal.office.evidence.themes import theme_of

_OFFICE = Palette()
_SMALLEST = 3.0  # points; smaller type is there to be overlooked


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """What of a font decides whether its text is seen."""

    ink: Rgb | None = None  # None: automatic
    is_tiny: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStyle:
    """One cell style, resolved."""

    code: str = GENERAL
    font: Font = Font()
    ground: Rgb = WHITE

    def shows(self, font: Font) -> bool:
        """Whether text in ``font`` can be told from this style's ground."""
        return not font.is_tiny and not is_unseen(font.ink or BLACK, self.ground)

    def look(self, value: float | None) -> Look:
        """What the number format makes of ``value`` (None: a text)."""
        return look_of(self.code, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The cell styles by number; ``hiding`` are the conditional styles that make text unseen."""

    cells: tuple[CellStyle, ...] = (CellStyle(),)
    hiding: frozenset[int] = frozenset()
    palette: Palette = _OFFICE

    def cell(self, number: int) -> CellStyle:
        """The style with this number; the plain one when there is none."""
        return self.cells[number] if 0 <= number < len(self.cells) else CellStyle()


def styles_of(package: Package) -> Styles:
    """The styles of the workbook in ``package``."""
    links = {link.kind: link.target for link in package.links(package.main).values()}
    theme = theme_of(package.parts.get(links.get("theme", ""), b""))
    content = package.parts.get(links.get("styles", ""), b"")
    if not content:
        return Styles(palette=Palette(theme=theme))
    root = tree_of(content)
    palette = palette_of(root, theme)
    fonts = [font_of(element, palette) for element in _children(root, "fonts")]
    grounds = [palette.ground(element) for element in _children(root, "fills")]
    codes = _codes(root)
    cells = tuple(_style(local_attrs(xf), fonts, grounds, codes) for xf in _children(root, "cellXfs"))
    hides = (number for number, dxf in enumerate(_children(root, "dxfs")) if hides_text(dxf, palette))
    return Styles(cells=cells or (CellStyle(),), hiding=frozenset(hides), palette=palette)


def _codes(root: Element) -> dict[int, str]:
    formats = map(local_attrs, _children(root, "numFmts"))
    return {whole(attrs.get("numFmtId")): attrs.get("formatCode", "") for attrs in formats}


def _style(attrs: dict[str, str], fonts: list[Font], grounds: list[Rgb], codes: dict[int, str]) -> CellStyle:
    font, fill = whole(attrs.get("fontId")), whole(attrs.get("fillId"))
    return CellStyle(
        code=code_of(whole(attrs.get("numFmtId")), codes),
        font=fonts[font] if font < len(fonts) else Font(),
        ground=grounds[fill] if fill < len(grounds) else WHITE,
    )


def font_of(element: Element, palette: Palette) -> Font:
    """A font, or the properties of a run of text in a cell."""
    found = {local(child.tag): local_attrs(child) for child in element}
    size = real(found.get("sz", {}).get("val", "11"))
    bold = "b" in found and found["b"].get("val", "1") not in ("0", "false")
    return Font(ink=palette.colour(found.get("color", {})), is_tiny=size < _SMALLEST, is_bold=bold)


def hides_text(dxf: Element, palette: Palette) -> bool:
    """Whether a conditional style makes what it touches unseen."""
    found = {local(child.tag): child for child in dxf}
    if "numFmt" in found:
        code = local_attrs(found["numFmt"]).get("formatCode", "")
        if any(look_of(code, value).instead is not None for value in (1.0, -1.0, 0.0, None)):
            return True
    ground = WHITE
    for pattern in found.get("fill", ()):
        colours = {local(child.tag): local_attrs(child) for child in pattern}
        ground = palette.colour(colours.get("bgColor", colours.get("fgColor", {}))) or WHITE
    font = font_of(found["font"], palette) if "font" in found else Font()
    return font.is_tiny or is_unseen(font.ink or BLACK, ground)


def _children(root: Element, name: str) -> list[Element]:
    return [child for group in root if local(group.tag) == name for child in group]
