"""What the audit knows of attesting: that letters were issued, never their codes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersIssued:
    """Code letters were printed for a group of people in a unit."""

    by: int
    unit_id: int
    group: str
    letters: int
