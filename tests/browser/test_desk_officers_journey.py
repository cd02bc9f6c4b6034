"""An administrator in a real browser: invite, change roles, suspend, restore; and what the officer sees.

Also the screens of a post that passes on and of the duty, whose choices an officer makes from lists.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from desk_house import PASSWORD, one_time_code
from looking import WIDE, look_over
from people import CITY, QUAN, Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from steps import press
from werkzeug.serving import WSGIRequestHandler, make_server
from world import World

from portal.kernel.policy import Role

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
NEW = "lien@namro.example"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


class Served:
    """The desk on a port of this machine whose address stands in the letters it sends."""

    def __init__(self, world: World, office: Office) -> None:
        self.world, self.office = world, office
        self.mail = world.settings.instance / "mail"

    def page(self, chromium: Browser) -> Page:
        """A browser in which nobody is signed in."""
        return chromium.new_context(
            base_url=self.world.settings.base_url,
            viewport=WIDE,  # type: ignore[arg-type]
        ).new_page()

    def page_of(self, chromium: Browser, person: Person) -> Page:
        """A browser in which ``person`` is signed in."""
        page = self.page(chromium)
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": "/van-phong"}
        page.context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        return page

    def last_letter(self) -> tuple[str, str]:
        """To whom the latest letter went, and what it says."""
        file = max(self.mail.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)
        letter = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
        body = letter.get_body()
        assert body
        return str(letter["To"]), body.get_content()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Silent)
    address = f"http://127.0.0.1:{server.server_port}"
    world = World(tmp_path, base_url=address, mail_url=(tmp_path / "mail").as_uri()).settle_in()
    office = Office(world)
    server.app = office.app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(world, office)
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()


def test_from_the_invitation_to_the_suspension(chromium: Browser, served: Served) -> None:
    admin, officer = served.page_of(chromium, QUAN), served.page(chromium)
    invite(admin)
    to, said = served.last_letter()
    assert to == NEW
    link = re.search(r"http://\S+/van-phong/loi-moi/\S+", said)
    assert link
    come_in(officer, link[0], served)
    change_roles(admin, officer)
    suspend_and_restore(admin, officer)
    reset(admin, served)


def invite(page: Page) -> None:
    """From the home to the officer's page, an empty form on the way."""
    page.goto("/van-phong")
    press(page.get_by_role("link", name="Tài khoản cán bộ"))
    look_over(page, "officers-list")
    press(page.get_by_role("link", name="Mời cán bộ"))
    look_over(page, "officers-invite")
    press(page.get_by_role("button", name="Gửi lời mời"))
    expect(page.get_by_role("alert")).to_contain_text("Có 4 mục cần sửa")
    look_over(page, "officers-invite-faults")
    page.get_by_label("Địa chỉ thư").fill(NEW)
    page.get_by_label("Họ và tên").fill("Đỗ Thị Liên")
    page.get_by_label("Đơn vị", exact=True).select_option("10714")
    page.get_by_label("Soạn thảo").check()
    press(page.get_by_role("button", name="Gửi lời mời"))
    expect(page.get_by_text(f"Đã gửi thư mời tới {NEW}")).to_be_visible()
    expect(page.get_by_text("Đã mời, chưa vào")).to_be_visible()
    look_over(page, "officers-one-invited")


def come_in(page: Page, link: str, served: Served) -> None:
    """The mailed link: password, device, recovery codes, and the work that waits."""
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.fill("#password_confirm", PASSWORD)
    press(page.get_by_role("button", name="Đặt mật khẩu"))
    press(page.get_by_role("button", name="Hiện mã QR"))
    key = re.search(r"nhập khóa: <code>([A-Z2-7 -]+)</code>", page.content())
    assert key
    page.fill("#code", one_time_code(key[1], served.world.clock.at))
    press(page.get_by_role("button", name="Xác nhận thiết bị"))
    press(page.get_by_role("button", name="Tạo mười mã dự phòng"))
    press(page.get_by_role("link", name="Tôi đã cất mã"))
    press(page.get_by_role("link", name="Soạn chương trình mới"))
    expect(page.get_by_text("Chức danh phải có chương trình tại")).to_be_visible()


