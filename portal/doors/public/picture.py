"""A card as a picture for messages and social networks: 1200 by 630, drawn here, no photograph of anybody."""

import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import fontpkg_be_vietnam_pro as package  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from portal.doors.public.card import Card, Layer
from portal.doors.public.marks import draw_mark
from portal.kernel.fonts import WEIGHTS

WIDTH, HEIGHT = 1200, 630  # what Open Graph readers cut nothing off
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 1136, 48, 588
_SIZES = ((52, 2), (46, 3))  # of the heading, and how many lines it may then take

# The light theme of the pages (static/css/1-base.css).
_PAPER, _INK, _SOFT, _RULE, _BAND = "#fbfaf6", "#1a1c22", "#555a66", "#dcd8cd", "#24347f"
TONES: dict[str, tuple[str, str]] = {
    "good": ("#17643a", "#e2f1e6"),
    "warn": ("#855000", "#fcefd6"),
    "late": ("#a1261d", "#fbe7e3"),
    "apart": ("#6a4478", "#f3eaf5"),
    "neutral": ("#4b505b", "#ecebe5"),
    "running": ("#2b3f9b", "#e9ecf9"),
    "note": ("#2b3f9b", "#e9ecf9"),
}

_SLACK = 2  # pixels that pairs of letters across a space may take more than each alone
Font = ImageFont.FreeTypeFont


class Line(NamedTuple):
    """One line of words and its width in pixels."""

    words: str
    width: float


@cache
def font(weight: str, size: int) -> Font:
    """Be Vietnam Pro, whole, from its package; by plain layout, since letters arrive composed (NFC)."""
    path = Path(package.ROOT) / "files" / WEIGHTS[weight]
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def wrap(text: str, of: Font, *, width: float, most: int) -> list[Line]:
    """``text`` in at most ``most`` lines no wider than ``width``; what does not fit ends in an ellipsis."""
    words = _printable(text).split()
    lines: list[str] = []
    while words and len(lines) < most:
        line, words = _take(words, of, width)
        lines.append(line)
    if words:
        lines[-1] = _shortened(lines[-1], of, width)
    return [Line(line, of.getlength(line)) for line in lines]


def one_line(text: str, of: Font, *, width: float) -> Line:
    """``text`` in one line no wider than ``width``."""
    return next(iter(wrap(text, of, width=width, most=1)), Line("", 0))


def _take(words: list[str], of: Font, width: float) -> tuple[str, list[str]]:
    """As many ``words`` as fit, at least a piece of one, and the rest."""
    if _width(of, words[0]) > width:
        cut = _fitting(words[0], of, width)
        return words[0][:cut], [words[0][cut:], *words[1:]]
    taken, room = 1, width - _width(of, words[0]) - _SLACK
    while taken < len(words) and (room := room - _width(of, " ") - _width(of, words[taken])) >= 0:
        taken += 1
    return " ".join(words[:taken]), words[taken:]


@lru_cache(maxsize=8192)  # Vietnamese is written in some seven thousand syllables
def _width(of: Font, word: str) -> float:
    return of.getlength(word)


def _fitting(word: str, of: Font, width: float) -> int:
    return max(1, next((n for n in range(len(word), 0, -1) if of.getlength(word[:n]) <= width), 1))


def _shortened(line: str, of: Font, width: float) -> str:
    while line and of.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:')}…"


def _printable(text: str) -> str:
    """Composed letters, no controls: what has no glyph is drawn as a box otherwise."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c.isprintable() else " " for c in composed)


@lru_cache(maxsize=128)  # a card says the same until something is published or a day passes
def draw(card: Card, *, site: str, address: str) -> bytes:
    """``card`` as PNG. ``site``: the name above, ``address``: where to read on, below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=_BAND)
    _ends(pen, card.kicker, site, address, card.source)
    y = _heading(pen, card)
    y = _state(image, pen, card, y + 20)
    _layers(image, pen, card.layers, y + 22)
    written = BytesIO()
    flat = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(written, "PNG", compress_level=6)
    return written.getvalue()


