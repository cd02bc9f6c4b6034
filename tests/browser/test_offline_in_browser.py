"""Reading without a network, in a real browser: what is kept, what never is, what leaves the device again."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import town
import townhall
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from test_public_pages import overflow
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.record.append import Line
from portal.record.documents import Act, Kind, Notice, TombstoneDoc

READY = "navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 150)))"
KEPT = """async () => (await Promise.all((await caches.keys()).map(async name =>
  (await (await caches.open(name)).keys()).map(one => new URL(one.url)))))
  .flat().map(url => url.pathname + url.search).filter(path => !path.startsWith('/static/'))"""


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


class Street:
    """The town's public door on one port, which can be unplugged and plugged in again."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.plug_in()

    def plug_in(self) -> None:
        """Answer from now on."""
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=_Silent)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def unplug(self) -> None:
        """There is no network."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """A town of its own: things are taken down in it."""
    settings = townhall.found(tmp_path)
    made = Street(townhall.open_door(settings))
    made.app.config["settings"] = settings
    yield made
    made.unplug()


@pytest.fixture
def phone(chromium: Browser, street: Street) -> Iterator[Page]:
    """A phone that complains when a script of ours does."""
    context: BrowserContext = chromium.new_context(
        base_url=f"http://127.0.0.1:{street.port}", viewport={"width": 360, "height": 740}
    )
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on(
        "console",
        lambda m: complaints.append(m.text) if "Security Policy" in m.text or "Trusted" in m.text else None,
    )
    yield page
    context.close()
    assert complaints == []


def kept(page: Page) -> list[str]:
    """The paths this device keeps."""
    page.wait_for_timeout(200)  # keeping goes on behind the page
    found: list[str] = page.evaluate(KEPT)
    return found


def see(page: Page, *paths: str) -> None:
    """Open each of ``paths`` with the worker at hand."""
    for path in paths:
        page.goto(path)
        page.evaluate(READY)


def test_what_was_seen_is_read_without_a_network_and_nothing_else_is(phone: Page, street: Street) -> None:
    see(phone, "/cam-ket/ckdt01", "/", "/en/cam-ket/cktn02", "/ngoai-tuyen")
    street.unplug()
    phone.goto("/cam-ket/ckdt01")  # the very first page, seen before there was a worker
    assert "đang xem bản đã lưu lúc" in phone.locator(".kept").inner_text()
    assert phone.locator(".now").is_visible()
    assert phone.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
    assert overflow(phone) == 0
    phone.goto("/en/cam-ket/cktn02")
    assert "You are reading a copy kept at" in phone.locator(".kept").inner_text()
    answer = phone.goto("/don-vi")
    assert answer is not None
    assert answer.status == 503
    listed = phone.locator("[data-kept]")
    assert "chưa được lưu" in listed.inner_text()
    assert listed.locator("a").count() == 3
    with phone.expect_navigation():
        listed.locator("a[href='/cam-ket/ckdt01']").click()
    assert phone.locator(".kept").is_visible()
    street.plug_in()
    phone.goto("/cam-ket/ckdt01")
    assert phone.locator(".kept").count() == 0  # the network comes first


def test_pages_for_one_person_are_never_kept(phone: Page, street: Street) -> None:
    see(phone, "/", "/bien-nhan", "/dang-nhap", "/theo-doi?muc=cam-ket/ckdt01", "/cam-ket/ckdt01/gop-y")
    see(phone, "/tim-kiem?q=minh+tan", "/tinh-trang", "/cam-ket/ckdt01/y-kien")
    # The control: a page beside them is kept by the same browser.
    assert {path for path in kept(phone) if path not in ("/ngoai-tuyen", "/moc")} == {
        "/",
        "/cam-ket/ckdt01/y-kien",
    }


def test_what_is_taken_down_leaves_the_device_when_it_is_online_again(phone: Page, street: Street) -> None:
    see(phone, "/cam-ket/ckdt01", "/en/cam-ket/ckdt01", "/cam-ket/ckdt01/lich-su", "/cam-ket/cktn02")
    street.unplug()
    phone.goto("/cam-ket/ckdt01")
    assert phone.locator(".kept").is_visible()
    withdraw(street, "ckdt01")
    street.plug_in()
    start_anew(phone)
    see(phone, "/phuong-phap")  # another page: nobody asked for the one that is gone
    phone.wait_for_timeout(600)
    assert not [path for path in kept(phone) if "ckdt01" in path]
    assert "/cam-ket/cktn02" in kept(phone)  # the control: what stands stays
    street.unplug()
    answer = phone.goto("/cam-ket/ckdt01")
    assert answer is not None
    assert answer.status == 503
    assert phone.locator(".kept").count() == 0
    street.plug_in()


def test_whoever_meets_the_tombstone_loses_every_copy_at_once(phone: Page, street: Street) -> None:
    see(phone, "/cam-ket/ckdt01", "/en/cam-ket/ckdt01", "/cam-ket/ckdt01/lich-su", "/cam-ket/ckdt01?ban=1")
    assert [path for path in kept(phone) if "ckdt01" in path]
    withdraw(street, "ckdt01")
    see(phone, "/cam-ket/ckdt01")
    assert not [path for path in kept(phone) if "ckdt01" in path]


def test_a_device_keeps_so_many_and_forgets_all_on_request(phone: Page, street: Street) -> None:
    see(phone, "/")
    phone.evaluate("""async () => { const shelf = await caches.open('namro-trang');
      for (let i = 0; i < 80; i++) await shelf.put('/cam-ket/x' + i, new Response('x')); }""")
    see(phone, "/cam-ket/ckdt01")
    assert len(kept(phone)) <= 60 + 2
    phone.goto("/ngoai-tuyen")
    with phone.expect_navigation():
        phone.locator("[data-forget-kept] button").click()
    assert [path for path in kept(phone) if path.startswith("/cam-ket")] == []


ATTACKS = (
    "navigator.serviceWorker.register('/static/js/suggest.js')",
    "trustedTypes.createPolicy('giu-trang', {createScriptURL: x => x})",
    "trustedTypes.createPolicy('other', {createScriptURL: x => x})",
)


def test_no_other_script_can_become_a_worker(chromium: Browser, street: Street) -> None:
    page = chromium.new_page(base_url=f"http://127.0.0.1:{street.port}")
    see(page, "/")
    for attack in ATTACKS:
        tried = f"(async () => {{ try {{ await {attack}; return 'did' }} catch {{ return 'no' }} }})()"
        assert page.evaluate(tried) == "no", attack
    # The control: ours became one, by a policy of this very kind.
    assert page.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("/sw.js")
    page.context.close()


def withdraw(street: Street, ref: str) -> None:
    """Take ``ref`` down."""
    stone = TombstoneDoc(ref=ref, withdrawn_on=townhall.NOW.date(), reason="Công bố nhầm (minh họa)")
    line: Line = town.line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason="Công bố nhầm (minh họa)"))
    townhall.write(street.app.config["settings"], [line])


def start_anew(page: Page) -> None:
    """Let the worker stop, as a browser does with one that has nothing to do, so that it starts anew."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()
