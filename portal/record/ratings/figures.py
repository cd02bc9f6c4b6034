"""Ratings as anybody may read them: frozen documents of counts, shares and intervals, never of people.

Everything here follows from what ``showing.tell`` told of closed blocks, so adding, comparing and
filtering it gives nobody more than he had.
"""

from dataclasses import dataclass
from datetime import date

from portal.record.ratings.interval import interval, share
from portal.record.ratings.showing import Range
from portal.record.ratings.terms import Answer, Group, Relation, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Between ``least`` and ``most`` of ``n`` people gave one of ``answers``; equal when it is exact.

    Shares are in per cent, rounded as ``interval.share`` says; ``low`` and ``high`` are the outer ends
    of the Wilson 95 % intervals of ``least`` and of ``most``.
    """

    answers: tuple[Answer, ...]
    n: int
    least: int
    most: int
    percent_least: int
    percent_most: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """People of one column, counted together once and for all.

    ``n`` of them rated. None: fewer than 3k + 1 rated; then there are no parts, ``unknown_most`` is how
    many people there are. ``unknown_least`` to ``unknown_most`` said "Tôi không biết".
    """

    group: Group
    standing: Standing
    unusual: bool  # came in a way that may be manipulation (unusual.py); counted all the same
    relations: tuple[Relation, ...]  # more than one: too few of each to stand alone
    n: int | None
    parts: tuple[Part, ...]
    unknown_least: int
    unknown_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was counted on one day (đợt)."""

    number: int  # from 1
    closed_on: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Several blocks added up, each person once; a part for each of the three rated answers."""

    n: int
    parts: tuple[Part, ...]  # none when n is 0
    unknown_least: int
    unknown_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group in one standing over all batches of the period."""

    group: Group
    standing: Standing
    everybody: Total
    without_unusual: Total
    has_unusual: bool  # show both totals, and the banner


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """The released ratings of one commitment in one period.

    There is deliberately no total over groups or standings.
    """

    commitment: str
    period: str
    least_cell: int
    rows: tuple[Row, ...]
    batches: tuple[Batch, ...]


def part_of(told: Range, n: int, *, k: int) -> Part:
    """``told`` with its shares of ``n``. Raises ValueError when ``n`` is under ``k``."""
    least, most = share(n, told.least, k=k), share(n, told.most, k=k)
    if least is None or most is None:
        raise ValueError(f"a share of {n} people is not shown")
    return Part(
        answers=told.answers,
        n=n,
        least=told.least,
        most=told.most,
        percent_least=least,
        percent_most=most,
        low=interval(n, told.least).low,
        high=interval(n, told.most).high,
    )
