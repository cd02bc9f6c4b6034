"""Signing in at the desk, from the first invitation to the recovery code, over the real application."""

import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from desk_house import HERE, PASSWORD, THERE, Desk, Visitor, open_desk
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.kernel.db import db
from portal.kernel.work import work
from portal.office.accounts.acts import add_officer
from portal.office.accounts.tables import Officer

LAN = "lan@namro.example"


@pytest.fixture
def house_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one officer, who has not been there yet."""
    desk = open_desk(tmp_path)
    desk.add(LAN, name="Trần Thị Lan")
    yield desk
    desk.close()


def is_in(visitor: Visitor) -> bool:
    """Whether the desk lets the visitor see its home."""
    return visitor.get("/van-phong").status_code == 200


def test_a_first_visit_sets_password_device_and_recovery_codes(house_desk: Desk) -> None:
    visitor = house_desk.welcome(LAN)
    assert is_in(visitor)
    assert "Trần Thị Lan" in visitor.page
    assert "Phường Mẫu" in visitor.page
    assert len(house_desk.recovery[LAN]) == 10
    assert set(house_desk.events(LAN)) == {
        "OfficerAdded", "OfficerInvited", "PasswordChanged", "SecondFactorEnrolled", "SignedIn",
        "RecoveryCodesMade",
    }  # fmt: skip


def test_both_factors_open_the_desk(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    assert visitor.give_password(LAN).status_code == 303
    answer = visitor.give_code(house_desk.code(LAN))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/van-phong")
    assert is_in(visitor)


def test_it_is_the_same_on_either_database(tmp_path: Path, database_url: str) -> None:
    folder = tmp_path / "house"
    if database_url.startswith("sqlite"):
        folder = tmp_path / "instance"
    desk = open_desk(folder, database_url=database_url)
    desk.add(LAN)
    desk.welcome(LAN)
    visitor = desk.sign_in(LAN)
    assert is_in(visitor)
    visitor.get("/van-phong/tai-khoan")
    assert "bằng mật khẩu và mã một lần" in visitor.page
    assert use_recovery(desk.visitor(), desk.recovery[LAN][0]).status_code == 303
    assert use_recovery(desk.visitor(), desk.recovery[LAN][0]).status_code == 422
    statuses = [desk.visitor().give_password("x@namro.example").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    desk.close()


def test_the_way_wanted_before_signing_in_is_taken_after(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.get(visitor.get("/van-phong/tai-khoan").headers["Location"])
    answer = visitor.post("/van-phong/dang-nhap", email=LAN, password=PASSWORD, next="/van-phong/tai-khoan")
    visitor.get(answer.headers["Location"])
    answer = visitor.post("/van-phong/dang-nhap/ma", code=house_desk.code(LAN), next="/van-phong/tai-khoan")
    assert answer.headers["Location"] == "/van-phong/tai-khoan"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "///x"])
def test_nobody_is_sent_elsewhere_after_signing_in(house_desk: Desk, elsewhere: str) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    visitor.get("/van-phong/dang-nhap/ma")
    answer = visitor.post("/van-phong/dang-nhap/ma", code=house_desk.code(LAN), next=elsewhere)
    assert answer.status_code == 303
    assert re.match(r"/(?![/\\])", answer.headers["Location"])  # a path of this site


@pytest.mark.parametrize(
    "path",
    [
        "/van-phong",
        "/van-phong/tai-khoan",
        "/van-phong/tai-khoan/mat-khau",
        "/van-phong/tai-khoan/ma-du-phong",
    ],
)
def test_the_second_factor_cannot_be_skipped(house_desk: Desk, path: str) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    answer = visitor.get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/van-phong/dang-nhap")


def test_the_code_page_without_a_password_leads_back(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.get("/van-phong/dang-nhap")
    answer = visitor.post("/van-phong/dang-nhap/ma", code=house_desk.code(LAN))
    assert answer.status_code == 303
    assert not is_in(visitor)


def test_a_device_cannot_be_enrolled_over_one_that_exists(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    visitor.get("/van-phong/dang-nhap/ma")
    answer = visitor.post("/van-phong/thiet-bi", setup="authenticator")
    assert answer.status_code == 303
    assert "otpauth" not in visitor.page
    assert not is_in(visitor)


def test_a_sign_in_begun_before_the_device_existed_cannot_enrol_another(house_desk: Desk) -> None:
    link = house_desk.invitation(LAN)
    early = house_desk.visitor()
    early.get(link)
    early.post(link, password=PASSWORD, password_confirm=PASSWORD)  # waits before its device
    other = house_desk.visitor()
    other.give_password(LAN)
    other.get("/van-phong/thiet-bi")
    other.post("/van-phong/thiet-bi", setup="authenticator")
    secret = re.search(r"nhập khóa: <code>([A-Z2-7 -]+)</code>", other.page)
    assert secret
    house_desk.devices[LAN] = secret[1]
    other.post("/van-phong/dang-nhap/ma", code=house_desk.code(LAN))
    assert is_in(other)
    early.get("/van-phong/dang-nhap")
    early.post("/van-phong/thiet-bi", setup="authenticator")
    assert "nhập khóa" not in early.page
    assert not is_in(early)


def test_a_code_works_once(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    first, second = house_desk.visitor(), house_desk.visitor()
    first.give_password(LAN)
    second.give_password(LAN)
    code = house_desk.code(LAN)
    assert first.give_code(code).status_code == 303
    assert second.give_code(code).status_code == 422
    assert not is_in(second)
    house_desk.pass_time(seconds=60)
    assert second.give_code(house_desk.code(LAN)).status_code == 303


@pytest.mark.parametrize(("step", "status"), [(-1, 303), (0, 303), (1, 303), (-3, 422), (3, 422)])
def test_a_clock_may_be_one_code_off_and_no_more(house_desk: Desk, step: int, status: int) -> None:
    house_desk.welcome(LAN)
    house_desk.pass_time(minutes=5)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    assert visitor.give_code(house_desk.code(LAN, step=step)).status_code == status


def test_a_code_in_two_groups_is_read(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    code = house_desk.code(LAN)
    assert visitor.give_code(f" {code[:3]} {code[3:]} ").status_code == 303


def test_a_recovery_code_works_once(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    code = house_desk.recovery[LAN][3]
    assert use_recovery(house_desk.visitor(), code).status_code == 303
    second = house_desk.visitor()
    assert use_recovery(second, code).status_code == 422
    assert not is_in(second)
    assert use_recovery(second, house_desk.recovery[LAN][4].upper().replace("-", " ")).status_code == 303
    log = house_desk.events(LAN)
    assert log.count("RecoveryCodeUsed") == 2
    assert log.count("SecondFactorFailed") == 1


def use_recovery(visitor: Visitor, code: str) -> TestResponse:
    """The first factor, then a recovery code."""
    visitor.give_password(LAN)
    visitor.get("/van-phong/dang-nhap/ma-du-phong")
    return visitor.post("/van-phong/dang-nhap/ma-du-phong", code=code)


def test_recovery_codes_are_shown_once_and_stored_as_digests(house_desk: Desk) -> None:
    visitor = house_desk.welcome(LAN)
    visitor.get("/van-phong/tai-khoan/ma-du-phong?show_codes=1")
    assert not any(code in visitor.page for code in house_desk.recovery[LAN])
    raw = (house_desk.settings.instance / "portal.sqlite").read_bytes()
    wal = house_desk.settings.instance / "portal.sqlite-wal"
    raw += wal.read_bytes() if wal.exists() else b""
    assert not any(code.encode() in raw for code in house_desk.recovery[LAN])
    assert LAN.encode() in raw  # the search does find what is there


def test_the_second_factor_is_stored_encrypted(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    with house_desk.app.app_context():
        stored = db.session.query(Officer).filter_by(email=LAN).one().tf_totp_secret
    assert stored is not None
    assert '"enckey"' in stored
    assert house_desk.devices[LAN].replace("-", "").replace(" ", "") not in stored


def test_an_unknown_address_and_a_wrong_password_look_the_same(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    closed = house_desk.add("dong@namro.example")
    house_desk.welcome(closed)
    waiting = house_desk.add("cho@namro.example")  # invited, no password yet
    with house_desk.app.app_context(), work() as w:
        w.session.query(Officer).filter_by(email=closed).one().active = False
    answers = {
        "wrong": house_desk.visitor().give_password(LAN, "sai rồi sai rồi sai"),
        "unknown": house_desk.visitor().give_password("khong-co@namro.example"),
        "closed": house_desk.visitor().give_password(closed),
        "waiting": house_desk.visitor().give_password(waiting),
        "no address": house_desk.visitor().give_password("khong phai dia chi"),
    }
    seen = {name: (answer.status_code, _plain(answer)) for name, answer in answers.items()}
    assert {status for status, _ in seen.values()} == {422}
    assert len({text for _, text in seen.values()}) == 1, seen
    assert "Địa chỉ thư điện tử hoặc mật khẩu chưa đúng" in seen["wrong"][1]


def test_an_unknown_address_costs_what_a_wrong_password_costs(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    house_desk.visitor().give_password("ai-do@namro.example")  # old counters are swept once a minute
    done: list[str] = []
    with house_desk.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: done.append(str(given[2])))
    costs = []
    context = house_desk.app.extensions["security"].pwd_context
    hashed, verified = Mock(wraps=context.hash), Mock(wraps=context.verify)
    context.hash, context.verify = hashed, verified  # counted, not replaced
    for email in (LAN, "khong-co@namro.example"):
        done.clear()
        hashed.reset_mock()
        verified.reset_mock()
        house_desk.visitor().give_password(email, "sai rồi sai rồi sai")
        costs.append((len(done), hashed.call_count + verified.call_count))
    assert costs[0] == costs[1]
    assert costs[0][1] == 1


def _plain(answer: TestResponse) -> str:
    """The page without what was typed and without the token of its form."""
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
    return re.sub(r'name="email" type="email" value="[^"]*"', "", text)


def test_failures_are_told_to_the_officer(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    house_desk.visitor().give_password(LAN, "sai rồi sai rồi sai")
    visitor = house_desk.sign_in(LAN)
    visitor.get("/van-phong/tai-khoan")
    assert "Có người nhập sai mật khẩu" in visitor.page


@pytest.mark.parametrize("email", [LAN, "khong-co@namro.example"])
def test_after_ten_tries_the_address_rests(house_desk: Desk, email: str) -> None:
    house_desk.welcome(LAN)
    statuses = [house_desk.visitor().give_password(email, "sai rồi sai rồi").status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    visitor = house_desk.visitor()
    answer = visitor.give_password(email)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "Đề nghị chờ khoảng 15 phút" in answer.text
    house_desk.pass_time(minutes=15)
    assert house_desk.visitor().give_password(email).status_code == (303 if email == LAN else 422)


def test_another_machine_is_not_held_back_by_a_stranger(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    for _ in range(11):
        house_desk.visitor(THERE).give_password(LAN, "sai rồi sai rồi sai")
    assert house_desk.visitor(HERE).give_password(LAN).status_code == 303
    assert house_desk.events(LAN).count("TriesHeldBack") == 1


def test_six_codes_and_no_more(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    wrong = f"{(int(house_desk.code(LAN)) + 1) % 10**6:06d}"
    statuses = [visitor.give_code(wrong).status_code for _ in range(7)]
    assert statuses == [422] * 6 + [429]
    assert use_recovery(house_desk.visitor(THERE), house_desk.recovery[LAN][0]).status_code == 429


def test_being_right_clears_the_counters(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    for _ in range(3):
        for _ in range(6):
            house_desk.visitor().give_password(LAN, "sai rồi sai rồi sai")
        assert is_in(house_desk.sign_in(LAN))


def test_an_invitation_expires(house_desk: Desk) -> None:
    link = house_desk.invitation(LAN)
    house_desk.pass_time(days=7, seconds=-1)
    assert house_desk.visitor().get(link).status_code == 200
    house_desk.pass_time(seconds=1)
    answer = house_desk.visitor().get(link)
    assert answer.status_code == 404
    assert "đã hết hạn" in answer.text


def test_an_invitation_works_once_and_a_newer_one_replaces_it(house_desk: Desk) -> None:
    old, new = house_desk.invitation(LAN), house_desk.invitation(LAN)
    assert house_desk.visitor().get(old).status_code == 404
    visitor = house_desk.visitor()
    visitor.get(new)
    assert visitor.post(new, password=PASSWORD, password_confirm=PASSWORD).status_code == 303
    assert house_desk.visitor().get(new).status_code == 404


def test_a_new_invitation_ends_sessions_and_takes_the_old_device_away(house_desk: Desk) -> None:
    before = house_desk.welcome(LAN)
    old_device = house_desk.devices[LAN]
    after = house_desk.welcome(LAN)
    assert is_in(after)
    assert not is_in(before)
    assert house_desk.devices[LAN] != old_device


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("ngắn", "ngắn", "ít nhất 12 ký tự"),
        ("matkhau@123456", "matkhau@123456", "nhiều người dùng"),
        ("Trần Thị Lan 1", "Trần Thị Lan 1", "tên, địa chỉ thư hoặc đơn vị"),
        (PASSWORD, PASSWORD + "x", "không giống nhau"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    house_desk: Desk, password: str, again: str, said: str
) -> None:
    link = house_desk.invitation(LAN)
    visitor = house_desk.visitor()
    visitor.get(link)
    answer = visitor.post(link, password=password, password_confirm=again)
    assert answer.status_code == 422
    assert said in answer.text
    assert visitor.get(link).status_code == 200  # not used up


def test_an_officer_given_a_password_enrols_a_device_at_the_first_sign_in(house_desk: Desk) -> None:
    with house_desk.app.app_context(), work() as w:
        add_officer(
            w, email="binh@namro.example", name="", role="author", unit_code="10714", password=PASSWORD
        )
    visitor = house_desk.visitor()
    answer = visitor.give_password("binh@namro.example")
    assert answer.headers["Location"] == "/van-phong/thiet-bi"
    assert not is_in(visitor)


def test_no_token_is_handed_out_and_none_opens_the_desk(house_desk: Desk) -> None:
    house_desk.welcome(LAN)
    visitor = house_desk.visitor()
    visitor.give_password(LAN)
    visitor.get("/van-phong/dang-nhap/ma")
    answer = visitor.post("/van-phong/dang-nhap/ma?include_auth_token=1", code=house_desk.code(LAN))
    assert answer.status_code == 303
    with house_desk.app.test_request_context("/van-phong"):
        token = db.session.query(Officer).filter_by(email=LAN).one().get_auth_token()
    stranger = house_desk.app.test_client()
    assert stranger.get("/van-phong", headers={"Authentication-Token": str(token)}).status_code == 303
    assert stranger.get(f"/van-phong?auth_token={token}").status_code == 303
