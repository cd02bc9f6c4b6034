"""What becomes of an address in a static copy: a file of the copy, or the living site."""

import re
from dataclasses import dataclass
from posixpath import relpath
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from portal.doors.language import ENGLISH, path_in

SEARCH = "/tim-kiem"
# What needs the server, is another's view of a page, or differs from one moment to the next.
_ALIVE = re.compile(
    r"/(?:api|nhung|k|van-phong|theo-doi|dang-nhap|tai-khoan|bien-nhan|tinh-trang|goi-y|oembed)(?:/|$)"
    r"|/[^?]*/gop-y(?:/|$)"
)
_SHARED = ("/static/", "/minh-chung/", "/du-lieu/")  # the same in every language
_TEXTS = {"/so-cai/checkpoint": ".txt"}
_QUERY = {"trang", "ban", "kho", "tu"}  # what leads to another page of the copy
_VALUE = re.compile(r"[\w-]{1,60}")
_PREFIX = f"/{ENGLISH}"


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a copy of the site at ``base`` (scheme, host and, where mounted below, a path)."""

    base: str

    @property
    def root(self) -> str:
        """What every path of the site begins with."""
        return urlsplit(self.base).path.rstrip("/")

    def file_of(self, address: str) -> str | None:
        """The file for ``address`` (path and query, without the root); None when it stays with the site."""
        parts = urlsplit(address)
        path = unquote(parts.path) or "/"
        english = path == _PREFIX or path.startswith(_PREFIX + "/")
        plain = (path[len(_PREFIX) :] or "/") if english else path
        if _ALIVE.match(plain):
            return None
        if plain.startswith(_SHARED):
            return plain[1:]
        query = [] if plain == SEARCH else parse_qsl(parts.query)
        if any(name not in _QUERY or not _VALUE.fullmatch(value) for name, value in query):
            return None
        stem = path_in(ENGLISH, plain)[1:] if english else plain[1:]
        return _named(stem, plain, "".join(f"~{name}-{value}" for name, value in query))

    def here(self, link: str) -> str | None:
        """``link``, an absolute path, as an address without the root; None when it is another site's."""
        inside = link.startswith(self.root + "/") and not link.startswith("//")
        return link[len(self.root) :] if inside else None

    def alive(self, address: str) -> str:
        """``address`` on the living site."""
        return self.base.rstrip("/") + address


def _named(stem: str, plain: str, suffix: str) -> str:
    if not stem or stem.endswith("/"):
        return f"{stem}index{suffix}.html"
    if plain == "/":
        return f"{stem}/index{suffix}.html"
    if plain in _TEXTS:
        return stem + _TEXTS[plain]
    head, _, name = stem.rpartition("/")
    base, dot, ending = name.rpartition(".")
    folder = f"{head}/" if head else ""
    return f"{folder}{base}{suffix}.{ending}" if dot else f"{stem}{suffix}.html"


def way(file: str, target: str) -> str:
    """The relative link from ``file`` to ``target``, both files of the copy."""
    folder = file.rpartition("/")[0] or "."
    return quote(relpath(target, folder), safe="/~._-")
