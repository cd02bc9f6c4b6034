"""An evaluation in a real browser: period, self-review, freeze, dossier, council, receipt, public page."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evaluated import DANH, gather_theme, published
from looking import PHONE, WIDE, look_over
from people import CONG, SOAN, Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from served import serving
from sqlalchemy import update
from world import World

from portal.commands.jobs import Runner
from portal.inbox.feedback.acts import digest_of
from portal.inbox.feedback.tables import Receipt
from portal.office.jobs.rules import JobState
from portal.wsgi import side_by_side

ROOM = "/van-phong/danh-gia"
CODE = "GY.20261124.7KQ2-M4TX-9BH"
SENTENCE = "Đã xem xét khi nhận xét kết quả (minh họa)."


@dataclass(frozen=True)
class Town:
    """Both doors on one address, and somewhere to sit for everybody."""

    world: World
    office: Office
    address: str
    chromium: Browser

    def seat(self, person: Person) -> Page:
        """A browser in which ``person`` is signed in."""
        context = self.chromium.new_context(base_url=self.address, viewport=WIDE)  # type: ignore[arg-type]
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": "/van-phong"}
        context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        return context.new_page()


@pytest.fixture
def town(tmp_path: Path, chromium: Browser) -> Iterator[Town]:
    with closing(World(tmp_path, base_url="http://127.0.0.1").settle_in()) as world:
        office = Office(world)
        with serving(side_by_side(world.public, office.app)) as address:
            yield Town(world, office, address, chromium)


def press(page: Page, button: str) -> None:
    """Press the button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def follow(page: Page, link: str) -> None:
    """Follow the link whose name begins so."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def open_and_explain(town: Town, ref: str) -> None:
    """The evaluator opens the period, the author explains, the publisher publishes it."""
    evaluator = town.seat(DANH)
    evaluator.goto(f"{ROOM}/moi")
    for label, text in (("Mã kỳ", "2026-Q4"), ("Từ ngày", "01/10/2026"), ("Đến hết ngày", "31/12/2026")):
        evaluator.get_by_label(label).first.fill(text)
    look_over(evaluator, "evaluation-open")
    press(evaluator, "Mở kỳ")
    expect(evaluator.get_by_role("link", name="2026-Q4")).to_be_visible()
    author = town.seat(SOAN)
    author.goto(f"{ROOM}/chuong-trinh/{ref}/2026-Q4")
    follow(author, "Ghi giải trình")
    author.get_by_label("Giải trình").first.fill("Còn chậm, đã bố trí thêm người (minh họa).")
    author.get_by_label("Nguyên nhân chủ quan").check()
    press(author, "Lưu")
    publisher = town.seat(CONG)
    publisher.goto(f"{ROOM}/chuong-trinh/{ref}/2026-Q4")
    press(publisher, "Công bố giải trình")
    expect(publisher.get_by_text("Đã công bố giải trình.")).to_be_visible()


def freeze_and_mark(town: Town, ref: str) -> None:
    """In January the period is frozen as long work; the council marks the theme, the publisher says so."""
    town.world.clock.at = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
    evaluator = town.seat(DANH)
    evaluator.goto(ROOM)
    follow(evaluator, "2026-Q4")
    press(evaluator, "Chốt kỳ 2026-Q4")
    look_over(evaluator, "evaluation-job")
    assert Runner(town.world.settings, town.world.office).look() is JobState.DONE
    evaluator.reload()
    expect(evaluator.get_by_text("Đã chốt: 1 bản tổng hợp")).to_be_visible()
    evaluator.goto(f"{ROOM}/chuong-trinh/{ref}/2026-Q4")
    look_over(evaluator, "evaluation-dossier")
    with evaluator.expect_download() as taken:
        evaluator.get_by_role("link", name="Tải .docx").click()
    assert taken.value.suggested_filename.endswith(".docx")
    follow(evaluator, "Đánh dấu")
    evaluator.get_by_label("Đã dùng khi đánh giá").check()
    evaluator.get_by_label("Một câu cho người góp ý").fill(SENTENCE)
    press(evaluator, "Lưu")
    publisher = town.seat(CONG)
    publisher.goto(f"{ROOM}/chuong-trinh/{ref}/2026-Q4")
    press(publisher, "Công bố việc sử dụng góp ý")


def test_from_a_period_to_what_an_author_reads(town: Town) -> None:
    ref = published(town.world)
    _, said = gather_theme(town.world, ref)
    with town.world.work() as w:
        row = update(Receipt).where(Receipt.comment_ref == said[0]).values(code=digest_of(w, CODE), box=b"-")
        w.session.execute(row)
    open_and_explain(town, ref)
    freeze_and_mark(town, ref)
    town.world.follow()
    reader = town.chromium.new_context(base_url=town.address, viewport=PHONE).new_page()  # type: ignore[arg-type]
    reader.goto(f"/bien-nhan/{CODE}")
    expect(reader.get_by_text(SENTENCE)).to_be_visible()
    expect(reader.get_by_text("Đã tiếp thu")).to_be_visible()
    look_over(reader, "evaluation-receipt")
    reader.goto(f"/chuong-trinh/{ref}")
    follow(reader, "Xem giải trình cuối kỳ")
    expect(reader.get_by_text(SENTENCE)).to_be_visible()
    look_over(reader, "evaluation-public")
    reader.goto(f"/chuong-trinh/{ref}/nhiem-ky")
    look_over(reader, "evaluation-mandate")
