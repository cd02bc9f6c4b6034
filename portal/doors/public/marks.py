"""The shapes of the standings as pixels, after ``templates/parts/marks.html``: squares of 16 by 16."""

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

Point = tuple[float, float]
Pen = Callable[["_Sheet"], None]

_FINE = 4  # drawn so many times as large, then made smaller: edges become smooth
_CHECK: Sequence[Point] = ((4.8, 8.2), (7.0, 10.4), (11.2, 5.8))


class _Sheet:
    """A square to draw on, in units of a sixteenth of its side."""

    def __init__(self, side: int, ink: str, wash: str) -> None:
        self.scale = side * _FINE / 16
        self.image = Image.new("RGB", (side * _FINE, side * _FINE), wash)
        self.pen = ImageDraw.Draw(self.image)
        self.ink, self.wash = ink, wash

    def disc(self, radius: float = 7, *, within: bool = True) -> None:
        """A full circle in the middle."""
        self.pen.ellipse(self._box(radius), fill=self.ink if within else self.wash)

    def ring(self, radius: float = 7, width: float = 2) -> None:
        """An empty circle."""
        self.pen.ellipse(self._box(radius), outline=self.ink, width=round(width * self.scale))

    def arcs(self) -> None:
        """A broken circle."""
        for start in range(0, 360, 45):
            self.pen.arc(self._box(7), start, start + 24, fill=self.ink, width=round(2 * self.scale))

    def pie(self) -> None:
        """The left half of a circle."""
        self.pen.pieslice(self._box(5), 90, 270, fill=self.ink)

    def shape(self, *points: Point) -> None:
        """A full shape."""
        self.pen.polygon(self._scaled(points), fill=self.ink)

    def line(self, points: Sequence[Point], width: float = 1.9, *, light: bool = False) -> None:
        """A line with round corners."""
        ink, thick = self.wash if light else self.ink, round(width * self.scale)
        self.pen.line(self._scaled(points), fill=ink, width=thick, joint="curve")

    def _box(self, radius: float) -> tuple[float, float, float, float]:
        return (
            (8 - radius) * self.scale,
            (8 - radius) * self.scale,
            (8 + radius) * self.scale,
            (8 + radius) * self.scale,
        )

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]


def _square(sheet: _Sheet) -> None:
    sheet.line(((2, 2), (14, 2), (14, 14), (2, 14), (2, 1)), 2)


FORMS: dict[str, tuple[Pen, ...]] = {
    "check": (lambda s: s.disc(), lambda s: s.line(_CHECK, light=True)),
    "double": (
        lambda s: s.disc(),
        lambda s: s.line(((8, 12), (8, 4.6)), light=True),
        lambda s: s.line(((4.9, 7.6), (8, 4.5), (11.1, 7.6)), light=True),
    ),
    "late-check": (_square, lambda s: s.line(_CHECK)),
    "going": (lambda s: s.ring(), lambda s: s.shape((6.4, 4.9), (6.4, 11.1), (11.4, 8))),
    "half": (lambda s: s.ring(), lambda s: s.pie()),
    "open-check": (lambda s: s.ring(), lambda s: s.line(_CHECK)),
    "slow": (
        lambda s: s.line(((8, 1.5), (14.5, 8), (8, 14.5), (1.5, 8), (8.6, 0.9)), 2),
        lambda s: s.line(((8, 4.8), (8, 10.8)), 2),
    ),
    "overdue": (
        lambda s: s.shape((8, 1), (15.5, 14.5), (0.5, 14.5)),
        lambda s: s.line(((8, 5.6), (8, 9.8)), light=True),
        lambda s: s.line(((8, 11.3), (8, 13)), light=True),
    ),
    "not-yet": (lambda s: s.ring(),),
    "pause": (
        lambda s: s.line(((4.5, 2.5), (4.5, 13.5)), 3.2),
        lambda s: s.line(((11.5, 2.5), (11.5, 13.5)), 3.2),
    ),
    "ended": (lambda s: s.shape((2.5, 2.5), (13.5, 2.5), (13.5, 13.5), (2.5, 13.5)),),
    "no-data": (lambda s: s.arcs(),),
    "unplugged": (
        lambda s: s.line(((6.5, 4.5), (3, 4.5), (1, 8), (3, 11.5), (6.5, 11.5)), 2),
        lambda s: s.line(((9.5, 4.5), (13, 4.5), (15, 8), (13, 11.5), (9.5, 11.5)), 2),
        lambda s: s.line(((6.6, 1.4), (7.3, 3.3)), 1.5),
        lambda s: s.line(((9.4, 1.4), (8.7, 3.3)), 1.5),
    ),
    "self": (lambda s: s.ring(6.5, 2.2),),
    "sure": (lambda s: s.shape((2.2, 2.2), (13.8, 2.2), (13.8, 13.8), (2.2, 13.8)),),
}
"""Every shape a card may wear."""


def draw_mark(image: Image.Image, form: str, at: tuple[int, int], side: int, *, ink: str, wash: str) -> None:
    """Draw ``form`` into ``image`` with its upper left corner ``at``, ``side`` pixels wide."""
    sheet = _Sheet(side, ink, wash)
    for stroke in FORMS[form]:
        stroke(sheet)
    image.paste(sheet.image.resize((side, side), Image.Resampling.LANCZOS), at)
