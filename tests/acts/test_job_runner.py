"""The runner: lists without formulas, an index built anew, a workbook read, faults told."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from people import CITY, QUAN, SOAN, Person
from world import SAMPLES, World, who

from portal.commands import jobs as running
from portal.commands import long_work
from portal.commands.followers import index_folder
from portal.commands.jobs import Runner
from portal.commands.long_work import Result, Task
from portal.kernel.calendar import vietnam
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer, take_role
from portal.office.accounts.reads import officer
from portal.office.jobs import acts, shelf
from portal.office.jobs.book import Listing, write_book
from portal.office.jobs.lists import Lists, add_programme
from portal.office.jobs.reads import Seen, job_of, seen
from portal.office.jobs.rules import JobKind, JobState
from portal.office.jobs.tables import Job
from portal.office.programme.keeping import hold_upload
from portal.office.units.reads import unit_of_code
from portal.record.search.folder import only_writer

LAM = Person("Vũ Thị Lâm", "lam@namro.example", Role.EVALUATOR)
BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")', "http://x.example", "0123")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path).settle_in()
    with made.work() as w:
        add_officer(w, email=LAM.email, name=LAM.name, role=LAM.role, unit_code=CITY)
    return made


def ask(world: World, kind: JobKind, person: Person, **about: str) -> int:
    with world.work() as w:
        return acts.ask(w, kind, by=who(w, person), about=about).id


def look(world: World, key: int, person: Person) -> Seen:
    with world.work() as w:
        return seen(w, job_of(w, key, who(w, person)))


def test_lists_are_exported_as_far_as_the_officer_may_see(world: World) -> None:
    ref = world.bring_in(world.read(BOOK))
    world.draft(world.read("04-chu-tich-xa.xlsx"))  # never published: in no list
    world.later(days=200)
    key = ask(world, JobKind.EXPORT_LISTS, LAM)
    assert Runner(world.settings, world.office).look() is JobState.DONE
    found = look(world, key, LAM)
    assert (found.done, found.total) == (1, 1)
    assert found.lines[0].startswith("Đã xuất 1 chương trình")
    with world.work() as w:
        data = shelf.read(w.settings.instance, w.session.get_one(Job, key).file)
    book = openpyxl.load_workbook(BytesIO(data or b""))
    assert [sheet.title for sheet in book] == ["Chương trình", "Cam kết", "Kiểm điểm"]
    assert book["Chương trình"]["A2"].value == ref
    rows = list(book["Cam kết"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(world.read(BOOK).commitments)
    assert {row[8] for row in rows} == {"Có", "Không"}


def test_no_text_becomes_a_formula() -> None:
    data = write_book([Listing("=A", ("=1", "+2"), [(text, None) for text in HOSTILE])])
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(2, 2 + len(HOSTILE))]
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix and cell.hyperlink is None for cell in cells)
    assert sheet["A1"].data_type == "s"


def test_the_index_is_built_anew(world: World) -> None:
    world.bring_in(world.read(BOOK))
    key = ask(world, JobKind.REBUILD_INDEX, QUAN)
    assert Runner(world.settings, world.office).look() is JobState.DONE
    found = look(world, key, QUAN)
    assert found.done == found.total > 0
    assert str(found.total) in found.lines[0]


@pytest.mark.parametrize(
    ("book", "state", "said"),
    [(BOOK, JobState.DONE, "Đã đọc xong"), ("06-loi-nhap-lieu.xlsx", JobState.FAILED, "chỗ cần sửa")],
)
def test_a_workbook_is_read_and_its_faults_told(world: World, book: str, state: JobState, said: str) -> None:
    data = (SAMPLES / "programmes" / book).read_bytes()
    with world.work() as w:
        upload = hold_upload(w, who(w, SOAN).id, data, programme_id=None)
    key = ask(world, JobKind.READ_WORKBOOK, SOAN, upload=str(upload), ref="")
    assert Runner(world.settings, world.office).look() is state
    assert said in look(world, key, SOAN).lines[0]


def test_what_is_refused_or_breaks_is_told_and_the_runner_lives_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ask(world, JobKind.READ_WORKBOOK, SOAN, upload="4711", ref="")
    runner = Runner(world.settings, world.office)
    assert runner.look() is JobState.FAILED
    assert "Đề nghị" in look(world, gone, SOAN).lines[0] or look(world, gone, SOAN).lines

    def broken(task: object) -> Result:
        raise RuntimeError("Mật khẩu là 1234")  # nothing of it may be shown

    monkeypatch.setitem(long_work.DOERS, JobKind.EXPORT_LISTS, broken)
    key = ask(world, JobKind.EXPORT_LISTS, LAM)
    assert runner.look() is JobState.FAILED
    assert look(world, key, LAM).lines == (running.BROKEN,)
    assert runner.look() is None


def test_who_lost_the_role_gets_nothing(world: World) -> None:
    key = ask(world, JobKind.EXPORT_LISTS, LAM)
    with world.work() as w:
        unit = unit_of_code(w.session, CITY, w.today)
        assert unit is not None
        take_role(w, officer(w, LAM.email), role=Role.EVALUATOR.value, unit_id=unit.id)
    assert Runner(world.settings, world.office).look() is JobState.FAILED
    assert not look(world, key, LAM).has_file


def test_many_runners_do_each_job_once(database_url: str, tmp_path: Path) -> None:
    """On SQLite and on PostgreSQL: eight runners, twenty-four jobs, no job twice and none left."""
    world = World(tmp_path / "instance", database_url=database_url).settle_in()
    keys = {ask(world, JobKind.EXPORT_LISTS, SOAN) for _ in range(24)}
    taken: list[int] = []

    def work(name: str) -> None:
        while True:
            with world.work() as w:
                left = w.session.query(Job).filter_by(state=JobState.WAITING.value).count()
                row = acts.claim(w, name)
                key = row.id if row else None
            if key is not None:
                taken.append(key)
            elif not left:
                return

    threads = [threading.Thread(target=work, args=(f"r{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(keys)
    world.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again until it is so."""
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never was so")