def _ends(pen: ImageDraw.ImageDraw, kicker: str, site: str, address: str, source: str) -> None:
    """The name of the site above; source, time and address below."""
    pen.text((_LEFT, _TOP), _printable(site), font=font("bold", 30), fill=_BAND)
    if kicker:
        of = font("regular", 28)
        line = one_line(kicker, of, width=700)
        pen.text((_RIGHT - line.width, _TOP), line.words, font=of, fill=_SOFT)
    pen.line((_LEFT, _BOTTOM - 68, _RIGHT, _BOTTOM - 68), fill=_RULE, width=2)
    small = font("regular", 25)
    pen.text(
        (_LEFT, _BOTTOM - 56),
        one_line(source, small, width=_RIGHT - _LEFT).words,
        font=small,
        fill=_SOFT,
    )
    pen.text(
        (_LEFT, _BOTTOM - 20),
        one_line(address, small, width=_RIGHT - _LEFT).words,
        font=small,
        fill=_BAND,
    )


def _heading(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """The promise in letters as large as leave room for both layers, and whose it is; where that ends."""
    width, y = _RIGHT - _LEFT, _TOP + 60
    size = next(
        (s for s, most in _SIZES if len(wrap(card.text, font("bold", s), width=width, most=4)) <= most), 40
    )
    lines = wrap(card.text, font("bold", size), width=width, most=3)
    y = _lines(pen, lines, y, font("bold", size), _INK, 1.24)
    by = font("regular", 28)
    room = 1 if len(lines) == 3 else 2
    return _lines(pen, wrap(card.by, by, width=width, most=room), y + 6, by, _SOFT, 1.3) if card.by else y


def _lines(pen: ImageDraw.ImageDraw, lines: list[Line], y: int, of: Font, ink: str, leading: float) -> int:
    for line in lines:
        pen.text((_LEFT, y), line.words, font=of, fill=ink)
        y += round(of.size * leading)
    return y


def _state(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card, y: int) -> int:
    """Word and shape in their colour, and the deadline beside them."""
    ink, wash = TONES[card.tone]
    of, beside = font("bold", 31), font("regular", 29)
    word = one_line(card.state, of, width=780)
    right = _LEFT + 78 + round(word.width)
    pen.rounded_rectangle((_LEFT, y, right, y + 56), radius=6, fill=wash, outline=ink, width=2)
    draw_mark(image, card.form, (_LEFT + 16, y + 12), 32, ink=ink, wash=wash)
    pen.text((_LEFT + 60, y + 7), word.words, font=of, fill=ink)
    if card.detail:
        line = one_line(card.detail, beside, width=_RIGHT - right - 24)
        pen.text((right + 24, y + 9), line.words, font=beside, fill=_INK)
    return y + 56


def _layers(image: Image.Image, pen: ImageDraw.ImageDraw, layers: tuple[Layer, ...], y: int) -> None:
    """All of them: below each other, or in two columns when there are many."""
    columns = 1 if len(layers) <= 2 else 2
    width = (_RIGHT - _LEFT) // columns
    for n, layer in enumerate(layers):
        at = (_LEFT + n % columns * width, y + n // columns * 38)
        _layer(image, pen, layer, at, width - 20)


def _layer(
    image: Image.Image, pen: ImageDraw.ImageDraw, layer: Layer, at: tuple[int, int], width: int
) -> None:
    """One line: shape, label, what it says; the label gives way."""
    (x, y), plain, bold = at, font("regular", 26), font("bold", 26)
    draw_mark(image, layer.form, (x + 2, y + 5), 26, ink=_INK, wash=_PAPER)
    said = one_line(layer.said, bold, width=width * 3 // 4)
    label = one_line(f"{layer.label}:", plain, width=width - 52 - said.width)
    pen.text((x + 42, y), label.words, font=plain, fill=_INK)
    pen.text((x + 50 + label.width, y), said.words, font=bold, fill=_INK)
