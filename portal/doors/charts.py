"""Where things stand in a drawing: positions in per cent, computed from figures, never from a grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

SELF, SURE = "self", "sure"  # the two layers: reported by the cadre, confirmed by a body


@dataclass(frozen=True, slots=True)
class Lane:
    """How far one layer has come on the line from baseline to target."""

    layer: str
    at: float


@dataclass(frozen=True, slots=True)
class Track:
    """The line from baseline to target; a figure before or beyond them widens it."""

    start: float
    end: float
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One report."""

    layer: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """The way from one report to the next of the same layer."""

    layer: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reports between the baseline's day and the deadline."""

    target_y: float
    baseline_y: float
    today_x: float | None
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of one layer on one day."""

    layer: str
    on: date
    value: Decimal


_EDGE = 2.5  # per cent kept free at both ends, so that a mark is never cut


def _within(share: float) -> float:
    return round(_EDGE + share * (100 - 2 * _EDGE), 1)


def draw_track(ratios: Sequence[tuple[str, Decimal]]) -> Track | None:
    """The line for the attainment of each layer; None when no layer has one.

    Attainment far outside 0..2 is drawn at that edge; its figure stands beside it.
    """
    if not ratios:
        return None
    held = [(layer, min(max(float(r), -1.0), 2.0)) for layer, r in ratios]
    low = min(0.0, *(r for _, r in held))
    high = max(1.0, *(r for _, r in held))

    def place(r: float) -> float:
        return _within((r - low) / (high - low))

    return Track(place(0.0), place(1.0), tuple(Lane(layer, place(r)) for layer, r in held))


def draw_timeline(
    marks: Sequence[Mark], *, baseline: Decimal, target: Decimal, first: date, last: date, today: date
) -> Timeline | None:
    """The drawing of ``marks`` between ``first`` (the baseline's day) and ``last`` (the deadline).

    None when there is nothing to compare: fewer than two reports, or a line without length.
    """
    if len(marks) < 2 or baseline == target:
        return None
    days = [first, last, *(m.on for m in marks)]
    values = [baseline, target, *(m.value for m in marks)]
    start, length = min(days), (max(days) - min(days)).days
    low, spread = min(values), max(values) - min(values)
    if not length:
        return None

    def across(on: date) -> float:
        return _within((on - start).days / length)

    def down(value: Decimal) -> float:
        return round(100 - float((value - low) / spread) * 100, 1)

    dots = tuple(Dot(m.layer, across(m.on), down(m.value)) for m in marks)
    return Timeline(
        target_y=down(target),
        baseline_y=down(baseline),
        today_x=across(today) if start <= today <= max(days) else None,
        dots=dots,
        lines=_join(dots, Dot("", across(first), down(baseline))),
    )


def _join(dots: Sequence[Dot], origin: Dot) -> tuple[Line, ...]:
    lines = []
    for layer in (SELF, SURE):
        way = [origin, *(d for d in dots if d.layer == layer)]
        lines += [Line(layer, a.x, a.y, b.x, b.y) for a, b in pairwise(way)]
    return tuple(lines)
