"""Somebody who means harm, at the doors of taking part: every way in that was tried, and stays shut."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
import townhall
from flask import Flask
from hostile_texts import FAMILIES, LOOSE
from hostile_town import found_hostile
from seated import Office
from speakers import HAI, MOT, Square
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from takers import PLACE, Taker, letters
from test_taking_part import DENUNCIATION, PHONE, WORDS
from world import World, who

from portal.doors.public.contribution import MOST_WORDS
from portal.doors.public.visiting import LOOK_UP_FROM_PLACE
from portal.inbox.feedback.tables import Comment, Request
from portal.inbox.signin.rules import tidy_address
from portal.inbox.signin.tables import SignInCode
from portal.kernel.clock import StoppedClock
from portal.kernel.limits import place_of
from portal.kernel.text import tidy
from portal.migrations.upgrade import owner_engine
from portal.office.moderation.tables import Case
from portal.settings import Settings

RECEIPT = "/bien-nhan/GY.20261124.7KQ2-M4TX-9BH"
INERT = {
    *("text/plain", "text/csv", "text/calendar", "application/json", "application/pdf"),
    *("application/xml", "application/atom+xml", "application/zip", "application/x-ndjson"),
    *("application/manifest+json", "application/problem+json", "image/png"),
}
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200d\u202e\u2064\u206a\u2800\u3164\ufe0f\ufeff\uffa0\U000e0041"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return townhall.found(tmp_path, mail_url=(tmp_path / "mail").as_uri())


@pytest.fixture
def app(settings: Settings) -> Flask:
    return townhall.open_door(settings, StoppedClock(townhall.NOW))


@pytest.fixture
def mai(app: Flask, settings: Settings) -> Taker:
    return Taker(app, settings, "mai@thu.example")


@pytest.fixture
def stored(settings: Settings) -> Iterator[Session]:
    engine = owner_engine(settings)
    with Session(engine) as session:
        yield session
    engine.dispose()


def said(settings: Settings, *words: str) -> list[str]:
    """The files of the installation, database and its log among them, in which one of ``words`` stands."""
    files = [path for path in settings.instance.rglob("*") if path.is_file()]
    assert any(path.name == "portal.sqlite" for path in files)
    return [str(path) for path in files for word in words if word.encode() in path.read_bytes()]


# -- signing in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example/tai-khoan", "///evil.example/cam-ket/a/gop-y", "https://evil.example/tai-khoan",
        "/\\evil.example/tai-khoan", "/\t/evil.example/tai-khoan", "javascript:alert(1)//tai-khoan",
        "/../tai-khoan", "/.//evil.example/tai-khoan", "/tai-khoan\r\nX-Evil: 1", "/dang-xuat",
    ],
)  # fmt: skip
def test_nobody_is_led_away_after_signing_in(mai: Taker, onward: str) -> None:
    page = mai.fill("/dang-nhap", email=mai.address)
    form = {"csrf_token": mai.token(page), "code": mai.code(), "tiep": onward}
    assert mai.client.post("/dang-nhap", data=form).location == "/tai-khoan"
    assert mai.client.get("/dang-nhap", query_string={"tiep": onward}).location == "/tai-khoan"


@pytest.mark.parametrize("onward", [PLACE, f"/en{PLACE}", "/cong-khai/en/tai-khoan"])
def test_everybody_is_led_where_they_wanted_to_go(mai: Taker, onward: str) -> None:
    mai.sign_in()
    assert mai.client.get("/dang-nhap", query_string={"tiep": onward}).location == onward


def test_a_code_serves_once_and_one_address(app: Flask, settings: Settings, mai: Taker) -> None:
    page = mai.fill("/dang-nhap", email=mai.address)
    code, token = mai.code(), mai.token(page)
    thief = Taker(app, settings, "trom@thu.example")
    theirs = thief.fill("/dang-nhap", email=thief.address)
    form = {"csrf_token": thief.token(theirs), "code": code, "email": mai.address}
    assert thief.client.post("/dang-nhap", data=form).status_code == (200 if code == thief.code() else 422)
    before = mai.client.get_cookie("gop-y")
    assert mai.client.post("/dang-nhap", data={"csrf_token": token, "code": code}).status_code == 303
    assert before is not None
    # The form and the cookie as they were, sent once more: the cookie knows its address, the code is used up.
    again = app.test_client()
    again.set_cookie("gop-y", before.value)
    assert again.post("/dang-nhap", data={"csrf_token": token, "code": code}).status_code == 422


def test_a_visit_begins_under_a_cookie_nobody_could_have_planted(app: Flask, mai: Taker) -> None:
    planted = app.test_client()
    planted.get("/dang-nhap")
    cookie = planted.get_cookie("gop-y")
    assert cookie is not None
    mai.client.set_cookie("gop-y", cookie.value)
    mai.sign_in()
    mine = mai.client.get_cookie("gop-y")
    assert mine is not None
    assert mine.value != cookie.value
    assert planted.get("/tai-khoan").status_code == 303  # whoever planted it is nobody
    forged = app.test_client()
    forged.set_cookie("gop-y", cookie.value[:-4] + "AAAA")
    assert forged.get("/tai-khoan").status_code == 303


def test_without_a_token_nothing_is_done(mai: Taker, settings: Settings, stored: Session) -> None:
    assert mai.client.post("/dang-nhap", data={"email": mai.address}).status_code == 422
    assert letters(settings) == []
    mai.sign_in()
    for path in ("/tai-khoan/xoa", "/tai-khoan/ban-sao", "/tai-khoan/thu-xac-nhan", "/dang-xuat"):
        assert mai.client.post(path, data={"chac_chan": "y", "thu": "x", "moi_noi": "y"}).status_code == 422
    assert mai.get("/tai-khoan").status_code == 200
    assert stored.scalars(select(SignInCode)).all() == []


@pytest.mark.parametrize(
    "typed", ["a\x00@b.vn", "a\x1b@b.vn", "a@b.vn\u200b", "a@b.vn\nBcc: c@d.vn", "a\u2028@b.vn"]
)
def test_an_address_holds_nothing_unseen(typed: str) -> None:
    assert tidy_address(typed) is None


# -- where somebody comes from -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("?", "?"),
    ],
)
def test_a_line_is_one_place_whatever_its_machine_calls_itself(address: str, counted: str) -> None:
    assert place_of(address) == counted


def test_a_machine_with_many_addresses_is_counted_as_one(app: Flask, settings: Settings) -> None:
    def ask(n: int) -> int:
        return Taker(app, settings, "", REMOTE_ADDR=f"2001:db8:1:2::{n:x}").get(RECEIPT).status_code

    most = LOOK_UP_FROM_PLACE.item.amount
    assert [ask(n) for n in range(most + 1)] == [404] * most + [429]


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "localhost:80@evil.example", ""])
def test_no_page_is_made_for_a_foreign_host(mai: Taker, host: str) -> None:
    for header in ("Host", "X-Forwarded-Host"):
        for path in ("/dang-nhap", PLACE, "/cam-ket/ckdt01"):
            answer = mai.client.get(path, headers={header: host})
            assert "evil.example" not in answer.text + str(answer.headers)
    assert "evil" not in mai.get("/cam-ket/ckdt01").text  # nor is one kept for who comes next


@pytest.mark.parametrize("path", ["/dang-nhap", PLACE, "/bien-nhan", RECEIPT, f"{RECEIPT}/sua", "/tai-khoan"])
def test_what_is_for_one_person_is_kept_by_nobody(mai: Taker, path: str) -> None:
    for way in (path, f"/en{path}", f"{path}?x=1"):
        answer = mai.client.get(way)
        assert "public" not in answer.headers.get("Cache-Control", "")
        assert "ETag" not in answer.headers
        assert answer.status_code == 303 or answer.headers["Cache-Control"] in ("no-store", "no-cache")


# -- what is sent --------------------------------------------------------------------------------------


def test_a_body_too_large_is_refused_unread(mai: Taker) -> None:
    mai.sign_in()
    for path in (PLACE, "/dang-nhap", f"{RECEIPT}/xem-lai"):
        assert mai.client.post(path, data={"words": "x" * 65 * 1024}).status_code == 413


@pytest.mark.parametrize("letter", ["ệ", "e\u0323\u0302", "ệ" + UNSEEN, "😀"])
def test_length_is_counted_as_it_is_read(mai: Taker, letter: str) -> None:
    mai.sign_in()
    fits = mai.speak(words=letter * (MOST_WORDS if len(letter) < 4 else 100), buoc="xem")
    assert fits.status_code == 200
    if len(letter) < 4:
        assert mai.speak(words=letter * (MOST_WORDS + 1), buoc="xem").status_code == 422


def test_words_nobody_sees_are_no_words(mai: Taker, stored: Session) -> None:
    mai.sign_in()
    assert mai.speak(words=UNSEEN * 5).status_code == 422
    assert stored.scalars(select(Comment)).all() == []


@pytest.mark.parametrize("between", UNSEEN)
def test_nothing_unseen_hides_what_must_be_recognised(mai: Taker, between: str) -> None:
    mai.sign_in()
    assert "Luật Tố cáo" in mai.speak(words=between.join(DENUNCIATION)).text
    assert "[đã che: số điện thoại]" in mai.speak(words=between.join(PHONE)).text
    assert tidy(between.join("rõ")) == "rõ"


def test_a_denunciation_is_kept_nowhere_on_its_way(
    mai: Taker, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Not signed in, signed in, without a token, as an appeal: no file, no cookie, no log line."""
    caplog.set_level(0)
    mai.speak(words=DENUNCIATION)
    mai.client.post(PLACE, data={"words": DENUNCIATION})
    code = mai.sign_in().receipt(words=WORDS)
    changed = mai.client.post(f"/bien-nhan/{code}/sua", data={"words": DENUNCIATION})
    assert changed.status_code == 422
    cookie = mai.client.get_cookie("gop-y")
    assert cookie is not None
    assert "nhà thầu" not in cookie.decoded_value + caplog.text
    assert said(settings, "nhà thầu", "nh\\u00e0 th\\u1ea7u") == []
    assert said(settings, "rãnh thoát nước")  # the control: what may be kept is found there


