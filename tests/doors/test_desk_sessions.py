"""Sessions at the desk: what ends them, what the cookie may tell, what is stored and what is not."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_house import BROWSER, HERE, PASSWORD, Desk, Visitor, open_desk
from werkzeug.http import parse_cookie

from portal.kernel.policy import Role
from portal.kernel.work import work
from portal.office.accounts import acts
from portal.office.accounts.tables import DeskSession, Officer

LAN = "lan@namro.example"
NEW_PASSWORD = "bốn mùa gió thổi qua đồng"


@pytest.fixture
def house_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one officer who has been there."""
    desk = open_desk(tmp_path)
    desk.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    desk.welcome(LAN)
    yield desk
    desk.close()


def is_in(visitor: Visitor) -> bool:
    """Whether the desk lets the visitor see its home."""
    return visitor.get("/van-phong").status_code == 200


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    """What the database holds, read past the application."""
    with sqlite3.connect(desk.settings.instance / "portal.sqlite") as connection:
        return connection.execute(query).fetchall()


def test_a_revoked_session_is_out_at_the_next_request(house_desk: Desk) -> None:
    lost, mine = house_desk.sign_in(LAN), house_desk.sign_in(LAN)
    assert is_in(lost)
    mine.get("/van-phong/tai-khoan")
    assert mine.page.count(">Thu hồi</button>") == 2  # the first visit, and the lost one
    with house_desk.app.app_context(), work() as w:
        newest_first = w.session.query(DeskSession).order_by(DeskSession.began_at.desc())
        lost_id = newest_first.filter_by(signed_in=True).all()[1].id
    answer = mine.post(f"/van-phong/tai-khoan/phien/{lost_id}/thu-hoi")
    assert answer.status_code == 303
    assert not is_in(lost)
    assert is_in(mine)
    lost.get(lost.get("/van-phong").headers["Location"])
    assert "SessionRevoked" in house_desk.events(LAN)


