"""Every page that can be reached is faultless, in both languages; the reader itself can find fault."""

import pytest
from flask import Flask, Response
from reader import Faulty, Reader

from portal.doors.public.pages.errors import SAID


def test_every_page_behind_a_link_is_faultless(reader: Reader) -> None:
    seen = {page.address for page in reader.walk("/", "/en/", "/cam-ket/ckgone")}
    for expected in ("/don-vi/phuong-nhi-chieu", "/cam-ket/cktn02/lich-su", "/en/phuong-phap", "/so-cai/3"):
        assert expected in seen
    assert "/cam-ket/cktn02?ban=1" in seen  # an older revision, from the history page
    assert len(seen) > 200


def test_every_address_of_the_site_map_is_a_page(reader: Reader) -> None:
    body = reader.get("/sitemap.xml").text
    paths = [line.split("127.0.0.1:8000")[1].split("<")[0] for line in body.splitlines() if "<loc>" in line]
    assert "/en/cam-ket/ckdt01" in paths
    assert "/cam-ket/ckgone" not in body
    for path in paths:
        assert reader.get(path).status_code in (200, 302)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/khong-co", 404),
        ("/cam-ket/khong-co", 404),
        ("/cam-ket/ckdt01?ban=9", 404),
        ("/cam-ket/ckdt01?ban=x", 404),
        ("/chuong-trinh/khong-co/lich-su", 404),
        ("/don-vi/khong-co", 404),
        ("/don-vi/99999", 404),
        ("/so-cai/9999", 404),
        ("/so-cai?trang=0", 404),
        ("/cam-ket/ckgone", 410),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(reader: Reader, prefix: str, path: str, status: int) -> None:
    page = reader.open(prefix + path, status=status)
    assert page.h1


FAULTS = (
    "<p>a<div></p>",
    "<h1>second</h1>",
    "<h4>skips</h4>",
    '<p onclick="x()">a</p>',
    '<p style="color:red">a</p>',
    "<script>1</script>",
    "<style>p{}</style>",
    '<a href="javascript:x()">a</a>',
    '<a href="/x"></a>',
    '<input name="bare">',
    '<label for="nobody">a</label>',
    '<p id="noi-dung">a</p>',
    '<img src="https://elsewhere.example/a.png" alt="">',
    "<table><tr><td>a</td></tr></table>",
    "<p>{{ title }}</p>",
    "<p>None</p>",
)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_reader_finds_each_fault(app: Flask, reader: Reader, fault: str) -> None:
    good = reader.get("/tro-giup")
    spoilt = good.text.replace("</main>", fault + "</main>")
    twin = Flask("spoilt", static_folder=None)
    twin.add_url_rule("/tro-giup", "page", lambda: Response(spoilt, headers=dict(good.headers)))
    with pytest.raises(Faulty):
        Reader(twin.test_client()).open("/tro-giup")


def test_every_error_has_its_words(app: Flask) -> None:
    for status in (400, 404, 405, 413, 429, 500):
        assert status in SAID
