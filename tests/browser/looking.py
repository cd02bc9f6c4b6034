"""Looking a page over: axe, wide and on a phone, light and dark; kept as pictures if somebody wants to see.

With PORTAL_SHOTS=folder every screen that is looked at lies there afterwards.
"""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SHOTS = os.environ.get("PORTAL_SHOTS", "")
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def look_over(page: Page, name: str) -> None:
    """axe finds nothing, wide and on a phone, light and dark; nothing scrolls sideways."""
    for size, width in ((WIDE, "wide"), (PHONE, "phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options={"runOnly": WCAG})
            assert found.violations_count == 0, found.generate_report()
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate(_TOO_WIDE) <= 0, name
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
