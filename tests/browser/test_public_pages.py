"""What only a real browser can tell: keyboard, memory on the device, no script, paper, contrast.

What every page must be in every combination is in test_every_public_page.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PATHS = (
    "/",
    "/tim-kiem",
    "/tim-kiem?q=minh+tan",
    "/don-vi",
    "/don-vi/phuong-nhi-chieu?tu=phuong-minh-tan-cu",
    "/don-vi/xa-thuong-quan-cu",
    "/chuong-trinh/ct0chairman",
    "/chuong-trinh/ct0chairman/lich-su",
    "/cam-ket/ckdt01",
    "/cam-ket/cktn02",
    "/cam-ket/cktn02?ban=1",
    "/cam-ket/cktn02/lich-su",
    "/cam-ket/ckcc01",
    "/cam-ket/ckgone",
    "/so-cai",
    "/so-cai/3",
    "/du-lieu",
    "/phuong-phap",
    "/tro-giup",
    "/tinh-trang",
    "/khong-co",
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What is cut off by its own box, except what is hidden from sight on purpose.
CUT_OFF = """() => [...document.querySelectorAll('main *')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden')
    .filter(e => !e.matches('.unseen, .unseen *') && getComputedStyle(e).clipPath === 'none')
    .map(e => e.outerHTML.slice(0, 80))"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input, select, nav a, .button')]
    .filter(e => e.offsetParent && !e.closest('.skip'))
    .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
    .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def test_axe_would_find_something(page: Page) -> None:
    page.goto("/tro-giup")
    assert Axe().run(page, options={"runOnly": WCAG}).violations_count == 0
    page.evaluate(
        "document.querySelector('h1').insertAdjacentElement('afterend', document.createElement('img'))"
    )
    assert Axe().run(page, options={"runOnly": WCAG}).violations_count > 0


def test_what_matters_most_can_be_touched_with_a_thumb(page: Page) -> None:
    page.goto("/")
    for selector in (
        ".seek button",
        ".seek input",
        ".mine select",
        ".mine form button",
        ".mast nav a",
        ".tongue",
    ):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["height"] >= 44, selector


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/cam-ket/ckdt01")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_focus_is_always_visible(page: Page) -> None:
    page.goto("/")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


def test_the_ward_is_remembered_on_the_device_and_can_be_forgotten(page: Page) -> None:
    page.goto("/")
    assert page.locator("[data-mine]").is_hidden()
    page.select_option("#den", "phuong-minh-tan-cu")
    page.click(".mine button.quiet")
    assert page.url.endswith("/don-vi/phuong-nhi-chieu?tu=phuong-minh-tan-cu")
    page.goto("/")
    link = page.locator("[data-mine-link]")
    assert link.get_attribute("href") == page.url.rstrip("/") + "/don-vi/phuong-minh-tan-cu"
    page.click("[data-mine-forget]")
    assert page.locator("[data-mine]").is_hidden()
    page.reload()
    assert page.locator("[data-mine]").is_hidden()
    assert page.context.cookies() == []


def test_a_spoilt_memory_harms_nothing(page: Page) -> None:
    page.goto("/")
    for spoilt in ("not json", '{"slug":"//evil.example","name":"x"}', '{"slug":"<b>","name":"<img src=x>"}'):
        page.evaluate("value => localStorage.setItem('namro.unit', value)", spoilt)
        page.reload()
        assert page.locator("[data-mine]").is_hidden()


def test_everything_works_without_script(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.select_option("#den", "phuong-kinh-mon")
    page.click(".mine button.quiet")
    assert page.url.endswith("/don-vi/phuong-kinh-mon")
    page.click(".rows a")
    page.click(".task a")
    assert "/cam-ket/" in page.url
    page.click(".tongue")
    assert "/en/cam-ket/" in page.url
    context.close()


def test_letters_arrive_without_moving_anything(page: Page) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) "
        "window.moved += e.value }).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto("/cam-ket/ckdt01")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
    assert page.evaluate("window.moved") < 0.02


def test_on_paper_the_menu_is_gone_and_the_figures_stay(page: Page) -> None:
    page.goto("/cam-ket/ckdt01")
    page.emulate_media(media="print")
    assert page.locator(".mast nav").is_hidden()
    assert page.locator(".now").is_visible()
    assert page.locator("table.reports").is_visible()
    assert page.locator(".printed").inner_text().endswith("/cam-ket/ckdt01")  # paper says where it is from


A4 = {"width": 673, "height": 1000}  # what 16 mm margins leave, in CSS pixels
PRINTED = (
    *("/", "/don-vi/phuong-nhi-chieu", "/don-vi/phuong-nhi-chieu/thu-tuc", "/chuong-trinh/ct0chairman"),
    *("/cam-ket/cktn02", "/cam-ket/cktn02/lich-su", "/cam-ket/cktn02/danh-gia", "/cam-ket/cktn02/doi-chieu"),
    *("/tim-kiem?q=minh+tan", "/tiep-can", "/phuong-phap"),
)
# In print nothing scrolls: what runs out of the sheet is lost.
LOST = """() => [...document.querySelectorAll('main *, footer *')]
    .filter(e => e.checkVisibility() && !e.closest('svg svg, .unseen'))
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 80))"""
TO_PRESS = """() => [...document.querySelectorAll('nav, button, input, select')]
    .filter(e => e.checkVisibility()).length"""


def test_on_a_sheet_nothing_is_lost_and_nothing_waits_to_be_pressed(page: Page) -> None:
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    for path in PRINTED:
        page.goto(path)
        assert page.evaluate(LOST) == [], path
        assert page.evaluate(TO_PRESS) == 0, path
    page.emulate_media(media="screen")  # the control
    assert page.evaluate(TO_PRESS) > 0


def test_with_more_contrast_no_word_is_grey(page: Page) -> None:
    page.emulate_media(contrast="more")
    page.goto("/cam-ket/ckdt01")
    soft = "getComputedStyle(document.querySelector('.now .soft')).color"
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert page.evaluate(soft) == ink
    page.emulate_media(contrast="no-preference")
    assert page.evaluate(soft) != ink


def test_with_forced_colours_drawings_are_still_seen(page: Page) -> None:
    page.goto("/cam-ket/ckdt01")
    page.emulate_media(forced_colors="active")
    stroke = page.evaluate("getComputedStyle(document.querySelector('.lane')).stroke")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert stroke != paper