def test_an_appeal_that_denounces_is_guided_and_not_kept(
    mai: Taker, settings: Settings, stored: Session
) -> None:
    code = mai.sign_in().receipt(words=WORDS)
    stored.execute(text("UPDATE door_receipt SET state = 'refused', appeal_until = '2027-01-01'"))
    stored.commit()
    answer = mai.client.post(f"/bien-nhan/{code}/xem-lai", data={"ly_do": DENUNCIATION})
    assert answer.status_code == 422
    assert "không lưu bất cứ chữ nào" in answer.text
    assert stored.scalars(select(Request)).all() == []
    assert said(settings, "nhà thầu") == []
    sent = mai.client.post(f"/bien-nhan/{code}/xem-lai", data={"ly_do": "Tôi chỉ phê bình việc làm chậm."})
    assert sent.status_code == 303
    stored.rollback()
    assert len(stored.scalars(select(Request)).all()) == 1


def test_what_is_no_page_runs_nowhere(tmp_path: Path) -> None:
    """Lists, feeds and figures over hostile texts: no kind that a browser runs, and none guessed instead."""
    settings = found_hostile(tmp_path, [FAMILIES])
    door = townhall.open_door(settings)
    paths = [r.rule for r in door.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments]
    answers = [(path, door.test_client().get(path)) for path in paths]
    others = [(path, a) for path, a in answers if a.mimetype != "text/html" and a.status_code == 200]
    assert {"/sitemap.xml", "/robots.txt", "/so-cai/checkpoint"} <= {path for path, _ in others}
    for path, answer in others:
        if path == "/sw.js":  # the one script at an address of its own, and a still file of ours
            assert answer.data.endswith(Path("static/js/worker.js").read_bytes())
            assert LOOSE.encode() not in answer.data
            continue
        assert answer.mimetype in INERT, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
        if "xml" in answer.mimetype:
            assert not [e.tag for e in ElementTree.fromstring(answer.data).iter() if LOOSE in e.tag], path


