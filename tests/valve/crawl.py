"""Everything the public can get: every page, feed and file, in both languages and every encoding."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pypdfium2
from archives import unpacked
from flask.testing import FlaskClient
from world import World

_LINKS = re.compile(rb'(?:href|src|action)="([^"#]+)')
_LOCS = re.compile(rb"<loc>([^<]+)</loc>")
_ADDRESSES = re.compile(rb'"(https?://[^"{}\s]+)"')  # in answers of the API
_NEXT = re.compile(rb'"next":"(c[0-9a-f]+)"')
_TOKENS = re.compile(rb"""(name="csrf_token" value="|Set-Cookie: gop-y=)[\w.-]+""")
_FIRST = (
    "/", "/sitemap.xml", "/robots.txt", "/tinh-trang", "/so-cai/checkpoint", "/tim-kiem?q=a", "/en/",
    "/sw.js", "/goi-y?q=th", "/goi-y?q=gi%E1%BA%A3i+n", "/en/goi-y?q=ph%C6%B0%E1%BB%9Dng+",
    "/api/v1/", "/api/v1/search?q=a")  # fmt: skip


def responses(
    client: FlaskClient, *, most: int = 2000, first: Iterable[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Every public address that can be reached by link or sitemap, or is named ``first``, whole.

    But for the Date of still files, which is the machine's clock and not the world's, and for the token of
    a visitor's form, which is that visitor's alone.
    """
    waiting = list(dict.fromkeys((*_FIRST, *first)))
    seen = set(waiting)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        body = response.data
        response.close()  # a still file stays open until then
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items() if name != "Date")
        yield address, _TOKENS.sub(rb"\1", f"{response.status}\n{headers}\n\n".encode() + body)
        if not address.startswith("/en/"):  # an archive is the same in both languages
            yield from list(unpacked(address, body))[1:]
        if body.startswith(b"%PDF"):
            yield f"{address}#words", read_pdf(body)
        for found in _led_to(address, body):
            link = _local(found.decode().replace("&amp;", "&"), address)
            if link and link not in seen:
                seen.add(link)
                assert len(seen) <= most, "more pages than expected: raise `most`, or find the endless trail"
                waiting.append(link)


def read_pdf(data: bytes) -> bytes:
    """The words and the properties of a PDF, whose pages are compressed."""
    document = pypdfium2.PdfDocument(data)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    told = [*pages, *(f"{name}: {value}" for name, value in document.get_metadata_dict().items())]
    document.close()
    return " ".join(" ".join(told).split()).encode()


def _led_to(address: str, body: bytes) -> Iterable[bytes]:
    """What ``body`` points to; of the API also what follows in a list."""
    if not address.startswith("/api/"):
        return *_LINKS.findall(body), *_LOCS.findall(body)
    plain = re.sub(r"[?&]cursor=\w+", "", address)
    joint = "&" if "?" in plain else "?"
    is_list = body.startswith(b'{"items":[{')
    then = [f"{plain}{joint}cursor={cursor.decode()}".encode() for cursor in _NEXT.findall(body) if is_list]
    return *_ADDRESSES.findall(body), *then


def _local(link: str, base: str) -> str | None:
    link = re.sub(r"^https?://(127\.0\.0\.1|localhost)(:\d+)?", "", link) or "/"
    if link.startswith("?"):
        link = base.split("?")[0] + link
    return link if link.startswith("/") and not link.startswith("//") else None


def public_rows(world: World) -> Iterator[tuple[str, bytes]]:
    """Every row the public role may read, as SQLite stores it."""
    raw = sqlite3.connect(world.settings.instance / "portal.sqlite")
    names = [n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in names:
        if table.startswith(("record_", "door_")):
            for row in raw.execute(f"SELECT * FROM {table}"):
                yield table, b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    raw.close()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below ``folder``, by name and content."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path), path.name.encode() + b"\n" + path.read_bytes()
            yield from list(unpacked(str(path), path.read_bytes()))[1:]


def everything(world: World, *, most: int = 2000) -> Iterator[tuple[str, bytes]]:
    """All that lies outside the office: at most ``most`` responses, public rows, index files."""
    yield from responses(world.reader(), most=most)
    yield from public_rows(world)
    yield from files(world.settings.search_index)
    yield from files(world.settings.instance / "files" / "record")
    yield from letters(world)


def letters(world: World) -> Iterator[tuple[str, bytes]]:
    """Every letter, as it lies there and as its reader sees it: the wire splits and recodes words."""
    for path, raw in files(world.settings.instance / "mail"):
        yield path, raw
        seen = message_from_bytes(raw.split(b"\n", 1)[1], policy=default)
        yield path, f"{seen['To']}\n{seen['Subject']}\n{seen.get_content()}".encode()
