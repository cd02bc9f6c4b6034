"""Signing in, speaking, the receipt: the whole way at the public door, and what stands in it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import townhall
from flask import Flask
from reader import Page, Reader, is_valid_html, runs_nothing_inline
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from takers import PLACE, Taker, letters
from test_hostile_texts import HOSTILE
from werkzeug.test import TestResponse

from portal.doors.public.visiting import LOOK_UP_FROM_PLACE
from portal.inbox.feedback.tables import Comment, Rating, Receipt
from portal.inbox.signin.tables import Account, SignInCode, Visit
from portal.kernel.clock import StoppedClock
from portal.migrations.upgrade import owner_engine
from portal.settings import Settings

MOST = LOOK_UP_FROM_PLACE.item.amount
WORDS = "Đường đã rải nhựa xong, nhưng rãnh thoát nước chưa làm."
PHONE = "Cần hỏi thêm xin gọi 0912 345 678, tôi ở ngay đó."
DENUNCIATION = (
    "Tôi tố cáo ông Lê Minh Họa nhận hối lộ 200 triệu đồng của nhà thầu làm đường, có giấy tờ kèm theo."
)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(townhall.NOW)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return townhall.found(tmp_path, mail_url=(tmp_path / "mail").as_uri())


@pytest.fixture
def app(settings: Settings, clock: StoppedClock) -> Flask:
    return townhall.open_door(settings, clock)


@pytest.fixture
def mai(app: Flask, settings: Settings) -> Taker:
    return Taker(app, settings, "mai@thu.example")


@pytest.fixture
def stored(settings: Settings) -> Iterator[Session]:
    """What lies in the database, for whoever owns it."""
    engine = owner_engine(settings)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_reading_sets_no_cookie_and_the_form_is_a_page_of_its_own(mai: Taker) -> None:
    page = mai.get("/cam-ket/ckdt01")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert f'href="{PLACE}"' in page.text
    form = mai.get(PLACE)
    assert form.headers["Cache-Control"] == "no-store"


def test_a_code_by_mail_opens_the_door_once(mai: Taker, settings: Settings, stored: Session) -> None:
    mai.sign_in()
    (to, subject, body) = letters(settings)[-1]
    assert (to, subject) == ("mai@thu.example", "Mã của ông/bà")
    assert "cam kết" not in body
    assert "mai@thu.example" in mai.get("/tai-khoan").text
    assert stored.scalars(select(SignInCode)).all() == []
    visit = stored.scalars(select(Visit)).one()
    assert b"mai@" not in (visit.address or b"")
    assert "mai" not in stored.scalars(select(Account)).one().name


@pytest.mark.parametrize("typed", ["mai", "mai@", "@a.vn", "a b@a.vn", "a@b", "x" * 260 + "@a.vn"])
def test_what_is_no_address_gets_no_letter(mai: Taker, settings: Settings, typed: str) -> None:
    assert mai.fill("/dang-nhap", email=typed).status_code == 422
    assert letters(settings) == []


def test_a_wrong_code_is_tried_five_times_and_an_old_one_not_at_all(mai: Taker, clock: StoppedClock) -> None:
    page = mai.fill("/dang-nhap", email=mai.address)
    right = mai.code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        page = mai.client.post("/dang-nhap", data={"csrf_token": mai.token(page), "code": wrong})
        assert page.status_code == 422
    assert mai.client.post(
        "/dang-nhap", data={"csrf_token": mai.token(page), "code": right}
    ).status_code == 422  # fmt: skip
    page = mai.fill("/dang-nhap", email=mai.address)
    clock.at += timedelta(minutes=11)
    late = mai.client.post("/dang-nhap", data={"csrf_token": mai.token(page), "code": mai.code()})
    assert late.status_code == 422


def try_code(taker: Taker, page: TestResponse, code: str) -> int:
    return taker.client.post("/dang-nhap", data={"csrf_token": taker.token(page), "code": code}).status_code


def test_a_stranger_who_asks_and_guesses_in_my_name_is_not_in_my_way(mai: Taker, settings: Settings) -> None:
    page = mai.fill("/dang-nhap", email=mai.address)
    mine = mai.code()
    stranger = Taker(mai.client.application, settings, mai.address)
    theirs = stranger.fill("/dang-nhap", email=mai.address)
    wrong = "000000" if mine != "000000" else "111111"
    assert [try_code(stranger, theirs, wrong) for _ in range(6)] == [422] * 6
    assert try_code(stranger, theirs, mine) == 422  # what was sent for my browser is of no use in another
    assert try_code(mai, page, mine) == 303


def test_where_no_more_letters_go_out_the_last_code_still_holds(mai: Taker, settings: Settings) -> None:
    page = mai.fill("/dang-nhap", email=mai.address)
    mine = mai.code()
    for place in range(1, 10):  # ten letters an hour and address in all, from wherever
        Taker(mai.client.application, settings, mai.address, REMOTE_ADDR=f"127.0.0.{place + 1}").fill(
            "/dang-nhap", email=mai.address
        )
    sent = len(letters(settings))
    page = mai.fill("/dang-nhap", email=mai.address)
    assert (page.status_code, len(letters(settings))) == (200, sent)
    assert try_code(mai, page, mine) == 303


def test_letters_to_one_address_are_limited_and_say_so(mai: Taker) -> None:
    answers = [mai.fill("/dang-nhap", email=mai.address).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_an_answer_and_words_become_rows_and_a_receipt(mai: Taker, stored: Session) -> None:
    code = mai.sign_in().receipt(rating="unclear", words=WORDS, relation="local")
    rating, comment = stored.scalars(select(Rating)).one(), stored.scalars(select(Comment)).one()
    assert (rating.answer, rating.relation, rating.period) == ("unclear", "local", "2026-Q4")
    assert (rating.group, rating.standing, rating.via) == ("resident", "unverified", "web")
    assert (comment.words, comment.shown_as, comment.kind) == (WORDS, "Người dân", "opinion")
    assert comment.person == rating.person
    assert comment.answer_to is None
    receipt = stored.scalars(select(Receipt)).one()
    assert (receipt.state, receipt.due_on) == ("received", "2026-11-26")
    assert code not in str(receipt.code)
    page = mai.get(f"/bien-nhan/{code}")
    assert "Đã tiếp nhận" in page.text
    assert WORDS not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("fields", [{"rating": "not_seen"}, {"words": WORDS}])
def test_either_alone_is_enough(mai: Taker, stored: Session, fields: dict[str, str]) -> None:
    mai.sign_in().receipt(**fields)
    assert len(stored.scalars(select(Rating)).all()) == ("rating" in fields)
    assert len(stored.scalars(select(Comment)).all()) == ("words" in fields)


def test_the_last_word_of_a_person_is_known_by_one_key_a_programme(mai: Taker, stored: Session) -> None:
    mai.sign_in()
    for answer in ("done_well", "not_seen", "rut"):
        mai.receipt(rating=answer)
    mai.receipt("/cam-ket/ckqh02/gop-y", rating="unknown")
    rows = stored.scalars(select(Rating).order_by(Rating.at)).all()
    here = {r.person for r in rows if r.programme == "ct0chairman"}
    elsewhere = {r.person for r in rows if r.programme != "ct0chairman"}
    assert (len(here), len(elsewhere)) == (1, 1)
    assert here != elsewhere
    assert {r.answer for r in rows} == {"done_well", "not_seen", None, "unknown"}


def test_personal_data_is_shown_before_anything_is_sent_and_covered_up(mai: Taker, stored: Session) -> None:
    mai.sign_in()
    asked = mai.speak(words=PHONE)
    assert asked.status_code == 422
    assert "[đã che: số điện thoại]" in asked.text
    assert "0912 345 678" in asked.text  # the author sees what it is about
    assert stored.scalars(select(Comment)).all() == []
    seen = [v for n, v in [*mai.hidden(asked).items()] if n == "seen"]
    mai.receipt(words=PHONE, seen=seen, mask=seen, buoc="gui")
    mai.receipt(words=PHONE, seen=seen, buoc="gui")
    stored.rollback()
    covered, kept = sorted(stored.scalars(select(Comment)), key=lambda c: c.has_personal)
    assert "0912" not in covered.words
    assert not covered.has_personal
    assert "0912 345 678" in kept.words


def test_a_denunciation_is_guided_and_nothing_of_it_is_kept(
    mai: Taker, settings: Settings, stored: Session
) -> None:
    mai.sign_in()
    page = mai.speak(words=DENUNCIATION, rating="not_seen")
    assert page.status_code == 422
    assert "Luật Tố cáo" in page.text
    assert stored.scalars(select(Rating)).all() == []
    for path in settings.instance.rglob("*"):
        if path.is_file():
            assert "nhà thầu".encode() not in path.read_bytes(), path


def test_signing_in_in_between_loses_no_word(mai: Taker, settings: Settings) -> None:
    page = mai.speak(rating="done_well", words=WORDS, shown_as="quarter", quarter="3")
    assert page.status_code == 422
    bundle = mai.hidden(page)["mang_theo"]
    assert WORDS not in page.text
    page = mai.client.post(
        "/dang-nhap", data={"csrf_token": mai.token(page), "email": mai.address, "mang_theo": bundle}
    )
    page = mai.client.post(
        "/dang-nhap",
        data={"csrf_token": mai.token(page), "code": mai.code(), "mang_theo": mai.hidden(page)["mang_theo"]},
    )
    assert page.status_code == 200
    assert WORDS in page.text
    for path in settings.instance.rglob("*"):
        if path.is_file():
            assert "rãnh thoát".encode() not in path.read_bytes(), path
    sent = mai.client.post(PLACE, data={"csrf_token": mai.token(page), "rating": "done_well", "words": WORDS})
    assert sent.status_code == 303


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Xin chọn một câu trả lời"),
        ({"rating": "great"}, "Xin chọn một trong các câu trả lời"),
        ({"words": "chữ " * 600}, "dài quá"),
        ({"words": WORDS, "kind": "x"}, "Xin chọn một trong các mục"),
        ({"words": WORDS, "relation": "x"}, "Xin chọn một trong các mục"),
        ({"words": WORDS, "group": "party_member"}, "chưa được tổ chức xác nhận"),
        ({"words": WORDS, "shown_as": "quarter", "quarter": "x"}, "Xin ghi số tổ dân phố"),
    ],
)
def test_bad_input_gets_the_same_page_back(mai: Taker, fields: dict[str, str], fault: str) -> None:
    page = mai.sign_in().speak(**fields)
    assert page.status_code == 422
    assert fault in page.text
    assert fields.get("words", "").strip()[:50] in page.text


def test_without_its_token_nothing_is_stored(mai: Taker, stored: Session) -> None:
    mai.sign_in()
    page = mai.client.post(PLACE, data={"words": WORDS})
    assert page.status_code == 422
    assert WORDS in page.text
    assert stored.scalars(select(Comment)).all() == []


def test_an_account_speaks_so_often_in_a_day_and_keeps_its_words(
    app: Flask, settings: Settings, mai: Taker
) -> None:
    mai.sign_in()
    for _ in range(settings.feedback_per_day):
        mai.receipt(rating="unknown")
    page = mai.speak(words=WORDS)
    assert page.status_code == 429
    assert WORDS in page.text


def test_every_page_of_taking_part_is_faultless(mai: Taker) -> None:
    reader = Reader(mai.client)
    for prefix in ("", "/en"):
        reader.open(f"{prefix}/dang-nhap")
        reader.open(f"{prefix}{PLACE}")
        reader.open(f"{prefix}/bien-nhan")
        reader.open(f"{prefix}/bien-nhan/GY.20261124.7KQ2-M4TX-9BH", status=404)
    code = mai.sign_in().receipt(words=WORDS)
    for prefix in ("", "/en"):
        reader.open(f"{prefix}/bien-nhan/{code}")
        reader.open(f"{prefix}/bien-nhan/{code}/sua")
        reader.open(f"{prefix}/tai-khoan")
        reader.open(f"{prefix}{PLACE}")


def test_the_public_connection_cannot_read_the_inbox(app: Flask, mai: Taker) -> None:
    from portal.kernel.db import db

    mai.sign_in().receipt(words=WORDS)
    with app.app_context(), db.engine.connect() as c:
        c.execute(text("SELECT * FROM door_receipt"))
        with pytest.raises(Exception, match=r"prohibited|not authorized"):
            c.execute(text("SELECT * FROM inbox_comment"))


def test_look_ups_are_counted_by_place_and_no_header_makes_another_place(
    app: Flask, settings: Settings
) -> None:
    here = Taker(app, settings, "", REMOTE_ADDR="198.51.100.7")
    path = "/bien-nhan/GY.20261124.7KQ2-M4TX-9BH"
    spoofed = [
        here.client.get(
            path, headers={"X-Forwarded-For": f"203.0.113.{n}", "Accept": "text/html"}
        ).status_code
        for n in range(MOST + 1)
    ]
    assert spoofed == [404] * MOST + [429]
    elsewhere = Taker(app, settings, "", REMOTE_ADDR="198.51.100.8")
    assert elsewhere.get(path).status_code == 404


def test_behind_a_proxy_we_trust_the_place_is_the_one_it_tells(tmp_path: Path) -> None:
    settings = townhall.found(tmp_path / "behind", proxy_hops=1)
    proxy = Taker(townhall.open_door(settings), settings, "", REMOTE_ADDR="10.0.0.1")
    path = "/bien-nhan/GY.20261124.7KQ2-M4TX-9BH"

    def ask(forwarded: str) -> int:
        return proxy.client.get(path, headers={"X-Forwarded-For": forwarded}).status_code

    # What a visitor adds in front of the proxy's own entry makes no other place of him.
    assert {ask(f"1.2.3.{n}, 203.0.113.5") for n in range(MOST)} == {404}
    assert ask("9.9.9.9, 203.0.113.5") == 429
    assert ask("203.0.113.6") == 404


def test_signing_out_ends_this_visit_or_all_of_them(app: Flask, settings: Settings, mai: Taker) -> None:
    elsewhere = Taker(app, settings, mai.address).sign_in()
    third = Taker(app, settings, mai.address).sign_in()
    third.fill("/tai-khoan", to="/dang-xuat")
    assert third.get("/tai-khoan").status_code == 303
    assert elsewhere.get("/tai-khoan").status_code == 200
    mai.sign_in().fill("/tai-khoan", to="/dang-xuat", moi_noi="y")
    assert elsewhere.get("/tai-khoan").status_code == 303


def test_a_visit_ends_on_its_day_and_its_cookie_is_for_itself(mai: Taker, clock: StoppedClock) -> None:
    mai.sign_in()
    cookie = mai.client.get_cookie("gop-y")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert "mai" not in cookie.decoded_value
    page = mai.get("/cam-ket/ckdt01")  # reading stays the same for whoever is signed in
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "public, no-cache"
    clock.at += timedelta(days=15)
    assert mai.get("/tai-khoan").status_code == 303


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_typed_is_text_on_every_page(mai: Taker, hostile: str) -> None:
    reader = Reader(mai.client)

    def sound(answer: TestResponse) -> None:
        page = Page("/", answer)
        assert [fault for check in (is_valid_html, runs_nothing_inline) for fault in check(page)] == []

    sound(mai.client.post("/bien-nhan", data={"ma": hostile}))
    sound(mai.fill("/dang-nhap", email=hostile[:200], mang_theo=hostile, tiep=hostile))
    mai.sign_in()
    sound(mai.fill("/tai-khoan", to="/tai-khoan/thu-xac-nhan", thu=hostile))
    sound(mai.speak(words=hostile[:1900], buoc="xem", quarter=hostile, shown_as=hostile, position=hostile))
    sound(mai.speak(words=hostile, rating=hostile, kind=hostile, relation=hostile, group=hostile))
    code = mai.receipt(words="Được.", buoc="gui")
    sound(mai.client.post(f"/bien-nhan/{code}/sua", data={"words": hostile * 3, "kind": hostile}))
    reader.open(f"/bien-nhan/{code}")


def test_nobody_learns_whether_an_address_is_known(app: Flask, settings: Settings, mai: Taker) -> None:
    mai.sign_in()

    def answers(address: str) -> list[str]:
        stranger = Taker(app, settings, address)
        asked = stranger.fill("/dang-nhap", email=address)
        wrong = stranger.client.post("/dang-nhap", data={"csrf_token": Taker.token(asked), "code": "x"})
        token = Taker.token(asked)
        return [page.text.replace(address, "A").replace(token, "T") for page in (asked, wrong)]

    assert answers(mai.address) == answers("ai-do@thu.example")


@pytest.mark.parametrize("what", ["account", "session", "standing", "code", "letter"])
def test_no_row_of_people_tells_when_it_came(stored: Session, what: str) -> None:
    stored.execute(text("SELECT rowid FROM inbox_comment"))  # the control: an ordinary table is numbered
    with pytest.raises(OperationalError, match="no such column: rowid"):
        stored.execute(text(f"SELECT rowid FROM door_{what}"))
