"""What the audit is told of the counting: what went out, never how many people were in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsReleased:
    """A batch of ratings was counted and went out, by the clock and nobody's wish."""

    programme: str
    commitment: str
    period: str
    batch: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsSettled:
    """A period was settled: who had been counted in it is forgotten, and nothing of it goes out any more."""

    period: str
