"""No word is ever lost: two people at one form, broken tokens, sessions that run out, crashed browsers."""

import html
import json
import re
from urllib.parse import urlsplit

import pytest
from desk_house import Desk
from drafters import (
    BINH,
    COMMITMENT,
    LAN,
    MANDATE,
    NEW,
    Author,
    count,
    edit_of,
    fields_on,
    lies_on_disk,
    stored,
    words,
)

from portal.kernel.policy import Role
from portal.kernel.work import work
from portal.office.accounts.tables import Officer
from portal.office.programme.tables import Programme, Typing


class TestTwoPeople:
    """Two officers at one commitment: the second is shown both texts and chooses."""

    @pytest.fixture
    def binh(self, desk: Desk) -> Author:
        desk.add(BINH, Role.AUTHOR, name="Lê Văn Bình")
        return Author(desk.welcome(BINH))

    def test_each_changed_something_else(self, desk: Desk, lan: Author, binh: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        binh.fill(here, deliverable="Sản phẩm của Bình", **{"milestone-0-title": "Mốc của Bình",
                  "milestone-0-due_on": "31/03/2027"})  # fmt: skip
        page = lan.send(here, 409, text="Nội dung của Lan, đủ dài để rõ việc.").text
        assert "Lê Văn Bình" in page
        assert "Sản phẩm của Bình" in page
        assert "31/03/2027: Mốc của Bình" in words(page)
        assert picks(page) == {"text": "mine", "deliverable": "theirs", "milestones": "theirs"}
        assert stored(desk, draft).commitments[0].text == COMMITMENT["text"], "nothing is overwritten yet"
        lan.send(here)
        row = stored(desk, draft).commitments[0]
        assert (row.text, row.deliverable) == ("Nội dung của Lan, đủ dài để rõ việc.", "Sản phẩm của Bình")
        assert [m.title for m in row.milestones] == ["Mốc của Bình"]

    @pytest.mark.parametrize(("pick", "kept"), [("mine", "Bản của Lan"), ("theirs", "Bản của Bình")])
    def test_both_changed_the_same(
        self, desk: Desk, lan: Author, binh: Author, draft: str, pick: str, kept: str
    ) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        binh.fill(here, deliverable="Bản của Bình")
        page = lan.send(here, 409, deliverable="Bản của Lan").text
        assert picks(page) == {"deliverable": None}
        again = lan.send(here, 422).text
        assert 'href="#deliverable-clash"' in again
        assert "Bản của Bình" in again
        assert fields_on(again)["deliverable"] == "Bản của Lan"
        lan.send(here, **{"pick-deliverable": pick})
        assert stored(desk, draft).commitments[0].deliverable == kept

    def test_a_third_save_in_between_is_seen_too(
        self, desk: Desk, lan: Author, binh: Author, draft: str
    ) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        binh.fill(here, deliverable="Lần một")
        lan.send(here, 409, deliverable="Bản của Lan")
        binh.fill(here, deliverable="Lần hai")
        page = lan.send(here, 409, **{"pick-deliverable": "mine"}).text
        assert "Lần hai" in page
        lan.send(here, **{"pick-deliverable": "mine"})
        assert stored(desk, draft).commitments[0].deliverable == "Bản của Lan"

    def test_the_same_words_are_no_conflict(self, lan: Author, binh: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        binh.fill(here, deliverable="Như nhau")
        lan.send(here, deliverable="Như nhau")
        assert "vừa lưu đúng nội dung này" in lan.open(here)

    def test_what_was_removed_meanwhile_comes_back_to_be_copied(
        self, lan: Author, binh: Author, draft: str
    ) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        page = lan.visitor.page
        binh.open(f"{here}/xoa")
        binh.send(f"{here}/xoa")
        lan.visitor.page = page
        answer = lan.send(here, 404, text="Không được mất câu này")
        assert "không còn trong chương trình" in answer.text
        assert "Không được mất câu này" in answer.text

    def test_what_was_handed_over_meanwhile_is_kept_until_it_is_taken_back(
        self, lan: Author, binh: Author, draft: str
    ) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        page = lan.visitor.page
        binh.open(f"{draft}/gui-tham-dinh")
        binh.send(f"{draft}/gui-tham-dinh")
        lan.visitor.page = page
        answer = lan.send(here, 422, text="Câu nhập trong lúc gửi")
        assert "đang chờ thẩm định" in answer.text
        assert "Câu nhập trong lúc gửi" in answer.text
        binh.open(draft)
        binh.send(f"{draft}/rut-lai")
        assert "Câu nhập trong lúc gửi" in lan.open(here)

    def test_typing_is_kept_for_its_officer_only(self, lan: Author, binh: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        lan.fill(here, 200, do="keep", text="Chữ dở dang của Lan")
        assert "Chữ dở dang của Lan" not in binh.open(here)
        assert "Chữ dở dang của Lan" in lan.open(here)


def picks(page: str) -> dict[str, str | None]:
    """For each field in dispute whose text is chosen."""
    found: dict[str, str | None] = {}
    for tag in re.findall(r'<input type="radio" id="pick-[^>]+>', page):
        at = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        name = at["name"].removeprefix("pick-")
        found[name] = at["value"] if " checked" in tag else found.get(name)
    return found


class TestNothingTypedIsLost:
    """Not by a broken token, not by a session that ran out, not by a crash of the browser."""

    def test_a_broken_token(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        page = lan.fill(here, 400, csrf_token="x", text="Câu dài gõ đã lâu").text
        assert "thiếu dấu xác nhận" in page
        assert stored(desk, draft).commitments[0].text == COMMITMENT["text"]
        assert fields_on(page)["text"] == "Câu dài gõ đã lâu"
        lan.send(here)
        assert stored(desk, draft).commitments[0].text == "Câu dài gõ đã lâu"

    def test_a_broken_token_on_a_button_is_a_fault_like_any_other(self, lan: Author, draft: str) -> None:
        lan.open(draft)
        answer = lan.visitor.post(f"{draft}/rut-lai", csrf_token="x")
        assert answer.status_code == 400
        assert "Yêu cầu không đọc được" in answer.text

    def test_a_session_that_ran_out(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        desk.pass_time(hours=1)
        answer = lan.send(here, text="Câu gõ xong thì hết phiên")
        assert urlsplit(answer.location).path == "/van-phong/dang-nhap"
        page = lan.visitor.get(answer.location).text
        assert "Nội dung ông/bà vừa nhập đã được giữ lại" in html.unescape(page)
        assert here in html.unescape(page).replace("%2F", "/"), "and leads back there"
        assert stored(desk, draft).commitments[0].text == COMMITMENT["text"]
        back = Author(desk.sign_in(LAN))
        assert fields_on(back.open(here))["text"] == "Câu gõ xong thì hết phiên"
        back.send(here)
        assert stored(desk, draft).commitments[0].text == "Câu gõ xong thì hết phiên"
        assert "khôi phục" not in back.open(here)

    @pytest.mark.parametrize("how", ["signed out", "forged token", "closed account", "stamped"])
    def test_but_only_for_whom_it_was_and_what_may_be(
        self, desk: Desk, lan: Author, draft: str, how: str
    ) -> None:
        here = edit_of(lan, draft)
        lan.open(here)
        sent = {**fields_on(lan.visitor.page), "text": "Câu gõ dở qzxv", "do": "save"}
        if how == "signed out":
            cookie = lan.visitor.cookie
            lan.visitor.post("/van-phong/dang-xuat")
            lan.visitor.client.set_cookie("van-phong", cookie, path="/van-phong")
        elif how == "forged token":
            sent["csrf_token"] = "ImFiYyI.Zzzz.zzz"
        elif how == "closed account":
            with desk.app.app_context(), work() as w:
                w.session.query(Officer).filter_by(email=LAN).one().active = False
        else:
            sent["text"] = "Câu gõ dở qzxv\nTỐI MẬT"
        desk.pass_time(hours=1)
        assert lan.visitor.post(here, **sent).status_code == 303
        assert count(desk, Typing) == 0
        assert not lies_on_disk(desk, "qzxv")

    def test_typing_comes_back_and_can_be_dropped(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        said = lan.fill(here, 200, do="keep", text="Tăng cường", deadline="").json
        assert said["criteria"]["time"] == "failing"
        assert any("tăng cường" in text.lower() for text, _ in said["remarks"]["text"])
        page = lan.open(here)
        assert "Đã khôi phục phần đang nhập dở" in page
        assert fields_on(page)["text"] == "Tăng cường"
        lan.send(here, do="drop")
        assert fields_on(lan.open(here))["text"] == COMMITMENT["text"]
        assert count(desk, Typing) == 0

    def test_typing_equal_to_what_is_stored_is_not_offered(self, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        lan.fill(here, 200, do="keep")
        assert "khôi phục" not in lan.open(here)

    def test_saving_lets_go_of_what_was_kept(self, desk: Desk, lan: Author) -> None:
        lan.fill(NEW, 200, do="keep", **MANDATE)
        assert "khôi phục" in lan.open(NEW)
        lan.send(NEW)
        assert (count(desk, Typing), count(desk, Programme)) == (0, 1)

    def test_too_much_is_said_and_not_kept(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        answer = lan.fill(here, 422, do="keep", text="dài " * 110_000)
        assert "quá dài" in answer.json["fault"]
        assert count(desk, Typing) == 0


def test_the_keeping_answers_json(lan: Author, draft: str) -> None:
    answer = lan.fill(edit_of(lan, draft), 200, do="keep", text="Chữ khác")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.text)["criteria"].keys() >= {
        "person",
        "task",
        "time",
        "responsibility",
        "result",
    }
    assert answer.headers["Cache-Control"] == "no-store"
