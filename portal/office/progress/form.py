"""What an officer says of progress, as values: a report, a cause, a confirmation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.documents import FigureState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """One progress report; ``reason`` is needed where it corrects an older one."""

    reported_on: date
    state: FigureState
    value: Decimal | None
    note: str
    source: str
    disclosed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseForm:
    """One objective cause; ``to_on`` None: it still lasts."""

    text: str
    from_on: date
    to_on: date | None
    disclosed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationForm:
    """Which body confirms, by which document (number, date)."""

    body: str
    document: str
