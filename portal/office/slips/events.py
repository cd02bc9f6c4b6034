"""What the audit knows of slips: that one was entered, never a word of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipEntered:
    """A slip was typed twice alike and taken in; ``by`` typed it last."""

    by: int
    commitment: str
    has_words: bool
