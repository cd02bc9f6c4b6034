"""The first minute: who promised what to us, and is it late? Two taps from the first page, on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from steps import press

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WARD = "/don-vi/phuong-nhi-chieu"


@dataclass
class Thumb:
    """Somebody with a phone, whose taps are counted and whose requests are seen."""

    page: Page
    taps: int = 0
    asked: list[str] = field(default_factory=list)

    def tap(self, target: Locator) -> None:
        """One tap, on something large enough that leads to another page."""
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        self.taps += 1
        press(target)

    def has_the_answer(self) -> bool:
        """Whether this is the ward's page and says who, what, by when and whether it is late."""
        text = self.page.locator("main").inner_text()
        if self.page.locator("h1").inner_text() != "Phường Nhị Chiểu":
            return False
        said = ("Lê Minh Họa", "Xử lý dứt điểm 41/41", "Hạn 30/10/2026", "Quá hạn", "quá 16 ngày làm việc")
        return all(one in text for one in said)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def thumb(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Thumb]:
    """A phone, with and without JavaScript."""
    context = chromium.new_context(base_url=site, java_script_enabled=request.param, **PHONE)  # type: ignore[arg-type]
    made = on_phone(context)
    made.page.goto("/")
    yield made
    assert context.cookies() == []
    context.close()


def on_phone(context: BrowserContext) -> Thumb:
    made = Thumb(context.new_page())
    made.page.on("request", lambda r: made.asked.append(f"{r.method} {r.url} {r.post_data or ''}"))
    return made


def test_two_taps_through_the_list_of_places(thumb: Thumb) -> None:
    assert not thumb.has_the_answer()  # the control: the first page is not about this ward
    thumb.tap(thumb.page.get_by_role("link", name="Xem mọi phường, xã"))
    thumb.tap(thumb.page.locator(".places").get_by_role("link", name="Phường Nhị Chiểu"))
    assert thumb.has_the_answer()
    assert thumb.taps == 2


def test_one_tap_where_few_places_have_programmes(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator(".wards").get_by_role("link", name="Phường Nhị Chiểu"))
    assert thumb.has_the_answer()
    assert thumb.taps == 1


def test_the_old_name_leads_there_by_the_filter(thumb: Thumb) -> None:
    thumb.page.goto("/don-vi")
    thumb.page.get_by_label("Lọc theo tên mới hoặc tên cũ").fill("minh tan")
    press(thumb.page.get_by_role("button", name="Lọc"))
    thumb.tap(thumb.page.locator(".places").get_by_role("link", name="Phường Nhị Chiểu"))
    assert thumb.has_the_answer()


def test_the_choice_is_kept_on_the_device_and_told_to_nobody(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, **PHONE)  # type: ignore[arg-type]
    thumb = on_phone(context)
    page = thumb.page
    page.goto("/don-vi")
    thumb.tap(page.locator(".places").get_by_role("link", name="Phường Nhị Chiểu"))
    assert page.locator("[data-here-is]").is_visible()
    page.goto("/")
    thumb.asked.clear()
    thumb.tap(page.locator("[data-mine-link]"))
    assert thumb.has_the_answer()
    pages = [one.strip() for one in thumb.asked if "/static/" not in one]
    assert pages == [f"GET {site}{WARD}"]  # the page itself, nothing about who chose it
    page.locator("[data-here-is] button").click()
    assert page.locator("[data-here-not]").is_visible()
    assert page.evaluate("localStorage.getItem('namro.unit')") is None
    page.goto("/")
    assert page.locator("[data-mine]").is_hidden()
    page.goto(WARD)
    page.locator("[data-here-not] button").click()
    assert page.evaluate("document.activeElement.closest('[data-here-is]') !== null")
    page.goto("/")
    assert page.locator("[data-mine-link]").inner_text() == "Phường Nhị Chiểu"
    page.locator("[data-mine-forget]").click()
    page.reload()
    assert page.locator("[data-mine]").is_hidden()
    assert context.cookies() == []
    context.close()


def test_where_nothing_may_be_kept_everything_still_works(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, **PHONE)  # type: ignore[arg-type]
    thumb = on_phone(context)
    thumb.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    thumb.page.goto("/")
    thumb.tap(thumb.page.locator(".wards").get_by_role("link", name="Phường Nhị Chiểu"))
    assert thumb.has_the_answer()
    assert thumb.page.locator("[data-here]").is_hidden()
    context.close()
