"""Three officers at a real browser: appraisal of a draft handed over, its publication, and its way back.

With PORTAL_SHOTS=folder every screen is kept as a picture, to be looked at by a person.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import CITY, CONG, SOAN, THAM, Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from steps import press
from werkzeug.serving import WSGIRequestHandler, make_server
from world import World, who

from portal.kernel.policy import Role
from portal.office.programme.handing_over import hand_over
from portal.wsgi import side_by_side

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SHOTS = os.environ.get("PORTAL_SHOTS", "")
BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


class Served:
    """Both doors on one port of this machine, over a world with a draft that waits for its appraiser."""

    def __init__(self, world: World, office: Office, address: str, ref: str) -> None:
        self.world, self.office, self.address, self.ref = world, office, address, ref

    def page_of(self, chromium: Browser, person: Person) -> Page:
        """A browser in which ``person`` is signed in."""
        context = chromium.new_context(base_url=self.address, viewport=WIDE)  # type: ignore[arg-type]
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": "/van-phong"}
        context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        return context.new_page()

    def at(self, rest: str = "") -> str:
        return f"/van-phong/chuong-trinh/{self.ref}{rest}"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    world = World(tmp_path, base_url="http://127.0.0.1").settle_in()
    ref = world.draft(world.read(BOOK))
    with world.work() as w:
        hand_over(w, ref, by=who(w, SOAN))
    office = Office(world)
    doors = side_by_side(world.public, office.app)
    server = make_server("127.0.0.1", 0, doors, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(world, office, f"http://127.0.0.1:{server.server_port}", ref)
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()


def looked_at(page: Page, name: str) -> None:
    """axe finds nothing, wide and on a phone, light and dark; nothing scrolls sideways."""
    for size, width in ((WIDE, "wide"), (PHONE, "phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options={"runOnly": WCAG})
            assert found.violations_count == 0, found.generate_report()
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def test_from_appraisal_to_the_public_page_and_back(chromium: Browser, served: Served) -> None:
    appraise(served.page_of(chromium, THAM), served)
    present_and_mark(served.page_of(chromium, SOAN), served)
    publisher = served.page_of(chromium, CONG)
    publish(publisher, served)
    mend(served.page_of(chromium, SOAN), publisher, served)
    erase(publisher, served.page_of(chromium, OTHER), served)


def appraise(page: Page, served: Served) -> None:
    """An opinion on every commitment, one more assigned, the conclusion."""
    page.goto(served.at("/tham-dinh"))
    looked_at(page, "board-empty")
    press(page.get_by_role("link", name="Kết luận", exact=True))
    page.get_by_label("Đồng ý", exact=True).check()
    page.get_by_label("Ý kiến chung").fill("Đồng ý, sát tình hình địa phương (minh họa).")
    press(page.get_by_role("button", name="Ghi kết luận"))
    expect(page.get_by_text("Còn cam kết chưa có ý kiến thẩm định")).to_be_visible()
    expect(page.get_by_label("Ý kiến chung")).to_have_value("Đồng ý, sát tình hình địa phương (minh họa).")
    looked_at(page, "conclusion-too-early")
    press(page.get_by_role("link", name="Quay lại, không lưu"))

    assign(page)
    give_every_opinion(page, served)
    looked_at(page, "board-full")
    press(page.get_by_role("link", name="Kết luận", exact=True))
    page.get_by_label("Đồng ý", exact=True).check()
    page.get_by_label("Ý kiến chung").fill("Đồng ý, sát tình hình địa phương (minh họa).")
    press(page.get_by_role("button", name="Ghi kết luận"))
    expect(page.get_by_text("Đã thẩm định, chờ công bố")).to_be_visible()
    looked_at(page, "board-concluded")


def assign(page: Page) -> None:
    press(page.get_by_role("link", name="Giao thêm nhiệm vụ, cam kết"))
    looked_at(page, "assign")
    page.get_by_label("Thuộc nhiệm vụ").select_option(index=1)
    page.locator("[name=text]").fill("Xây dựng và đưa vào sử dụng 2 nhà văn hóa tổ dân phố (minh họa).")
    page.locator("[name=reason]").fill("Nhiệm vụ trọng tâm năm tới (minh họa)")
    press(page.locator(".drafting > form .acts").get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Được giao khi thẩm định")).to_be_visible()


def give_every_opinion(page: Page, served: Served) -> None:
    first = True
    while (link := page.get_by_role("link", name="Cho ý kiến về cam kết").first).is_visible():
        press(link)
        if first:
            looked_at(page, "opinion")
            press(page.get_by_role("button", name="Lưu ý kiến"))
            looked_at(page, "opinion-fault")
            first = False
        page.get_by_label("Phù hợp thực tế", exact=True).check()
        page.get_by_label("Khả thi", exact=True).check()
        page.locator("[name=fit_note]").fill("Sát với tình hình phường (minh họa).")
        for field in page.locator("[name^=answer-]").all():
            field.fill("Đã trao đổi, giữ nguyên (minh họa).")
        press(page.get_by_role("button", name="Lưu ý kiến"))
    for link in page.get_by_role("link", name="Sửa ý kiến").all():
        if "lưu ý chưa trả lời" in link.locator("xpath=ancestor::li").inner_text():
            answer_warnings(page, link.get_attribute("href") or "")
            page.goto(served.at("/tham-dinh"))


def answer_warnings(page: Page, address: str) -> None:
    page.goto(address)
    for field in page.locator("[name^=answer-]").all():
        field.fill("Đã trao đổi, giữ nguyên (minh họa).")
    press(page.get_by_role("button", name="Lưu ý kiến"))


def present_and_mark(page: Page, served: Served) -> None:
    """The author records a presentation and looks at the marks."""
    page.goto(served.at("/trinh-bay"))
    press(page.get_by_role("link", name="Ghi nhận một lần trình bày"))
    looked_at(page, "presentation-form")
    page.get_by_label("Hội nghị tập thể lãnh đạo mở rộng (bước 2)").check()
    page.get_by_label("Ngày họp").fill("20/11/2026")
    page.get_by_label("Tên hội nghị").fill("Hội nghị tập thể lãnh đạo mở rộng (minh họa)")
    page.get_by_label("Có", exact=True).check()
    press(page.get_by_role("button", name="Ghi nhận"))
    looked_at(page, "presentation-list")
    press(page.get_by_role("link", name="Công khai từng mục"))
    looked_at(page, "marks")


def publish(page: Page, served: Served) -> None:
    """The publisher previews every page, publishes, and reads what the public reads."""
    page.goto(served.at("/cong-bo"))
    looked_at(page, "gate-first")
    press(page.get_by_role("link", name="Trang chương trình"))
    expect(page.get_by_text("Xem trước: trang này chưa được công khai")).to_be_visible()
    looked_at(page, "mirror-programme")
    press(page.locator(".task .rows a").first)
    expect(page.get_by_text("Xem trước: trang này chưa được công khai")).to_be_visible()
    looked_at(page, "mirror-commitment")
    press(page.get_by_role("link", name="Về trang công bố"))
    page.get_by_label("Ngày", exact=True).fill("25/11/2026")
    page.get_by_label("Giờ Việt Nam").fill("8h")
    press(page.get_by_role("button", name="Hẹn giờ công bố"))
    expect(page.get_by_role("heading", name="Hẹn công bố lúc")).to_be_visible()
    looked_at(page, "gate-scheduled")
    press(page.get_by_role("button", name="Hủy lịch hẹn"))
    press(page.get_by_role("button", name="Công bố ngay"))
    expect(page.get_by_text("Trang công khai đang đúng với dự thảo")).to_be_visible()
    looked_at(page, "gate-done")
    page.goto(f"/chuong-trinh/{served.ref}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lê Minh Họa")
    assert "Sát với tình hình phường" not in page.content()


def mend(author: Page, publisher: Page, served: Served) -> None:
    """The author withholds a commitment; the publisher sees what differs, gives the reason, publishes."""
    author.goto(served.at("/cong-khai"))
    shut = author.locator(".at-commitment").get_by_label("Không công khai")
    shut.first.check()
    ground = author.locator(".at-commitment .why select").first
    expect(ground).to_be_visible()
    ground.select_option("personal_data")
    press(author.get_by_role("button", name="Lưu dấu công khai"))
    expect(author.get_by_text("Đã lưu dấu công khai")).to_be_visible()
    publisher.goto(served.at("/cong-bo"))
    looked_at(publisher, "gate-changed")
    press(publisher.get_by_role("button", name="Công bố ngay"))
    expect(publisher.get_by_text("Chưa nêu lý do")).to_be_visible()
    looked_at(publisher, "gate-no-reason")
    publisher.get_by_label("Lý do").fill("Rà soát lại mức công khai (minh họa)")
    press(publisher.get_by_role("button", name="Công bố ngay"))
    expect(publisher.get_by_text("Trang công khai đang đúng với dự thảo")).to_be_visible()
    press(publisher.get_by_role("link", name="Gỡ chương trình hoặc một cam kết"))
    looked_at(publisher, "withdraw")


def erase(first: Page, second: Page, served: Served) -> None:
    """One publisher finds and asks, another confirms."""
    first.goto(served.at("/xoa-van-ban"))
    first.get_by_label("Tìm cụm từ phải xóa").fill("Lê Minh Họa")
    press(first.get_by_role("button", name="Tìm"))
    looked_at(first, "entries-found")
    chosen = first.locator("[name=position]:checked")
    chosen.first.wait_for()
    while chosen.count() > 1:
        chosen.first.uncheck()
    first.get_by_label("Lý do xóa").fill("Xóa theo yêu cầu của cơ quan có thẩm quyền (minh họa)")
    press(first.get_by_role("button", name="Đề nghị xóa"))
    looked_at(first, "entries-asked")
    second.goto(served.at("/xoa-van-ban"))
    press(second.get_by_role("button", name="Xác nhận xóa"))
    expect(second.get_by_text("Đã xóa văn bản của 1 mục")).to_be_visible()
    looked_at(second, "entries-erased")
