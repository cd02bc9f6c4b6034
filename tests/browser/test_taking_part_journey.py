"""Taking part in a real browser: a resident on a phone, a party member with a code letter."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
import townhall
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from steps import press
from takers import CODE, letters
from test_public_pages import SMALL_TARGETS, WCAG, overflow
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.inbox.feedback.tables import Comment, Rating
from portal.inbox.signin.letters import issue_letters
from portal.kernel.clock import StoppedClock
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.ids import Ids
from portal.kernel.work import House, settle, work
from portal.migrations.upgrade import owner_engine
from portal.record.voice import Group
from portal.settings import Settings

PLACE = "/cam-ket/ckdt01"
WORDS = "Đường rải nhựa xong nhưng rãnh chưa làm, cần xem xin gọi 0912 345 678."
MASKED = "[đã che: số điện thoại]"


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town that writes its mail into a folder."""
    folder = tmp_path_factory.mktemp("voices")
    return townhall.found(folder, mail_url=(folder / "mail").as_uri())


@pytest.fixture(scope="module")
def site(town: Settings) -> Iterator[str]:
    """The address of the served town."""
    app = townhall.open_door(town)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def code_for(town: Settings, address: str) -> str:
    """The code last mailed to ``address``."""
    found = CODE.search([body for to, _, body in letters(town) if to == address][-1])
    assert found
    return found[0]


def sound(page: Page) -> None:
    """What every step must be: no fault for axe, nothing sideways, targets for thumbs."""
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) == 0, page.url
    assert page.evaluate(SMALL_TARGETS) == [], page.url


def stored(town: Settings) -> tuple[list[Rating], list[Comment]]:
    """What lies in the inbox, for whoever owns it."""
    engine = owner_engine(town)
    with Session(engine, expire_on_commit=False) as session:
        found = list(session.scalars(select(Rating))), list(session.scalars(select(Comment)))
    engine.dispose()
    return found


def letter(town: Settings) -> str:
    """A code letter for a party member of the ward."""
    app = Flask("desk")
    configure(app, town, DoorRole.DESK)
    settle(app, replace(House(town), clock=StoppedClock(townhall.NOW), ids=Ids()))
    with app.app_context(), work() as w:
        _, (code,) = issue_letters(
            w, 1, group=Group.PARTY_MEMBER, unit="phuong-nhi-chieu", body="Đảng ủy phường"
        )
        db.engine.dispose()
    return code


@pytest.mark.parametrize(
    "looks",
    [
        {"viewport": {"width": 360, "height": 740}},
        {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
        {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    ],
    ids=["phone", "small and dark", "desk and dark"],
)
def test_a_resident_rates_and_comments(page: Page, town: Settings, looks: dict[str, object]) -> None:
    address = f"nguoi-dan-{looks['viewport']['width']}@thu.example"  # type: ignore[index]  # a viewport
    page.goto(PLACE)
    press(page.get_by_role("link", name="Đánh giá, góp ý việc này"))
    assert page.context.cookies() == []
    sound(page)
    page.get_by_label("Có làm, chưa rõ kết quả").check()
    page.get_by_label("Tôi sống tại địa bàn").check()
    page.get_by_label("Ý kiến của ông/bà").fill(WORDS)
    page.get_by_label("Người dân, Tổ dân phố số …").check()
    page.get_by_label("Số tổ dân phố hoặc thôn").fill("3")
    press(page.get_by_role("button", name="Tiếp tục"))
    sound(page)
    assert MASKED in page.locator(".comment .words").inner_text()
    assert page.get_by_label("Che số điện thoại").is_checked()
    press(page.get_by_role("button", name="Gửi ý kiến"))
    sound(page)  # asks to sign in; the words travel in the form
    page.get_by_label("Địa chỉ thư điện tử").fill(address)
    press(page.get_by_role("button", name="Gửi mã cho tôi"))
    sound(page)
    page.get_by_label("Mã sáu chữ số").fill(code_for(town, address))
    press(page.get_by_role("button", name="Đăng nhập", exact=True))
    assert page.get_by_label("Ý kiến của ông/bà").input_value() == WORDS
    assert page.get_by_label("Có làm, chưa rõ kết quả").is_checked()
    press(page.get_by_role("button", name="Tiếp tục"))
    press(page.get_by_role("button", name="Gửi ý kiến"))
    sound(page)
    assert re.search(r"/bien-nhan/GY\.20261124\.", page.url)
    assert "Đã tiếp nhận" in page.locator("main").inner_text()
    ratings, comments = stored(town)
    assert (ratings[-1].answer, ratings[-1].relation) == ("unclear", "local")
    mine = next(c for c in comments if c.person == ratings[-1].person)
    assert mine.words == WORDS.replace("0912 345 678", MASKED)
    assert mine.shown_as == "Người dân, Tổ dân phố số 3"
    press(page.get_by_role("link", name="Viết lại ý kiến"))
    sound(page)


def test_a_party_member_with_a_code_letter(page: Page, town: Settings) -> None:
    address = "dang-vien@thu.example"
    page.goto("/dang-nhap")
    page.get_by_label("Địa chỉ thư điện tử").fill(address)
    press(page.get_by_role("button", name="Gửi mã cho tôi"))
    page.get_by_label("Mã sáu chữ số").fill(code_for(town, address))
    press(page.get_by_role("button", name="Đăng nhập", exact=True))
    sound(page)
    page.get_by_label("Mã trên thư xác nhận").fill(letter(town).lower())
    press(page.get_by_role("button", name="Xác nhận tư cách"))
    sound(page)
    assert "Đảng viên, Phường Nhị Chiểu" in page.locator("main").inner_text()
    page.goto(f"{PLACE}/gop-y")
    page.get_by_label("Chưa thấy làm").check()
    page.get_by_label("Đảng viên").check()
    press(page.get_by_role("button", name="Tiếp tục"))
    assert "Câu trả lời đã được ghi nhận" in page.locator("main").inner_text()
    mine = next(r for r in stored(town)[0] if r.group == "party_member")
    assert (mine.standing, mine.answer) == ("verified", "not_seen")
    page.goto("/tai-khoan")
    press(page.get_by_role("button", name="Đăng xuất"))
    assert page.goto("/tai-khoan") is not None
    assert "/dang-nhap" in page.url


def test_in_english_without_script(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"/en{PLACE}/gop-y")
    page.get_by_label("I do not see anything done").check()
    page.get_by_label("Your comment (optional)").fill("The drain is not there yet.")
    press(page.get_by_role("button", name="Continue"))
    assert "This is how everybody will see it" in page.content()
    press(page.get_by_role("button", name="Send the comment"))
    assert "Sign in to have your say" in page.content()
    context.close()
