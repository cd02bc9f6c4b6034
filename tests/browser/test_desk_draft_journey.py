"""An officer never trained on it, at a real browser: from the blank form to a draft handed over."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_house import Desk, open_desk
from drafters import COMMITMENT, LAN, MANDATE, TASK
from playwright.sync_api import Browser, BrowserContext, Page, expect
from steps import press
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.kernel.policy import Role

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SAMPLE = Path(__file__).parents[2] / "samples" / "programmes" / "01-chu-tich-phuong-nhi-chieu.xlsx"
BY_LABEL = {
    "Nội dung cam kết": "text", "Chỉ tiêu": "indicator", "Đơn vị tính": "measure_unit", "Mức nền": "baseline",
    "Ngày mức nền": "baseline_on", "Nguồn mức nền": "baseline_source", "Mức đích": "target",
    "Sản phẩm": "deliverable", "Minh chứng": "evidence_plan", "Người chịu trách nhiệm": "accountable",
    "Phối hợp": "coordinators", "Thẩm quyền": "authority",
}  # fmt: skip


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


class Served:
    """A desk served on a port of this machine, with one author who has been there."""

    def __init__(self, desk: Desk, address: str, cookie: str) -> None:
        self.desk, self.address, self.cookie = desk, address, cookie

    def officer(self, chromium: Browser, **looks: object) -> BrowserContext:
        """A browser in which the author is signed in."""
        made = chromium.new_context(base_url=self.address, **looks)  # type: ignore[arg-type]
        host = {"domain": "127.0.0.1", "path": "/van-phong"}
        made.add_cookies([{"name": "van-phong", "value": self.cookie, **host}])  # type: ignore[list-item]
        return made


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    desk = open_desk(tmp_path, base_url="http://127.0.0.1")
    desk.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    cookie = desk.welcome(LAN).cookie
    server = make_server("127.0.0.1", 0, desk.app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(desk, f"http://127.0.0.1:{server.server_port}", cookie)
    server.shutdown()
    thread.join()
    server.server_close()
    desk.close()


@pytest.fixture
def at_work(served: Served, chromium: Browser) -> Iterator[Page]:
    """The author at a wide screen. A message on the console fails the test."""
    context = served.officer(chromium, viewport=WIDE)
    page, complaints = context.new_page(), []
    page.on("console", lambda m: complaints.append(m.text) if "status of 4" not in m.text else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    context.close()
    assert complaints == []


def looked_at(page: Page) -> None:
    """axe finds nothing, on a wide screen and on a phone, light and dark, and nothing scrolls sideways."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options={"runOnly": WCAG})
            assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def follow_next_step(page: Page) -> None:
    """Do what the page says comes next."""
    press(page.locator(".path [aria-current=step] a"))


def begin(page: Page) -> None:
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_label("Người khai").fill(MANDATE["declared_by"])
    page.get_by_label("Họ và tên").fill(MANDATE["cadre_name"])
    page.get_by_label("Chức vụ").fill(MANDATE["post"])
    page.get_by_label(MANDATE["unit_code"]).check()
    page.get_by_label("Bổ nhiệm", exact=True).check()
    page.get_by_label("Từ ngày").fill(MANDATE["mandate_from"])
    page.get_by_label("Đến ngày").fill(MANDATE["mandate_to"])


def save(page: Page) -> None:
    press(page.locator(".drafting > form .acts").get_by_role("button", name="Lưu"))


def test_from_the_blank_form_to_appraisal(at_work: Page) -> None:
    at_work.goto("/van-phong")
    for step in (start_too_early, add_a_task, write_vaguely, lose_the_browser, mend_it, hand_over):
        step(at_work)
    assert "/van-phong" in at_work.url


def start_too_early(page: Page) -> None:
    """She saves before she has filled anything in, and is led to what is missing."""
    looked_at(page)
    press(page.get_by_role("link", name="Soạn chương trình mới"))
    looked_at(page)

    # She saves too early: the summary has the focus and leads to the field.
    save(page)
    expect(page.locator("#loi")).to_be_focused()
    looked_at(page)
    page.locator("#loi").get_by_role("link", name="Họ và tên").click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("cadre_name", "#cadre_name")
    begin(page)
    save(page)


def add_a_task(page: Page) -> None:
    """What the page says comes next: a task."""
    follow_next_step(page)
    page.get_by_label("Nhiệm vụ trọng tâm").fill(TASK["title"])
    for label, name in (("Điểm nghẽn", "bottleneck"), ("Mục tiêu", "objective"), ("Giải pháp", "solution")):
        page.get_by_label(label).fill(TASK[name])
    page.get_by_label("Có", exact=True).check()
    looked_at(page)
    save(page)
    looked_at(page)


