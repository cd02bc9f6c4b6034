"""What the audit hears about long work: who asked for which kind, how it ended, who took its file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAsked:
    """Long work was asked for, or asked for again."""

    by: int
    job: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnded:
    """Long work came to its end: done, failed, or cut off. Nothing it says is told."""

    job: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFileTaken:
    """The file a job made was downloaded by whoever asked for it."""

    by: int
    job: str
    kind: str
