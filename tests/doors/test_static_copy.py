"""A static copy of the site: every link leads to a file, the record in it holds, half a copy is none."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

import pytest
import town
import townhall
from archives import unpacked
from click.testing import CliRunner
from flask import Flask, Response
from hamlet import PAPER, TEXT, found_hamlet

from portal.cli import portal
from portal.commands import site
from portal.commands.opendata import folder_of
from portal.commands.site import copy_site
from portal.doors.language import catalogue
from portal.doors.public import create_app
from portal.doors.public.copying.folder import SUMS, Occupied
from portal.doors.public.copying.gathering import CannotCopy, Moved
from portal.doors.public.copying.names import Names, way
from portal.doors.public.copying.rewriting import SAYINGS
from portal.kernel import shelves
from portal.kernel.clock import StoppedClock
from portal.kernel.work import House
from portal.record.documents import Act, Kind
from portal.record.opendata.following import only_follower
from portal.settings import Settings

BASE = "http://127.0.0.1:8000"
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"|url\(([^)]*)\)')


def door(house: House) -> Flask:
    """The public door on a day that stands still."""
    return create_app(replace(house, clock=StoppedClock(townhall.NOW)))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return found_hamlet(tmp_path_factory.mktemp("live") / "instance")


@pytest.fixture(scope="module")
def copy(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "site"
    copy_site(settings, folder, door=door)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def links(file: str, text: str) -> Iterator[tuple[str, str]]:
    """Every link of a page, and the file of the copy it leads to; empty where it leads elsewhere."""
    for found in _LINK.finditer(text):
        link = unescape(found[1] or found[2] or "")
        path = unquote(link.split("#")[0])
        is_ours = path and not re.match(r"[a-z]+:", path)
        yield link, normpath(join(file.rpartition("/")[0], path)) if is_ours else ""


def test_every_link_leads_to_a_file(copy: Path) -> None:
    held = files(copy)
    pages = {name: data.decode() for name, data in held.items() if name.endswith(".html")}
    lost = [
        (name, link)
        for name, text in pages.items()
        for link, target in links(name, text)
        if target not in ("", *held) or link.startswith("/")
    ]
    assert lost == []
    assert len(pages) > 60
    elsewhere = {link for name, text in pages.items() for link, target in links(name, text) if not target}
    strangers = [link for link in elsewhere if not link.startswith((BASE, "#", "mailto:", "tel:"))]
    assert all("creativecommons.org" in link or "data:" in link for link in strangers), strangers


def test_the_whole_site_is_in_it_and_nothing_that_needs_the_server(copy: Path) -> None:
    held = files(copy)
    for name in (
        "index.html", "en/index.html", "don-vi.html", "don-vi/phuong-nhi-chieu.html", "cam-ket/cktn02.html",
        "en/cam-ket/cktn02/lich-su.html", "cam-ket/ckgone.html", "cam-ket/cktn02~ban-1.html", "so-cai/3.html",
        "du-lieu/nam-ro-du-lieu.zip", "du-lieu/units.csv", "feeds/tat-ca.atom", "tim-kiem.html",
        "en/tim-kiem.html", "static/fonts/be-vietnam-pro-regular.woff2", "so-cai/checkpoint.txt", "log.jsonl",
        "don-vi/phuong-minh-tan-cu.html",
    ):  # fmt: skip
        assert name in held, name
    assert PAPER in [data for name, data in held.items() if name.startswith("minh-chung/")]
    pages = b"".join(data for name, data in held.items() if name.endswith(".html"))
    for needs in (b"<form", b"<script src", b'rel="preload"', b'rel="manifest"', b"csrf_token"):
        assert needs not in pages, needs
    assert not [
        name for name in held if re.search(r"gop-y|dang-nhap|bien-nhan|theo-doi|^api|/en/static", name)
    ]
    search = held["tim-kiem.html"].decode()
    assert "không tìm kiếm được" in search
    assert 'href="don-vi/phuong-nhi-chieu.html"' in search
    assert "This copy cannot search" in held["en/tim-kiem.html"].decode()
    assert "Bản sao tĩnh, đến mục" in held["cam-ket/cktn02.html"].decode()


def test_what_was_taken_down_is_nowhere_in_it(copy: Path, settings: Settings) -> None:
    heap = [inside for name, data in files(copy).items() for _, inside in unpacked(name, data)]
    assert [one for one in heap if TEXT.encode() in one] == []
    stored = (settings.instance / "portal.sqlite").read_bytes()
    assert TEXT.encode() in stored  # the control: there it is, and an honest search finds it


def test_the_record_in_it_holds_by_itself_and_a_changed_byte_is_found_out(copy: Path, tmp_path: Path) -> None:
    def verify() -> int:
        alone = CliRunner(env={"PORTAL_INSTANCE": str(tmp_path)})  # no database anywhere near
        return alone.invoke(portal, ["record", "verify", str(copy)]).exit_code

    assert verify() == 0
    log = copy / "log.jsonl"
    whole = log.read_bytes()
    try:
        for place in range(100, len(whole), len(whole) // 12):
            log.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert verify() == 1, place
    finally:
        log.write_bytes(whole)


def test_every_file_is_as_its_digest_says(copy: Path) -> None:
    held = files(copy)
    listed = dict(reversed(line.split("  ", 1)) for line in held.pop(SUMS).decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}


def test_made_twice_it_is_the_same(settings: Settings, copy: Path, tmp_path: Path) -> None:
    first = files(copy)
    copy_site(settings, copy, replace=True, door=door)
    assert files(copy) == first
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    for is_replaced in (False, True):
        with pytest.raises(Occupied):
            copy_site(settings, tmp_path / "mine", replace=is_replaced, door=door)
    with pytest.raises(Occupied):
        copy_site(settings, copy, door=door)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_half_a_copy_is_none(settings: Settings, tmp_path: Path) -> None:
    def broken(house: House) -> Flask:
        app = door(house)
        app.view_functions["help.show_page"] = lambda: Response("", 500)
        return app

    with pytest.raises(CannotCopy, match="/tro-giup"):
        copy_site(settings, tmp_path / "site", door=broken)
    assert list(tmp_path.iterdir()) == []


def test_evidence_that_is_lost_is_told_to_whoever_copies(tmp_path: Path) -> None:
    settings = found_hamlet(tmp_path / "instance")
    for file in (tmp_path / "instance" / "files" / shelves.RECORD).iterdir():
        file.unlink()
    with pytest.raises(CannotCopy, match="/minh-chung/"):
        copy_site(settings, tmp_path / "site", door=door)


def test_open_data_that_another_follower_makes_is_waited_for(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_PAUSE", 0)
    with (
        only_follower(folder_of(settings)),
        pytest.raises(CannotCopy, match="/du-lieu"),
    ):
        copy_site(settings, tmp_path / "site", door=door)
    assert list(tmp_path.iterdir()) == []


def test_what_is_published_meanwhile_makes_it_begin_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = found_hamlet(tmp_path / "instance")
    published = []

    def busy(house: House) -> Flask:
        app = door(house)
        app.before_request(lambda: None if published else published.append(publish()))
        return app

    def publish() -> bool:
        doc = replace(town.commitments()["TN-02"], text="Nội dung mới (minh họa)")
        townhall.write(settings, [town.line(Kind.COMMITMENT, doc, Act.CORRECT)])
        return True

    with pytest.raises(Moved):
        copy_site(settings, tmp_path / "site", door=busy)
    assert not (tmp_path / "site").exists()
    published.clear()
    monkeypatch.setattr(site, "load", lambda: settings)
    monkeypatch.setattr(site.copy_site, "__kwdefaults__", {"replace": False, "door": busy})
    told = CliRunner().invoke(portal, ["site", "export", str(tmp_path / "site")])
    assert (told.exit_code, "tệp / files" in told.output) == (0, True), told.output
    assert "Nội dung mới" in (tmp_path / "site" / "cam-ket" / "cktn02.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(Occupied("x"), "nội dung khác"), (CannotCopy("/x: 500"), "/x: 500"), (Moved(), "chạy lại")],
)
def test_the_command_says_why_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise fault

    monkeypatch.setattr(site, "load", lambda: settings)
    monkeypatch.setattr(site, "copy_site", fail)
    told = CliRunner().invoke(portal, ["site", "export", "anywhere"])
    assert told.exit_code == 1
    assert said in told.output


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/en", "en/index.html"),
        ("/en/", "en/index.html"),
        ("/cam-ket/x?ban=2", "cam-ket/x~ban-2.html"),
        ("/en/kiem-duyet?trang=3", "en/kiem-duyet~trang-3.html"),
        ("/chuong-trinh/x/niem-yet.pdf?kho=a3", "chuong-trinh/x/niem-yet~kho-a3.pdf"),
        ("/tim-kiem?q=a&trang=2", "tim-kiem.html"),
        ("/en/static/fonts/a.woff2?v=1", "static/fonts/a.woff2"),
        ("/en/du-lieu/SHA256SUMS", "du-lieu/SHA256SUMS"),
        ("/en/du-lieu", "en/du-lieu.html"),
        ("/so-cai/checkpoint", "so-cai/checkpoint.txt"),
        ("/engels", "engels.html"),
        ("/cam-ket/x?q=1", None),
        ("/cam-ket/x?ban=../../etc", None),
        ("/cam-ket/x/gop-y", None),
        ("/api/v1/units", None),
        ("/en/dang-nhap?tiep=/", None),
        ("/theo-doi", None),
    ],
)
def test_what_becomes_of_an_address(address: str, file: str | None) -> None:
    assert Names(BASE).file_of(address) == file


@pytest.mark.parametrize(
    ("file", "target", "link"),
    [
        ("index.html", "don-vi.html", "don-vi.html"),
        ("a/b/c.html", "index.html", "../../index.html"),
        ("a/b.html", "a/c~ban-1.html", "c~ban-1.html"),
    ],
)
def test_the_way_from_file_to_file(file: str, target: str, link: str) -> None:
    assert way(file, target) == link


def test_a_site_below_a_path_is_copied_too(tmp_path: Path) -> None:
    settings = found_hamlet(tmp_path / "instance", base_url=f"{BASE}/cong-khai")
    copy_site(settings, tmp_path / "site", door=door)
    held = files(tmp_path / "site")
    assert "cam-ket/cktn02.html" in held
    assert not [n for n, data in held.items() if n.endswith(".html") and b'href="/' in data]
    assert Names(f"{BASE}/cong-khai").here("/elsewhere") is None


def test_every_sentence_has_its_english() -> None:
    assert [text for text in SAYINGS if catalogue("en").ugettext(text) == text] == []
