"""What an officer states about a board: that a copy hangs there, or that it came down."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUp:
    """A copy was put up; ``minutes`` number and date, ``signers`` by role."""

    place: str
    posted_on: date
    planned_until: date
    minutes: str = ""
    signers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """A copy came down; ``reason`` where it did so before the planned day."""

    taken_down_on: date
    reason: str = ""
    minutes: str = ""
    signers: str = ""
