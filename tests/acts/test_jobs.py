"""Long work: one runner takes a job, a dead one is told of, files go after their days."""

from pathlib import Path

import pytest
from people import SOAN, THAM
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.office.audit.tables import AuditLine
from portal.office.jobs import acts, shelf
from portal.office.jobs.reads import Seen, job_of, jobs_of, seen
from portal.office.jobs.rules import SILENCE, JobKind, JobState
from portal.office.jobs.tables import Job


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


def ask(world: World) -> int:
    with world.work() as w:
        return acts.ask(w, JobKind.EXPORT_LISTS, by=who(w, SOAN), about={}).id


def claim(world: World, runner: str) -> int | None:
    with world.work() as w:
        row = acts.claim(w, runner)
        return row.id if row else None


def end(world: World, key: int, runner: str, *, has_file: bool = False) -> bool:
    with world.work() as w:
        return acts.end(w, key, runner, JobState.DONE, "Đã xong", has_file=has_file)


def look(world: World, key: int) -> Seen:
    with world.work() as w:
        return seen(w, job_of(w, key, who(w, SOAN)))


def again(world: World, key: int) -> None:
    with world.work() as w:
        acts.begin_again(w, key, by=who(w, SOAN))


def test_a_job_is_taken_once_in_the_order_of_asking(world: World) -> None:
    first = ask(world)
    world.later(seconds=1)
    second = ask(world)
    assert [claim(world, "a"), claim(world, "b"), claim(world, "c")] == [first, second, None]


def test_only_its_runner_moves_it(world: World) -> None:
    key = ask(world)
    claim(world, "a")
    with world.work() as w:
        assert acts.beat(w, key, "a", done=3, total=9)
        assert not acts.beat(w, key, "b", done=9, total=9)
    assert (look(world, key).done, look(world, key).total) == (3, 9)
    assert not end(world, key, "b")
    assert end(world, key, "a")
    assert not end(world, key, "a")  # it is over
    found = look(world, key)
    assert (found.state, found.lines, found.has_file) == (JobState.DONE, ("Đã xong",), False)
    with world.work() as w:
        told = [line.event for line in w.session.query(AuditLine) if line.event.startswith("Job")]
    assert sorted(told) == ["JobAsked", "JobEnded"]


def test_a_job_whose_runner_died_says_so_and_can_begin_again(world: World) -> None:
    key = ask(world)
    claim(world, "a")
    with pytest.raises(Refused) as caught:
        again(world, key)
    assert caught.value.refusal is Refusal.JOB_RUNNING
    world.later(seconds=SILENCE.total_seconds() + 1)
    assert look(world, key).state is JobState.INTERRUPTED  # before anybody wrote it down
    with world.work() as w:
        assert acts.settle_silent(w) == 1
        assert acts.settle_silent(w) == 0
    assert "dừng giữa chừng" in look(world, key).lines[0]
    again(world, key)
    assert look(world, key).state is JobState.WAITING
    assert claim(world, "b") == key
    assert not end(world, key, "a")  # the dead one comes back: it is no longer its job
    assert end(world, key, "b")


def test_one_cut_off_can_begin_again_before_any_runner_looked(world: World) -> None:
    key = ask(world)
    claim(world, "a")
    world.later(minutes=5)
    again(world, key)
    assert look(world, key).state is JobState.WAITING


def test_a_job_is_its_officers_alone(world: World) -> None:
    key = ask(world)
    with world.work() as w:
        assert [one.id for one in jobs_of(w, who(w, SOAN))] == [key]
        assert jobs_of(w, who(w, THAM)) == []
        for call in (job_of, lambda w, key, by: acts.begin_again(w, key, by=by)):
            with pytest.raises(Refused) as caught:
                call(w, key, who(w, THAM))
            assert caught.value.refusal is Refusal.NO_SUCH_JOB


def test_files_go_after_their_days_and_so_do_those_nobody_owns(world: World) -> None:
    key = ask(world)
    claim(world, "a")
    with world.work() as w:
        name = w.session.get_one(Job, key).file
    shelf.put(world.settings.instance, name, b"PK")
    shelf.put(world.settings.instance, shelf.new_name(), b"orphan")
    end(world, key, "a", has_file=True)
    folder = world.settings.instance / shelf.FOLDER
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    with world.work() as w:
        assert acts.sweep_files(w) == 1  # the orphan
    assert shelf.read(world.settings.instance, name) == b"PK"
    assert look(world, key).has_file
    world.later(days=world.settings.job_files_days, seconds=1)
    with world.work() as w:
        assert acts.sweep_files(w) == 1
    assert not look(world, key).has_file
    assert list(folder.iterdir()) == []
    assert shelf.read(world.settings.instance, name) is None
    assert shelf.read(world.settings.instance, "../../portal.sqlite") is None
