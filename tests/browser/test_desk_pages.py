"""An officer's first visit and next ones in a real browser: every page looked over, nothing too wide."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_house import PASSWORD, Desk, open_desk
from playwright.sync_api import Browser, Page
from steps import press
from werkzeug.serving import WSGIRequestHandler, make_server

LAN = "lan@namro.example"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
QR_IS_WHOLE = """() => {
  const svg = document.querySelector('.qr svg'), box = svg.getBBox(), view = svg.viewBox.baseVal;
  return view.width > 20 && box.width <= view.width && box.height <= view.height && svg.clientWidth >= 200;
}"""
PHONE, TINY, WIDE = (360, 740), (320, 640), (1280, 900)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """A desk with one officer, and its address."""
    desk = open_desk(tmp_path)
    desk.add(LAN, name="Trần Thị Lan")
    server = make_server("127.0.0.1", 0, desk.app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield desk, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    desk.close()


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (TINY, "light"), (WIDE, "dark")])
def test_every_page_of_signing_in(
    chromium: Browser, served: tuple[Desk, str], width: tuple[int, int], scheme: str
) -> None:
    desk, site = served
    context = chromium.new_context(
        base_url=site,
        viewport={"width": width[0], "height": width[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page, complaints = context.new_page(), []
    page.on("console", lambda m: complaints.append(m.text) if "status of 4" not in m.text else None)
    page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(site) else None)
    first_visit(page, desk)
    own_account(page)
    next_visit(page, desk)
    context.close()
    assert complaints == []


def first_visit(page: Page, desk: Desk) -> None:
    """Password, device, recovery codes."""
    page.goto(desk.invitation(LAN))
    look_over(page)
    give_passwords(page, "matkhau@123456")
    assert page.locator(".fault").inner_text().startswith("Mật khẩu này gồm")
    look_over(page)
    give_passwords(page, PASSWORD)
    look_over(page)
    press(page.locator("main button"))
    assert page.evaluate(QR_IS_WHOLE)
    look_over(page)
    found = re.search(r"nhập khóa: <code>([A-Z2-7 -]+)</code>", page.content())
    assert found
    desk.devices[LAN] = found[1]
    give_code(page, desk.code(LAN))
    look_over(page)
    press(page.locator("main button"))
    look_over(page)
    desk.recovery[LAN] = page.locator(".codes code").all_inner_texts()
    press(page.locator("main a.button"))
    assert page.locator("h1").inner_text() == "Chương trình hành động"
    look_over(page)


def own_account(page: Page) -> None:
    """The account, what changes it, an address that is not there."""
    for path in ("tai-khoan", "tai-khoan/mat-khau", "tai-khoan/ma-du-phong", "xac-nhan", "khong-co"):
        page.goto(f"/van-phong/{path}")
        look_over(page)
    page.goto("/van-phong")
    press(page.locator("header button"))
    assert page.locator("h1").inner_text() == "Đăng nhập văn phòng"


def next_visit(page: Page, desk: Desk) -> None:
    """A wrong password, the right one, a wrong code, a recovery code."""
    desk.pass_time(minutes=1)
    for password in ("sai rồi sai rồi sai", PASSWORD):
        page.fill("#email", LAN)
        page.fill("#password", password)
        press(page.locator("main button"))
        look_over(page)
    give_code(page, "000000")
    look_over(page)
    press(page.locator("text=dùng mã dự phòng"))
    look_over(page)
    give_code(page, desk.recovery[LAN][0])
    page.goto("/van-phong/tai-khoan")
    assert "còn 9 mã" in page.content()
    look_over(page)


def give_passwords(page: Page, password: str) -> None:
    """Type a new password twice and send it."""
    page.fill("#password", password)
    page.fill("#password_confirm", password)
    press(page.locator("main button"))


def give_code(page: Page, code: str) -> None:
    """Type a code and send it."""
    page.fill("#code", code)
    press(page.locator("main button"))


def look_over(page: Page) -> None:
    """No barrier that axe sees, nothing wider than the screen."""
    assert not page.evaluate(TOO_WIDE), page.url
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == [], page.url
