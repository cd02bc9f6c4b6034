"""The page cache: fast answers that never outlive a withdrawal, a day, or the memory they may use."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest
import town
from flask import Flask, request
from flask.testing import FlaskClient
from townhall import EARLIER, NOW, make_settings, open_door, write
from werkzeug.test import EnvironBuilder

from portal.doors.public.cache import KNOWN, PageCache, is_among, normal_query
from portal.doors.public.encoding import wanted
from portal.doors.public.shelf import Shelf
from portal.kernel.clock import StoppedClock
from portal.migrations.upgrade import upgrade
from portal.settings import Settings


class Stand:
    """A small installation whose clock and record a test may move, and a count of what Flask answers."""

    def __init__(self, instance: Path) -> None:
        self.settings = make_settings(instance)
        self.clock = StoppedClock(EARLIER)
        upgrade(self.settings)
        write(self.settings, town.first_lines(), EARLIER)
        self.app: Flask = open_door(self.settings, self.clock)
        self.asked: list[str] = []
        self.app.before_request(lambda: self.asked.append(_whole()))
        self.cache: PageCache = self.app.wsgi_app  # type: ignore[assignment]

    @property
    def client(self) -> FlaskClient:
        """A reader without a memory of her own."""
        return self.app.test_client()


def _whole() -> str:
    return request.full_path


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    """A small installation."""
    return Stand(tmp_path)


def test_the_second_reader_is_answered_before_flask_wakes_up(stand: Stand) -> None:
    first, second = (stand.client.get("/cam-ket/ckdt01") for _ in range(2))
    assert len(stand.asked) == 1
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


def test_a_withdrawal_acts_at_once_even_for_who_has_the_page(stand: Stand) -> None:
    before = stand.client.get("/cam-ket/ckgone")
    assert before.status_code == 200
    write(stand.settings, town.later_lines(), NOW)
    after = stand.client.get("/cam-ket/ckgone", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 410
    assert "căn nhà" not in after.text
    assert "no-cache" in before.headers["Cache-Control"]  # browsers must ask, so they hear of it


def test_without_the_log_in_its_key_the_cache_would_show_what_is_gone(stand: Stand) -> None:
    stand.cache.generation = lambda: "for ever"  # the control: the test above can fail
    stand.client.get("/cam-ket/ckgone")
    write(stand.settings, town.later_lines(), NOW)
    assert "căn nhà" in stand.client.get("/cam-ket/ckgone").text


def test_a_correction_shows_at_once(stand: Stand) -> None:
    assert "30/10/2026" not in stand.client.get("/cam-ket/cktn02").text
    write(stand.settings, town.later_lines(), NOW)
    assert "30/10/2026" in stand.client.get("/cam-ket/cktn02").text


def test_a_new_day_in_vietnam_is_a_new_page(stand: Stand) -> None:
    stand.clock.at = datetime(2026, 9, 1, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    evening = stand.client.get("/cam-ket/cktn02")
    stand.clock.at += timedelta(minutes=1)
    midnight = stand.client.get("/cam-ket/cktn02")
    assert "01/09/2026" in evening.text
    assert "02/09/2026" in midnight.text
    assert len(stand.asked) == 2


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_each_encoding_is_kept_apart(
    stand: Stand, accepts: str, encoding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    plain = stand.client.get("/tro-giup")
    answer = stand.client.get("/tro-giup", headers={"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.data) == plain.data
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is (encoding is None)


def test_who_has_the_page_is_told_so_in_few_bytes(stand: Stand) -> None:
    etag = stand.client.get("/").headers["ETag"]
    again = stand.client.get("/", headers={"If-None-Match": f'"other", W/{etag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert stand.client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert not is_among('"a"', "")


def test_head_tells_what_get_would(stand: Stand) -> None:
    head, get = stand.client.head("/tro-giup"), stand.client.get("/tro-giup")
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert int(head.headers["Content-Length"]) == len(get.data)
    assert len(stand.asked) == 1


def test_languages_are_kept_apart(stand: Stand) -> None:
    assert 'lang="vi">' in stand.client.get("/tro-giup").text[:60]
    assert 'lang="en">' in stand.client.get("/en/tro-giup").text[:60]


def test_trackers_and_cache_busters_neither_split_nor_fill_it(stand: Stand) -> None:
    stand.client.get("/cam-ket/ckdt01")
    held = len(stand.cache.shelf)
    for n in range(50):
        answer = stand.client.get(f"/cam-ket/ckdt01?fbclid={n}&utm_source=zalo&_={n}")
        assert answer.status_code == 200
    assert len(stand.cache.shelf) == held
    assert len(stand.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/cam-ket/ckdt01?q={}",
        "/phuong-phap?trang={}",
        "/tim-kiem?q={}",
        "/tim-kiem?don_vi=x{}",
        "/tim-kiem?xep=x{}",
        "/tim-kiem?trang=9{}",
        "/don-vi/phuong-nhi-chieu?tu=x{}",
        "/don-vi?tu={}",
        "/cam-ket/khong-co-{}",
        "/don-vi?den=x{}",
    ],
)
def test_addresses_made_up_at_will_are_answered_but_not_kept(stand: Stand, address: str) -> None:
    for n in range(5):
        assert stand.client.get(address.format(n)).status_code in (200, 302, 404)
    assert len(stand.cache.shelf) == 0


def test_the_same_search_in_any_order_is_one_page(stand: Stand) -> None:
    stand.client.get("/tim-kiem?tinh_trang=not_due&xep=deadline")
    stand.client.get("/tim-kiem?xep=deadline&fbclid=1&tinh_trang=not_due&tinh_trang=behind")
    assert len(stand.asked) == len(stand.cache.shelf) == 1


def test_errors_and_health_are_never_kept(stand: Stand) -> None:
    for address in ("/khong-co", "/tinh-trang"):
        stand.client.get(address, headers={"Accept": "text/html"})
    assert len(stand.cache.shelf) == 0


def test_a_stranger_s_host_gets_no_page_even_when_it_is_kept(stand: Stand) -> None:
    stand.client.get("/")
    assert stand.client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert stand.client.get("/", headers={"Host": "localhost:1234"}).status_code == 200


def test_what_is_published_while_a_page_is_made_is_not_hidden_by_it(stand: Stand) -> None:
    def publish_meanwhile() -> None:
        if len(stand.asked) == 1:
            write(stand.settings, town.later_lines(), NOW)

    stand.app.before_request(publish_meanwhile)
    stand.client.get("/cam-ket/ckgone")
    assert len(stand.cache.shelf) == 0
    assert stand.client.get("/cam-ket/ckgone").status_code == 410


def test_a_database_that_is_gone_is_told_by_the_application(stand: Stand) -> None:
    def gone() -> int:
        raise OSError("gone")

    stand.client.get("/tro-giup")
    stand.cache.generation = gone
    assert stand.client.get("/tro-giup").status_code == 200
    assert len(stand.asked) == 2


def test_a_broken_connection_is_replaced(stand: Stand) -> None:
    log = stand.app.extensions["record_log"]
    log.head()
    log._kept.connection.dbapi_connection.close()
    with pytest.raises(Exception, match="closed"):
        log.head()
    assert log.head() > 0


def test_the_shelf_stays_within_its_bytes_and_drops_the_least_used() -> None:
    shelf: Shelf[str] = Shelf(100_000)
    for n in range(20):
        shelf.put(n, 1, "x", 8_000)
        shelf.find(0, 1)
    assert shelf.bytes <= 100_000
    assert shelf.find(0, 1) == "x"
    assert shelf.find(1, 1) is None
    shelf.put("heavy", 1, "y", 50_000)
    assert shelf.find("heavy", 1) is None


def test_the_shelf_forgets_the_past_generation() -> None:
    shelf: Shelf[str] = Shelf(100_000)
    shelf.put("a", 1, "old", 10)
    assert shelf.find("a", 2) is None
    shelf.put("b", 2, "new", 10)
    assert shelf.find("a", 1) is None
    assert len(shelf) == 1


def test_queries_have_one_form() -> None:
    assert normal_query("trang=2&q=a%20b&x=1&q=c") == "q=a+b&trang=2"
    assert normal_query("fbclid=1") == ""
    assert len(normal_query("q=" + "a" * 10**6)) < 5_000
    assert normal_query("&".join(f"{name}=1" for name in reversed(KNOWN))).startswith("q=1&don_vi=1")


def test_encodings_are_chosen_by_what_is_taken() -> None:
    assert [wanted(a) for a in ("gzip, deflate, br", "deflate", "gzip;q=0", "GZIP")] == ["br", "", "", "gzip"]


def test_settings_bound_its_memory(stand: Stand, settings: Settings) -> None:
    assert stand.cache.shelf.most_bytes == settings.page_cache_megabytes * 1024 * 1024


@pytest.mark.parametrize("path", ["//so-cai", "///so-cai", "/en//so-cai", "/so-cai/01", "/so-cai/%D9%A1"])
def test_a_page_is_kept_under_one_spelling_only(stand: Stand, path: str) -> None:
    for kept in ("/so-cai", "/en/so-cai", "/so-cai/1"):
        stand.client.get(kept)
    before = len(stand.cache.shelf)
    assert before == 3
    environ = EnvironBuilder(base_url="http://127.0.0.1:8000").get_environ()
    environ["PATH_INFO"] = unquote(path).encode().decode("latin-1")
    stand.cache(environ, lambda *_: lambda _: None)
    assert len(stand.cache.shelf) == before
