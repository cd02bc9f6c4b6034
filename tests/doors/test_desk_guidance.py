"""Guidance and reviews at the desk: what is in force, its history and template, missing reviews."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from people import CITY, QUAN, SOAN, Person
from progress_desk import ProgressDesk, open_progress_desk

from portal.kernel.calendar import vietnam
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.guidance import reminders
from portal.office.programme.workbook import write_template

DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
BODY = "<p>Mỗi cam kết phải có <strong>mức nền</strong>.</p><script>alert(1)</script> https://example.org/vb"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path_factory.mktemp("guidance")) as opened:
        with opened.world.work() as w:
            add_officer(w, email=DANH.email, name=DANH.name, role=DANH.role, unit_code=DANH.unit_code)
        yield opened


def write(room: ProgressDesk, **typed: str) -> int:
    officer = room.as_(DANH)
    officer.get("/van-phong/huong-dan/moi")
    form = {"unit_code": CITY, "title": "Hướng dẫn số 5 (minh họa)", "valid_from": "01/11/2026", "body": BODY}
    return officer.post("/van-phong/huong-dan/moi", **{**form, **typed}).status_code


def test_a_version_is_written_read_and_followed_by_the_next(room: ProgressDesk) -> None:
    assert write(room, review_every="Hằng tháng", duty_titles="Phó Trưởng phòng; Chủ tịch") == 303
    assert write(room) == 422  # the same day once more
    assert write(room, title="Hướng dẫn số 9 (minh họa)", valid_from="01/01/2027") == 303
    author = room.as_(SOAN)
    author.get("/van-phong/huong-dan")
    applied = author.page.split("Các bản đã ban hành")[0]
    assert "Hướng dẫn số 5" in applied
    assert "Hướng dẫn số 9" not in applied  # not in force yet
    assert "Hướng dẫn số 9" in author.page
    assert "Hằng tháng" in applied
    assert "Phó Trưởng phòng; Chủ tịch" in applied
    assert "Ban hành bản mới" not in author.page


def test_the_text_is_shown_clean(room: ProgressDesk) -> None:
    author = room.as_(SOAN)
    author.get("/van-phong/huong-dan")
    address = re.search(r'href="(/van-phong/huong-dan/\d+)"', author.page)
    assert address
    author.get(address[1])
    assert "<strong>mức nền</strong>" in author.page
    assert "<script>alert" not in author.page
    assert 'rel="nofollow ugc noopener"' in author.page


def test_the_template_is_a_workbook_or_refused(room: ProgressDesk) -> None:
    officer = room.as_(DANH)
    officer.get("/van-phong/huong-dan")
    address = re.findall(r'href="(/van-phong/huong-dan/\d+)"', officer.page)[0]
    made = BytesIO()
    write_template(made)
    for data, status in ((b"MZ no workbook", 422), (made.getvalue(), 303)):
        officer.get(address)
        token = re.search(r'name="csrf_token" value="([^"]+)"', officer.page)
        assert token
        answer = officer.client.post(
            f"{address}/mau",
            data={"csrf_token": token[1], "file": (BytesIO(data), "mau.xlsx")},
            environ_overrides={"REMOTE_ADDR": officer.machine},
        )
        assert answer.status_code == status
    assert room.as_(SOAN).client.get(f"{address}/mau.xlsx").data == made.getvalue()


def test_missing_reviews_are_listed_recorded_and_reminded_of(room: ProgressDesk) -> None:
    officer = room.as_(DANH)
    officer.get("/van-phong/kiem-diem")
    assert "Không có kỳ nào" in officer.page
    room.world.later(days=21)  # the middle of December: November ended without a review, ten days of grace
    room.visitors.clear()
    officer = room.house.sign_in(DANH.email)
    officer.get("/van-phong/kiem-diem")
    assert "01/11/2026 – 30/11/2026" in officer.page
    assert "Quá hạn" in officer.page
    with room.world.work() as w:
        due = reminders.reviews_due(w, calendar=vietnam())
    assert [one.period.code for one in due] == ["2026-11"]
    address = f"/van-phong/kiem-diem/{room.programme_ref}/2026-11"
    officer.get(address)
    assert officer.post(address, held_on="20/11/2026", minutes="Biên bản số 1").status_code == 422
    assert officer.post(address, held_on="05/12/2026", minutes="Biên bản số 1").status_code == 303
    officer.get("/van-phong/kiem-diem")
    assert "Không có kỳ nào" in officer.page
    assert officer.get(address.replace("2026-11", "2026-Q3")).status_code == 404


def test_letters_go_to_evaluators_and_name_nobody(room: ProgressDesk) -> None:
    room.world.later(days=30)
    texts: list[str] = []
    for _ in range(40):
        room.world.later(days=1)
        with room.world.work() as w:
            sent = reminders.letters(w, calendar=vietnam())
        assert {letter.to for letter in sent} <= {DANH.email}
        texts += [letter.text for letter in sent]
    assert texts
    assert not any(room.programme_ref in text or "Họa" in text for text in texts)


def test_others_do_not_write(room: ProgressDesk) -> None:
    author = room.house.sign_in(SOAN.email)
    assert author.get("/van-phong/huong-dan/moi").status_code == 403
    assert author.get("/van-phong/kiem-diem").status_code == 403
    room.house.welcome(QUAN.email)
    assert author.get("/van-phong/huong-dan/123").status_code == 404
