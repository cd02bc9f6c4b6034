"""What the audit is told of replies and themes: which, by whom, how it ended; never what they say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWritten:
    """An answer to ``about`` was written."""

    by: int
    programme: str
    about: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySettled:
    """An answer was published, or returned to whoever wrote it."""

    by: int
    programme: str
    about: str
    item: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeGathered:
    """Comments were put together under a title, or more were added."""

    by: int
    programme: str
    theme: str
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePublished:
    """A theme went out; ``due_on`` the day an answer is owed by, empty when none is."""

    by: int
    programme: str
    theme: str
    due_on: str
