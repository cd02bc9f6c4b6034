"""A moderator at a real browser who never touches a mouse: next case, decisions, masking, second person.

With PORTAL_SHOTS=folder every screen is kept as a picture, to be looked at by a person.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from looking import PHONE, WIDE, look_over
from people import Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from speakers import BA, HAI, MOT, Square
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server
from world import World, who

from portal.inbox.feedback.acts import digest_of
from portal.office.moderation.months import publish_months
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Case
from portal.wsgi import side_by_side

QUEUE = "/van-phong/kiem-duyet"
SHARP = "Đường vào ngõ 5 vẫn ngập, làm chưa đến nơi đến chốn."
PERSONAL = "Xin gọi tôi số 0912345678 để xem đường ngập."
RUDE = "Bọn này chỉ ăn hại."
WHICH = "() => [...document.querySelectorAll('.cases .name a')].indexOf(document.activeElement)"


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


@dataclass(frozen=True)
class Served:
    """Both doors on one port of this machine, over a square where people speak."""

    square: Square
    office: Office
    address: str

    def seat(self, chromium: Browser, person: Person) -> Page:
        """A browser in which ``person`` is signed in."""
        context = chromium.new_context(base_url=self.address, viewport=WIDE)  # type: ignore[arg-type]
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": "/van-phong"}
        context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        return context.new_page()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Square(World(tmp_path, base_url="http://127.0.0.1", review_percent=0)).settle_in()
    office = Office(made.world)
    doors = side_by_side(made.world.public, office.app)
    server = make_server("127.0.0.1", 0, doors, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(made, office, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    made.close()


def say_to(square: Square, person: Person, words: str) -> None:
    """A comment that is given to ``person``."""
    code = square.heard(words)
    with square.world.work() as w:
        w.session.scalars(select(Case).where(Case.code == code)).one().assigned_id = who(w, person).id


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on ``selector``."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def enter(page: Page) -> None:
    """Press Enter on what leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, decision: str) -> None:
    """Go to the choices and on to ``decision`` by arrow keys, looking where the focus is."""
    tab_to(page, "input[name=decision]")
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("() => document.activeElement.value") == decision:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never reach {decision}")


def test_a_moderator_works_by_keyboard_alone(served: Served, chromium: Browser) -> None:
    here, address = served.square, served.address
    for words in (SHARP, PERSONAL, RUDE):
        say_to(here, MOT, words)
    page = served.seat(chromium, MOT)
    page.goto(QUEUE)
    look_over(page, "kiem-duyet-hang-cho")
    tab_to(page, "button[accesskey=k]")
    enter(page)
    look_over(page, "kiem-duyet-mot-y-kien")
    seen = 0
    while page.url != f"{address}{QUEUE}":
        said = page.locator("blockquote").inner_text()
        if said == PERSONAL:
            mask(page)
        elif said == RUDE:
            refuse(page)
        else:
            assert said == SHARP
            choose(page, "publish")
        tab_to(page, "button[accesskey=g]")
        enter(page)
        seen += 1
        assert seen <= 3
    assert seen == 3
    expect(page.get_by_text("Không còn ý kiến nào chờ ông/bà.", exact=True)).to_be_visible()
    confirm(served, chromium)
    read_by_everybody(here, address, chromium)


def test_single_letters_work_can_be_changed_and_turned_off(served: Served, chromium: Browser) -> None:
    """One letter each, only outside fields; changed and turned off by their owner, kept on the device."""
    here = served.square
    for words in (SHARP, f"{SHARP} Lần hai.", f"{SHARP} Lần ba."):
        say_to(here, MOT, words)
    page = served.seat(chromium, MOT)
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(WHICH) == 1
    page.keyboard.press("i")
    assert page.evaluate(WHICH) == 0
    press(page, "k")
    page.keyboard.press("g")  # nothing was chosen: nothing is sent, the focus goes to the choices
    assert page.evaluate("() => document.activeElement.name") == "decision"
    page.keyboard.press("l")
    assert page.evaluate("() => document.activeElement.id") == "reason"
    tab_to(page, "#note")
    page.keyboard.type("dxg1?")  # in a field a letter is a letter
    assert page.locator("#note").input_value() == "dxg1?"
    page.locator("h1").click()
    page.keyboard.press("1")
    assert page.locator("input[name=decision]").first.is_checked()
    press(page, "g")
    assert page.locator("blockquote").count() == 1  # the next one opened by itself
    change_keys(page)
    page.keyboard.press("g")
    assert page.evaluate("() => document.activeElement.name") != "decision"  # it has no meaning any more
    page.keyboard.press("1")
    press(page, "m")
    page.keyboard.press("?")
    page.get_by_label("Dùng phím tắt một chữ").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("1")
    page.keyboard.press("?")
    assert not page.locator("input[name=decision]").first.is_checked()
    assert page.locator("dialog[open]").count() == 0
    with here.world.work() as w:
        assert sorted(w.session.scalars(select(Case.state))) == ["shown", "shown", "waiting"]


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def change_keys(page: Page) -> None:
    """Give sending another letter; one that is taken is refused."""
    page.keyboard.press("?")
    look_over(page, "kiem-duyet-phim-tat")
    field = page.get_by_label("Ghi quyết định, sang ý kiến kế tiếp")
    for typed, told in (("x", "đã dùng"), ("ă", "không dấu"), ("m", "Đã đổi")):
        field.fill(typed)
        field.press("Tab")
        expect(page.locator("dialog [role=status]")).to_contain_text(told)
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def mask(page: Page) -> None:
    """What the machine found is masked already; how it will be read is looked at first."""
    tab_to(page, "button[accesskey=x]")
    enter(page)
    assert "[đã che: số điện thoại]" in page.locator(".notice .voice").inner_text()
    look_over(page, "kiem-duyet-ban-che")
    choose(page, "publish_masked")


