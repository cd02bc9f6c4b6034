"""A month of moderation in figures: counts of the whole portal, never of one cadre or one text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many were not shown for one coded reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransparencyDoc:
    """The figures of one month. What waits and what was handed to another authority is not told apart.

    ``median_hours``: working hours from receipt to decision; None where nothing was decided.
    ``reviewed`` and ``agreed`` are None below the least number that hides single decisions.
    """

    ref: str  # "kiem-duyet-2026-11"
    month: str  # "2026-11"
    as_of: date
    received: int
    shown: int
    masked: int
    refused: tuple[ReasonCount, ...]
    returned: int
    redirected: int
    merged: int
    median_hours: int | None
    in_time: int
    decided: int
    appeals: int
    overturned: int
    upheld: int
    reviewed: int | None = None
    agreed: int | None = None


def month_ref(month: str) -> str:
    """What the figures of ``month`` ("2026-11") are called in the record."""
    return f"kiem-duyet-{month}"
