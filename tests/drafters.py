"""Officers at drafting forms, for tests: a browser that sends what a page holds, pages nobody faults."""

import html
import re
from pathlib import Path

from desk_house import Desk, Visitor
from reader import CHECKS, Page, is_guarded
from werkzeug.test import TestResponse

from portal.kernel.work import work
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm

LAN, BINH, XA, THAM = (f"{name}@namro.example" for name in ("lan", "binh", "xa", "tham"))
NEW = "/van-phong/chuong-trinh/moi"
SAMPLES = Path(__file__).parents[1] / "samples" / "programmes"
SAMPLE = SAMPLES / "01-chu-tich-phuong-nhi-chieu.xlsx"
FAULTY = SAMPLES / "06-loi-nhap-lieu.xlsx"

MANDATE = {
    "declaration": "Có", "declared_by": "Văn phòng", "cadre_name": "Nguyễn Thị Thử",
    "post": "Phó Chủ tịch UBND phường", "unit_code": "Phường Mẫu (10714)",
    "assigned_fields": "Kinh tế\nVăn hóa",
    "track": "Bổ nhiệm", "mandate_from": "01/07/2026", "mandate_to": "30/06/2031", "profile_code": "5 rõ",
    "preface": "Lời mở đầu (số liệu minh họa).",
}  # fmt: skip
TASK = {
    "title": "Giảm hồ sơ trễ hạn", "bottleneck": "6,8% hồ sơ trả chậm (số liệu minh họa)",
    "objective": "Từ 99% trả đúng hạn", "solution": "Giao việc bằng văn bản",
    "areas": "Cải cách hành chính", "disclosed": "Có",
}  # fmt: skip
COMMITMENT = {
    "task_number": "1. Giảm hồ sơ trễ hạn", "text": "Trả đúng hạn 99% hồ sơ tiếp nhận tại phường.",
    "indicator": "Tỷ lệ hồ sơ trả đúng và trước hạn trên tổng số hồ sơ", "measure_unit": "%",
    "baseline": "93,2", "baseline_on": "30/06/2026", "baseline_source": "Báo cáo quý II", "target": "99",
    "direction": "tăng", "deadline": "31/12/2027", "accountable": "Phó Chủ tịch UBND phường",
    "coordinators": "Văn phòng HĐND và UBND", "mode": "lãnh đạo", "authority": "UBND phường",
    "deliverable": "Báo cáo hằng tháng", "evidence_plan": "Số liệu Cổng Dịch vụ công", "frequency": "tháng",
    "origin": "tự đề xuất", "disclosed": "Có",
}  # fmt: skip


def sound(path: str, answer: TestResponse) -> str:
    """The text of a page that nobody finds fault with."""
    page = Page(path, answer)
    faults = [fault for check in CHECKS if check is not is_guarded for fault in check(page)]
    assert faults == [], path
    return answer.text


class Author:
    """An officer at a browser: fields come along from the page, as a browser sends them."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def open(self, path: str, status: int = 200) -> str:
        """A page, looked at closely."""
        answer = self.visitor.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return sound(path, answer)

    def fill(self, path: str, status: int = 303, do: str = "save", **typed: str) -> TestResponse:
        """Open the form at ``path`` and send it with ``typed``."""
        self.open(path)
        return self.send(path, status, do, **typed)

    def send(self, path: str, status: int = 303, do: str = "save", **typed: str) -> TestResponse:
        """Send the form on the page last seen, with ``typed``."""
        answer = self.visitor.post(path, **{**fields_on(self.visitor.page), **typed, "do": do})
        assert answer.status_code == status, (path, answer.status_code, words(answer.text)[:1500])
        if answer.mimetype == "text/html" and status != 303:
            sound(path, answer)
        return answer


def fields_on(page: str) -> dict[str, str]:
    """What a browser would send of the form that is typed into."""
    form = re.search(r"<form[^>]*data-keep.*?</form>", page, re.DOTALL)
    if not form:
        return {}
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_choice = at.get("type") in ("radio", "checkbox")
        if "name" in at and (not is_choice or " checked" in tag):
            found[at["name"]] = html.unescape(at.get("value", ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form[0], re.DOTALL
    ):
        found[name] = html.unescape(text)
    return found


def words(page: str) -> str:
    """What is read on a page."""
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


def new_commitment(author: Author, draft: str) -> str:
    found = re.search(r'href="([^"]+/cam-ket/moi)"', author.open(draft))
    assert found
    return found[1]


def edit_of(author: Author, draft: str) -> str:
    """The address of the first commitment's form."""
    found = re.search(rf'href="({draft}/cam-ket/\w+)"', author.open(draft))
    assert found
    return found[1]


def stored(desk: Desk, draft: str) -> ProgrammeForm:
    with desk.app.app_context(), work() as w:
        return portrait(w, programme(w, draft.rpartition("/")[2]))


def count(desk: Desk, table: type) -> int:
    with desk.app.app_context(), work() as w:
        return w.session.query(table).count()


def lies_on_disk(desk: Desk, text: str) -> bool:
    files = [path for path in desk.settings.instance.rglob("*") if path.is_file()]
    return any(text.encode() in path.read_bytes() for path in files)