def refuse(page: Page) -> None:
    """Without a reason it is sent back with everything still there; then with one, typed into the list."""
    choose(page, "refuse")
    tab_to(page, "button[accesskey=g]")
    enter(page)
    expect(page.locator("#reason-fault")).to_be_visible()
    look_over(page, "kiem-duyet-thieu-ly-do")
    assert page.locator("#d-refuse").is_checked()
    tab_to(page, "#reason")
    page.keyboard.type("Vu kh")
    assert page.locator("#reason").input_value() == "defamation"


def confirm(served: Served, chromium: Browser) -> None:
    """The second person sees the proposal and confirms it, with no mouse either."""
    here = served.square
    with here.world.work() as w:
        case = w.session.scalars(select(Case).where(Case.state == "refusal_proposed")).one()
        case.assigned_id = who(w, HAI).id
    page = served.seat(chromium, HAI)
    page.goto(QUEUE)
    tab_to(page, "button[accesskey=k]")
    enter(page)
    expect(page.get_by_role("heading", name="Đề nghị không đăng")).to_be_visible()
    look_over(page, "kiem-duyet-nguoi-thu-hai")
    choose(page, "confirm")
    tab_to(page, "button[accesskey=g]")
    enter(page)
    with here.world.work() as w:
        assert sorted(w.session.scalars(select(Case.state))) == ["refused", "shown", "shown"]


def read_by_everybody(here: Square, address: str, chromium: Browser) -> None:
    """What the public reads afterwards: two comments, a stub, the ledger; never the rude words."""
    with here.world.work() as w:
        publish_months(w, signer=here.world.signer)
    page = chromium.new_context(base_url=address, viewport=WIDE).new_page()  # type: ignore[arg-type]
    page.goto(f"/cam-ket/{here.commitment}/y-kien")
    text = page.locator("main").inner_text()
    assert SHARP in text
    assert "0912345678" not in text
    assert "ăn hại" not in text
    look_over(page, "y-kien")
    page.goto("/kiem-duyet")
    assert "hai người quyết định" in page.locator("main").inner_text()
    look_over(page, "so-kiem-duyet")


def test_a_refused_author_appeals_and_is_heard(served: Served, chromium: Browser) -> None:
    """By receipt alone: the reason, one appeal, a third person, and then the words are read by all."""
    here = served.square
    code = here.submit(SHARP)
    with here.world.work() as w:
        named = digest_of(w, code)
    here.world.later(hours=2)
    here.take_in()
    here.decide(named, Decision.REFUSE, reason="off_topic")
    here.decide(named, Decision.CONFIRM, by=HAI, message="Xin gửi ở cam kết về thoát nước.")
    page = chromium.new_context(base_url=served.address, viewport=PHONE).new_page()  # type: ignore[arg-type]
    page.goto("/bien-nhan")
    page.locator("input[name=ma]").fill(code.lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told = page.locator("main").inner_text()
    assert "Không đăng" in told
    assert "Không liên quan đến cam kết này" in told
    assert "Xin gửi ở cam kết về thoát nước." in told
    assert SHARP not in told
    page.locator("#ly_do").fill("Ngập nước là do quy hoạch treo trong cam kết này.")
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi đề nghị xem lại").click()
    here.take_in()
    hear_it(served, chromium, named)
    page.reload()
    told = page.locator("main").inner_text()
    assert "quyết định chưa đúng" in told
    assert page.get_by_role("button", name="Gửi đề nghị xem lại").count() == 0
    page.goto(f"/cam-ket/{here.commitment}/y-kien")
    assert SHARP in page.locator("main").inner_text()


def hear_it(served: Served, chromium: Browser, named: str) -> None:
    """The third person reads what the author says, and shows the words after all."""
    with served.square.world.work() as w:
        case = w.session.scalars(select(Case).where(Case.code == named)).one()
        case.assigned_id = who(w, BA).id
    page = served.seat(chromium, BA)
    page.goto(QUEUE)
    tab_to(page, "button[accesskey=k]")
    enter(page)
    assert "do quy hoạch treo" in page.locator("main").inner_text()
    look_over(page, "kiem-duyet-xem-lai")
    choose(page, "publish")
    tab_to(page, "button[accesskey=g]")
    enter(page)
