"""Results of administrative procedures as a page shows them: months with their gaps, rates, bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.documents import FigureState, Revision
from portal.record.procedures import ProcedureMonth, ProceduresDoc, is_unfinished, late_rate, rate, window

GAP = "gap"  # a month that was not published: it is neither zero nor "no data"
_FILLED = 0.7  # of the room a month has, by its bar


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the window; ``told`` is None where nothing was published."""

    first: date
    told: ProcedureMonth | None

    @property
    def label(self) -> str:
        """mm/yyyy."""
        return f"{self.first:%m}/{self.first.year:04d}"

    @property
    def state(self) -> str:
        """figure, no_data, not_connected, or gap."""
        return self.told.state.value if self.told else GAP

    @property
    def rate(self) -> Decimal | None:
        """Per cent early or on time; None where nothing was handled."""
        return rate(self.told) if self.told else None

    @property
    def late_rate(self) -> Decimal | None:
        """Per cent late."""
        return late_rate(self.told) if self.told else None

    @property
    def is_unfinished(self) -> bool:
        """Whether the figures were counted before the month was over."""
        return self.told is not None and is_unfinished(self.told)


@dataclass(frozen=True, slots=True)
class Bar:
    """One month in the drawing, in per cent of its width and height, from the top left."""

    label: str
    state: str
    is_zero: bool
    centre: float
    left: float
    width: float
    good: float  # height of the files in time, at the foot
    late: float  # height of the late ones, on top of them


@dataclass(frozen=True, slots=True)
class Box:
    """What a page shows of one unit: months newest first, the newest published one, the drawing."""

    rev: Revision
    months: tuple[Month, ...]
    newest: Month
    bars: tuple[Bar, ...]

    @property
    def first(self) -> Month:
        """The oldest month shown."""
        return self.months[-1]

    @property
    def last(self) -> Month:
        """The youngest month shown."""
        return self.months[0]


def make_box(rev: Revision, document: ProceduresDoc, *, today: date, length: int) -> Box:
    """The box of ``document``, over at most ``length`` months up to the last one that is over."""
    shown = [Month(first, told) for first, told in window(document.months, today=today, length=length)]
    newest = max(document.months, key=lambda one: one.month)
    return Box(rev, tuple(reversed(shown)), Month(newest.month, newest), draw_bars(shown))


def draw_bars(months: Sequence[Month]) -> tuple[Bar, ...]:
    """A bar a month, as high as its files were many; only figures have height."""
    most = max((one.told.handled or 0 for one in months if one.told), default=0)
    room = 100 / len(months) if months else 0.0
    return tuple(_bar(one, at * room, room, most) for at, one in enumerate(months))


def _bar(month: Month, left: float, room: float, most: int) -> Bar:
    told = month.told if month.told and month.told.state is FigureState.FIGURE else None
    late = (told.late or 0) if told else 0
    handled = (told.handled or 0) if told else 0
    return Bar(
        label=f"{month.first.month}",
        state=month.state,
        is_zero=told is not None and handled == 0,
        centre=round(left + room / 2, 2),
        left=round(left + room * (1 - _FILLED) / 2, 2),
        width=round(room * _FILLED, 2),
        good=_height(handled - late, most),
        late=_height(late, most),
    )


def _height(count: int, most: int) -> float:
    return round(100 * count / most, 2) if most else 0.0
