"""``portal jobs``: the runner of long work; ``portal follow`` keeps one beside it.

Any number of runners may run, on one host or several that share the instance folder: each job is claimed
by one UPDATE. A runner shows that it lives while it works; when it dies, its job is told as cut off.
"""

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.commands.long_work import Result, Tally, Task, do
from portal.commands.office import office_app
from portal.kernel.policy import Refused
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.jobs import acts, shelf
from portal.office.jobs.rules import BEAT, JobKind, JobState
from portal.settings import Settings, load

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between looks for a job
SWEEP = 600.0  # seconds between looks for files that have had their time
_FAREWELL = 5.0  # seconds a job at work is waited for; then it is told as cut off
_TOLD = 1.0  # seconds between two tellings of how far a job is
BROKEN = (
    "Việc này dừng vì lỗi của hệ thống, không phải do ông/bà. Chưa có kết quả nào được ghi nhận; "
    "ông/bà chạy lại, nếu vẫn lỗi thì báo người vận hành."
)


class Runner:
    """Does one job after the other; ``app`` stands on the desk's side of the wall."""

    def __init__(self, settings: Settings, app: Flask | None = None) -> None:
        self.settings, self.name = settings, secrets.token_hex(8)
        self._app = app or office_app(settings)
        self._sweep_at = 0.0

    def look(self) -> JobState | None:
        """Do the oldest waiting job, if there is one; how it ended."""
        with self._app.app_context():
            with work() as w:
                self._tidy(w)
                row = acts.claim(w, self.name)
                if row is None:
                    return None
                key, kind, file = row.id, JobKind(row.kind), row.file
                task = Task(self.settings, dict(row.about), row.asked_by_id, Tally())
            with self._beating(key, task.tally):
                result = self._do(kind, task, file)
            return self._end(key, task.tally, result)

    def keep(self, stop: threading.Event) -> None:
        """Look again and again; a fault of the database is told and tried again."""
        while not stop.is_set():
            try:
                if self.look() is None:
                    stop.wait(PAUSE)
            except SQLAlchemyError:
                log.exception("the jobs could not be looked at; they are tried again")
                stop.wait(PAUSE)

    def _tidy(self, w: Work) -> None:
        acts.settle_silent(w)
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP
            acts.sweep_files(w)

    def _do(self, kind: JobKind, task: Task, file: str) -> Result:
        try:
            result = do(kind, task)
            if result.data is not None:
                shelf.put(self.settings.instance, file, result.data)
            return result
        except Refused as refused:
            return Result(sentence(refused), is_failure=True)
        except Exception:  # whatever went wrong, whoever asked must be told, and the runner live on
            log.exception("a job of kind %s failed", kind)
            return Result(BROKEN, is_failure=True)

    def _end(self, key: int, tally: Tally, result: Result) -> JobState:
        state = JobState.FAILED if result.is_failure else JobState.DONE
        with work() as w:
            acts.beat(w, key, self.name, done=tally.done, total=tally.total)
            acts.end(w, key, self.name, state, result.said, has_file=result.data is not None)
        return state

    @contextmanager
    def _beating(self, key: int, tally: Tally) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=self._beat, args=(key, tally, stop), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _beat(self, key: int, tally: Tally, stop: threading.Event) -> None:
        told, at = (0, 0), time.monotonic()
        while not stop.wait(_TOLD):
            now = (tally.done, tally.total)
            if now == told and time.monotonic() - at < BEAT.total_seconds():
                continue
            told, at = now, time.monotonic()
            try:
                with self._app.app_context(), work() as w:
                    acts.beat(w, key, self.name, done=now[0], total=now[1])
            except SQLAlchemyError:
                log.exception("a job could not show that it lives; it tries again")


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Keep a runner at work beside whatever is done inside."""
    stop = threading.Event()
    thread = threading.Thread(target=Runner(settings).keep, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_FAREWELL)


@click.command()
@click.option("--once", is_flag=True, help="Chạy hết việc đang chờ rồi thoát. / Do what waits, then exit.")
def jobs(once: bool) -> None:
    """Chạy các việc dài được yêu cầu ở văn phòng. / Do the long work asked for at the desk."""
    runner = Runner(load())
    if not once:
        runner.keep(threading.Event())
    done = 0
    while runner.look() is not None:
        done += 1
    click.echo(f"Đã chạy / done: {done}")


COMMANDS: tuple[click.Command, ...] = (jobs,)
