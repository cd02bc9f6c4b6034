"""A browser that tells of everything a page does by itself, and of what happens when it is provoked."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from hostile_texts import LOOSE
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Frame, Page, Request, Route

OUR_FILES = re.compile(r"(/van-phong)?/static/|/favicon")

# What stands in for the dialogs, in every frame, before any script of the page: a dialog would wait for us.
_TELL = """(() => {
  const tell = globalThis.tellTheTest;
  for (const name of ['alert', 'confirm', 'prompt', 'print'])
    globalThis[name] = () => { if (tell) tell(name); };
})()"""

# Does to every element what its own attributes wait for, as a visitor's mouse and keyboard would.
_PROVOKE = """async (loose) => {
  const found = {loose: 0, handlers: 0, addresses: 0, names: Object.getOwnPropertyNames(window)};
  found.origin = location.origin;
  for (const e of document.querySelectorAll('*')) {
    if (e.localName === loose) found.loose++;
    for (const a of [...e.attributes]) {
      if (/^on/i.test(a.name)) {
        found.handlers++;
        const what = a.name.slice(2).toLowerCase();
        for (const target of e === document.body ? [e, window] : [e])
          try { target.dispatchEvent(new Event(what, {bubbles: true, cancelable: true})); } catch {}
      } else if (/^[\\s\\x00-\\x20]*(javascript|vbscript|data):/i.test(a.value)
          && /(href|action|src|data|srcdoc)$/i.test(a.name)) {
        found.addresses++;
        try { e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})); } catch {}
        try { if (e.localName === 'form') e.requestSubmit(); } catch {}
      }
    }
  }
  await new Promise(done => setTimeout(done, %d));
  return found;
}"""


@dataclass
class Seen:
    """What one page did. ``ran``: scripts that ran; ``asked``: requests that no page of ours makes."""

    status: int = 0
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # on the console, or errors of scripts
    went: list[str] = field(default_factory=list)  # where it went by itself
    loose: int = 0  # canaries that became elements
    handlers: int = 0  # attributes that wait for an event
    addresses: int = 0  # links, forms and frames that lead to a script
    names: frozenset[str] = frozenset()  # of `window`

    @property
    def is_still(self) -> bool:
        """Whether nothing of the text became more than text."""
        return not (self.ran or self.asked or self.said or self.went) and not (
            self.loose or self.handlers or self.addresses
        )


class Watched:
    """One tab that opens pages of ``site`` and watches them."""

    def __init__(self, browser: Browser, site: str, *, patience: int = 10) -> None:
        self.site, self.seen, self._sent = site, Seen(), dict[str, str]()
        # Whatever is not on this machine leads nowhere. (Stopping it by a route would switch the cache off.)
        # What keeps pages for reading offline would ask for them once more; it is tried by itself elsewhere.
        self.context = browser.new_context(
            proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}, service_workers="block"
        )
        self.context.expose_function("tellTheTest", lambda name: self.seen.ran.append(name))
        self.context.add_init_script(_TELL)
        self.context.on("request", self._look_at)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._dismiss)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda fault: self.seen.said.append(f"pageerror {fault}"))
        self.page.on("framenavigated", self._follow)
        self.context.on("page", self._close_other)
        self._provoke = _PROVOKE % patience
        self._names: frozenset[str] = frozenset()

    def open(self, path: str, **form: str) -> Seen:
        """The page at ``path``, opened or, with ``form``, sent; then provoked."""
        self.seen = Seen()
        self._sent = form
        if form:
            self.page.route(self.site + path, self._send, times=1)
        with suppress(Error):  # a page that went elsewhere meanwhile; that is told of below
            answer = self.page.goto(self.site + path, wait_until="load", timeout=5_000)
            self.seen.status = answer.status if answer else 0
        return self.provoke()

    def provoke(self) -> Seen:
        """Do to the page that is open whatever its elements wait for."""
        seen = self.seen
        try:
            found = self.page.evaluate(self._provoke, LOOSE)
        except Error as fault:
            seen.went.append(str(fault))
            return seen
        if found["origin"] != self.site:  # it led away, and what is open now is the browser's own page
            seen.went.append(found["origin"])
            return seen
        seen.loose, seen.handlers, seen.addresses = found["loose"], found["handlers"], found["addresses"]
        names = frozenset(name for name in found["names"] if not name.isdigit())
        self._names = self._names or names
        seen.ran += [f"a new name: {name}" for name in sorted(names - self._names)]
        return seen

    def after(self, act: Callable[[], object]) -> Seen:
        """What the page does to which ``act`` leads."""
        self.seen = Seen()
        with suppress(Error):
            with self.page.expect_navigation(timeout=5_000) as leads:
                act()
            self.seen.status = leads.value.status if leads.value else 0
        return self.provoke()

    def close(self) -> None:
        """Close the tab."""
        self.context.close()

    def _send(self, route: Route) -> None:
        """Make the request that opens a page one that sends a form."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        headers = {**route.request.headers, **kind}
        route.continue_(method="POST", post_data=urlencode(self._sent), headers=headers)

    def _look_at(self, request: Request) -> None:
        """Tell of every request that no page of ours makes."""
        address = urlsplit(request.url)
        is_ours = request.url.startswith(self.site + "/")
        is_page = request.is_navigation_request() and request.frame == self.page.main_frame
        if not is_ours or not (is_page or OUR_FILES.match(address.path)):
            self.seen.asked.append(request.url[:200])

    def _hear(self, message: ConsoleMessage) -> None:
        is_blocked = "Service Worker registration blocked" in message.text  # by us, above
        if "status of 4" not in message.text and not is_blocked:  # an answer that is an error says so itself
            self.seen.said.append(f"{message.type} {message.text[:200]}")

    def _follow(self, frame: Frame) -> None:
        if frame != self.page.main_frame:
            self.seen.went.append(f"a frame {frame.url[:100]}")
        elif not frame.url.startswith(self.site + "/"):
            self.seen.went.append(frame.url[:200])

    def _dismiss(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.seen.ran.append(f"dialog {dialog.type}")
        dialog.dismiss()

    def _close_other(self, page: Page) -> None:
        if page != getattr(self, "page", page):
            self.seen.went.append("another window")
            page.close()


@contextmanager
def watching(browser: Browser, site: str, **more: int) -> Iterator[Watched]:
    """A tab that is closed in the end."""
    tab = Watched(browser, site, **more)
    try:
        yield tab
    finally:
        tab.close()
