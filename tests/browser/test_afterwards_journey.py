"""After publication, by officers in a browser who find all from their home: boards, hand-over, reviews.

With PORTAL_SHOTS=folder every screen is kept as a picture, to be looked at by a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from looking import WIDE, look_over
from people import CITY, CONG, SOAN, Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from served import serving
from steps import press
from world import World

from portal.kernel.policy import Role
from portal.wsgi import side_by_side

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
HOME = "/van-phong"


@dataclass(frozen=True)
class Served:
    """Both doors on one port of this machine, over two programmes that are public."""

    world: World
    office: Office
    address: str
    ref: str

    def home_of(self, chromium: Browser, person: Person) -> Page:
        """The home of ``person``, who is signed in."""
        context = chromium.new_context(base_url=self.address, viewport=WIDE)  # type: ignore[arg-type]
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": HOME}
        context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(HOME)
        return page


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    world = World(tmp_path, base_url="http://127.0.0.1").settle_in()
    ref, _ = (world.bring_in(world.read(BOOK)) for _ in range(2))
    office = Office(world)
    doors = side_by_side(world.public, office.app)
    with serving(doors) as address:
        yield Served(world, office, address, ref)
    world.close()


def test_from_the_board_to_the_review(chromium: Browser, served: Served) -> None:
    author = served.home_of(chromium, SOAN)
    put_up_and_take_down(author, served.ref)
    organiser = served.home_of(chromium, DANH)
    issue_guidance(organiser)
    read_guidance(author)
    hand_over(organiser)
    publisher = served.home_of(chromium, CONG)
    press(publisher.get_by_role("link", name="Công bố kết thúc chương trình"))
    expect(publisher.get_by_text("1 cam kết chưa được quyết định hoặc chưa được tiếp nhận.")).to_be_visible()
    expect(publisher.get_by_role("button", name="Công bố kết thúc")).to_have_count(0)
    take_over(author)
    end(publisher)
    served.world.later(days=45)
    record_review(served.home_of(chromium, DANH))


def put_up_and_take_down(page: Page, ref: str) -> None:
    """A poster is hung and comes down too early: the reason is asked for, and the public reads it."""
    page.goto(f"{HOME}/niem-yet/{ref}")
    look_over(page, "posting-log-empty")
    press(page.get_by_role("link", name="Ghi nhận niêm yết"))
    page.get_by_label("Nơi niêm yết").fill("Nhà văn hóa khu 2 (minh họa)")
    page.get_by_label("Dự kiến đến ngày").fill("30/11/2026")
    press(page.get_by_role("button", name="Lưu"))
    expect(page.locator(".fault")).to_contain_text("14/12/2026")
    look_over(page, "posting-too-short")
    page.get_by_label("Dự kiến đến ngày").fill("14/12/2026")
    press(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Đang niêm yết")).to_be_visible()
    press(page.get_by_role("link", name="Ghi nhận gỡ"))
    press(page.get_by_role("button", name="Lưu"))
    expect(page.locator(".fault")).to_contain_text("lý do")
    page.get_by_label("Lý do gỡ sớm").fill("Sửa bảng tin (minh họa)")
    press(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Đã gỡ 24/11/2026")).to_be_visible()
    look_over(page, "posting-log-taken-down")


def issue_guidance(page: Page) -> None:
    """An empty form says what is missing; then a version is issued, with a review each quarter."""
    press(page.get_by_role("link", name="Mẫu và hướng dẫn"))
    press(page.get_by_role("link", name="Ban hành bản mới"))
    press(page.get_by_role("button", name="Lưu"))
    look_over(page, "guidance-faults")
    page.get_by_label("Tên văn bản").fill("Hướng dẫn số 5 ngày 20/11/2026 (minh họa)")
    page.get_by_label("Nội dung hướng dẫn").fill("Mỗi cam kết nêu rõ năm điểm (minh họa).")
    page.get_by_label("Hằng quý").check()
    press(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Hướng dẫn số 5").first).to_be_visible()


def read_guidance(page: Page) -> None:
    """Who drafts finds it from the home."""
    page.goto(HOME)
    press(page.get_by_role("link", name="Mẫu và hướng dẫn"))
    press(page.get_by_role("link", name="Hướng dẫn số 5").first)
    expect(page.get_by_text("Mỗi cam kết nêu rõ năm điểm")).to_be_visible()


def hand_over(page: Page) -> None:
    """A mandate that ends: the first commitment is carried on, every other one ends with its reason."""
    page.goto(HOME)
    press(page.get_by_role("link", name="Chuyển tiếp, kết thúc chương trình"))
    look_over(page, "movement-all")
    press(page.locator("#mo-ho-so ~ ul a").first)
    page.get_by_label("Điều động, luân chuyển").check()
    page.get_by_label("Có hiệu lực từ ngày").fill("24/11/2026")
    page.get_by_label("Văn bản").fill("Quyết định số 77 (minh họa)")
    press(page.get_by_role("button", name="Lưu"))
    page.goto(HOME)
    press(page.get_by_role("link", name="cam kết khi chuyển tiếp"))
    overview = page.url
    press(page.get_by_role("link", name="Quyết định").first)
    page.get_by_label("Chuyển tiếp cho người kế nhiệm").check()
    page.get_by_label("Chủ tịch UBND phường").first.check()
    press(page.get_by_role("button", name="Lưu"))
    page.goto(overview)
    while (undecided := page.locator("li", has_text="Chưa quyết định")).count():
        press(undecided.first.get_by_role("link", name="Quyết định"))
        page.get_by_label("Kết thúc cùng chương trình").check()
        page.get_by_label("Lý do kết thúc").fill("Hết nhiệm vụ (minh họa)")
        press(page.get_by_role("button", name="Lưu"))
        page.goto(overview)
    look_over(page, "movement-decided")


def take_over(page: Page) -> None:
    """The successor's side accepts the one item in writing."""
    page.goto(HOME)
    press(page.get_by_role("link", name="Tiếp nhận cam kết được chuyển giao"))
    page.get_by_label("Văn bản tiếp nhận").fill("Văn bản số 8 (minh họa)")
    press(page.get_by_role("button", name="Tiếp nhận"))
    expect(page.get_by_text("Đã tiếp nhận.")).to_be_visible()


def end(page: Page) -> None:
    """Now it waits for the publisher, who ends it in public."""
    page.goto(HOME)
    press(page.locator("#dang-cho ~ div").get_by_role("link", name="Công bố kết thúc chương trình"))
    look_over(page, "movement-ready")
    press(page.get_by_role("button", name="Công bố kết thúc"))
    expect(page.get_by_text("Đã công bố việc kết thúc")).to_be_visible()


def record_review(page: Page) -> None:
    """The quarter is over: its review waits on the home, and is recorded."""
    look_over(page, "home-of-the-organiser")
    press(page.get_by_role("link", name="Ghi nhận kiểm điểm kỳ").first)
    page.get_by_label("Ngày kiểm điểm").fill("05/01/2027")
    page.get_by_label("Biên bản").fill("Biên bản số 12 (minh họa)")
    press(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_role("link", name="Ghi biên bản kỳ")).to_have_count(1)  # the other programme's
