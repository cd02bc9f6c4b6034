"""The mark as an icon for a phone's home screen, drawn from the same strokes as ``static/img/mark.svg``."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

_STROKES = (
    ((3.5, 7), (3.5, 17)), ((7, 20.5), (17, 20.5)), ((20.5, 17), (20.5, 7)), ((17, 3.5), (7, 3.5)),
    ((7.5, 16.5), (16.5, 7.5)),
)  # fmt: skip
_BOX, _WIDTH = 24, 2.6  # the drawing's own units
_INK, _PAPER = (43, 63, 155), (255, 255, 255)
_FINER = 4  # drawn so many times larger, then made smaller: smooth edges


@lru_cache(maxsize=8)
def draw_icon(size: int, *, maskable: bool = False) -> bytes:
    """A PNG of ``size`` by ``size`` pixels.

    ``maskable``: a system may cut it to any shape; the mark stays within the safe circle, whose
    radius is 40 % of the size (W3C, Web App Manifest, "icon masks and safe zone").
    """
    side = size * _FINER
    picture = Image.new("RGB", (side, side), _PAPER)
    pen = ImageDraw.Draw(picture)
    scale = side / _BOX * (0.62 if maskable else 0.94)
    edge = (side - _BOX * scale) / 2
    half = _WIDTH * scale / 2
    for stroke in _STROKES:
        ends = [(edge + x * scale, edge + y * scale) for x, y in stroke]
        pen.line(ends, fill=_INK, width=round(2 * half))
        for x, y in ends:
            pen.ellipse((x - half, y - half, x + half, y + half), fill=_INK)
    written = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).quantize(16).save(written, "PNG", optimize=True)
    return written.getvalue()
