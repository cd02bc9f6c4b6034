"""How far a commitment has come: its figures in two layers, and the share of the way they cover."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from portal.record.documents import CommitmentDoc, Direction, FigureState, ProgressDoc

_DONE = Decimal(1)
_NOTHING = Decimal(0)
_STEPS = 10_000  # attainment is kept to four decimals


class Layer(StrEnum):
    """Whose word a figure is: the cadre's own, or a competent body's with a document."""

    SELF_REPORTED = "self_reported"
    CONFIRMED = "confirmed"


class Figure(NamedTuple):
    """A progress row that holds a figure, and the figure."""

    row: ProgressDoc
    value: Decimal


def attainment(baseline: Decimal | None, value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """The share of the way from ``baseline`` to ``target`` that ``value`` has come.

    (value - baseline) / (target - baseline), facts R40: 0 at the baseline, 1 at the target, below 0
    when things got worse, above 1 beyond the target; the same formula whichever way the indicator
    must move. Rounded down to four decimals, so it says 1 only when the target is truly reached.
    ``None`` when a figure is missing or the target equals the baseline: undefined, not zero.
    """
    if baseline is None or value is None or target is None or target == baseline:
        return None
    start, start_parts = baseline.as_integer_ratio()
    now, now_parts = value.as_integer_ratio()
    end, end_parts = target.as_integer_ratio()
    gone = (now * start_parts - start * now_parts) * end_parts
    return _share(gone, (end * start_parts - start * end_parts) * now_parts)


def clamped(share: Decimal) -> Decimal:
    """``share`` as a bar can draw it: between 0 and 1."""
    return min(max(share, _NOTHING), _DONE)


def elapsed(doc: CommitmentDoc, on: date) -> Decimal | None:
    """The share of the time from the baseline's date to the deadline gone by ``on``, from 0 to 1.

    This is the straight line from (baseline_on, baseline) to (deadline, target). ``None`` when the
    baseline has no date or does not precede the deadline.
    """
    if doc.baseline_on is None or doc.baseline_on >= doc.deadline:
        return None
    gone, whole = (on - doc.baseline_on).days, (doc.deadline - doc.baseline_on).days
    return clamped(_share(gone, whole))


def figure_of(row: ProgressDoc | None) -> Decimal | None:
    """The figure in ``row`` (zero is one); ``None`` when it holds none, whatever the reason."""
    return row.value if row is not None and row.state is FigureState.FIGURE else None


def has_figure(row: ProgressDoc) -> bool:
    """Whether ``row`` holds a figure."""
    return figure_of(row) is not None


def reports(doc: CommitmentDoc, layer: Layer) -> list[ProgressDoc]:
    """The progress rows of ``layer``, oldest first; of two on one day the later in the document.

    A confirmed row was reported first, so the self-reported layer holds every row.
    """
    everything = layer is Layer.SELF_REPORTED
    rows = (row for row in doc.progress if everything or row.confirmation is not None)
    return sorted(rows, key=lambda row: row.reported_on)


def figures(doc: CommitmentDoc, layer: Layer) -> list[Figure]:
    """The rows of ``layer`` that hold a figure, oldest first."""
    found = ((row, figure_of(row)) for row in reports(doc, layer))
    return [Figure(row, value) for row, value in found if value is not None]


def latest(doc: CommitmentDoc, layer: Layer) -> ProgressDoc | None:
    """The newest row of ``layer``, whatever it says: a figure (zero too), no data, not connected.

    ``None``: nothing was reported in this layer, which is a fourth thing.
    """
    rows = reports(doc, layer)
    return rows[-1] if rows else None


def latest_figure(doc: CommitmentDoc, layer: Layer) -> ProgressDoc | None:
    """The newest row of ``layer`` that holds a figure."""
    found = figures(doc, layer)
    return found[-1].row if found else None


def is_done_or_not(doc: CommitmentDoc) -> bool:
    """Whether only done or not done can be told, with nothing in between.

    A product to deliver (direction "done"), or a commitment without a target figure: a reported 1
    says it is done.
    """
    return doc.direction is Direction.DONE or doc.target is None


def may_fall_back(doc: CommitmentDoc) -> bool:
    """Whether a reached target can be lost again before the deadline.

    So for percentages, for figures to bring down (they count up within the period) and for figures
    to keep: nothing is concluded about these before the deadline (facts §7.3, notes).
    """
    if is_done_or_not(doc):
        return False
    is_percentage = doc.measure_unit.lower().startswith(("%", "phần trăm", "tỷ lệ"))
    return is_percentage or doc.direction in (Direction.DOWN, Direction.KEEP)


def wants_less(doc: CommitmentDoc) -> bool:
    """Whether a smaller figure is the better one.

    "Down" always; "keep" when the target is a ceiling: above the baseline, or a zero to be kept.
    """
    if doc.direction is Direction.KEEP and doc.target is not None:
        start = doc.target if doc.baseline is None else doc.baseline
        return start < doc.target or start == doc.target == 0
    return doc.direction is Direction.DOWN


def is_reached(doc: CommitmentDoc, value: Decimal) -> bool:
    """Whether ``value`` is at the target or beyond it."""
    if doc.target is None:
        return value >= _DONE
    return value <= doc.target if wants_less(doc) else value >= doc.target


def is_beyond(doc: CommitmentDoc, value: Decimal) -> bool:
    """Whether ``value`` is better than promised; only figures to raise or bring down can be."""
    if doc.target is None or doc.direction not in (Direction.UP, Direction.DOWN):
        return False
    return value != doc.target and is_reached(doc, value)


def share_done(doc: CommitmentDoc, row: ProgressDoc | None) -> Decimal | None:
    """The attainment that ``row`` shows.

    ``None`` where there is none to tell: no figure, a figure to keep, or a product that is not
    there yet (a product has no percentage in between).
    """
    value = figure_of(row)
    if value is None:
        return None
    if is_done_or_not(doc):
        return _DONE if is_reached(doc, value) else None
    return None if doc.direction is Direction.KEEP else attainment(doc.baseline, value, doc.target)


def _share(gone: int, whole: int) -> Decimal:
    """``gone`` of ``whole``, rounded down; in whole numbers, so that nothing is lost on the way."""
    return Decimal(gone * _STEPS // whole) / _STEPS
