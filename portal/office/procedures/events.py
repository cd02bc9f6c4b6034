"""What the audit hears about results of procedures: who did what to which row, never the figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresRecorded:
    """A month's results of a unit were recorded, corrected or marked; ``item`` is the row's key."""

    by: int
    unit_id: int
    item: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresPublished:
    """A unit's results went through the valve."""

    by: int
    unit_id: int
    act: str
    position: int