def test_a_lapsed_visitor_is_told_why(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    house_desk.pass_time(minutes=31)
    visitor.get(visitor.get("/van-phong").headers["Location"])
    assert "Phiên làm việc đã kết thúc" in visitor.page


def test_all_other_sessions_can_be_ended_at_once(house_desk: Desk) -> None:
    others = [house_desk.sign_in(LAN) for _ in range(3)]
    mine = house_desk.sign_in(LAN)
    mine.get("/van-phong/tai-khoan")
    assert mine.post("/van-phong/tai-khoan/phien/thu-hoi-het").status_code == 303
    assert not any(is_in(other) for other in others)
    assert is_in(mine)


def test_nobody_revokes_the_session_of_another(house_desk: Desk) -> None:
    binh = house_desk.add("binh@namro.example")
    other = house_desk.welcome(binh)
    victim = house_desk.sign_in(LAN)
    with house_desk.app.app_context(), work() as w:
        lan_id = w.session.query(Officer).filter_by(email=LAN).one().id
        session_id = w.session.query(DeskSession).filter_by(officer_id=lan_id, ended_at=None).all()[-1].id
    other.get("/van-phong/tai-khoan")
    assert other.post(f"/van-phong/tai-khoan/phien/{session_id}/thu-hoi").status_code == 404
    assert is_in(victim)


def test_a_session_nobody_touches_ends(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    assert is_in(visitor)
    for _ in range(4):
        house_desk.pass_time(minutes=30, seconds=-1)
        assert is_in(visitor)
    house_desk.pass_time(minutes=30)
    assert not is_in(visitor)


def test_every_session_ends_after_a_working_day(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    hours = 0.0
    while hours < 11.9:
        house_desk.pass_time(minutes=20)
        hours += 1 / 3
        assert is_in(visitor) or hours > 11.9
    house_desk.pass_time(minutes=20)
    assert not is_in(visitor)


def test_the_time_between_the_factors_is_short(house_desk: Desk) -> None:
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    house_desk.pass_time(minutes=10)
    visitor.give_code(house_desk.code(LAN))
    assert not is_in(visitor)


def test_signing_out_ends_the_session_on_the_server(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    taken = visitor.cookie
    visitor.get("/van-phong")
    assert visitor.post("/van-phong/dang-xuat").status_code == 303
    thief = house_desk.visitor()
    thief.client.set_cookie("van-phong", taken, path="/van-phong")
    assert not is_in(thief)
    assert "SignedOut" in house_desk.events(LAN)


def test_a_new_password_ends_every_other_session(house_desk: Desk) -> None:
    other, mine = house_desk.sign_in(LAN), house_desk.sign_in(LAN)
    mine.get("/van-phong/tai-khoan/mat-khau")
    answer = mine.post(
        "/van-phong/tai-khoan/mat-khau",
        password=PASSWORD,
        new_password=NEW_PASSWORD,
        new_password_confirm=NEW_PASSWORD,
    )
    assert answer.status_code == 303, answer.text
    assert is_in(mine)
    assert not is_in(other)
    assert house_desk.visitor().give_password(LAN).status_code == 422
    assert house_desk.visitor().give_password(LAN, NEW_PASSWORD).status_code == 303


def test_the_cookie_gets_a_new_name_at_every_stage(house_desk: Desk) -> None:
    visitor = house_desk.visitor()
    visitor.get("/van-phong/dang-nhap")
    names = [visitor.cookie]
    visitor.post("/van-phong/dang-nhap", email=LAN, password=PASSWORD)
    names.append(visitor.cookie)
    visitor.give_code(house_desk.code(LAN))
    names.append(visitor.cookie)
    assert len(set(names)) == 3
    for old in names[:2]:
        thief = house_desk.visitor()
        thief.client.set_cookie("van-phong", old, path="/van-phong")
        assert not is_in(thief)


def test_a_planted_cookie_is_not_taken_over(house_desk: Desk) -> None:
    visitor = house_desk.visitor()
    visitor.client.set_cookie("van-phong", "~planted-by-somebody-else", path="/van-phong")
    visitor.give_password(LAN)
    visitor.give_code(house_desk.code(LAN))
    assert is_in(visitor)
    assert "planted" not in visitor.cookie


def test_strangers_write_nothing(house_desk: Desk) -> None:
    before = rows(house_desk, "SELECT count(*) FROM office_session")
    for _ in range(5):
        house_desk.visitor().get("/van-phong/dang-nhap")
        house_desk.visitor().get("/van-phong")
    assert rows(house_desk, "SELECT count(*) FROM office_session") == before
    house_desk.visitor().give_password(LAN)
    assert rows(house_desk, "SELECT count(*) FROM office_session") != before


def test_only_a_digest_of_the_cookie_is_stored(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    secret = visitor.cookie.removeprefix("~")
    dump = repr(rows(house_desk, "SELECT * FROM office_session"))
    assert len(secret) >= 43  # 256 bits
    assert secret not in dump


def test_no_address_of_a_machine_and_no_browser_is_stored(house_desk: Desk) -> None:
    house_desk.visitor().give_password(LAN, "sai rồi sai rồi sai")
    house_desk.sign_in(LAN).get("/van-phong/tai-khoan")
    tables = [str(name) for (name,) in rows(house_desk, "SELECT name FROM sqlite_master WHERE type='table'")]
    dump = "\n".join(repr(rows(house_desk, f'SELECT * FROM "{table}"')) for table in tables)
    assert "lan@namro.example" in dump  # the search does find what is there
    assert "door_limit" in tables
    assert HERE not in dump
    assert "TrinhDuyet" in BROWSER
    assert "TrinhDuyet" not in dump


def test_the_cookie_over_tls(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, base_url="https://localhost")
    answer = desk.app.test_client().get("/van-phong/dang-nhap", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert next(iter(parse_cookie(cookie))) == "__Secure-van-phong"
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/van-phong"):
        assert f"; {flag}" in cookie
    assert "Domain" not in cookie
    assert "Max-Age" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    desk.close()


def test_a_form_over_tls_needs_no_referer(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, base_url="https://localhost")
    client = desk.app.test_client()
    page = client.get("/van-phong/dang-nhap", base_url="https://localhost").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(
        "/van-phong/dang-nhap",
        data={"csrf_token": token, "email": LAN, "password": PASSWORD},
        base_url="https://localhost",
    )
    assert answer.status_code == 422  # read and refused, as nobody has this address here
    desk.close()


def test_a_taken_role_is_gone_at_the_next_request(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    visitor.get("/van-phong")
    assert "Soạn thảo" in visitor.page
    with house_desk.app.app_context(), work() as w:
        officer = w.session.query(Officer).filter_by(email=LAN).one()
        acts.take_role(w, officer, role="author", unit_id=2)
    visitor.get("/van-phong")
    assert "chưa được giao vai trò nào" in visitor.page


def test_a_closed_account_is_out_at_the_next_request(house_desk: Desk) -> None:
    visitor = house_desk.sign_in(LAN)
    with house_desk.app.app_context(), work() as w:
        acts.close_account(w, w.session.query(Officer).filter_by(email=LAN).one())
    assert not is_in(visitor)
    assert house_desk.visitor().give_password(LAN).status_code == 422
