"""Long work at the desk: asked for, watched, told of honestly, its file only for whoever asked."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from people import CITY, QUAN, SOAN, Person
from seated import Office, Seat, said_on
from werkzeug.test import TestResponse
from world import SAMPLES, World, who

from portal.commands.jobs import Runner
from portal.doors.desk.pages import draft_upload
from portal.kernel.policy import Role
from portal.office.accounts.acts import take_role
from portal.office.accounts.reads import officer
from portal.office.jobs import acts
from portal.office.jobs.rules import JobState
from portal.office.units.reads import unit_of_code

LAM = Person("Vũ Thị Lâm", "lam@namro.example", Role.EVALUATOR)
MY, BOOK = "/van-phong/viec", SAMPLES / "programmes" / "01-chu-tich-phuong-nhi-chieu.xlsx"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def ask(seat: Seat, what: str) -> str:
    seat.open(MY)
    return seat.send(f"{MY}/{what}").location


def run(world: World) -> JobState | None:
    return Runner(world.settings, world.office).look()


def upload(seat: Seat, data: bytes, status: int = 303) -> TestResponse:
    way = "/van-phong/chuong-trinh/moi/so-tinh"
    seat.open(way)
    return seat.send(way, status, workbook=(BytesIO(data), "chuong-trinh.xlsx"))  # type: ignore[arg-type]


def test_the_lists_are_asked_for_watched_and_taken(world: World, office: Office) -> None:
    world.bring_in(world.read(BOOK.name))
    lam = office.seat(LAM)
    place = ask(lam, "danh-muc")
    page = lam.open(place)
    assert "<progress" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "có thể đóng trang này" in page
    assert lam.ask("GET", f"{place}/tep").status_code == 422  # not yet
    told = lam.ask("GET", f"{place}/nay").get_json()
    assert told == {"done": 0, "total": 0, "words": "Đang chờ đến lượt", "over": False}
    assert run(world) is JobState.DONE
    assert lam.ask("GET", f"{place}/nay").get_json()["over"] is True
    assert "Đã xuất 1 chương trình" in said_on(lam.open(place))
    assert "http-equiv" not in lam.page
    file = lam.ask("GET", f"{place}/tep")
    assert file.headers["Cache-Control"] == "no-store"
    assert openpyxl.load_workbook(BytesIO(file.data)).sheetnames[0] == "Chương trình"
    assert "Đã xong" in said_on(lam.open(MY))
    world.later(days=8)
    assert run(world) is None
    office.world.later(days=-8)
    assert lam.ask("GET", f"{place}/tep").status_code == 422


def test_progress_is_told_in_words(world: World, office: Office) -> None:
    lam = office.seat(LAM)
    place = ask(lam, "danh-muc")
    with world.work() as w:
        row = acts.claim(w, "a")
        assert row is not None
        key = row.id
    assert "chưa tính được còn bao nhiêu" in said_on(lam.open(place))
    with world.work() as w:
        acts.beat(w, key, "a", done=30, total=120)
    assert "Đang chạy: 30 / 120 (25%)" in said_on(lam.open(place))
    assert 'max="120" value="30"' in lam.page
    lam.send(f"{place}/lai", 422)
    world.later(minutes=2)
    assert "không còn phản hồi" in said_on(lam.open(place))
    lam.send(f"{place}/lai")
    assert "Đang chờ đến lượt" in said_on(lam.open(place))
    world.later(minutes=2)
    assert "portal follow" in lam.open(place)
    assert run(world) is JobState.DONE


def test_the_index_is_for_administrators(office: Office, world: World) -> None:
    quan, lam = office.seat(QUAN), office.seat(LAM)
    lam.open(MY)
    lam.send(f"{MY}/chi-muc", 403)
    place = ask(quan, "chi-muc")
    assert run(world) is JobState.DONE
    assert "Đã dựng lại chỉ mục" in said_on(quan.open(place))
    for way in (place, f"{place}/nay", f"{place}/tep"):
        assert lam.ask("GET", way).status_code == 404  # another's
    lam.open(MY)
    lam.send(f"{place}/lai", 404)


def test_who_lost_the_role_takes_no_file(office: Office, world: World) -> None:
    lam = office.seat(LAM)
    place = ask(lam, "danh-muc")
    assert run(world) is JobState.DONE
    with world.work() as w:
        unit = unit_of_code(w.session, CITY, w.today)
        assert unit is not None
        take_role(w, officer(w, LAM.email), role=Role.EVALUATOR.value, unit_id=unit.id)
    assert lam.ask("GET", f"{place}/tep").status_code == 403
    assert "Tải tệp" not in lam.open(place)


def test_a_large_workbook_is_read_by_the_runner_a_small_one_at_once(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    soan, data = office.seat(SOAN), BOOK.read_bytes()
    upload(soan, data, 200)
    monkeypatch.setattr(draft_upload, "LARGE", 100)
    place = upload(soan, data).location
    assert run(world) is JobState.DONE
    page = soan.open(place)
    assert "Đã đọc xong" in page
    preview = page.split('class="button" href="')[1].split('"')[0]
    for _ in range(2):  # the preview may be opened again
        assert "Xem trước" in soan.open(preview)
    soan.send(preview)
    assert "Không có chương trình" not in soan.open("/van-phong")
    faulty = (SAMPLES / "programmes" / "06-loi-nhap-lieu.xlsx").read_bytes()
    place = upload(soan, faulty).location
    assert run(world) is JobState.FAILED
    assert "chỗ cần sửa" in said_on(soan.open(place))
    assert "Nộp lại sổ tính" in soan.page


def test_what_the_gate_refuses_is_never_held(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_upload, "LARGE", 100)
    soan = office.seat(SOAN)
    upload(soan, b"PK" + b"x" * 200, 422)
    book = openpyxl.load_workbook(BOOK)
    book.worksheets[0]["D9"] = "TỐI MẬT"
    made = BytesIO()
    book.save(made)
    upload(soan, made.getvalue(), 422)
    assert "Ông/bà chưa yêu cầu việc nào" in said_on(soan.open(MY))
    with world.work() as w:
        assert acts.claim(w, "a") is None
        assert who(w, SOAN)
