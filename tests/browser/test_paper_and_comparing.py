"""Sheets as the browser prints them, and the pages of comparing: axe, widths, themes, one sheet."""

from collections.abc import Iterator

import pypdfium2
import pytest
import townhall
from axe_playwright_python.sync_playwright import Axe
from crowded import crowd
from looking import WCAG, look_over
from playwright.sync_api import Browser, Page
from served import serving
from test_public_pages import overflow

SCREENS = ("/don-vi", "/don-vi?q=khong-co-noi-nao", "/don-vi/phuong-nhi-chieu", "/cam-ket/cktn02/lich-su",
           "/cam-ket/ckgone/lich-su", "/cam-ket/ckdt01/doi-chieu", "/phuong-phap")  # fmt: skip
SHEETS = ("/don-vi/phuong-nhi-chieu/to-roi", "/cam-ket/cktn02/phieu", "/chuong-trinh/ct0chairman/phieu")
BOTTOM = 9 / 25.4 * 72  # points: the margin of a leaflet


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a ward where 71 things are promised at length."""
    with serving(townhall.open_door(crowd(tmp_path_factory.mktemp("crowded")))) as address:
        yield address


@pytest.mark.parametrize("path", [*SCREENS, *(f"/en{path}" for path in SCREENS[2:6])])
def test_pages_of_comparing_are_sound(page: Page, path: str) -> None:
    page.goto(path)
    look_over(page, path.strip("/").replace("/", "-"))


def test_small_phones_and_large_letters_lose_nothing(page: Page) -> None:
    for path in SCREENS:
        page.goto(path)
        page.set_viewport_size({"width": 320, "height": 640})
        assert overflow(page) == 0, path
        page.set_viewport_size({"width": 640, "height": 1280})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, path


@pytest.mark.parametrize("path", [*SHEETS, *(f"/en{path}" for path in SHEETS)])
def test_print_pages_are_sound_on_screen(page: Page, path: str) -> None:
    page.goto(path)
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width


def printed(page: Page) -> list[float]:
    """For each sheet the browser prints, how far above the edge its lowest letter ends, in points."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    found = []
    for number in range(len(document)):
        text = document[number].get_textpage()
        found.append(min(text.get_charbox(at)[1] for at in range(text.count_chars())))
        assert [round(side / 72 * 25.4) for side in document[number].get_size()] == [210, 297]
    document.close()
    return found


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_a_leaflet_is_one_sheet_whatever_was_promised(chromium: Browser, crowded: str, tongue: str) -> None:
    page = chromium.new_page(base_url=crowded)
    for ward in ("phuong-nhi-chieu", "phuong-kinh-mon", "xa-phu-thai"):
        page.goto(f"{tongue}/don-vi/{ward}/to-roi")
        sheets = printed(page)
        assert len(sheets) == 1, ward
        assert sheets[0] >= BOTTOM - 1
    more = "document.querySelector('.sheet').append(document.querySelector('footer').cloneNode(true))"
    page.evaluate(f"for (let n = 0; n < 9; n++) {more}")
    assert len(printed(page)) > 1  # the control: more would have run over
    page.close()


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_slips_stay_within_their_halves(page: Page, tongue: str) -> None:
    page.goto(f"{tongue}/chuong-trinh/ct0chairman/phieu")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
    over = "[...document.querySelectorAll('.slip')].map(e => e.scrollHeight - e.clientHeight)"
    assert len(printed(page)) == 4
    assert max(page.evaluate(over)) <= 0
    page.evaluate("document.querySelector('.slip .text').textContent = 'cam kết rất dài '.repeat(60)")
    assert max(page.evaluate(over)) > 0  # the control: a longer text would run over
