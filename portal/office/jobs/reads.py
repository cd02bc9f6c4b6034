"""Looking up long work: an officer's own, the oldest that waits, the files that are still wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.jobs import rules
from portal.office.jobs.rules import JobKind, JobState
from portal.office.jobs.tables import Job

MOST = 50  # of an officer's jobs are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A job as its officer sees it now."""

    id: int
    kind: JobKind
    state: JobState
    done: int
    total: int
    lines: tuple[str, ...]  # of its outcome
    has_file: bool
    about: dict[str, str]
    waits_in_vain: bool
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    version: int

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return rules.is_over(self.state)

    @property
    def may_begin_again(self) -> bool:
        """Whether it was cut off or failed."""
        return rules.may_move(self.state, JobState.WAITING)


def job_of(w: Work, key: int, by: Actor) -> Job:
    """The job ``key`` of the officer ``by``. Raises Refused when there is none, or it is another's."""
    found = w.session.get(Job, key)
    if found is None or found.asked_by_id != by.id:
        raise Refused(Refusal.NO_SUCH_JOB)
    return found


def jobs_of(w: Work, by: Actor) -> list[Seen]:
    """The newest jobs of ``by``, newest first."""
    mine = select(Job).where(Job.asked_by_id == by.id).order_by(Job.asked_at.desc(), Job.id).limit(MOST)
    return [seen(w, row) for row in w.session.scalars(mine)]


def seen(w: Work, row: Job) -> Seen:
    """``row`` as its officer sees it."""
    state = rules.seen(JobState(row.state), row.beat_at, now=w.now)
    return Seen(
        id=row.id,
        kind=JobKind(row.kind),
        state=state,
        done=row.steps_done,
        total=row.steps_total,
        lines=tuple(row.outcome.open(reason=Reason.DRAFT).splitlines()) if rules.is_over(state) else (),
        has_file=bool(row.file) and state is JobState.DONE,
        about=dict(row.about),
        waits_in_vain=rules.waits_in_vain(state, row.asked_at, now=w.now),
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        version=row.version,
    )


def silent(w: Work) -> Sequence[Job]:
    """The jobs that say they run while their runner is silent."""
    running = w.session.scalars(select(Job).where(Job.state == JobState.RUNNING.value))
    return [row for row in running if rules.is_silent(JobState.RUNNING, row.beat_at, now=w.now)]


def oldest_waiting(w: Work) -> Job | None:
    """The job to be done next."""
    waiting = select(Job).where(Job.state == JobState.WAITING.value)
    return w.session.scalar(waiting.order_by(Job.asked_at, Job.id).limit(1))


def outlived(w: Work, days: int) -> Sequence[Job]:
    """The jobs whose files have had their time."""
    over = Job.ended_at < w.now - timedelta(days=days)
    return w.session.scalars(select(Job).where(Job.file != "", over)).all()


def wanted_files(w: Work) -> frozenset[str]:
    """The names of the files that jobs still own."""
    owned = or_(Job.state == JobState.RUNNING.value, Job.state == JobState.DONE.value)
    return frozenset(w.session.scalars(select(Job.file).where(Job.file != "", owned)))
