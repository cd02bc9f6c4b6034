"""The search field as a combobox (ARIA Authoring Practices): keyboard alone, a finger, no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(params=["/tim-kiem", "/"])
def field(page: Page, request: pytest.FixtureRequest) -> Locator:
    """The search field of a page, focused."""
    page.goto(request.param)
    found = page.get_by_role("combobox", name="Tìm cam kết, phường xã hoặc cán bộ")
    found.focus()
    return found


def offered(page: Page, text: str = "") -> Locator:
    """The suggestions that say ``text``; a plain choice has options too."""
    return page.locator(".suggested [role=option]", has_text=text)


def test_arrows_choose_and_enter_goes_there(page: Page, field: Locator) -> None:
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("minh t", delay=20)
    options = offered(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("gợi ý")
    unit = offered(page, "Phường Minh Tân")
    expect(unit).to_contain_text("tên cũ, nay thuộc Phường Nhị Chiểu")
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
        if unit.get_attribute("aria-selected") == "true":
            break
    assert field.get_attribute("aria-activedescendant") == unit.get_attribute("id")
    assert field.input_value() == "minh t"  # the words stay as typed
    assert Axe().run(page, options={"runOnly": WCAG}).violations_count == 0
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/don-vi/phuong-nhi-chieu?tu=phuong-minh-tan-cu")  # the old name leads on


def test_escape_closes_and_enter_then_searches_what_was_typed(page: Page, field: Locator) -> None:
    page.keyboard.type("dau tu", delay=20)
    expect(offered(page).first).to_be_visible()
    page.keyboard.press("ArrowUp")  # the last one
    expect(offered(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")  # and on to none
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "dau tu"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/tim-kiem?q=dau+tu")


def test_nothing_is_asked_while_a_word_is_being_composed(page: Page, field: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/goi-y" in sent.url else None)
    field.dispatch_event("compositionstart")
    field.fill("đầu tư")
    page.wait_for_timeout(400)
    assert asked == []
    with page.expect_response(lambda answer: "/goi-y" in answer.url):
        field.dispatch_event("compositionend")
    expect(offered(page).first).to_be_visible()


def test_a_finger_chooses_and_leaving_the_field_closes(page: Page, field: Locator) -> None:
    page.keyboard.type("nhị ch", delay=20)
    option = offered(page, "Phường Nhị Chiểu").first
    expect(option).to_be_visible()
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    page.keyboard.press("Tab")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.focus()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        option.click()
    assert page.url.endswith("/don-vi/phuong-nhi-chieu")


def test_without_script_it_is_a_plain_field(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tim-kiem")
    field = page.get_by_role("searchbox")
    field.fill("dau tu cong")
    page.get_by_label("Trễ hạn").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Áp dụng").click()
    assert "tre_han=1" in page.url
    context.close()
