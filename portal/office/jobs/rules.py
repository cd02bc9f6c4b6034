"""What is true of long work: its kinds, its states, when a silent runner is taken for dead."""

from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.policy import Act


class JobKind(StrEnum):
    """What may be too long for one click."""

    READ_WORKBOOK = "read_workbook"
    EXPORT_LISTS = "export_lists"
    REBUILD_INDEX = "rebuild_index"
    FREEZE_PERIOD = "freeze_period"


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


ACTS: dict[JobKind, Act] = {
    JobKind.READ_WORKBOOK: Act.IMPORT_PROGRAMME,
    JobKind.EXPORT_LISTS: Act.EXPORT_LISTS,
    JobKind.REBUILD_INDEX: Act.REBUILD_INDEX,
    JobKind.FREEZE_PERIOD: Act.FREEZE_PERIOD,
}
"""What an officer must be allowed to do to ask for a kind of job, and to take what it made."""

MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.INTERRUPTED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.WAITING}),
    JobState.INTERRUPTED: frozenset({JobState.WAITING}),
}
BEAT = timedelta(seconds=5)  # how often a runner shows that it lives
SILENCE = timedelta(seconds=45)  # from here on it is taken for dead
PATIENCE = timedelta(seconds=60)  # a job that waits longer: perhaps no runner is there


def may_move(state: JobState, to: JobState) -> bool:
    """Whether a job may go from ``state`` to ``to``."""
    return to in MOVES[state]


def is_silent(state: JobState, beat_at: datetime | None, *, now: datetime) -> bool:
    """Whether the job says it runs while its runner has long been silent."""
    return state is JobState.RUNNING and (beat_at is None or now - beat_at > SILENCE)


def seen(state: JobState, beat_at: datetime | None, *, now: datetime) -> JobState:
    """How the job stands as people are told: a dead runner's job is interrupted, though nobody wrote it."""
    return JobState.INTERRUPTED if is_silent(state, beat_at, now=now) else state


def is_over(state: JobState) -> bool:
    """Whether nothing more will happen to the job by itself."""
    return state not in (JobState.WAITING, JobState.RUNNING)


def waits_in_vain(state: JobState, asked_at: datetime, *, now: datetime) -> bool:
    """Whether it has waited so long that perhaps no runner is there."""
    return state is JobState.WAITING and now - asked_at > PATIENCE
