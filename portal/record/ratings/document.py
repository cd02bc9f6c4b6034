"""The released ratings of one commitment in one period, as the record keeps them."""

from dataclasses import dataclass

from portal.record.ratings.figures import RatingFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsDoc:
    """Every batch released so far; a new batch is a new revision, and nothing released is counted again.

    ``min_batch`` and ``min_days`` are the settings the newest batch was closed by.
    """

    ref: str
    programme_ref: str
    commitment_ref: str
    figures: RatingFigures
    min_batch: int
    min_days: int


def ratings_ref(commitment: str, period: str) -> str:
    """The reference of the ratings of ``commitment`` in ``period`` ("2026-Q4")."""
    return f"{commitment}.{period.lower()}"
