"""What is taken down is gone from every public answer within one run of the followers, behind nginx too.

The server, the followers and the proxy are the real ones, the proxy with the very file deploy/ offers.
Addresses come from the door's own list of routes and from the crawl, so that a new page joins by itself.
"""

import io
import itertools
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import papers
import proxied
import pypdfium2
import pytest
import servers
from changes import PAPER, REASON, reported
from components import must_have_all
from crawl import responses
from people import SOAN
from proxied import ENCODINGS, Browser, Got
from world import World, who

from portal.office.evidence.cleaning import clean
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
TOKEN = "xylotoken"  # by which searches and lists of hits are asked for; says nothing of the document
MOST = 20_000  # addresses
# One reader asks for everything many times over: an answer that says "later" would hide what is left.
SETTINGS = "proxy_hops = 1\napi_per_minute = 1000000\npictures_per_minute = 1000000\n"
ROOMS = {"chuong-trinh", "cam-ket", "tim-kiem", "don-vi", "api", "feeds", "lich", "du-lieu", "minh-chung"}
_FILES = re.compile(rb"/minh-chung/[0-9a-f]{64}\.png")
# A careless operator's cache for pages, as tutorials write it.
PAGES = "client_max_body_size 64k;"
CARELESS = f"{PAGES} proxy_cache namro; proxy_ignore_headers Cache-Control; proxy_cache_valid 200 10m;"


@dataclass(frozen=True, slots=True)
class Street:
    """A world, its real server, a proxy in front, and somebody who reads there."""

    world: World
    browser: Browser
    environ: dict[str, str]
    cache: Path

    def follow(self) -> None:
        """One run of the followers, as an operator starts it."""
        command = [sys.executable, "-m", "portal", "follow", "--once", "--no-due"]
        subprocess.run(command, env={**os.environ, **self.environ}, check=True, capture_output=True)


