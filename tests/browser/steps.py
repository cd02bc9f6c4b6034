"""A step from one page to the next, taken to its end: a click alone does not wait for where it leads."""

from playwright.sync_api import Locator


def press(target: Locator) -> None:
    """Click what leads to another page, and be there before anybody looks."""
    with target.page.expect_navigation():
        target.click()
