"""Months of procedures and long work at a real browser: looked over, the tab closed and opened again."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import look_over
from months import slug_of
from people import CITY, CONG, NHI_CHIEU, SOAN, Person
from playwright.sync_api import Browser, Page, expect
from seated import Office
from steps import press
from werkzeug.serving import WSGIRequestHandler, make_server
from world import World

from portal.commands.jobs import Runner
from portal.kernel.policy import Role
from portal.office.jobs import acts
from portal.office.jobs.rules import JobState
from portal.wsgi import side_by_side

LAM = Person("Vũ Thị Lâm", "lam@namro.example", Role.EVALUATOR, CITY)
CSV = (
    "Tháng;Đã giải quyết;Trước hạn;Đúng hạn;Trễ hạn;Số liệu đến ngày;Nguồn\n"
    "06/2026;chưa kết nối;;;;30/06/2026;Một cửa (minh họa)\n07/2026;;;;;31/07/2026;Một cửa (minh họa)\n"
    "09/2026;0;0;0;0;30/09/2026;Một cửa (minh họa)\n10/2026;124;70;45;9;31/10/2026;Một cửa (minh họa)\n"
)
TYPED = {"month": "11/2026", "handled": "3", "early": "1", "on_time": "1", "late": "1"}


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads who opened what, not even in a test."""


class Served:
    """Both doors on one port of this machine."""

    def __init__(self, world: World, address: str, office: Office) -> None:
        self.world, self.address, self.office = world, address, office

    def page_of(self, chromium: Browser, person: Person, *, script: bool = True) -> Page:
        """A browser in which ``person`` is signed in."""
        context = chromium.new_context(base_url=self.address, java_script_enabled=script)
        cookie = self.office.seat(person).cookie
        here = {"domain": "127.0.0.1", "path": "/van-phong"}
        context.add_cookies([{"name": "van-phong", "value": cookie, **here}])  # type: ignore[list-item]
        return context.new_page()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    world = World(tmp_path, base_url="http://127.0.0.1").settle_in()
    office = Office(world)
    doors = side_by_side(world.public, office.app)
    server = make_server("127.0.0.1", 0, doors, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(world, f"http://127.0.0.1:{server.server_port}", office)
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()


def test_months_from_a_file_and_by_hand_to_the_public(served: Served, chromium: Browser) -> None:
    slug = slug_of(served.world, NHI_CHIEU)
    page = served.page_of(chromium, SOAN)
    page.goto(f"/van-phong/thu-tuc/{slug}/nhap")
    look_over(page, "months-import")
    page.set_input_files("#file", {"name": "thang.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
    page.check("#disclosed")
    press(page.get_by_role("button", name="Xem trước"))
    look_over(page, "months-preview")
    press(page.get_by_role("button", name="Ghi 4 tháng"))
    look_over(page, "months-unit")
    press(page.get_by_role("link", name="Nhập một tháng"))
    for name, text in TYPED.items():
        page.fill(f"#{name}", text)
    page.get_by_label("Có số liệu").first.check()
    page.fill("#counted_on", "20/11/2026")
    page.fill("#source", "Một cửa (số liệu minh họa)")
    page.get_by_label("Có", exact=True).check()
    look_over(page, "months-form")
    press(page.get_by_role("button", name="Lưu"))
    other = served.page_of(chromium, CONG)
    other.goto(f"/van-phong/thu-tuc/{slug}/cong-bo")
    look_over(other, "months-publish")
    press(other.get_by_role("button", name="Công bố"))
    for path in (f"/don-vi/{slug}", f"/en/don-vi/{slug}/thu-tuc", f"/don-vi/{slug}/thu-tuc/lich-su"):
        other.goto(path)
        look_over(other, "months-public" + path.replace("/", "-"))
    other.goto(f"/don-vi/{slug}")
    expect(other.locator("svg.months rect.good")).to_have_count(2)  # a zero has no bar
    expect(other.locator("svg.months rect.gap")).to_have_count(1)  # August was never published
    other.emulate_media(media="print")
    expect(other.locator("table.months")).to_be_visible()


def test_a_job_outlives_its_tab(served: Served, chromium: Browser) -> None:
    served.world.bring_in(served.world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    page = served.page_of(chromium, LAM)
    page.goto("/van-phong/viec")
    press(page.get_by_role("button", name="Xuất danh mục (.xlsx)"))
    place = page.url
    look_over(page, "job-waiting")
    with served.world.work() as w:
        row = acts.claim(w, "a")
        assert row is not None
        key = row.id
    with served.world.work() as w:
        acts.beat(w, key, "a", done=30, total=120)
    expect(page.get_by_role("status").last).to_have_text("Đang chạy: 30 / 120 (25%)")  # without loading again
    assert page.locator("progress").evaluate("bar => bar.value") == 30
    look_over(page, "job-running")
    page.close()
    served.world.later(minutes=2)
    again = served.page_of(chromium, LAM, script=False)
    again.goto(place)
    expect(again.locator("main")).to_contain_text("không còn phản hồi")
    press(again.get_by_role("button", name="Chạy lại"))
    assert Runner(served.world.settings, served.world.office).look() is JobState.DONE
    press(again.get_by_role("link", name="Tải lại để xem"))
    with again.expect_download() as found:
        again.get_by_role("link", name="Tải tệp (.xlsx)").click()
    assert found.value.suggested_filename == "danh-muc-2026-11-24.xlsx"
    done = served.page_of(chromium, LAM)
    done.goto(place)
    look_over(done, "job-done")
    done.goto("/van-phong/viec")
    look_over(done, "jobs")
