"""Passing a commitment on: cards, pictures, codes, short addresses; texts stay texts, what is gone is so."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import api_town
import pytest
import segno
import town
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reader import Reader, leaks_no_workings
from townhall import EARLIER, NOW, make_settings, open_door, write

from portal.doors import readings
from portal.doors.public import picture, sharing
from portal.doors.public.api.contents import PLURALS
from portal.doors.public.card import MOST_LINES, Card, card_of
from portal.doors.public.marks import FORMS
from portal.doors.public.pages import viewpoint
from portal.migrations.upgrade import upgrade
from portal.record.documents import Kind
from portal.record.standing_words import TONE

SITE = "http://127.0.0.1:8000"
TEXTS = (leaks_no_workings,)  # a text may say what it likes
HOSTILE = (
    """</script><script>alert(1)</script> "><img src=x onerror='alert(2)'> {{ 7*7 }} ]]> &lt; \u2028 %(x)s"""
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A door with a document of every kind, one of whose texts is hostile."""
    settings = api_town.found(tmp_path_factory.mktemp("sharing"))
    bad = replace(
        town.commitments()["DT-01"], ref="ckbad", text=HOSTILE, indicator=HOSTILE, accountable=HOSTILE
    )
    write(settings, [town.line(Kind.COMMITMENT, bad)], NOW)
    return open_door(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody's browser."""
    return app.test_client()


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody who tolerates no fault."""
    return Reader(app.test_client())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_card_may_stand_anywhere_and_does_nothing(reader: Reader, prefix: str) -> None:
    page = reader.open(f"{prefix}/nhung/cam-ket/cktn02")
    headers = page.response.headers
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert "Set-Cookie" not in headers
    assert not list(page.all("script", "form", "img"))
    assert {link.get("target") for link in page.all("a")} == {"_top"}
    assert "33 trường hợp" in page.text
    assert "31 trường hợp" in page.text  # both layers
    assert len(page.response.data) < 6000


@pytest.mark.parametrize("path", ["/", "/cam-ket/cktn02", "/cam-ket/cktn02/chia-se", "/k/cktn02", "/api/v1/"])
def test_nothing_else_may_be_framed(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_what_is_gone_is_told_on_the_card_and_drawn_nowhere(reader: Reader, client: FlaskClient) -> None:
    page = reader.open("/nhung/cam-ket/ckgone", status=410)
    assert "Công bố nhầm chương trình" in page.text
    for path in ("/cam-ket/{}/chia-se", "/anh/cam-ket/{}.png", "/qr/cam-ket/{}.svg", "/qr/cam-ket/{}.png"):
        answer = client.get(path.format("ckgone"))
        assert answer.status_code == 410
        assert "căn nhà" not in answer.text
    assert client.get("/k/ckgone").location == "/cam-ket/ckgone"


def test_a_withdrawal_acts_at_once_even_for_who_has_it(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    upgrade(settings)
    write(settings, town.first_lines(), EARLIER)
    client = open_door(settings).test_client()
    paths = ("/nhung/cam-ket/ckgone", "/anh/cam-ket/ckgone.png", "/qr/cam-ket/ckgone.png")
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    assert all(client.get(p, headers={"If-None-Match": tag}).status_code == 304 for p, tag in tags.items())
    write(settings, town.later_lines(), NOW)
    assert all(client.get(p, headers={"If-None-Match": tag}).status_code == 410 for p, tag in tags.items())


def test_the_page_hands_out_what_works(reader: Reader, client: FlaskClient) -> None:
    page = reader.open("/cam-ket/ckdt01/chia-se")
    assert f"{SITE}/k/ckdt01" in page.text
    frame = next(page.all("textarea")).text or ""
    element = ElementTree.fromstring(frame.replace("></iframe>", "/>"))
    assert element.get("sandbox") == "allow-top-navigation-by-user-activation"
    assert client.get((element.get("src") or "").removeprefix(SITE)).status_code == 200
    for link in (link for link in page.links() if "ckdt01" in link):
        assert client.get(link).status_code in (200, 302, 303), link


def test_every_kind_has_a_short_address(client: FlaskClient) -> None:
    for name in PLURALS.values():
        item = client.get(f"/api/v1/{name}?limit=1").get_json()["items"][0]
        answer = client.get(f"/k/{item['ref']}")
        assert answer.status_code == 303
        assert client.get(answer.location).status_code in (200, 302)
    assert client.get("/en/k/ckdt01").location == "/en/cam-ket/ckdt01"
    assert client.get("/k/nobody").status_code == 404
    old = next(unit for unit in town.units().values() if len(unit.successors) == 1)
    onward = client.get(client.get(f"/k/{old.slug}").location)
    assert old.successors[0].unit.slug in onward.location


def linked(client: FlaskClient, path: str) -> dict[str, object]:
    """The linked data of a page."""
    text = client.get(path).text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told: dict[str, object] = json.loads(text)
    return told


def test_linked_data_says_what_the_page_says(client: FlaskClient) -> None:
    work, trail = linked(client, "/cam-ket/cktn02")["@graph"]  # type: ignore[misc]
    doc = town.commitments()["TN-02"]
    assert (work["name"], work["about"]["endTime"]) == (doc.text, f"{doc.deadline}T23:59:59+07:00")
    agent = work["about"]["agent"]
    assert (agent["@type"], agent["jobTitle"]) == ("Person", doc.accountable)  # a post is held by somebody
    assert "actionStatus" not in work["about"]
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]
    for step in trail["itemListElement"]:
        assert client.get(step["item"].removeprefix(SITE)).status_code == 200


def test_a_hostile_text_stays_a_text(reader: Reader, client: FlaskClient) -> None:
    page = reader.open("/cam-ket/ckbad", unless=TEXTS)
    metas = {e.get("property"): e.get("content") for e in page.all("meta")}
    assert metas["og:title"] == sharing.shorten(HOSTILE)
    assert linked(client, "/cam-ket/ckbad")["@graph"][0]["name"] == HOSTILE  # type: ignore[index]
    card = reader.open("/nhung/cam-ket/ckbad", unless=TEXTS)
    assert "alert(1)" in card.text
    assert not list(card.all("script", "img"))
    frame = next(reader.open("/cam-ket/ckbad/chia-se", unless=TEXTS).all("textarea")).text or ""
    assert frame.count("<") == 2  # the frame's own two
    told = client.get(f"/oembed?url={SITE}/cam-ket/ckbad").get_json()
    assert (told["title"], told["html"].count("<")) == (HOSTILE, 2)
    assert size_of(client.get("/anh/cam-ket/ckbad.png").data) == (1200, 630)
    drawn = sharing.qr_svg("http://127.0.0.1/", HOSTILE.replace("\u2028", " "))
    assert ElementTree.fromstring(drawn)[0].text == HOSTILE.replace("\u2028", " ")


def test_the_escaping_of_linked_data_is_what_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "</script><script>" not in sharing.as_script({"a": HOSTILE})
    monkeypatch.setattr(sharing, "_TABLE", {})  # the control
    assert "</script><script>" in sharing.as_script({"a": HOSTILE})


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    return Image.open(io.BytesIO(data)).size


@pytest.mark.parametrize("path", ["cam-ket/cktn02", "chuong-trinh/ct0chairman", "don-vi/phuong-nhi-chieu"])
def test_pictures_are_drawn_here(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/anh/{path}.png")
    assert (answer.mimetype, size_of(answer.data)) == ("image/png", (1200, 630))
    assert len(answer.data) < 80_000
    again = client.get(f"/anh/{path}.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert f'property="og:image" content="{SITE}/anh/{path}.png"' in client.get(f"/{path}").text
    assert client.get(f"/en/anh/{path}.png").data != answer.data


def test_pictures_are_not_drawn_at_will(tmp_path: Path) -> None:
    client = open_door(api_town.found(tmp_path, pictures_per_minute=1)).test_client()
    assert [client.get("/anh/cam-ket/ckdt01.png").status_code for _ in range(3)] == [200] * 3  # kept
    assert client.get("/anh/cam-ket/cktn02.png").status_code == 429
    assert client.get("/anh/cam-ket/ckdt01.png?x=1&ban=1").status_code == 429


def test_every_standing_has_a_shape_and_a_colour() -> None:
    assert set(readings.FORMS.values()) | {"self", "sure"} <= set(FORMS)
    assert {*map(str, TONE.values()), "apart", "note"} <= set(picture.TONES)


def test_a_standing_is_told_by_its_shape_too() -> None:
    cards = [_card(form=form, state="") for form in FORMS]
    drawn = {picture.draw(card, site="", address="") for card in cards}
    assert len(drawn) == len(set(FORMS)) == len(cards)


def _card(**changed: object) -> Card:
    card = Card("", "Cam kết", "", "Đang thực hiện", "neutral", "check", "", (), "Nguồn")
    return replace(card, **changed)  # type: ignore[arg-type]


@given(st.text(max_size=300), st.integers(60, 900), st.integers(1, 4))
def test_lines_never_leave_their_width(text: str, width: int, most: int) -> None:
    of = picture.font("bold", 40)
    lines = picture.wrap(text, of, width=width, most=most)
    assert len(lines) <= most
    assert all(line.width <= width or len(line.words) <= 1 for line in lines)


def test_what_does_not_fit_says_so() -> None:
    of = picture.font("regular", 28)
    assert picture.wrap("một hai ba bốn", of, width=90, most=1)[0].words.endswith("…")
    assert [line.words for line in picture.wrap("một hai", of, width=600, most=2)] == ["một hai"]
    assert picture.wrap("Nguye\u0302\u0303n", of, width=600, most=1)[0].words == "Nguyễn"  # composed


def test_counts_without_a_line_are_counted_together(app: Flask) -> None:
    with app.test_request_context("/"):
        found = card_of(_revision(app), viewpoint(), within=list(town.commitments().values()))
    assert len(found.layers) <= MOST_LINES
    assert sum(int(layer.said) for layer in found.layers) == len(town.commitments())


def _revision(app: Flask) -> object:
    found = app.extensions["record_log"].newest("ct0chairman")
    assert found is not None
    return found


@pytest.mark.parametrize("folder", ["cam-ket/ckdt01", "chuong-trinh/ct0chairman", "don-vi/phuong-nhi-chieu"])
def test_codes_lead_to_the_short_address(client: FlaskClient, folder: str) -> None:
    ref = folder.split("/")[1]
    matrix = [bytes(row) for row in segno.make(f"{SITE}/k/{ref}", error="q", micro=False).matrix]
    image = Image.open(io.BytesIO(client.get(f"/qr/{folder}.png").data)).convert("L")
    assert image.width == (len(matrix) + 8) * 10  # four white modules all around
    middles = range(45, image.width - 40, 10)
    assert [bytes(int(image.getpixel((x, y)) == 0) for x in middles) for y in middles] == matrix
    drawn = client.get(f"/qr/{folder}.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(drawn.data).get("width") == str(image.width)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"url={quote(SITE + '/cam-ket/ckdt01')}", 200),
        (f"url={quote(SITE + '/en/cam-ket/ckdt01')}&format=json", 200),
        (f"url={quote(SITE + '/k/ckdt01')}", 200),
        (f"url={quote(SITE + '/cam-ket/ckdt01')}&format=xml", 501),
        (f"url={quote(SITE + '/cam-ket/ckgone')}", 404),
        (f"url={quote(SITE + '/chuong-trinh/ct0chairman')}", 404),
        (f"url={quote('https://elsewhere.example/cam-ket/ckdt01')}", 404),
        ("", 404),
    ],
)
def test_others_ask_how_to_embed(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/oembed?{query}&maxwidth=320&maxheight=x")
    assert answer.status_code == status
    if status == 200:
        told = answer.get_json()
        assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 320, 300)
        assert f"{SITE}/nhung/cam-ket/ckdt01" in told["html"]


def test_nothing_shared_sets_a_cookie(client: FlaskClient) -> None:
    for path in _shared():
        assert "Set-Cookie" not in client.get(path).headers


def _shared() -> Iterator[str]:
    yield from ("/cam-ket/ckdt01/chia-se", "/nhung/cam-ket/ckdt01", "/k/ckdt01", "/qr/cam-ket/ckdt01.png")
    yield from ("/anh/cam-ket/ckdt01.png", f"/oembed?url={SITE}/k/ckdt01")