def test_letters_are_plain_text(mai: Taker, settings: Settings) -> None:
    mai.sign_in()
    raw = [path.read_bytes() for path in settings.instance.rglob("*.eml")]
    assert raw
    assert {message_from_bytes(one).get_content_type() for one in raw} == {"text/plain"}


# -- the moderator's desk ------------------------------------------------------------------------------


def test_a_case_of_somebody_else_is_neither_read_nor_decided_by_its_address(tmp_path: Path) -> None:
    square = Square(World(tmp_path, review_percent=0)).settle_in()
    code = square.heard("Đường ZQX vẫn ngập")
    with square.world.work() as w:
        case = w.session.scalars(select(Case).where(Case.code == code)).one()
        case.assigned_id = who(w, HAI).id
        key = case.id
    seat = Office(square.world).seat(MOT)
    seat.open("/van-phong/kiem-duyet")
    for path in (
        f"/van-phong/kiem-duyet/{key}",
        f"/van-phong/niem-phong/{key}",
        f"/van-phong/kiem-duyet/xem-lai/{key}",
    ):
        answer = seat.ask("GET", path)
        assert answer.status_code in (403, 404, 409, 422)
        assert "ZQX" not in answer.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', seat.page)
    assert token
    form = {"csrf_token": token[1], "decision": "publish", "do": "confirm", "case": str(key)}
    for path in (f"/van-phong/kiem-duyet/{key}", "/van-phong/kiem-duyet/hang-loat"):
        assert "ZQX" not in seat.ask("POST", path, form).text
    assert square.case(code).state == "waiting"
    square.close()