def change_roles(admin: Page, officer: Page) -> None:
    """Another role, which the officer has at the next click."""
    admin.reload()
    expect(admin.get_by_text("Đang hoạt động")).to_be_visible()
    look_over(admin, "officers-one-working")
    press(admin.get_by_role("link", name="Đổi vai trò tại"))
    look_over(admin, "officers-roles")
    admin.get_by_label("Đánh giá").check()
    press(admin.get_by_role("button", name="Lưu vai trò"))
    expect(admin.get_by_text("Đã đổi vai trò")).to_be_visible()
    officer.goto("/van-phong")
    expect(officer.get_by_role("link", name="Kiểm điểm theo kỳ")).to_be_visible()


def suspend_and_restore(admin: Page, officer: Page) -> None:
    """The open session ends with the click; the account comes back, the session does not."""
    press(admin.get_by_role("button", name="Tạm ngừng"))
    expect(admin.get_by_text("Mọi phiên làm việc của cán bộ này đã kết thúc")).to_be_visible()
    look_over(admin, "officers-one-suspended")
    press(officer.get_by_role("link", name="Kiểm điểm theo kỳ"))
    expect(officer.get_by_role("heading", name="Đăng nhập văn phòng")).to_be_visible()
    expect(officer.get_by_text("Phiên làm việc đã kết thúc")).to_be_visible()
    press(admin.get_by_role("button", name="Khôi phục"))
    expect(admin.get_by_text("Đã khôi phục tài khoản")).to_be_visible()
    officer.goto("/van-phong")
    expect(officer.get_by_role("heading", name="Đăng nhập văn phòng")).to_be_visible()


def reset(admin: Page, served: Served) -> None:
    """A lost device, with a reason that goes out by mail."""
    press(admin.get_by_role("link", name="Đặt lại thiết bị"))
    look_over(admin, "officers-reset")
    admin.get_by_label("Mất thiết bị").check()
    press(admin.get_by_role("button", name="Đặt lại thiết bị"))
    expect(admin.get_by_text(f"gửi thư báo tới {NEW}")).to_be_visible()
    to, said = served.last_letter()
    assert to == NEW
    assert "Lý do: Mất thiết bị." in said
    press(admin.get_by_role("link", name="Tài khoản cán bộ"))
    row = admin.get_by_role("row", name="Đỗ Thị Liên")
    expect(row).to_contain_text("Chưa cài")
    expect(row).to_contain_text("24/11/2026")
    look_over(admin, "officers-list-full")


def test_what_passes_on_is_chosen_from_lists(chromium: Browser, served: Served) -> None:
    world = served.world
    old, _ = (world.bring_in(world.read(BOOK)) for _ in range(2))
    world.draft(replace(world.read(BOOK), post="Chuyên viên Văn phòng"))
    page = served.page_of(chromium, DANH)
    page.goto(f"/van-phong/chuyen-tiep/chuong-trinh/{old}")
    page.get_by_label("Điều động, luân chuyển").check()
    page.get_by_label("Có hiệu lực từ ngày").fill("24/11/2026")
    page.get_by_label("Văn bản").fill("Quyết định số 77 (minh họa)")
    press(page.get_by_role("button", name="Lưu"))
    press(page.locator("#ho-so ~ ul a").first)
    press(page.get_by_role("link", name="Quyết định").first)
    page.get_by_label("Gộp vào cam kết khác").check()
    page.get_by_label("Chủ tịch UBND phường").first.check()
    look_over(page, "movement-decide")
    press(page.get_by_role("button", name="Lưu"))
    expect(page.locator(".fault")).to_contain_text("Chưa chọn cam kết nhận gộp")
    look_over(page, "movement-decide-target")
    page.get_by_label("Cam kết nhận gộp").select_option(index=1)
    press(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Đã ghi quyết định")).to_be_visible()
    page.goto("/van-phong/kiem-diem")
    expect(page.get_by_role("heading", name="Ngoài diện phải có chương trình")).to_be_visible()
    look_over(page, "reviews-and-duty")
