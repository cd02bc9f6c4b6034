"""Attesting by code letters, and paper slips typed twice, at the desk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape
from people import CITY, NHI_CHIEU, Person
from seated import Office, Seat
from speakers import Square
from sqlalchemy import select
from takers import Taker
from world import World

from portal.commands.taking_part import take_care
from portal.inbox.feedback.tables import Comment, Rating, Receipt
from portal.inbox.signin.tables import Attested, CodeLetter
from portal.kernel.policy import Role
from portal.office.audit.tables import AuditLine
from portal.office.slips.rules import Typing, typing_of
from portal.office.slips.tables import TypedSlip
from portal.record import reads

ATTEST, SLIPS = "/van-phong/xac-nhan-tu-cach", "/van-phong/phieu"
WARD = Person("Kha Thị Xác", "xac@namro.example", Role.EVALUATOR, NHI_CHIEU)
PRINTED = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
UNIT = "phuong-nhi-chieu"
ORDER = {"group": "party_member", "unit": UNIT, "body": "Đảng ủy phường", "count": "3"}
WORDS = "Rãnh thoát nước chưa làm, gọi 0912 345 678 để xem."


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    made = Square(World(tmp_path, mail_url=(tmp_path / "mail").as_uri())).settle_in()
    yield made
    made.close()


@pytest.fixture
def seat(square: Square) -> Seat:
    return Office(square.world).seat(WARD)


def letters_of(seat: Seat, **order: str) -> list[str]:
    """The codes of an issue."""
    seat.open(ATTEST)
    return PRINTED.findall(seat.send(ATTEST, 200, **{**ORDER, **order}).text)


def test_letters_are_shown_once_and_kept_as_digests(square: Square, seat: Seat) -> None:
    codes = letters_of(seat)
    assert len(set(codes)) == 3
    assert not PRINTED.search(seat.open(ATTEST))
    seat.open(ATTEST)
    answer = seat.send(ATTEST, 200, **ORDER, dang="csv")
    assert answer.mimetype == "text/csv"
    assert len(PRINTED.findall(answer.text)) == 3
    with square.world.work() as w:
        assert len(w.session.scalars(select(CodeLetter)).all()) == 6
        (first, _) = w.session.scalars(select(AuditLine).where(AuditLine.event == "LettersIssued"))
        assert first.facts["letters"] == 3
    for path in square.world.settings.instance.rglob("*"):
        if path.is_file():
            assert codes[0].encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    "wrong",
    [{"group": "king"}, {"unit": "thanh-pho-hai-phong"}, {"unit": ""}, {"body": ""}, {"count": "0"},
     {"count": "501"}, {"count": "ba"}],
)  # fmt: skip
def test_a_faulty_order_prints_nothing(square: Square, seat: Seat, wrong: dict[str, str]) -> None:
    seat.open(ATTEST)
    seat.send(ATTEST, 422, **{**ORDER, **wrong})
    with square.world.work() as w:
        assert w.session.scalars(select(CodeLetter)).all() == []


def test_a_letter_gives_one_account_the_capacity_and_it_counts_there(square: Square, seat: Seat) -> None:
    code = letters_of(seat)[0]
    place = f"/cam-ket/{square.commitment}/gop-y"
    mai = Taker(square.world.public, square.world.settings, "mai@thu.example").sign_in()
    assert mai.speak(place, rating="unclear", group="party_member").status_code == 422
    assert mai.fill("/tai-khoan", to="/tai-khoan/thu-xac-nhan", thu="KHONG-DUNG-MA").status_code == 422
    typed = code.lower().replace("-", " ")
    assert mai.fill("/tai-khoan", to="/tai-khoan/thu-xac-nhan", thu=typed).status_code == 303
    assert "Đảng ủy phường" in mai.get("/tai-khoan").text
    mai.receipt(place, rating="unclear", group="party_member")
    mai.receipt(place, rating="unclear")  # as a resident, which nobody attested
    other = Taker(square.world.public, square.world.settings, "lan@thu.example").sign_in()
    assert other.fill("/tai-khoan", to="/tai-khoan/thu-xac-nhan", thu=code).status_code == 422  # used
    with square.world.work() as w:
        rows = w.session.scalars(select(Rating)).all()
        assert {(r.group, r.standing) for r in rows} == {
            ("party_member", "verified"),
            ("resident", "unverified"),
        }
        assert len(w.session.scalars(select(Attested)).all()) == 1


def test_a_capacity_elsewhere_is_none_here_and_ends_on_its_day(square: Square) -> None:
    city = Office(square.world).seat(Person("Kha Văn Tỉnh", "t@namro.example", Role.ADMIN, CITY))
    place = f"/cam-ket/{square.commitment}/gop-y"
    for unit, works in (("phuong-kinh-mon", False), ("thanh-pho-hai-phong", True), (UNIT, True)):
        code = letters_of(city, unit=unit, group="cadre")[0]
        mai = Taker(square.world.public, square.world.settings, f"{unit}@thu.example").sign_in()
        assert mai.fill("/tai-khoan", to="/tai-khoan/thu-xac-nhan", thu=code).status_code == 303
        status = mai.speak(place, rating="unclear", group="cadre").status_code
        assert (status == 303) is works, unit
    square.world.later(days=square.world.settings.standing_days + 1)
    again = mai.sign_in().speak(place, rating="unclear", group="cadre")
    assert again.status_code == 422


def slip(square: Square, **typed: str) -> dict[str, str]:
    """A slip as an officer types it."""
    return {"commitment": f"http://x/cam-ket/{square.commitment}", "rating": "not_seen", "relation": "local",
            "words": WORDS, "kind": "opinion", "shown_as": "quarter", "quarter": "3", **typed}  # fmt: skip


def type_twice(seat: Seat, first: dict[str, str], second: dict[str, str], status: int = 200) -> str:
    """Both typings; the page after the second."""
    seat.open(SLIPS)
    page = seat.send(SLIPS, 200, **first).text
    assert "lần thứ hai" in page
    assert WORDS not in page
    return seat.send(SLIPS, status, **second, lan_dau=seat.hidden("lan_dau")).text


def test_a_slip_typed_twice_alike_is_taken_in_with_a_receipt(square: Square, seat: Seat) -> None:
    page = type_twice(seat, slip(square), slip(square, rating="NOT_SEEN".lower()))
    code = re.search(r"GY\.\d{8}\.[0-9A-Z-]+", page)
    assert code
    with square.world.work() as w:
        rating, comment = w.session.scalars(select(Rating)).one(), w.session.scalars(select(Comment)).one()
        assert (rating.via, rating.group, rating.standing) == ("slip", "resident", "unverified")
        assert comment.words == "Rãnh thoát nước chưa làm, gọi [đã che: số điện thoại] để xem."
        assert comment.shown_as.endswith("số 3")
        event = w.session.scalars(select(AuditLine).where(AuditLine.event == "SlipEntered")).one()
        by = event.facts["by"]
        assert event.facts == {
            "by": by, "first_by": by, "typing": "only_one_officer", "commitment": square.commitment,
            "has_words": True,
        }  # fmt: skip
    passer_by = Taker(square.world.public, square.world.settings, "")
    assert "Đã tiếp nhận" in passer_by.get(f"/bien-nhan/{code[0]}").text


@pytest.mark.parametrize("code", ["http://x/en/cam-ket/{}/", " {} ", "{}"])
def test_the_code_on_a_slip_leads_to_its_commitment_which_is_shown(
    square: Square, seat: Seat, code: str
) -> None:
    with square.world.work() as w:
        doc = reads.revision(w.session, square.commitment).document
    typed = slip(square, commitment=code.format(square.commitment.upper()))
    seat.open(SLIPS)
    page = seat.send(SLIPS, 200, **typed).text
    assert "Mã dẫn đến cam kết" in page
    assert escape(doc.text) in page
    assert type_twice(seat, typed, slip(square)).count("GY.")  # typed another way, it is the same code
    wrong = seat.send(SLIPS, 422, **slip(square, commitment="khongco")).text
    assert "Không có cam kết công khai nào mang mã này." in wrong
    assert "Mã dẫn đến cam kết" not in wrong


def test_two_slips_are_two_people(square: Square, seat: Seat) -> None:
    for _ in range(2):
        type_twice(seat, slip(square, words=""), slip(square, words=""))
    with square.world.work() as w:
        assert len({r.person for r in w.session.scalars(select(Rating))}) == 2
        assert len(w.session.scalars(select(Receipt)).all()) == 2


def test_where_the_typings_differ_nothing_is_taken_in(square: Square, seat: Seat) -> None:
    page = type_twice(seat, slip(square), slip(square, rating="unclear", words=WORDS + "!"), 422)
    assert page.count("Chưa khớp với lần nhập đầu") >= 2
    with square.world.work() as w:
        assert w.session.scalars(select(Rating)).all() == []
    seat.send(SLIPS, 200, **slip(square), lan_dau=seat.hidden("lan_dau"))
    with square.world.work() as w:
        assert len(w.session.scalars(select(Rating)).all()) == 1


def test_an_attested_slip_counts_as_such(square: Square, seat: Seat) -> None:
    code = letters_of(seat)[0]
    type_twice(seat, slip(square, letter=code), slip(square, letter=code))
    type_twice(seat, slip(square, letter=code), slip(square, letter=code), 422)  # used up
    with square.world.work() as w:
        (row,) = w.session.scalars(select(Rating))
        assert (row.group, row.standing) == ("party_member", "verified")


@pytest.mark.parametrize(
    "wrong",
    [{"commitment": "khong-co"}, {"rating": "x"}, {"rating": "", "words": ""}, {"words": "chữ " * 600},
     {"quarter": "0"}, {"words": "Tôi tố cáo ông Lê Minh Họa nhận hối lộ 200 triệu đồng, có giấy tờ."}],
)  # fmt: skip
def test_a_faulty_slip_is_shown_again_and_a_denunciation_is_not_typed_in(
    square: Square, seat: Seat, wrong: dict[str, str]
) -> None:
    seat.open(SLIPS)
    seat.send(SLIPS, 422, **slip(square, **wrong))
    for path in square.world.settings.instance.rglob("*"):
        if path.is_file():
            assert "hối lộ 200".encode() not in path.read_bytes(), path


def test_where_two_do_that_work_the_other_one_types_it_again(square: Square, seat: Seat) -> None:
    office = Office(square.world)
    other = office.seat(Person("Kha Văn Quầy", "quay@namro.example", Role.ADMIN, NHI_CHIEU))
    seat.open(SLIPS)
    page = seat.send(SLIPS, 200, **slip(square)).text
    number = re.search(r"Phiếu số ([0-9A-Z]{5})", page)
    assert number
    assert WORDS not in page
    for file in square.world.settings.instance.rglob("*.sqlite*"):
        assert WORDS.encode() not in file.read_bytes()  # it waits in a locked box
    assert "chờ người khác" in seat.open(SLIPS)
    again = re.search(rf"{SLIPS}/\d+", other.open(SLIPS))
    assert again
    assert number[1] in other.page
    seat.open(again[0], 422)
    seat.open(SLIPS)
    seat.send(again[0], 422, **slip(square))  # who typed it first does not type it again
    assert WORDS not in other.open(again[0])
    other.send(again[0], 422, **slip(square, rating="unclear"))
    assert "Chưa khớp với lần nhập đầu" in other.page
    assert re.search(r"GY\.\d{8}\.", other.send(again[0], 200, **slip(square)).text)
    other.open(SLIPS)
    other.send(again[0], 404, **slip(square))  # taken in once
    with square.world.work() as w:
        assert len(w.session.scalars(select(Rating)).all()) == 1
        assert w.session.scalars(select(TypedSlip)).all() == []
        event = w.session.scalars(select(AuditLine).where(AuditLine.event == "SlipEntered")).one()
        assert event.facts["typing"] == "another_officer"
        assert event.facts["by"] != event.facts["first_by"]


def test_a_slip_that_waits_is_let_go_of_or_forgotten(square: Square, seat: Seat) -> None:
    other = Office(square.world).seat(Person("Kha Văn Quầy", "quay@namro.example", Role.ADMIN, NHI_CHIEU))
    for _ in range(2):
        seat.open(SLIPS)
        seat.send(SLIPS, 200, **slip(square))
    keys = sorted(set(re.findall(rf"{SLIPS}/\d+", other.open(SLIPS))))
    assert len(keys) == 2
    other.send(f"{keys[0]}/bo")
    other.open(keys[0], 404)
    square.world.later(days=square.world.settings.slip_days + 1)
    with square.world.office.app_context():
        take_care()
    with square.world.work() as w:
        assert w.session.scalars(select(TypedSlip)).all() == []


@pytest.mark.parametrize(
    ("others", "wants_two", "typing"),
    [(0, True, Typing.ONLY_ONE), (1, True, Typing.ANOTHER), (1, False, Typing.ONE_IS_ENOUGH),
     (0, False, Typing.ONE_IS_ENOUGH)],
)  # fmt: skip
def test_who_types_the_second_time(others: int, wants_two: bool, typing: Typing) -> None:
    assert typing_of(others, wants_two=wants_two) is typing
