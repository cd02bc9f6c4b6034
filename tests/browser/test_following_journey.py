"""A reader without an account follows a commitment: asks, confirms by mail, is written to, stops."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from followed_town import LINK, FollowedTown
from looking import look_over
from mail_server import Box, mail_server
from playwright.sync_api import Browser, Page, expect
from served import serving
from steps import press

ADDRESS = "ba.lan@example.vn"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FollowedTown]:
    with mail_server() as (box, address):
        made = FollowedTown(tmp_path, box, address)
        yield made
        made.close()


@pytest.fixture
def reader(town: FollowedTown, chromium: Browser) -> Iterator[Page]:
    """A phone; a message on the console fails the test."""
    with serving(town.door) as site:
        context = chromium.new_context(base_url=site, viewport={"width": 360, "height": 740})
        page, complaints = context.new_page(), []
        page.on("console", lambda m: complaints.append(m.text) if "status of 4" not in m.text else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        yield page
        assert context.cookies() == []  # following needs none
        context.close()
        assert complaints == []


def links(box: Box) -> list[str]:
    """The links of the last letter, in order."""
    return LINK.findall(box.texts()[-1])


def test_follow_confirm_be_told_and_stop(town: FollowedTown, reader: Page) -> None:
    reader.goto("/cam-ket/ckdt01")
    press(reader.get_by_role("link", name="Nhận thư khi có thay đổi"))
    look_over(reader, "follow-ask")
    reader.get_by_label("Địa chỉ thư điện tử").fill(ADDRESS)
    reader.get_by_label("Ngay khi có thay đổi").check()
    press(reader.get_by_role("button", name="Gửi thư xác nhận cho tôi"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Xin mở hộp thư")
    look_over(reader, "follow-sent")

    reader.goto(links(town.box)[0])
    look_over(reader, "follow-confirm")
    press(reader.get_by_role("button", name="Xác nhận theo dõi"))
    expect(reader.get_by_role("status")).to_contain_text("Đã xác nhận")
    look_over(reader, "follow-manage")

    town.report("ckdt01", "91", confirmed=True)
    assert town.deliver().sent == 1
    assert "Đã được xác nhận: 24/11/2026, 91%" in town.box.texts()[-1]

    stop = links(town.box)[0]
    assert "/dung/" in stop
    reader.goto(stop)
    look_over(reader, "follow-stop")
    press(reader.get_by_role("button", name="Dừng thư về mục này"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Đã dừng")
    town.later(hours=1)
    town.report("ckdt01", "92", days=1)
    assert town.deliver().sent == 0

    reader.goto(links(town.box)[1])  # the page of somebody who no longer follows
    expect(reader.get_by_role("heading", level=1)).to_have_text("Đường dẫn không còn dùng được")
    reader.goto("/en" + stop.replace("/dung/", "/quan-ly/"))
    look_over(reader, "follow-over-en")


def test_a_saved_search_is_followed_from_its_results(town: FollowedTown, reader: Page) -> None:
    reader.goto("/en/tim-kiem?q=giai+ngan&don_vi=phuong-nhi-chieu")
    press(reader.get_by_role("link", name="Be written to when there are new results or changes"))
    expect(reader.get_by_role("main")).to_contain_text("Search results: giai ngan")
    look_over(reader, "follow-search-en")
    reader.get_by_label("E-mail address").fill("x")
    reader.locator("form").evaluate("form => form.noValidate = true")
    press(reader.get_by_role("button", name="Send me the confirmation"))
    expect(reader.locator(".fault")).to_be_visible()
    look_over(reader, "follow-fault-en")