def write_vaguely(page: Page) -> None:
    """The report comes while she types, and beside the field it is about."""
    follow_next_step(page)
    page.get_by_label("Nội dung cam kết").fill("Tăng cường quản lý trong thời gian tới")
    page.get_by_label("Người chịu trách nhiệm").fill("Các phòng chuyên môn")
    expect(page.locator("#giu")).to_contain_text("Đã giữ tạm", timeout=15_000)
    expect(page.locator("#accountable-remarks")).to_contain_text("tập thể")
    expect(page.locator("[data-criterion=person]")).to_have_attribute("data-state", "failing")
    looked_at(page)


def lose_the_browser(page: Page) -> None:
    """The browser crashes; what she typed is there when she comes back."""
    page.reload()
    expect(page.get_by_text("Đã khôi phục phần đang nhập dở")).to_be_visible()
    expect(page.get_by_label("Người chịu trách nhiệm")).to_have_value("Các phòng chuyên môn")
    save(page)
    expect(page.get_by_text("Còn chỗ chưa rõ, xem ghi chú cạnh từng mục")).to_be_visible()
    looked_at(page)


def mend_it(page: Page) -> None:
    """Every field, until nothing is unclear any more."""
    for label, name in BY_LABEL.items():
        page.get_by_label(label, exact=True).or_(page.get_by_label(f"{label} bắt buộc")).first.fill(
            COMMITMENT[name]
        )
    page.get_by_label("Thời hạn").fill(COMMITMENT["deadline"])
    for choice in ("Tăng", "Lãnh đạo", "Tháng", "Có"):
        page.get_by_label(choice, exact=True).check()
    expect(page.get_by_text("Lý do không công khai")).to_be_hidden()
    page.get_by_role("button", name="Kiểm tra các “rõ”").click()
    expect(page.locator("[data-state=failing]")).to_have_count(0)
    save(page)
    expect(page.get_by_text("Rõ 5/5")).to_be_visible()
    looked_at(page)


def hand_over(page: Page) -> None:
    """What the page says comes next: appraisal."""
    follow_next_step(page)
    looked_at(page)
    press(page.get_by_role("button", name="Gửi thẩm định"))
    expect(page.get_by_text("Đang chờ thẩm định").first).to_be_visible()
    looked_at(page)
    press(page.get_by_role("link", name="Phiên bản 1"))
    looked_at(page)


def test_without_any_script_it_works_the_same(served: Served, chromium: Browser) -> None:
    context = served.officer(chromium, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/van-phong/chuong-trinh/moi")
    begin(page)
    page.get_by_label("Đến ngày").fill("31/02/2031")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#mandate_to-fault")).to_contain_text("Không có ngày 31/02/2031")
    page.get_by_label("Đến ngày").fill(MANDATE["mandate_to"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã tạo dự thảo")).to_be_visible()
    context.close()


def test_two_officers_and_the_pages_between(at_work: Page, served: Served, chromium: Browser) -> None:
    page = at_work
    page.goto("/van-phong/chuong-trinh/moi")
    begin(page)
    save(page)
    press(page.get_by_role("link", name="Sửa thông tin chung"))
    other = served.officer(chromium, viewport=WIDE)
    second = other.new_page()
    second.goto(page.url)
    second.get_by_label("Tôi cam đoan").check()
    second.get_by_label("Chức vụ").fill("Chủ tịch UBND phường")
    save(second)
    other.close()
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_label("Chức vụ").fill("Bí thư Đảng ủy phường")
    save(page)
    expect(page.get_by_text("Người khác vừa lưu thay đổi ở đây")).to_be_visible()
    looked_at(page)
    page.get_by_label("Lấy bản đang lưu").check()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chủ tịch UBND phường")


def test_a_workbook_is_looked_at_before_it_is_stored(at_work: Page, tmp_path: Path) -> None:
    page = at_work
    page.goto("/van-phong/chuong-trinh/moi/so-tinh")
    looked_at(page)
    page.get_by_label("Tệp sổ tính").set_input_files(SAMPLE.with_name("06-loi-nhap-lieu.xlsx"))
    press(page.get_by_role("button", name="Xem trước"))
    expect(page.locator("#loi")).to_be_visible()
    looked_at(page)
    page.get_by_label("Tệp sổ tính").set_input_files(SAMPLE)
    press(page.get_by_role("button", name="Xem trước"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem trước")
    looked_at(page)
    press(page.get_by_role("button", name="Lưu thành dự thảo").first)
    expect(page.get_by_text("Đã lưu dự thảo từ sổ tính")).to_be_visible()
    looked_at(page)
    press(page.get_by_role("link", name="Cập nhật từ sổ tính"))
    page.get_by_label("Tệp sổ tính").set_input_files(SAMPLE)
    press(page.get_by_role("button", name="Xem trước"))
    expect(page.get_by_text("Sổ tính giống hệt bản đang có")).to_be_visible()
    looked_at(page)
