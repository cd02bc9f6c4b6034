"""Two languages by address, headers on every answer, no cookie anywhere."""

from pathlib import Path

import pytest
from flask import Flask
from reader import Reader
from townhall import make_settings, open_door

from portal.doors.language import Languages
from portal.migrations.upgrade import upgrade


def test_every_link_keeps_the_language_except_the_one_that_changes_it(reader: Reader) -> None:
    page = reader.open("/en/cam-ket/ckdt01")
    own = [link for link in page.links() if not link.startswith("/static/")]
    elsewhere = {link for link in own if not link.startswith("/en")}
    assert elsewhere == {"/cam-ket/ckdt01"}
    still = {link.split("?")[0] for link in page.links() if "static" in link}
    assert "/static/fonts/be-vietnam-pro-regular.woff2" in still
    assert not any(link.startswith("/en/") for link in still)


def test_each_page_names_its_twin_and_its_canonical_address(reader: Reader) -> None:
    page = reader.open("/en/cam-ket/ckdt01")
    links = {(e.get("rel"), e.get("hreflang")): e.get("href") for e in page.all("link")}
    base = "http://127.0.0.1:8000"
    assert links["canonical", None] == f"{base}/en/cam-ket/ckdt01"
    assert links["alternate", "vi"] == f"{base}/cam-ket/ckdt01"
    assert links["alternate", "en"] == f"{base}/en/cam-ket/ckdt01"


def test_changing_the_language_keeps_the_search(reader: Reader) -> None:
    page = reader.open("/tim-kiem?q=y+te&xep=deadline")
    assert "/en/tim-kiem?q=y+te&xep=deadline" in page.links()


@pytest.mark.parametrize(
    ("path", "tongue", "rest", "script"),
    [
        ("/en", "en", "/", "/en"),
        ("/en/x", "en", "/x", "/en"),
        ("/english", "vi", "/english", ""),
        ("/", "vi", "/", ""),
    ],
)
def test_the_prefix_is_a_whole_word(path: str, tongue: str, rest: str, script: str) -> None:
    seen: dict[str, object] = {}

    def app(environ: dict[str, object], start: object) -> list[bytes]:
        seen.update(environ)
        return []

    Languages(app)({"PATH_INFO": path, "SCRIPT_NAME": ""}, lambda *_: None)  # type: ignore[arg-type]
    assert (seen["portal.language"], seen["PATH_INFO"], seen["SCRIPT_NAME"]) == (tongue, rest, script)


def test_numbers_follow_the_language_and_dates_do_not(reader: Reader) -> None:
    assert "78,3%" in reader.open("/cam-ket/ckdt01").text
    english = reader.open("/en/cam-ket/ckdt01").text
    assert "78.3%" in english
    assert "31/01/2027" in english


ADDRESSES = ["/", "/cam-ket/ckdt01", "/cam-ket/ckgone", "/khong-co", "/so-cai/checkpoint", "/tinh-trang",
             "/robots.txt", "/sitemap.xml", "/static/js/my-unit.js", "/don-vi?den=x"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded_and_sets_no_cookie(reader: Reader, address: str) -> None:
    headers = reader.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers  # this installation is not served over TLS


def test_over_tls_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, base_url="https://namro.example", trusted_hosts=("namro.example",))
    upgrade(settings)
    client = open_door(settings).test_client()
    answer = client.get("/", base_url="https://namro.example")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "upgrade-insecure-requests" in answer.headers["Content-Security-Policy"]
    assert 'href="https://namro.example/"' in answer.text


def test_an_empty_record_makes_sound_pages_too(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    upgrade(settings)
    reader = Reader(open_door(settings).test_client())
    for address in ("/", "/don-vi", "/so-cai", "/tim-kiem", "/tinh-trang", "/phuong-phap", "/en/"):
        reader.open(address)
    assert reader.get("/so-cai/checkpoint").status_code == 404


def test_health_speaks_to_people_and_to_machines(app: Flask, reader: Reader) -> None:
    entries = app.extensions["record_log"].head()
    assert str(entries) in reader.open("/tinh-trang").text
    told = app.test_client().get("/tinh-trang").json
    assert told == {"ok": True, "entries": entries, "written": "2026-11-24T02:30:00+00:00"}
    assert reader.get("/tinh-trang").headers["Cache-Control"] == "no-store"


def test_the_site_says_who_is_responsible(tmp_path: Path) -> None:
    settings = make_settings(
        tmp_path,
        responsible_editor="Trưởng Ban biên tập: Người Minh Họa",
        office_address="Trụ sở UBND phường (minh họa)",
        office_phone="0220 000 000",
        office_email="vanthu@phuong.example",
    )
    upgrade(settings)
    reader = Reader(open_door(settings).test_client())
    page = reader.open("/")
    for said in ("Người Minh Họa", "Trụ sở UBND", "vanthu@phuong.example"):
        assert said in page.response.text
    assert page.has("href", "tel:0220000000")
