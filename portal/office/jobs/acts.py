"""What happens to long work: asked for, claimed by one runner, moved on, ended, begun again, swept."""

from typing import Any

from sqlalchemy import update

from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.jobs import rules, shelf
from portal.office.jobs.events import JobAsked, JobEnded
from portal.office.jobs.reads import job_of, oldest_waiting, outlived, silent, wanted_files
from portal.office.jobs.rules import JobKind, JobState
from portal.office.jobs.tables import Job

CUT_OFF = (
    "Tiến trình đang chạy việc này đã dừng giữa chừng (khởi động lại hoặc mất điện). "
    "Chưa có kết quả nào được ghi nhận; ông/bà chạy lại được."
)


def ask(w: Work, kind: JobKind, *, by: Actor, about: dict[str, str], unit_id: int | None = None) -> Job:
    """Ask for a job; whoever calls has made sure that ``by`` may. It waits for a runner."""
    made = Job(
        id=w.ids.key(),
        kind=kind.value,
        asked_by_id=by.id,
        unit_id=unit_id,
        about=dict(about),
        state=JobState.WAITING.value,
        asked_at=w.now,
        outcome=Sealed(""),
    )
    w.session.add(made)
    w.session.flush()
    w.tell(JobAsked(by=by.id, job=str(made.id), kind=kind.value, how="asked"))
    return made


def begin_again(w: Work, key: int, *, by: Actor) -> Job:
    """Let a job that was cut off, or failed, wait for a runner once more. Raises Refused."""
    row = job_of(w, key, by)
    state = rules.seen(JobState(row.state), row.beat_at, now=w.now)
    if not rules.may_move(state, JobState.WAITING):
        raise Refused(Refusal.JOB_RUNNING)
    _clear(row)
    row.state, row.asked_at = JobState.WAITING.value, w.now
    w.session.flush()
    w.tell(JobAsked(by=by.id, job=str(row.id), kind=row.kind, how="begun again"))
    return row


def claim(w: Work, runner: str) -> Job | None:
    """Take the oldest waiting job for ``runner``; None when there is none, or another was faster."""
    row = oldest_waiting(w)
    if row is None:
        return None
    taken = w.session.execute(
        update(Job)
        .where(Job.id == row.id, Job.state == JobState.WAITING.value, Job.version == row.version)
        .values(
            state=JobState.RUNNING.value,
            runner=runner,
            started_at=w.now,
            beat_at=w.now,
            file=shelf.new_name(),
            version=Job.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    w.session.expire(row)
    is_mine: bool = taken.rowcount == 1  # type: ignore[attr-defined]  # what an UPDATE gives has it
    return row if is_mine else None


def beat(w: Work, key: int, runner: str, *, done: int, total: int) -> bool:
    """Show that ``runner`` lives and how far it is; False when the job is no longer its own."""
    return _move(w, key, runner, beat_at=w.now, steps_done=done, steps_total=total)


def end(w: Work, key: int, runner: str, state: JobState, outcome: str, *, has_file: bool) -> bool:
    """The job has come to its end; False when it was taken from ``runner`` meanwhile."""
    row = w.session.get_one(Job, key)
    kept = {} if has_file else {"file": ""}
    is_mine = _move(w, key, runner, state=state.value, ended_at=w.now, outcome=Sealed(outcome), **kept)
    if is_mine:
        w.tell(JobEnded(job=str(key), kind=row.kind, state=state.value))
    return is_mine


def settle_silent(w: Work) -> int:
    """Say of every job whose runner is dead that it was cut off; how many there were."""
    rows = silent(w)
    for row in rows:
        _clear(row)
        row.state, row.ended_at, row.outcome = JobState.INTERRUPTED.value, w.now, Sealed(CUT_OFF)
        w.tell(JobEnded(job=str(row.id), kind=row.kind, state=row.state))
    w.session.flush()
    return len(rows)


def sweep_files(w: Work) -> int:
    """Remove the files that have had their days, and those no job owns; how many went."""
    for row in outlived(w, w.settings.job_files_days):
        row.file = ""
    w.session.flush()
    return shelf.sweep(w.settings.instance, wanted_files(w))


def _clear(row: Job) -> None:
    row.runner, row.file, row.steps_done, row.steps_total = "", "", 0, 0
    row.started_at = row.beat_at = row.ended_at = None
    row.outcome = Sealed("")


def _move(w: Work, key: int, runner: str, **values: Any) -> bool:
    """Change the job if it still runs for ``runner``."""
    mine = (Job.id == key, Job.runner == runner, Job.state == JobState.RUNNING.value)
    moved = w.session.execute(
        update(Job)
        .where(*mine)
        .values(version=Job.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    w.session.expire_all()
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # what an UPDATE gives has it
