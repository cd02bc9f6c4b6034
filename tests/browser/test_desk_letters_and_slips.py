"""The desk's pages of attesting and of paper slips in a real browser: every step looked over."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import NHI_CHIEU, Person
from playwright.sync_api import Browser, Page
from seated import Office
from speakers import Square
from steps import press
from test_public_pages import WCAG, overflow
from werkzeug.serving import WSGIRequestHandler, make_server
from world import World

from portal.kernel.policy import Role

OFFICER = Person("Kha Thị Xác", "xac@namro.example", Role.EVALUATOR, NHI_CHIEU)
WORDS = "Rãnh thoát nước chưa làm."


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Square, str, str]]:
    """A square, the address of its desk, and the cookie of an officer there."""
    square = Square(World(tmp_path_factory.mktemp("desk"))).settle_in()
    office = Office(square.world)
    seat = office.seat(OFFICER)
    server = make_server("127.0.0.1", 0, office.app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield square, f"http://127.0.0.1:{server.server_port}", seat.cookie
    server.shutdown()
    thread.join()
    server.server_close()
    square.close()


def sound(page: Page) -> None:
    """No fault for axe, nothing sideways."""
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) == 0, page.url


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_letters_and_slips(
    chromium: Browser, served: tuple[Square, str, str], width: int, scheme: str
) -> None:
    square, site, cookie = served
    context = chromium.new_context(
        base_url=site,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    context.add_cookies([{"name": "van-phong", "value": cookie, "url": f"{site}/van-phong"}])
    page = context.new_page()
    page.goto("/van-phong/xac-nhan-tu-cach")
    sound(page)
    page.get_by_label("Số thư").fill("x")
    press(page.get_by_role("button", name="Tạo và mở trang in"))
    sound(page)
    page.get_by_label("Tư cách").select_option("party_member")
    page.get_by_label("Đơn vị").select_option("phuong-nhi-chieu")
    page.get_by_label("Tổ chức xác nhận").fill("Đảng ủy phường")
    page.get_by_label("Số thư").fill("3")
    press(page.get_by_role("button", name="Tạo và mở trang in"))
    sound(page)
    assert page.locator(".rows li").count() == 3
    page.goto("/van-phong/xac-nhan-tu-cach")
    sound(page)
    type_slip(page, square)
    context.close()


def type_slip(page: Page, square: Square) -> None:
    """A slip, twice; the second time first with a slip of the pen."""
    page.goto("/van-phong/phieu")
    sound(page)
    fill(page, square, WORDS)
    press(page.get_by_role("button", name="Tiếp: nhập lần thứ hai"))
    sound(page)
    assert page.get_by_label("Ý kiến").input_value() == ""
    fill(page, square, WORDS + "!")
    press(page.get_by_role("button", name="So và ghi nhận"))
    sound(page)
    page.get_by_label("Ý kiến").fill(WORDS)
    press(page.get_by_role("button", name="So và ghi nhận"))
    sound(page)
    assert "GY.20261124." in page.locator("main").inner_text()


def fill(page: Page, square: Square, words: str) -> None:
    """Type the slip that lies on the table."""
    page.get_by_label("Mã cam kết").fill(square.commitment)
    page.get_by_label("Câu trả lời").select_option("not_seen")
    page.get_by_label("Ý kiến").fill(words)
