"""What the audit knows of slips: that one was entered, never a word of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipEntered:
    """A slip was typed twice alike and taken in; ``by`` typed it last, ``first_by`` first.

    ``typing`` says why one officer typed both times, where one did (see `rules.Typing`).
    """

    by: int
    commitment: str
    has_words: bool
    first_by: int
    typing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPutAside:
    """A slip was typed once and waits for another officer."""

    by: int
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipDropped:
    """A first typing was let go of."""

    by: int
    commitment: str
