"""A workbook at the desk's door: faults with their place, a preview before anything is stored, updates."""

import html
import re
import tempfile
from io import BytesIO

import openpyxl
import pytest
from desk_house import Desk
from drafters import (
    COMMITMENT,
    FAULTY,
    NEW,
    SAMPLE,
    TASK,
    Author,
    count,
    lies_on_disk,
    sound,
    stored,
    words,
)
from werkzeug.test import TestResponse

from portal.kernel.work import work
from portal.office.audit.tables import AuditLine
from portal.office.programme.tables import Programme, Upload


class TestWorkbook:
    """A workbook is shown before anything of it is stored."""

    def upload(self, author: Author, path: str, data: bytes, name: str = "t.xlsx") -> TestResponse:
        author.open(path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', author.visitor.page)
        assert token
        form = {"csrf_token": html.unescape(token[1]), "workbook": (BytesIO(data), name)}
        answer = author.visitor.client.post(path, data=form, content_type="multipart/form-data")
        author.visitor.page = answer.text
        sound(path, answer)
        return answer

    def test_preview_then_store(self, desk: Desk, lan: Author) -> None:
        answer = self.upload(lan, f"{NEW}/so-tinh", SAMPLE.read_bytes())
        assert answer.status_code == 200
        said = words(answer.text)
        assert "Chưa có gì được lưu" in said
        assert "Lê Minh Họa" in said
        assert (count(desk, Programme), count(desk, Upload)) == (0, 1)
        store = re.search(r'action="([^"]+/so-tinh/\d+)"', answer.text)
        assert store
        here = lan.send(store[1]).location
        assert (count(desk, Programme), count(desk, Upload)) == (1, 0)
        assert len(stored(desk, here).commitments) > 5
        lan.open(here)

    def test_what_is_discarded_or_late_is_not_stored(self, desk: Desk, lan: Author) -> None:
        answer = self.upload(lan, f"{NEW}/so-tinh", SAMPLE.read_bytes())
        store = re.search(r'action="([^"]+/so-tinh/\d+)"', answer.text)
        assert store
        lan.send(f"{NEW}/so-tinh/bo")
        assert count(desk, Upload) == 0
        lan.open("/van-phong")
        assert "hết thời gian chờ" in lan.send(store[1], 422).text
        answer = self.upload(lan, f"{NEW}/so-tinh", SAMPLE.read_bytes())
        store = re.search(r'action="([^"]+/so-tinh/\d+)"', answer.text)
        assert store
        for _ in range(5):  # she goes on working, but not on this
            desk.pass_time(minutes=20)
            lan.open("/van-phong")
        assert "hết thời gian chờ" in lan.send(store[1], 422).text
        assert count(desk, Programme) == 0

    def test_every_fault_with_its_place(self, desk: Desk, lan: Author) -> None:
        answer = self.upload(lan, f"{NEW}/so-tinh", FAULTY.read_bytes())
        assert answer.status_code == 422
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", answer.text, re.DOTALL)
        assert len(rows) >= 5
        assert any("Cam kết" in row and 'data-label="Dòng">' in row for row in rows)
        assert (count(desk, Programme), count(desk, Upload)) == (0, 0)

    @pytest.mark.parametrize("where", ["cell", "name"])
    def test_a_stamp_leaves_nothing_behind(self, desk: Desk, lan: Author, where: str) -> None:
        book = openpyxl.load_workbook(SAMPLE)
        book["Thông tin"]["B2"] = "Nguyễn qzxv" if where == "name" else "qzxv\nTUYỆT MẬT"
        data = BytesIO()
        book.save(data)
        name = "ke-hoach-TOI-MAT.xlsx" if where == "name" else "t.xlsx"
        answer = self.upload(lan, f"{NEW}/so-tinh", data.getvalue(), name)
        assert answer.status_code == 422
        assert "dấu hiệu độ mật" in answer.text
        assert (count(desk, Programme), count(desk, Upload)) == (0, 0)
        assert not lies_on_disk(desk, "qzxv")
        with desk.app.app_context(), work() as w:
            assert w.session.query(AuditLine).filter_by(event="SecretStampRefused").count() == 1

    def test_a_large_file_is_taken_in_without_touching_the_disk(
        self, lan: Author, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lan.open(f"{NEW}/so-tinh")
        token = re.search(r'name="csrf_token" value="([^"]+)"', lan.visitor.page)
        assert token
        first = f"Content-Disposition: form-data; name=csrf_token\r\n\r\n{html.unescape(token[1])}"
        parts = f"--x\r\n{first}\r\n--x\r\n"
        file = 'Content-Disposition: form-data; name="workbook"; filename="t.xlsx"\r\n\r\n'
        body = (parts + file).encode() + b"x" * 3_000_000 + b"\r\n--x--\r\n"
        monkeypatch.setattr(tempfile, "tempdir", "/khong/co/thu/muc")
        answer = lan.visitor.client.post(
            f"{NEW}/so-tinh", data=body, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == 422
        assert "không phải sổ tính" in answer.text
        with pytest.raises(FileNotFoundError), tempfile.TemporaryFile():
            pass  # the control

    def test_no_file_at_all(self, lan: Author) -> None:
        lan.open(f"{NEW}/so-tinh")
        assert "Chưa chọn tệp" in lan.send(f"{NEW}/so-tinh", 422).text

    def test_an_update_shows_the_difference_and_asks_again_when_the_draft_moved(
        self, desk: Desk, lan: Author
    ) -> None:
        answer = self.upload(lan, f"{NEW}/so-tinh", SAMPLE.read_bytes())
        store = re.search(r'action="([^"]+/so-tinh/\d+)"', answer.text)
        assert store
        here = lan.send(store[1]).location
        book = openpyxl.load_workbook(SAMPLE)
        book["Thông tin"]["B3"] = "Bí thư Đảng ủy phường"
        data = BytesIO()
        book.save(data)
        answer = self.upload(lan, f"{here}/so-tinh", data.getvalue())
        said = words(answer.text)
        assert "Thông tin chung: thay đổi" in said
        assert "Chức vụ, theo sổ tính Bí thư Đảng ủy phường" in said
        page = answer.text
        lan.fill(f"{here}/nhiem-vu/moi", **TASK)
        lan.visitor.page = page
        confirm = re.search(r'action="([^"]+/so-tinh/\d+)"', page)
        version = re.search(r'name="version" value="(\d+)"', page)
        assert confirm
        assert version
        moved = lan.send(confirm[1], 409, version=version[1]).text
        assert "Công khai, theo sổ tính Không" in words(moved), "the task just added would be withheld"
        confirm = re.search(r'action="([^"]+/so-tinh/\d+)"', moved)
        version = re.search(r'name="version" value="(\d+)"', moved)
        assert confirm
        assert version
        lan.send(confirm[1], version=version[1])
        after = stored(desk, here)
        assert after.post == "Bí thư Đảng ủy phường"
        assert not next(t for t in after.tasks if t.title == TASK["title"]).disclosed

    def test_the_draft_s_own_workbook_comes_back_as_the_same(
        self, desk: Desk, lan: Author, draft: str
    ) -> None:
        lan.fill(
            f"{draft}/tu-duong/moi", **{**COMMITMENT, "standard": "2. Bản lĩnh, đổi mới, sáng tạo, hội nhập"}
        )
        page = lan.open(f"{draft}/so-tinh")
        assert f"{draft}/chuong-trinh.xlsx" in page
        data = lan.visitor.client.get(f"{draft}/chuong-trinh.xlsx").data
        assert "Chưa điền «Cam đoan" in self.upload(lan, f"{draft}/so-tinh", data).text
        book = openpyxl.load_workbook(BytesIO(data))
        book["Thông tin"]["B16"] = "Có"
        sworn = BytesIO()
        book.save(sworn)
        assert "giống hệt bản đang có" in self.upload(lan, f"{draft}/so-tinh", sworn.getvalue()).text

    def test_the_template_is_what_the_upload_reads(self, lan: Author) -> None:
        answer = lan.visitor.client.get("/van-phong/chuong-trinh/mau.xlsx")
        assert answer.mimetype.endswith("spreadsheetml.sheet")
        faults = self.upload(lan, f"{NEW}/so-tinh", answer.data).text
        assert "Chưa điền «Họ và tên»" in faults
        assert "Thiếu cột" not in faults
