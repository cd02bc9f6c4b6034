"""Drafting at the desk's door: from the blank form to appraisal, faults beside their fields, who may."""

import re

import pytest
from desk_house import Desk
from drafters import (
    COMMITMENT,
    LAN,
    MANDATE,
    NEW,
    TASK,
    THAM,
    XA,
    Author,
    count,
    edit_of,
    fields_on,
    lies_on_disk,
    new_commitment,
    stored,
    words,
)

from portal.kernel.policy import Role
from portal.kernel.work import work
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme
from portal.office.programme.tables import Appraisal, Programme, Typing
from portal.office.programme.versions import read, versions


class TestTheWay:
    """From the blank form to appraisal."""

    def test_by_form(self, desk: Desk, lan: Author, draft: str) -> None:
        lan.fill(f"{draft}/tham-van/moi", role="Lãnh đạo tiền nhiệm", held_on="01/06/2026", gist="Từng bước.")
        moral = {name: text for name, text in COMMITMENT.items() if name != "task_number"}
        promise = {
            "standard": "3. Cần, kiệm, liêm, chính, chí công vô tư",
            "text": "Tiếp dân 24 buổi mỗi năm.",
        }
        lan.fill(f"{draft}/tu-duong/moi", **{**moral, **promise})
        page = words(lan.open(draft))
        for said in ("Rõ 5/5", "Lãnh đạo tiền nhiệm", "Cần, kiệm, liêm, chính", "việc tiếp theo"):
            assert said in page
        lan.open(f"{draft}/gui-tham-dinh")
        lan.send(f"{draft}/gui-tham-dinh")
        assert "Đang chờ thẩm định" in lan.open(draft)
        with desk.app.app_context(), work() as w:
            found = programme(w, draft.rpartition("/")[2])
            frozen = read(versions(w, found)[0])
        assert frozen == stored(desk, draft)
        assert "Tiếp dân 24 buổi" in lan.open(f"{draft}/phien-ban/1")
        lan.open(draft)
        lan.send(f"{draft}/rut-lai")
        lan.fill(f"{draft}/nhiem-vu/moi", **TASK)

    def test_what_is_unclear_is_told_beside_its_field_and_on_the_way_out(
        self, lan: Author, draft: str
    ) -> None:
        vague = {**COMMITMENT, "text": "Tăng cường quản lý trong thời gian tới", "deadline": "",
                 "accountable": "Các phòng chuyên môn"}  # fmt: skip
        here = lan.fill(new_commitment(lan, draft), **vague).location
        page = lan.open(here)
        beside = re.search(r'data-remarks="accountable">(.*?)</ul>', page, re.DOTALL)
        assert beside
        assert "là tập thể hoặc cơ quan" in beside[1]
        assert re.search(r'data-criterion="time" data-state="failing"', page)
        assert re.search(r'data-criterion="responsibility" data-state="met"', page)
        lan.open(f"{draft}/gui-tham-dinh")
        refused = lan.send(f"{draft}/gui-tham-dinh", 422)
        assert "chưa đánh dấu vào ô xác nhận" in words(refused.text)
        lan.send(f"{draft}/gui-tham-dinh", known="1")

    def test_checking_stores_nothing(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        before = stored(desk, draft)
        answer = lan.fill(here, 200, do="check", deadline="", text="Phấn đấu làm tốt")
        assert "Chưa có thời hạn" in answer.text
        assert "Phấn đấu làm tốt" in answer.text
        assert stored(desk, draft) == before

    def test_more_rows_for_milestones(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        rows = {"milestone-0-title": "Rà soát", "milestone-0-due_on": "31/03/2027"}
        page = lan.fill(here, 200, do="more", **rows).text
        assert page.count('-due_on" name=') == 7
        last = {"milestone-6-title": "Trình", "milestone-6-due_on": "30/06/2027"}
        lan.send(here, **last)
        assert [m.title for m in stored(desk, draft).commitments[0].milestones] == ["Rà soát", "Trình"]
        lan.fill(here, **{"milestone-0-title": "", "milestone-0-due_on": ""})
        assert [m.title for m in stored(desk, draft).commitments[0].milestones] == ["Trình"]

    def test_order_and_removal(self, desk: Desk, lan: Author, draft: str) -> None:
        first = edit_of(lan, draft)
        lan.fill(new_commitment(lan, draft), **{**COMMITMENT, "text": "Việc thứ hai, đủ dài để rõ."})
        lan.open(draft)
        lan.send(f"{first}/thu-tu", way="down")
        assert [c.number for c in stored(desk, draft).commitments] == [2, 1]
        assert "Trả đúng hạn 99%" in lan.open(f"{first}/xoa")
        lan.send(f"{first}/xoa")
        assert [c.number for c in stored(desk, draft).commitments] == [2]
        assert "không còn trong chương trình" in lan.open(f"{first}/xoa", 404)

    def test_what_comes_from_word_is_stored_as_it_reads(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        pasted = {"text": "\uf0b7\tTrả đúng hạn\u00a099% hồ sơ\x0b–\tcông khai “kết quả”",
                  "target": "1\u00a0234,5",
                  "baseline": "–5", "deadline": "31–12–2027",
                  "coordinators": "•\tSở A\r\n•\tSở B"}  # fmt: skip
        lan.fill(here, **pasted)
        row = stored(desk, draft).commitments[0]
        assert row.text == "- Trả đúng hạn 99% hồ sơ\n- công khai “kết quả”"
        assert (str(row.target), str(row.baseline), str(row.deadline)) == ("1234.5", "-5", "2027-12-31")
        assert row.coordinators == ("Sở A", "Sở B")


class TestFaults:
    """What cannot be read is told beside its field and in a summary; the typing stays."""

    def test_beside_the_field_and_in_the_summary(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        typed = {
            "target": "93.2",
            "deadline": "31/02/2027",
            "text": "Vẫn còn đây",
            "milestone-0-title": "Bước",
        }
        page = lan.fill(here, 422, **typed).text
        for name in ("target", "deadline", "milestones"):
            assert f'<a href="#{name}">' in page
        assert re.search(r'id="target-fault">“93.2” chưa rõ là số nào', page)
        assert re.search(r'id="deadline-fault">Không có ngày 31/02/2027', page)
        assert 'aria-invalid="true"' in page
        back = fields_on(page)
        assert {name: back[name] for name in typed} == typed
        assert stored(desk, draft).commitments[0].text == COMMITMENT["text"]
        lan.send(here, target="93,2", deadline="28/02/2028", **{"milestone-0-due_on": "1/1/2027"})
        assert stored(desk, draft).commitments[0].text == "Vẫn còn đây"

    def test_the_oath_comes_first(self, desk: Desk, lan: Author) -> None:
        page = lan.fill(
            NEW, 422, **{name: text for name, text in MANDATE.items() if name != "declaration"}
        ).text
        assert "chưa cam đoan" in page
        assert "Nguyễn Thị Thử" in page
        unsworn = {name: text for name, text in MANDATE.items() if name != "declaration"}
        lan.fill(NEW, 204, do="keep", **unsworn)
        assert (count(desk, Programme), count(desk, Typing)) == (0, 0)
        lan.fill(NEW, 200, do="keep", **MANDATE)
        assert count(desk, Typing) == 1

    def test_a_mandate_that_ends_before_it_begins(self, lan: Author) -> None:
        page = lan.fill(NEW, 422, **{**MANDATE, "mandate_to": "30/06/2020"}).text
        assert "sớm hơn ngày bắt đầu" in page

    @pytest.mark.parametrize("do", ["save", "keep", "check"])
    def test_a_stamp_of_secrecy_is_refused_and_leaves_nothing(
        self, desk: Desk, lan: Author, draft: str, do: str
    ) -> None:
        here = edit_of(lan, draft)
        text = "Nội dung qzxv\nTỐI MẬT\nphần sau"
        answer = lan.fill(here, 200 if do == "check" else 422, do=do, deliverable=text)
        assert not lies_on_disk(desk, "qzxv")
        if do == "check":
            return
        assert "dấu hiệu độ mật" in (answer.json["fault"] if do == "keep" else answer.text)
        with desk.app.app_context(), work() as w:
            line = w.session.query(AuditLine).filter_by(event="SecretStampRefused").one()
            assert line.facts == {"by": LAN, "where": "deliverable"}
        lan.fill(here, deliverable="Nội dung qzxv")
        assert lies_on_disk(desk, "qzxv"), "an honest text would be found"


class TestWho:
    """Authors of the unit's line, and nobody else."""

    def everything(self, author: Author, draft: str) -> list[tuple[str, str]]:
        here = edit_of(author, draft)
        task = re.search(rf'href="({draft}/nhiem-vu/\w+)/cam-ket/moi"', author.visitor.page)
        assert task
        both = [f"{draft}/thong-tin", f"{draft}/nhiem-vu/moi", task[1], f"{task[1]}/cam-ket/moi", here,
                f"{draft}/tu-duong/moi", f"{draft}/tham-van/moi", f"{draft}/so-tinh", f"{here}/xoa",
                f"{draft}/gui-tham-dinh"]  # fmt: skip
        return [
            *((method, path) for path in both for method in ("GET", "POST")),
            ("POST", f"{here}/thu-tu"), ("POST", f"{task[1]}/thu-tu"), ("POST", f"{draft}/rut-lai"),
            ("GET", draft), ("GET", f"{draft}/phien-ban/1"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("role", "unit"), [(Role.AUTHOR, "10720"), (Role.EVALUATOR, "10714")])
    def test_others_are_shut_out(self, desk: Desk, lan: Author, draft: str, role: Role, unit: str) -> None:
        addresses = self.everything(lan, draft)
        before = stored(desk, draft)
        desk.add(XA, role, unit=unit)
        other = desk.welcome(XA)
        for method, path in addresses:
            other.get("/van-phong")
            answer = other.get(path) if method == "GET" else other.post(path, **COMMITMENT, version="1")
            assert answer.status_code in (403, 404), (method, path, answer.status_code)
            assert "Trả đúng hạn 99%" not in answer.text or method == "POST"
        assert stored(desk, draft) == before
        assert len(addresses) > 20

    def test_an_appraiser_reads_and_does_not_write(self, desk: Desk, lan: Author, draft: str) -> None:
        here = edit_of(lan, draft)
        desk.add(THAM, Role.APPRAISER)
        reader = Author(desk.welcome(THAM))
        page = reader.open(draft)
        assert "Trả đúng hạn 99%" in page
        assert "Thêm cam kết" not in page
        reader.open(here, 403)

    def test_a_unit_that_is_not_hers_cannot_be_chosen(self, desk: Desk, lan: Author) -> None:
        page = lan.fill(NEW, 422, **{**MANDATE, "unit_code": "Xã Khác (10720)"}).text
        assert "không có trong các lựa chọn" in page
        assert count(desk, Programme) == 0

    def test_a_returned_draft_can_be_mended(self, desk: Desk, lan: Author, draft: str) -> None:
        lan.open(f"{draft}/gui-tham-dinh")
        lan.send(f"{draft}/gui-tham-dinh")
        with desk.app.app_context(), work() as w:
            programme(w, draft.rpartition("/")[2]).state = "returned"
        lan.fill(edit_of(lan, draft), text="Trả đúng hạn 99,5% hồ sơ tiếp nhận tại phường.")
        assert "Đã trả lại để hoàn thiện" in lan.open(draft)
        assert count(desk, Appraisal) == 0
