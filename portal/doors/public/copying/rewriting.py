"""One page of a static copy: its links lead to files, what needs the server is replaced by a sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from portal.doors.formats import Formats
from portal.doors.language import ENGLISH, VIETNAMESE, catalogue
from portal.doors.public.copying.names import SEARCH, Names, way

# Vietnamese; every sentence is in the catalogue.
COPY = "Bản sao tĩnh, đến mục %(size)s của sổ cái, %(at)s."
NEWEST = "Xem bản đang chạy"
NO_SEARCH = "Bản sao này không tìm kiếm được. Xin chọn trong danh sách phường, xã:"
PLACES = "Danh sách phường, xã"
NEEDS_THE_SITE = "Việc này chỉ làm được ở trang đang chạy:"
ELSEWHERE = "Địa chỉ này dẫn đến trang khác"
THERE = "Đến trang đó"
SAYINGS = (COPY, NEWEST, NO_SEARCH, PLACES, NEEDS_THE_SITE, ELSEWHERE, THERE)

_SCRIPT = re.compile(r"<script\b(?![^>]*ld\+json)[^>]*>.*?</script>\n?", re.DOTALL)
_EAGER = re.compile(r'<link\b[^>]*\brel="(?:preload|manifest|search)"[^>]*>\n?')
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_ACTION = re.compile(r'\baction="([^"]*)"')
_LINK = re.compile(r'(\s(?:href|src)=")([^"]*)(")')
_STYLE_URL = re.compile(r"url\((/[^)]+)\)")
_INSIDE = re.compile(r'(?<=tabindex="-1">)\n.*?(?=</main>)', re.DOTALL)
_HEAD = re.compile(r'<div class="head">.*?</div>', re.DOTALL)
_MINE = re.compile(r'<section class="mine".*?</section>', re.DOTALL)  # nothing but a form
_H1 = re.compile(r"<h1>.*?</h1>", re.DOTALL)
_MAIN = re.compile(r'<main class="wrap"[^>]*>')


def instead_of_search(search: str, units: str) -> str:
    """The page ``search`` with the lists of the page ``units`` in the place of what was found."""
    lists = _HEAD.sub("", _INSIDE.findall(units)[0], count=1)
    heading = _H1.findall(search)[0]
    form = f'<form action="{SEARCH}"></form>'  # a sentence takes its place, as that of any form
    inside = f'<div class="head">\n{heading}\n</div>\n{form}\n{_MINE.sub("", _FORM.sub("", lists))}'
    return _INSIDE.sub(lambda _: inside, search, count=1)


@dataclass(slots=True)
class Rewriter:
    """Rewrites pages of one copy; ``targets`` gathers the addresses they lead to."""

    names: Names
    size: int
    at: datetime | None
    is_there: Callable[[str], bool]  # whether the site gives what this address names
    targets: dict[str, None] = field(default_factory=dict)

    def page(self, text: str, address: str, file: str) -> str:
        """The page ``text`` of ``address`` as it lies in ``file``."""
        tongue = ENGLISH if file.startswith(f"{ENGLISH}/") else VIETNAMESE
        text = _EAGER.sub("", _SCRIPT.sub("", text))
        text = _FORM.sub(lambda form: self._sentence(form[1], address, tongue), text)
        text = _MAIN.sub(lambda main: main[0] + self._banner(address, tongue), text, count=1)
        lead = self._leading(address, file)
        text = _LINK.sub(lambda link: f"{link[1]}{escape(lead(unescape(link[2])))}{link[3]}", text)
        return _STYLE_URL.sub(lambda found: f"url({lead(found[1])})", text)

    def sheet(self, text: str, address: str, file: str) -> str:
        """A page that only leads on, to where ``text`` says."""
        lead = self._leading(address, file)(text)
        tongue = ENGLISH if file.startswith(f"{ENGLISH}/") else VIETNAMESE
        words, there, href = self.say(ELSEWHERE, tongue), self.say(THERE, tongue), escape(lead)
        return (
            f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{words}</title>\n"
            f'<meta http-equiv="refresh" content="0; url={href}">\n</head>\n<body>\n'
            f'<main>\n<h1>{words}</h1>\n<p><a href="{href}">{there}</a></p>\n</main>\n</body>\n</html>\n'
        )

    @staticmethod
    def say(text: str, tongue: str, **values: object) -> str:
        """``text`` in ``tongue``."""
        said: str = catalogue(tongue).ugettext(text)
        return said % values if values else said

    def _leading(self, address: str, file: str) -> Callable[[str], str]:
        """What a link of this page becomes; what it leads to is remembered."""

        def lead(link: str) -> str:
            if not link.startswith(("/", "?")):
                return link
            parts = urlsplit(urljoin(self.names.root + address, link))
            target = self.names.here(parts.path + (f"?{parts.query}" if parts.query else ""))
            if target is None:
                return link
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            name = self.names.file_of(target)
            if name is None or not self.is_there(target):
                return self.names.alive(target) + fragment
            self.targets.setdefault(target)
            return way(file, name) + fragment

        return lead

    def _sentence(self, attributes: str, address: str, tongue: str) -> str:
        """What stands in the place of a form."""
        prefix = self.names.root + (f"/{ENGLISH}" if tongue == ENGLISH else "")
        action = _ACTION.search(attributes)
        asked = unescape(action[1]) if action else address
        if asked.rstrip("/").endswith((SEARCH, "/don-vi")):
            said, link, words = NO_SEARCH, f"{prefix}/don-vi", PLACES
        else:
            said, link, words = NEEDS_THE_SITE, self.names.alive(address), NEWEST
        return f'<p>{self.say(said, tongue)} <a href="{escape(link)}">{self.say(words, tongue)}</a></p>'

    def _banner(self, address: str, tongue: str) -> str:
        """What the page says of itself."""
        formats = Formats(tongue).as_filters()
        at = formats["moment"](self.at) if self.at else ""
        said = self.say(COPY, tongue, size=formats["number"](self.size), at=at)
        alive = escape(self.names.alive(address))
        link = f'<a href="{alive}">{self.say(NEWEST, tongue)}</a>'
        return f'\n<div class="notice"><p class="told">{said} {link}</p></div>\n'
