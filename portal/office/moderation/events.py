"""What the audit knows of moderation: who did what to which case, never a word of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTakenIn:
    """A comment became a case; ``excluded`` counts the moderators whom the line of command kept out."""

    case: int
    assigned: int | None
    excluded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned:
    """A case was drawn for somebody; ``why``: second, appeal, recusal, overdue, released, taken_over."""

    case: int
    assigned: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided:
    """A move was made; ``by`` None: by the author or the clock."""

    by: int | None
    case: int
    decision: str
    state: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratorRecused:
    """An officer said that a case is not theirs to decide."""

    by: int
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBreached:
    """A case is past its deadline; the level above was told."""

    case: int
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReviewed:
    """A decision was made once more, blindly."""

    by: int
    case: int
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOpened:
    """A designated officer read a sealed text."""

    by: int
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPassedOn:
    """A designated officer noted to which body a sealed text was passed on."""

    by: int
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPublished:
    """The transparency figures of a month went into the record."""

    month: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataHandedOver:
    """Somebody's copy of their data was compiled; nobody here knows whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataErased:
    """Somebody's contributions were erased at their wish; nobody here knows whose."""