def test_a_runner_beside_shows_how_far_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by_somebody = threading.Event()

    def slow(task: Task) -> Result:
        task.tally.done, task.tally.total = 4, 9
        assert seen_by_somebody.wait(60)
        return Result("Đã xong")

    monkeypatch.setitem(long_work.DOERS, JobKind.EXPORT_LISTS, slow)
    key = ask(world, JobKind.EXPORT_LISTS, LAM)
    with running.running(world.settings):
        wait_until(lambda: look(world, key, LAM).done == 4)
        assert look(world, key, LAM).state is JobState.RUNNING
        seen_by_somebody.set()
        wait_until(lambda: look(world, key, LAM).state is JobState.DONE)


def test_the_command_does_what_waits(world: World) -> None:
    keys = [ask(world, JobKind.EXPORT_LISTS, LAM) for _ in range(2)]
    env = {
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_DATABASE_URL": world.settings.database_url,
    }
    command = [sys.executable, "-m", "portal", "jobs", "--once"]  # a process that has loaded nothing else
    answer = subprocess.run(command, env=os.environ | env, capture_output=True, text=True, check=True)
    assert answer.stdout.strip().endswith("2")
    assert {look(world, key, LAM).state for key in keys} == {JobState.DONE}


def test_a_follower_that_writes_the_index_is_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_work, "_TRIES", 2)
    monkeypatch.setattr(long_work, "_PAUSE", 0)
    key = ask(world, JobKind.REBUILD_INDEX, QUAN)
    with only_writer(index_folder(world.settings)):
        assert Runner(world.settings, world.office).look() is JobState.FAILED
    assert "chạy lại" in look(world, key, QUAN).lines[0]


def test_a_stamp_in_a_large_workbook_is_told_and_a_lost_right_empties_the_lists(world: World) -> None:
    book = openpyxl.load_workbook(SAMPLES / "programmes" / BOOK)
    book.worksheets[0]["D9"] = "TỐI MẬT"
    made = BytesIO()
    book.save(made)
    with world.work() as w:
        upload = hold_upload(w, who(w, SOAN).id, made.getvalue(), programme_id=None)
    key = ask(world, JobKind.READ_WORKBOOK, SOAN, upload=str(upload), ref="")
    assert Runner(world.settings, world.office).look() is JobState.FAILED
    assert "độ mật" in look(world, key, SOAN).lines[0]
    ref, found = world.bring_in(world.read(BOOK)), Lists()
    with world.work() as w:
        add_programme(w, found, ref, by=who(w, SOAN), calendar=vietnam())
    assert found.programmes == []
