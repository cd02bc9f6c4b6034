"""Results of administrative procedures (kết quả giải quyết TTHC) of a unit, month by month, and their rates.

Zero is a figure; no data and not connected are none (facts R40); a month that is not there was not
published, and nothing is said of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from portal.record.holding import UnitLink
from portal.record.terms import FigureState

_TENTH = Decimal("0.1")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureMonth:
    """One month: files handled, and of them early, on time, late. ``month`` is its first day.

    The counts are None unless ``state`` is FIGURE. ``counted_on``: the day the source counted up to.
    """

    month: date
    state: FigureState
    handled: int | None
    early: int | None
    on_time: int | None
    late: int | None
    source: str
    counted_on: date
    corrected: str = ""  # why it replaces figures that were public before; empty: it replaces none


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresDoc:
    """All published months of one unit, oldest first."""

    ref: str
    unit: UnitLink
    months: tuple[ProcedureMonth, ...]


def rate(month: ProcedureMonth) -> Decimal | None:
    """Per cent of the handled files that were early or on time, to one decimal.

    None where nothing was handled: nought of nought is no rate. It says 0 or 100 only when it is
    exactly that, so it is rounded down, and up to 0.1 at the bottom.
    """
    if not month.handled:
        return None
    good = (month.early or 0) + (month.on_time or 0)
    exact = Decimal(good) * 100 / Decimal(month.handled)
    found = exact.quantize(_TENTH, rounding=ROUND_FLOOR)
    return _TENTH if good and not found else found


def late_rate(month: ProcedureMonth) -> Decimal | None:
    """Per cent of the handled files that were late: with `rate` it makes a hundred."""
    found = rate(month)
    return None if found is None else _WHOLE - found


def is_unfinished(month: ProcedureMonth) -> bool:
    """Whether there are figures, and the source counted them before the month's last day."""
    last = next_month(month.month) - timedelta(days=1)
    return month.state is FigureState.FIGURE and month.counted_on < last


def next_month(first: date) -> date:
    """The first day of the month after the one that begins on ``first``."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def window(
    months: Sequence[ProcedureMonth], *, today: date, length: int
) -> Iterator[tuple[date, ProcedureMonth | None]]:
    """The last ``length`` months, oldest first, with None for each that was not published.

    They end with the last month that is over, or the newest published one; they begin no earlier than
    the first published month.
    """
    known = {one.month: one for one in months}
    if not known:
        return
    over = _number(today) - 1
    last = max(over, _number(max(known)))
    first = max(_number(min(known)), last - length + 1)
    for number in range(first, last + 1):
        day = date(number // 12, number % 12 + 1, 1)
        yield day, known.get(day)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