@contextmanager
def street(folder: Path, *, pages: str = PAGES) -> Iterator[Street]:
    """Everything running; ``pages``: how the proxy treats pages."""
    world = World(folder / "instance").settle_in()
    (folder / "instance" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    environ = {
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
        "PORTAL_BASE_URL": "http://127.0.0.1",
    }
    with ExitStack() as running:
        try:
            upstream = running.enter_context(proxied.portal(environ=environ))
            port = servers.free_port()
            site = proxied.example_site(folder, port=port, upstream=upstream)
            assert PAGES in site
            running.enter_context(proxied.nginx(folder, site.replace(PAGES, pages), port=port))
        except servers.NotToBeHad as why:
            if must_have_all():
                pytest.fail(str(why))
            pytest.skip(f"nginx: {why}")
        browser = Browser(port)
        running.callback(browser.close)
        running.callback(world.close)
        yield Street(world, browser, environ, folder / "cache")


def said(form: ProgrammeForm, word: str) -> ProgrammeForm:
    """``form`` with ``word`` and the token in every text that becomes public, the cadre's name too."""

    def marked(text: str) -> str:
        return f"{text} {word} {TOKEN}"

    tasks = tuple(replace(t, title=marked(t.title), objective=marked(t.objective)) for t in form.tasks)
    commitments = tuple(
        replace(c, text=marked(c.text), deliverable=marked(c.deliverable)) for c in form.commitments
    )
    progress = tuple(replace(p, note=marked(p.note)) for p in form.progress)
    return replace(
        form, cadre_name=f"Lê {word}", preface=marked(form.preface), tasks=tasks, commitments=commitments,
        progress=progress,
    )  # fmt: skip


def publish(street: Street, word: str) -> tuple[str, ...]:
    """A programme in two public revisions, with a file of evidence; its reference, then its commitments'."""
    world = street.world
    form = said(world.read(BOOK), word)
    ref = world.draft(form)
    world.approve(ref)
    world.confirm(ref)
    world.publish(ref)
    with world.work() as w:
        rows = [c for t in programme(w, ref).tasks if t.disclosed for c in t.commitments if c.disclosed]
        refs = tuple(row.ref for row in rows)
        size = (40 + ord(word[0]) % 32, 30 + ord(word[1]) % 32)  # of its own: one picture is kept once
        picture = clean(papers.saved(papers.picture(size), "PNG"), filename="a.png")
        file = FileForm(description=f"Ảnh hiện trường {word} (minh họa)", disclosed=True)
        by = who(w, SOAN)
        evidence.keep(w, refs[0], evidence.hold(w, refs[0], picture, file, by=by).id, by=by)
    world.later(days=1)
    world.revise(ref, said(reported(world.read(BOOK), form.commitments[0].number, "41"), word))
    world.approve(ref)
    world.publish(ref, reason=REASON, document=PAPER)
    street.follow()
    return (ref, *refs)


def every_route(world: World, refs: tuple[str, ...]) -> list[str]:
    """Each route of the door filled with what it may be asked for, in both languages."""
    names = [*refs[:2], "chuong-trinh", "cam-ket"]
    ends = ["png", "svg", "json", "csv", "xlsx", "atom", "ics", "pdf"]
    found = []
    for rule in world.public.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        fillings = itertools.product(*(names if n == 0 else ends for n in range(len(rule.arguments))))
        for filling in fillings:
            path = rule.rule
            for value in filling:
                start, end = path.index("<"), path.index(">")
                path = path[:start] + value + path[end + 1 :]
            found.append(path)
    found += [f"/tim-kiem?q={quote(TOKEN)}", f"/tim-kiem?q={quote(TOKEN)}&xep=moi"]
    found += [f"{path}?ban={n}" for ref in refs[:2] for path in page_of(ref, refs) for n in (1, 2)]
    return [*found, *(f"/en{path}" for path in found if not path.startswith("/en"))]


def page_of(ref: str, refs: tuple[str, ...]) -> list[str]:
    return [f"/{'chuong-trinh' if ref == refs[0] else 'cam-ket'}/{ref}"]


def texts(data: bytes) -> Iterator[bytes]:
    """What an answer says, also inside archives, in archives in them, and in PDFs."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from texts(archive.read(name))
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        yield "\n".join(page.get_textpage().get_text_range() for page in document).encode()
        document.close()


def says(got: Got, word: str) -> bool:
    """Whether ``got`` says something of the document; no escaping and no folding changes plain letters."""
    return any(word.encode() in text.lower() for text in texts(got.data))


def shown(browser: Browser, word: str) -> dict[tuple[str, str], Got]:
    """The answers kept that say something of the document."""
    return {where: got for where, got in browser.kept.items() if says(got, word)}


def pictures_of(browser: Browser, refs: tuple[str, ...]) -> set[str]:
    """Pictures drawn of the document: their words cannot be searched, so they must change or go."""
    return {
        address
        for (address, _), got in browser.kept.items()
        if got.status_code == 200
        and got.headers.get_content_maintype() == "image"
        and any(part in address for part in (*refs, "/minh-chung/"))
    }


def encodings_of(got: Got) -> tuple[str, ...]:
    """In which it can be had: what is packed already comes in one."""
    kind = got.headers.get_content_type()
    return ENCODINGS if kind.startswith("text/") or kind.endswith(("json", "xml")) else ENCODINGS[:1]


def warm_up(browser: Browser, refs: tuple[str, ...], word: str) -> dict[tuple[str, str], Got]:
    """Of what was read: what tells of the document, once more in every encoding."""
    told = {address for address, _ in shown(browser, word)} | pictures_of(browser, refs)
    for address in sorted(told):
        for encoding in encodings_of(browser.kept[address, "identity"]):
            first = browser.get(address, encoding=encoding)
            if first.etag:  # the control of what follows: held ETags are good until something is taken down
                assert browser.get(address, encoding=encoding, known=first.etag).status_code == 304, address
    return {where: got for where, got in browser.kept.items() if where[0] in told}


def left_over(street: Street, told: dict[tuple[str, str], Got], word: str) -> list[tuple[str, str]]:
    """Where something of the document can still be had, and how."""
    browser, found = street.browser, []
    for (address, encoding), before in told.items():
        again = browser.get(address, encoding=encoding, known=before.etag or '"none"')
        if again.status_code == 304:
            found.append((address, f"304 {encoding}"))
        if says(again, word):
            found.append((address, f"known {encoding}"))
        after = browser.get(address, encoding=encoding)
        if after.data == before.data:
            found.append((address, f"unchanged {encoding}"))
    return found


def room_of(address: str) -> str:
    """The first word of an address, in whichever language."""
    return address.removeprefix("/en").split("/")[1].split("?")[0]


def read_everything(street: Street, first: list[str]) -> list[str]:
    """Follow every link from ``first``, the front page and the sitemap; the addresses read."""
    street.browser.kept.clear()
    assert all(heap for _, heap in responses(street.browser, most=MOST, first=first))
    hasty = {address for (address, _), got in street.browser.kept.items() if got.status_code == 429}
    assert {room_of(address) for address in hasty} <= {"bien-nhan", "theo-doi", "tai-khoan"}
    return sorted({address for address, _ in street.browser.kept})


def read_only(street: Street, addresses: Iterable[str]) -> None:
    """Ask for these, and for the files of evidence their pages show."""
    browser = street.browser
    browser.kept.clear()
    pages = [browser.get(address).data for address in dict.fromkeys(addresses)]
    for file in {found.decode() for page in pages for found in _FILES.findall(page)}:
        browser.get(file)


@dataclass(slots=True)
class Known:
    """Where a document shows, learned from one whole crawl; references stand by their number."""

    places: list[str] = field(default_factory=list)

    def learn(self, addresses: Iterable[str], refs: tuple[str, ...]) -> None:
        """Remember the places of a document."""
        for address in sorted(addresses):
            for number, ref in enumerate(refs):
                address = address.replace(ref, f"<{number}>")
            self.places.append(address)

    def of(self, refs: tuple[str, ...]) -> Iterator[str]:
        """The same places of another document made from the same workbook."""
        for place in self.places:
            for number, ref in enumerate(refs):
                place = place.replace(f"<{number}>", ref)
            yield place


def cycle(street: Street, number: int, known: Known) -> list[tuple[str, str]]:
    """Publish, read, take down, follow once, read again; what was left over of the document.

    The first document of a town is looked for everywhere, the later ones where the first one showed.
    """
    word = "".join(random.Random(number).choices("bcdfghkmnpqrstvx", k=14))
    refs = publish(street, word)
    is_first = not known.places
    addresses = read_everything(street, every_route(street.world, refs)) if is_first else list(known.of(refs))
    if not is_first:
        read_only(street, addresses)
    told = warm_up(street.browser, refs, word)
    if is_first:
        known.learn({address for address, _ in told}, refs)
        assert {room_of(address) for address, _ in told} >= ROOMS
    street.world.withdraw(refs[0])
    street.follow()
    street.browser.kept.clear()
    found = left_over(street, told, word)
    if is_first:
        read_everything(street, addresses)
    return sorted({*found, *((where[0], "crawl") for where in shown(street.browser, word))})


LARGE = [pytest.param(10, n, marks=pytest.mark.proof) for n in range(1, 6)]  # 50 cycles in all


@pytest.mark.parametrize(("cycles", "town"), [(2, 0), *LARGE])
def test_what_is_taken_down_is_gone_behind_the_proxy(tmp_path: Path, cycles: int, town: int) -> None:
    known = Known()
    with street(tmp_path) as here:
        for number in range(cycles):
            assert cycle(here, 100 * town + number, known) == [], f"cycle {number}"
        assert any(path.is_file() for path in here.cache.rglob("*"))  # it does keep what may be kept


def test_a_proxy_that_keeps_pages_for_a_time_is_seen(tmp_path: Path) -> None:
    """The positive control: a cache that does not ask each time goes on showing what was taken down."""
    places = ["/cam-ket/<1>", "/en/cam-ket/<1>?ban=1", "/chuong-trinh/<0>/niem-yet", f"/tim-kiem?q={TOKEN}"]
    with street(tmp_path, pages=CARELESS) as here:
        found = cycle(here, 0, Known(places))
    assert {"304 gzip", "known br", "unchanged identity", "crawl"} <= {how for _, how in found}
    assert any(address.startswith("/cam-ket/") for address, _ in found)
