"""Following by mail: two steps, one way out for mail programs, and nothing to learn about who follows."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from followed_town import FollowedTown
from mail_server import mail_server
from reader import Reader
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from takers import CODE
from werkzeug.test import TestResponse

from portal.commands.taking_part import take_care
from portal.inbox.following.rhythm import LINK_DAYS
from portal.inbox.following.tables import Asked, Follow, FollowWish
from portal.kernel.db import Base, configure
from portal.kernel.grants import DoorRole
from portal.kernel.work import House, settle
from portal.migrations.upgrade import owner_engine
from portal.record.news.matter import matter_of

ADDRESS = "nguoi.doc@example.vn"
MATTERS = ("cam-ket/ckdt01", "chuong-trinh/ct0chairman", "don-vi/phuong-nhi-chieu", "tim-kiem?q=gi%E1%BA%A3i")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FollowedTown]:
    with mail_server() as (box, address):
        made = FollowedTown(tmp_path, box, address)
        yield made
        made.close()


def count(town: FollowedTown, table: type[Base]) -> int:
    engine = owner_engine(town.settings)
    with Session(engine) as session:
        found = session.scalar(select(func.count()).select_from(table))
    engine.dispose()
    return found or 0


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("matter", MATTERS)
def test_what_is_followed_is_named_and_its_page_is_faultless(
    town: FollowedTown, prefix: str, matter: str
) -> None:
    reader = Reader(town.door.test_client())
    page = reader.open(f"{prefix}/theo-doi?muc={quote(matter)}")
    assert page.h1
    assert "Set-Cookie" not in reader.get(f"{prefix}/theo-doi?muc={quote(matter)}").headers
    found = matter_of(matter)
    assert found
    assert f'href="{prefix}{found.path}"' in page.response.text


@pytest.mark.parametrize(
    "matter", ["cam-ket/khong-co", "cam-ket/ct0chairman", "tat-ca", "x", "cam-ket/../x", "a" * 9000]
)
def test_what_is_not_there_cannot_be_followed(town: FollowedTown, matter: str) -> None:
    assert town.get(f"/theo-doi?muc={quote(matter)}").status_code == 404
    assert town.post("/theo-doi", email=ADDRESS, muc=matter).status_code == 404
    assert town.box.letters == []


def test_a_link_is_mailed_and_only_a_press_confirms(town: FollowedTown) -> None:
    link = town.ask(ADDRESS, "cam-ket/ckdt01", "daily")
    (to, letter), text = town.box.letters[0], town.box.texts()[0]
    assert to == [ADDRESS]
    for word in ("Giải ngân", "Họa", "Nhị Chiểu", "cam kết", "ckdt01"):
        assert word not in f"{letter['Subject']} {text}"
    for _ in range(3):  # programs that look through mail open every link
        page = Reader(town.door.test_client()).open(link)
        assert page.h1 == "Xác nhận theo dõi"
    assert count(town, Follow) == 0
    own = town.post(link)
    assert (own.status_code, count(town, Follow), count(town, FollowWish)) == (303, 1, 0)
    page = Reader(town.door.test_client()).open(own.location).response.text
    assert 'value="daily" checked' in page
    assert ADDRESS not in page


def test_the_answer_tells_nobody_who_follows_already(town: FollowedTown) -> None:
    def answer() -> tuple[int, str, str]:
        got = town.post("/theo-doi", email=ADDRESS, muc="cam-ket/ckdt01", nhip="weekly")
        letter = town.box.letters[-1][1]
        return got.status_code, got.text, f"{letter['Subject']}{letter.get_content()[:120]}"

    before = answer()
    town.follow(ADDRESS, "cam-ket/ckdt01")
    town.later(hours=2)
    assert answer() == before
    town.post(town.links()[0])
    assert count(town, Follow) == 1  # the second confirmation only changed how often


def test_a_used_and_an_old_link_explain_themselves(town: FollowedTown) -> None:
    used = town.ask(ADDRESS, "cam-ket/ckdt01")
    town.post(used)
    old = town.ask(ADDRESS, "cam-ket/cktn02")
    town.later(days=LINK_DAYS, minutes=1)
    for link in (
        used,
        old,
        "/theo-doi/xac-nhan/khongco",
        "/theo-doi/quan-ly/khongco",
        "/theo-doi/quan-ly/%C3%A9",
    ):
        for answer in (town.get(link), town.post(link, nhip="daily")):
            assert answer.status_code == 410
            assert "không còn dùng được" in answer.text
    assert count(town, Follow) == 1


def test_what_nobody_confirms_goes(town: FollowedTown) -> None:
    town.ask(ADDRESS, "cam-ket/ckdt01")
    town.later(days=LINK_DAYS, minutes=-1)
    desk = Flask("desk")
    configure(desk, town.settings, DoorRole.DESK)
    settle(desk, House(town.settings, town.clock))
    with desk.app_context():
        take_care()
        assert count(town, FollowWish) == 1
        town.later(minutes=2)
        take_care()
        assert count(town, FollowWish) == 0


def test_the_rhythm_is_changed_and_everything_stopped_by_the_link(town: FollowedTown) -> None:
    own = town.follow(ADDRESS, "cam-ket/ckdt01")
    town.follow(ADDRESS, "don-vi/phuong-nhi-chieu")
    town.follow("ai.khac@example.vn", "cam-ket/ckdt01")
    assert town.post(own, nhip="weekly").status_code == 303
    assert 'value="weekly" checked' in town.get(own).text
    assert town.post(own, nhip="hourly").status_code == 303  # nothing like it: nothing changes
    assert 'value="weekly" checked' in town.get(own).text
    assert "Đã dừng" in town.post(own, viec="dung").text
    assert count(town, Follow) == 2
    other = town.follow(ADDRESS, "cam-ket/cktn02")
    assert "Đã dừng" in town.post(other, viec="dung-het").text
    assert (count(town, Follow), count(town, Asked)) == (1, 0)
    assert "Đã dừng" in town.post(other, viec="dung-het").text  # twice is as good as once


def test_one_click_of_a_mail_program_stops_and_a_look_does_not(town: FollowedTown) -> None:
    town.follow(ADDRESS, "cam-ket/ckdt01")
    town.report("ckdt01", "90")
    assert town.deliver().sent == 1
    letter = town.box.letters[-1][1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert link.startswith("/theo-doi/dung/")
    assert "Dừng thư" in Reader(town.door.test_client()).open(link).text
    assert count(town, Follow) == 1
    answer = town.door.test_client().post(link, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, count(town, Follow)) == (200, 0)
    assert town.get(link).status_code == 200  # and once more explains that it is over


def test_a_link_that_was_changed_opens_nothing(town: FollowedTown) -> None:
    own = town.follow(ADDRESS, "cam-ket/ckdt01")
    other = "A" if own[-5] != "A" else "B"
    assert town.get(own[:-5] + other + own[-4:]).status_code == 410
    assert town.get(own).status_code == 200  # the control


def test_there_is_a_limit_for_an_address_and_for_a_network(town: FollowedTown) -> None:
    got = [town.post("/theo-doi", email=ADDRESS, muc="cam-ket/ckdt01").status_code for _ in range(6)]
    assert got == [200] * 5 + [429]
    many = [town.post("/theo-doi", email=f"a{n}@example.vn", muc="cam-ket/ckdt01") for n in range(60)]
    assert many[-1].status_code == 429
    assert len(town.box.letters) < 65


@pytest.mark.parametrize("typed", ["", "x", "a@b", "a@b.vn\nBcc: c@d.vn", "a" * 300 + "@b.vn"])
def test_what_is_no_address_is_asked_again(town: FollowedTown, typed: str) -> None:
    answer = town.post("/theo-doi", email=typed, muc="cam-ket/ckdt01")
    assert answer.status_code == 422
    assert "Địa chỉ thư chưa đúng" in answer.text
    assert town.box.letters == []


def test_a_mail_server_that_is_down_is_told(town: FollowedTown) -> None:
    town.box.is_shut = True
    answer = town.post("/theo-doi", email=ADDRESS, muc="cam-ket/ckdt01")
    assert (answer.status_code, "Máy chủ thư chưa nhận" in answer.text) == (503, True)


def test_whoever_has_their_data_erased_is_written_to_no_more(town: FollowedTown) -> None:
    town.follow(ADDRESS, "cam-ket/ckdt01")
    town.follow("ai.khac@example.vn", "cam-ket/ckdt01")
    visitor = town.door.test_client()

    def send(page: str, to: str, **fields: str) -> TestResponse:
        token = visitor.get(page).text.split('name="csrf_token" value="')[1].split('"')[0]
        return visitor.post(to, data={"csrf_token": token, **fields})

    send("/dang-nhap", "/dang-nhap", email=ADDRESS)
    code = CODE.search(town.box.texts()[-1])
    assert code
    assert send("/dang-nhap", "/dang-nhap", code=code[0]).status_code == 303
    assert send("/tai-khoan", "/tai-khoan/xoa").status_code == 422
    assert count(town, Follow) == 2
    assert send("/tai-khoan", "/tai-khoan/xoa", chac_chan="y").status_code == 200
    assert count(town, Follow) == 1


def test_what_others_asked_for_in_a_name_shows_in_no_answer(town: FollowedTown) -> None:
    """Somebody with many addresses of the network asks until refused: the count would tell who follows."""
    door = town.door.test_client()

    def ask(machine: int) -> tuple[int, str]:
        sent = {"email": ADDRESS, "muc": "cam-ket/ckdt01"}
        answer = door.post("/theo-doi", data=sent, environ_base={"REMOTE_ADDR": f"203.0.113.{machine}"})
        return answer.status_code, answer.text

    answers = [ask(n // 5) for n in range(20)]
    assert set(answers) == {(200, answers[0][1])}
    assert len(town.box.letters) == 10  # and yet nobody's letter box is flooded
    assert ask(0)[0] == 429  # one's own haste is told
