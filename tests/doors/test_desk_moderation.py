"""The moderator's desk: the queue, one case at a time, second person, appeals, bulk, seals, second looks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from people import CITY, NHI_CHIEU, Person
from seated import Office, Seat, said_on
from speakers import BA, BENCH, HAI, MOT, Square
from sqlalchemy import select
from world import World, who

from portal.doors.desk.pages.moderation import place_of
from portal.kernel.policy import Role
from portal.office.audit.tables import AuditLine
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Case, Review

QUEUE = "/van-phong/kiem-duyet"
KEEPER = Person("Kha Thị Giữ", "giu@namro.example", Role.EVALUATOR, CITY)
WARD = Person("Đinh Thị Trong", "trong@namro.example", Role.EVALUATOR, NHI_CHIEU)
MOMENT = re.compile(r"\d{1,2}:\d{2}")


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    made = Square(World(tmp_path, review_percent=0, seal_keepers=(KEEPER.email,))).settle_in()
    yield made
    made.close()


@pytest.fixture
def office(square: Square) -> Office:
    return Office(square.world)


def given(square: Square, code: str, person: Person) -> int:
    """Give the case of a receipt to ``person``; its key."""
    with square.world.work() as w:
        case = w.session.scalars(select(Case).where(Case.code == code)).one()
        case.assigned_id = who(w, person).id
        return case.id


def mine(square: Square, person: Person, words: str = "Đường vẫn ngập", **more: str) -> int:
    """A fresh case of ``person``."""
    return given(square, square.heard(words, **more), person)


def test_the_queue_takes_in_and_leads_to_the_next(square: Square, office: Office) -> None:
    seat = office.seat(MOT)
    assert "Không có ý kiến nào chờ ông/bà." in said_on(seat.open(QUEUE))
    first, second = mine(square, MOT), mine(square, MOT, "Ý khác hẳn")
    seat.open(QUEUE)
    answer = seat.send(f"{QUEUE}/ke-tiep")
    assert (
        answer.location == f"{QUEUE}/{min(first, second)}"
        or answer.location == f"{QUEUE}/{max(first, second)}"
    )
    page = seat.open(answer.location)
    assert not MOMENT.search(said_on(page))  # days, never moments
    onward = seat.send(answer.location, decision="publish")
    assert onward.location != answer.location
    seat.open(onward.location)
    last = seat.send(onward.location, decision="publish")
    assert last.location == QUEUE
    assert "Không còn ý kiến nào chờ ông/bà." in said_on(seat.open(QUEUE))


def test_words_stand_beside_the_commitment_with_what_stands_out(square: Square, office: Office) -> None:
    key = mine(square, MOT, "Gọi 0912345678 cho tôi, bọn này ăn hại")
    page = office.seat(MOT).open(f"{QUEUE}/{key}")
    said = said_on(page)
    assert "<mark>" in page
    assert "Dữ liệu cá nhân" in said
    assert "[đã che: số điện thoại]" in page
    with square.world.work() as w:
        from portal.record import reads  # here, because one test reads the record

        title = reads.revision(w.session, square.commitment).document.text  # type: ignore[union-attr]
    assert title in said


def test_faults_are_said_beside_their_field_and_nothing_typed_is_lost(square: Square, office: Office) -> None:
    key = mine(square, MOT)
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}")
    for typed, fault in (
        ({}, "Chưa chọn quyết định"),
        ({"decision": "refuse"}, "cần một lý do"),
        ({"decision": "publish_masked", "words": ""}, "để trống"),
        ({"decision": "confirm"}, "không còn ở bước đó"),
        ({"decision": "publish", "note": "x" * 1001}, "dài quá"),
    ):
        seat.send(f"{QUEUE}/{key}", 422, message="giữ lại câu này", **typed)
        assert fault in said_on(seat.page)
        assert "giữ lại câu này" in seat.page
    seat.send(f"{QUEUE}/{key}", 200, do="preview", words="Đường [đã che: tên người] ngập")
    assert "Người dân sẽ đọc" in said_on(seat.page)


def test_a_second_person_confirms_and_the_author_appeals(square: Square, office: Office) -> None:
    code = square.heard("bọn này ăn hại")
    key = given(square, code, MOT)
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}")
    seat.send(f"{QUEUE}/{key}", decision="refuse", reason="defamation", note="xúc phạm rõ")
    given(square, code, HAI)
    other = office.seat(HAI)
    assert "Đề nghị: Vu khống" in said_on(other.open(QUEUE))
    assert "xúc phạm rõ" in said_on(other.open(f"{QUEUE}/{key}"))
    other.send(f"{QUEUE}/{key}", decision="confirm", message="Xin bỏ lời xúc phạm")
    square.ask(code, "appeal", "Tôi chỉ phê bình")
    third = office.seat(BA)
    third.open(QUEUE)  # hears what authors ask for
    given(square, code, BA)
    page = said_on(third.open(f"{QUEUE}/{key}"))
    assert "Tôi chỉ phê bình" in page
    assert "Giữ nguyên quyết định" in page
    third.send(f"{QUEUE}/{key}", decision="uphold")
    assert square.receipt(code).appeal == "upheld"


def test_spam_in_bulk_takes_two_people_as_well(square: Square, office: Office) -> None:
    codes = [square.heard(f"Vay nhanh lãi thấp gọi ngay số {n}") for n in range(3)]
    keys = [given(square, code, MOT) for code in codes]
    seat = office.seat(MOT)
    seat.open(QUEUE)
    seat.send(f"{QUEUE}/hang-loat", do="spam", case=[str(key) for key in keys])
    assert {square.case(code).state for code in codes} == {"refusal_proposed"}
    for code in codes:
        given(square, code, HAI)
    other = office.seat(HAI)
    other.open(QUEUE)
    other.send(f"{QUEUE}/hang-loat", do="confirm", case=[str(key) for key in keys])
    assert {square.receipt(code).reason for code in codes} == {"spam"}
    seat.send(f"{QUEUE}/hang-loat", do="spam", case=[str(keys[0]), "nonsense"])
    assert "Chưa ý kiến nào được xử lý" in said_on(seat.open(QUEUE))
    seat.send(f"{QUEUE}/hang-loat", do="dance", case=[str(keys[0])])


def test_a_case_of_somebody_else_is_not_opened(square: Square, office: Office) -> None:
    key = mine(square, HAI)
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}", 409)
    seat.open(f"{QUEUE}/4711", 404)


def test_stepping_aside_gives_it_to_somebody_else(square: Square, office: Office) -> None:
    code = square.heard()
    key = given(square, code, MOT)
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}")
    seat.send(f"{QUEUE}/{key}/khong-xu-ly")
    with square.world.work() as w:
        assert w.session.get_one(Case, key).assigned_id != who(w, MOT).id
    seat.open(f"{QUEUE}/{key}", 422)


def test_the_queue_turns_pages_by_deadline(square: Square, office: Office) -> None:
    for n in range(27):
        square.say(f"Ý kiến về đoạn đường số {n} của chúng tôi")
    square.world.later(seconds=1)
    square.take_in()
    with square.world.work() as w:
        for case in w.session.scalars(select(Case)):
            case.assigned_id = who(w, MOT).id
    seat = office.seat(MOT)
    first = seat.open(QUEUE)
    onward = re.search(r'href="([^"]+)"[^>]*>Trang sau', first) or re.search(
        r'rel="next" href="([^"]+)"', first
    )
    assert onward
    second = seat.open(onward[1].replace("&amp;", "&"))
    cases = re.findall(rf'href="{QUEUE}/(\d+)"', first + second)
    assert len(cases) == len(set(cases)) == 27


@pytest.mark.parametrize("mark", ["", "x", "1-", "-1", "99999999999999-1", "1-99999999999999999999", "1-a"])
def test_an_address_that_is_no_place_is_the_beginning(mark: str) -> None:
    assert place_of(mark) is None
    assert place_of("1764000000-77") is not None


def test_a_seal_nobody_may_open_says_how_somebody_is_designated(tmp_path: Path) -> None:
    made = Square(World(tmp_path, review_percent=0, seal_keepers=("ai@namro.example",))).settle_in()
    room, said = "/van-phong/niem-phong", "chưa ai được phân công mở"
    office = Office(made.world)
    assert said not in office.seat(KEEPER).open(room)  # nothing waits
    key = mine(made, MOT, "Ông Lê Minh Họa nhận hối lộ ZQX của tôi 50 triệu")
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}")
    seat.send(f"{QUEUE}/{key}", decision="seal")
    outside = office.seat(KEEPER)
    assert said in outside.open(room)
    assert "seal_keepers = [" in said_on(outside.page)
    assert "Phân công người mở nội dung niêm phong" in outside.open("/van-phong")
    inside = office.seat(WARD)  # the cadre's own unit learns nothing, not even that something waits
    assert said not in inside.open(room)
    assert "niêm phong" not in said_on(inside.open("/van-phong")).replace("Nội dung đã niêm phong", "")
    made.close()


def test_a_sealed_text_leaves_the_desk_and_only_its_keeper_opens_it(square: Square, office: Office) -> None:
    words = "Ông Lê Minh Họa nhận hối lộ ZQX của tôi 50 triệu"
    code = square.heard(words)
    key = given(square, code, MOT)
    seat = office.seat(MOT)
    seat.open(f"{QUEUE}/{key}")
    seat.send(f"{QUEUE}/{key}", decision="seal")
    seat.open(f"{QUEUE}/{key}", 422)
    assert "Ông/bà chưa được phân công" in said_on(seat.open("/van-phong/niem-phong"))
    seat.open(f"/van-phong/niem-phong/{key}", 422)
    keeper = office.seat(KEEPER)
    assert "ZQX" not in keeper.open("/van-phong/niem-phong")
    assert words in said_on(keeper.open(f"/van-phong/niem-phong/{key}"))
    with square.world.work() as w:
        assert w.session.scalars(select(AuditLine).where(AuditLine.event == "SealOpened")).first()
    square.ask(code, "appeal", "Tôi không tố cáo")
    square.take_in()
    assert "không phải tố cáo" in said_on(keeper.open("/van-phong/niem-phong"))
    keeper.open(f"/van-phong/niem-phong/{key}")
    keeper.send(f"/van-phong/niem-phong/{key}", 422, do="pass_on", where=" ")
    keeper.send(f"/van-phong/niem-phong/{key}", do="release")
    assert square.case(code).state == "waiting"
    given(square, code, HAI)
    other = office.seat(HAI)
    other.open(f"{QUEUE}/{key}")
    other.send(f"{QUEUE}/{key}", decision="seal")
    keeper.open(f"/van-phong/niem-phong/{key}")
    keeper.send(f"/van-phong/niem-phong/{key}", do="pass_on", where="Thanh tra thành phố, công văn 12")
    assert "Thanh tra thành phố" in said_on(keeper.open(f"/van-phong/niem-phong/{key}"))
    keeper.send(f"/van-phong/niem-phong/{key}", 422, do="release")


def test_a_second_look_is_blind(square: Square, office: Office) -> None:
    made = Square(World(square.world.settings.instance / "again", review_percent=100)).settle_in()
    code = made.heard("bọn này ăn hại")
    made.decide(code, Decision.REFUSE, reason="obscene")
    made.decide(code, Decision.CONFIRM, by=HAI)
    with made.world.work() as w:
        found = w.session.scalars(select(Review)).one()
        found.reviewer_id, key = who(w, BA).id, found.id
    seat: Seat = Office(made.world).seat(BA)
    assert "Xem lại ý kiến thứ 1" in said_on(seat.open(QUEUE))
    page = said_on(seat.open(f"{QUEUE}/xem-lai/{key}"))
    assert "bọn này ăn hại" in page
    assert "Từ ngữ tục tĩu" not in page
    seat.send(f"{QUEUE}/xem-lai/{key}", 422)
    seat.send(f"{QUEUE}/xem-lai/{key}", verdict="publish")
    seat.open(f"{QUEUE}/xem-lai/{key}", 404)
    with made.world.work() as w:
        assert not w.session.scalars(select(Review)).one().agrees
    made.close()


def test_everybody_on_the_bench_sees_their_own_figures_only(square: Square, office: Office) -> None:
    square.decide(square.heard(), Decision.PUBLISH)
    for person, decided in zip(BENCH, ("1", "0", "0", "0"), strict=True):
        assert f"Đã tham gia quyết định {decided}" in said_on(office.seat(person).open(f"{QUEUE}/cua-toi"))
