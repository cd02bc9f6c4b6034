"""Shares that claim no more than the number of people behind them allows."""

from dataclasses import dataclass
from math import ceil, floor, sqrt

_Z = 1.959963984540054  # two-sided 95 % of the normal distribution
_MANY = 100  # from here one person moves a share by at most one point
_SLACK = 1e-9  # far under any true distance to a whole per cent, far over the error of the arithmetic


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where a share lies, in whole per cent; ``n`` is the number of people it stands on."""

    n: int
    low: int
    high: int


def interval(n: int, x: int) -> Interval:
    """The Wilson 95 % interval of ``x`` out of ``n``, its ends rounded outwards to whole per cent.

    Source: E. B. Wilson, JASA 22 (1927) 209-212. It speaks of small numbers only, not of who
    chose to answer. Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    if n < 1 or not 0 <= x <= n:
        raise ValueError(f"no share of {x} out of {n}")
    shrink = 1 + _Z**2 / n
    middle = (x / n + _Z**2 / (2 * n)) / shrink
    half = _Z / shrink * sqrt(x * (n - x) / n**3 + _Z**2 / (4 * n**2))
    low, high = 100 * (middle - half), 100 * (middle + half)
    return Interval(n=n, low=max(0, floor(low + _SLACK)), high=min(100, ceil(high - _SLACK)))


def share(n: int, x: int, *, k: int) -> int | None:
    """``x`` out of ``n`` in per cent: to the nearest 5 under 100 people, to the nearest 1 from there on.

    0 and 100 are said only when nobody or everybody did; None when ``n`` is under ``k``.
    Raises ValueError unless 0 <= x <= n.
    """
    if not 0 <= x <= n:
        raise ValueError(f"no share of {x} out of {n}")
    if n < max(k, 1):
        return None
    if x in (0, n):
        return 100 * x // n
    step = 1 if n >= _MANY else 5
    nearest = (200 * x + step * n) // (2 * step * n) * step
    return min(max(nearest, 1), 99)
