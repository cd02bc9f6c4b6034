"""What an officer says of one month, as values."""

from dataclasses import dataclass
from datetime import date

from portal.office.procedures.rules import Counts
from portal.record.documents import FigureState


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthForm:
    """The results of one month; ``reason`` is needed where it corrects an older row."""

    month: date
    state: FigureState
    counts: Counts
    source: str
    counted_on: date
    disclosed: bool = False
    reason: str = ""
