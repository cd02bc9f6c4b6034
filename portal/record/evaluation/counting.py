"""The counts an evaluation asks for: four figures of QĐ 366-QĐ/TW art. 11, products for NĐ 335/2025.

Counts and shares of counts; no points, no total over people, no grade (architecture, 10).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.record.evaluation.outcome import Due, Outcome, Verdict

_IN_TIME = frozenset({Outcome.EARLY, Outcome.ON_TIME})
_CONFIRMED = _IN_TIME | {Outcome.LATE}
_TENTHS = 1000  # shares are told in tenths of a per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class FourFigures:
    """What Quy định 366-QĐ/TW art. 11 asks: assigned, on time with quality, beyond requirement, late.

    With quality: a competent body confirmed that the target was reached. ``late`` counts what was
    completed late and what is past its deadline; ``late_excused``: of these, with a confirmed
    objective cause over the deadline. ``awaiting``: reported complete, not confirmed; ``running``: not
    at its deadline yet. assigned = on_time + late + awaiting + running. Shares in per cent of
    ``assigned``, rounded down to a tenth; None when nothing was assigned.
    """

    assigned: int
    on_time: int
    beyond: int
    late: int
    late_completed: int
    late_open: int
    late_excused: int
    awaiting: int
    running: int
    on_time_percent: Decimal | None
    beyond_percent: Decimal | None
    late_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCounts:
    """Products as NĐ 335/2025 counts them: quantity, quality, timeliness, each of those assigned.

    ``delivered``: reported or confirmed complete; ``with_quality``: confirmed at the target;
    ``in_time``: confirmed by the deadline; ``excused``: late with a confirmed objective cause. The
    decree's points are for the competent body to give.
    """

    assigned: int
    delivered: int
    with_quality: int
    in_time: int
    excused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many commitments there are of each kind of outcome; ``of_all`` counts those not due too."""

    outcome: Outcome
    of_due: int
    of_all: int


def counted(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that count in the period; what ended by transfer or restructuring was not failed (facts §2)."""
    return [one for one in verdicts if one.due is not Due.NOT_DUE and one.outcome is not Outcome.ENDED]


def four_figures(verdicts: Iterable[Verdict]) -> FourFigures:
    """The four figures over the commitments that count."""
    known = counted(verdicts)
    late_completed = _many(known, {Outcome.LATE})
    late_open = _many(known, {Outcome.BROKEN})
    on_time = _many(known, _IN_TIME)
    beyond = sum(one.beyond and one.outcome in _IN_TIME for one in known)
    late = late_completed + late_open
    return FourFigures(
        assigned=len(known),
        on_time=on_time,
        beyond=beyond,
        late=late,
        late_completed=late_completed,
        late_open=late_open,
        late_excused=_excused(known),
        awaiting=_many(known, {Outcome.AWAITING}),
        running=_many(known, {Outcome.RUNNING}),
        on_time_percent=percent(on_time, len(known)),
        beyond_percent=percent(beyond, len(known)),
        late_percent=percent(late, len(known)),
    )


def product_counts(verdicts: Iterable[Verdict]) -> ProductCounts:
    """The products of the commitments that count."""
    known = counted(verdicts)
    return ProductCounts(
        assigned=len(known),
        delivered=_many(known, _CONFIRMED | {Outcome.AWAITING}),
        with_quality=_many(known, _CONFIRMED),
        in_time=_many(known, _IN_TIME),
        excused=_excused(known),
    )


def tallies(verdicts: Iterable[Verdict]) -> tuple[Tally, ...]:
    """Every outcome with how many there are, zero included, in a fixed order."""
    everything = list(verdicts)
    due = [one for one in everything if one.due is not Due.NOT_DUE]
    return tuple(
        Tally(outcome=outcome, of_due=_many(due, {outcome}), of_all=_many(everything, {outcome}))
        for outcome in Outcome
    )


def percent(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent, rounded down to a tenth; None of nothing."""
    return Decimal(part * _TENTHS // whole).scaleb(-1) if whole else None


def _many(known: Iterable[Verdict], outcomes: Iterable[Outcome]) -> int:
    wanted = set(outcomes)
    return sum(one.outcome in wanted for one in known)


def _excused(known: Iterable[Verdict]) -> int:
    return sum(one.excused and one.outcome in (Outcome.LATE, Outcome.BROKEN) for one in known)
