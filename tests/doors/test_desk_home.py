"""The officer's home: whose drafts are seen, in which order, and that looking is audited."""

import html
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from desk_house import Desk, open_desk

from portal.kernel.policy import Role
from portal.kernel.work import Work, work
from portal.office.accounts.tables import Officer
from portal.office.audit.tables import AuditLine
from portal.office.programme.listing import PAGE
from portal.office.programme.tables import Commitment, KeyTask, Mandate, Programme

LAN, KHAC, TREN = "lan@namro.example", "khac@namro.example", "tren@namro.example"
WARD, COMMUNE = 2, 3


@pytest.fixture
def house_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an author in a ward, one in a commune, an appraiser in the city above both."""
    desk = open_desk(tmp_path)
    desk.add(LAN, Role.AUTHOR)
    desk.add(KHAC, Role.AUTHOR, unit="10720")
    desk.add(TREN, Role.APPRAISER, unit="31")
    yield desk
    desk.close()


def draft(w: Work, unit_id: int, cadre: str, state: str = "draft", *, age: int = 0) -> Programme:
    """A draft with two commitments, one of them withheld."""
    author = w.session.query(Officer).first()
    assert author is not None
    mandate = Mandate(
        id=w.ids.key(), unit_id=unit_id, cadre_name=cadre, post="Chủ tịch UBND", assigned_fields=[],
        starts_on=date(2026, 7, 1), ends_on=date(2031, 6, 30),
    )  # fmt: skip
    w.session.add(mandate)
    w.session.flush()
    programme = Programme(
        id=w.ids.key(), ref=w.ids.ref(), mandate_id=mandate.id, author_id=author.id, state=state,
        profile="5ro", declared_at=w.now - timedelta(days=age),
    )  # fmt: skip
    task = KeyTask(
        id=w.ids.key(), programme_id=programme.id, ref=w.ids.ref(), place=1, areas=[], disclosed=True
    )
    w.session.add(programme)
    w.session.flush()
    w.session.add(task)
    w.session.flush()
    for place, disclosed in ((1, True), (2, False)):
        w.session.add(
            Commitment(
                id=w.ids.key(), task_id=task.id, ref=w.ids.ref(), place=place, coordinators=[],
                disclosed=disclosed,
            )
        )  # fmt: skip
    return programme


def test_drafts_are_seen_in_the_own_unit_and_those_below(house_desk: Desk) -> None:
    with house_desk.app.app_context(), work() as w:
        draft(w, WARD, "Lê Văn Phường")
        draft(w, COMMUNE, "Vũ Thị Xã")
    seen = {email: home(house_desk, email) for email in (LAN, KHAC, TREN)}
    who_sees = {email: ("Lê Văn Phường" in page, "Vũ Thị Xã" in page) for email, page in seen.items()}
    assert who_sees == {LAN: (True, False), KHAC: (False, True), TREN: (True, True)}
    assert "(1 không công khai)" in seen[LAN]


def home(desk: Desk, email: str) -> str:
    """The home page of an officer."""
    return html.unescape(desk.welcome(email).get("/van-phong").text)


def test_roles_without_drafts_see_none(house_desk: Desk) -> None:
    house_desk.add("kiem@namro.example", Role.MODERATOR, unit="31")
    with house_desk.app.app_context(), work() as w:
        draft(w, WARD, "Lê Văn Phường")
    page = home(house_desk, "kiem@namro.example")
    assert "Lê Văn Phường" not in page
    assert "không xem dự thảo" in page


def test_what_waits_comes_first(house_desk: Desk) -> None:
    states = ("published", "approved", "draft", "returned", "withdrawn")
    with house_desk.app.app_context(), work() as w:
        for state in states:
            draft(w, WARD, f"Người {state}", state)
    page = home(house_desk, LAN)
    places = {state: page.index(f"Người {state}") for state in states}
    assert sorted(places, key=places.__getitem__) == [
        "returned", "draft", "approved", "published", "withdrawn",
    ]  # fmt: skip
    for word in ("Dự thảo", "Đã trả lại", "chờ công bố", "Đã công bố", "Đã gỡ"):
        assert word in page


def test_a_long_list_has_pages(house_desk: Desk) -> None:
    with house_desk.app.app_context(), work() as w:
        for age in range(PAGE + 3):
            draft(w, WARD, f"Người thứ {age:03d}", age=age)
    visitor = house_desk.welcome(LAN)
    visitor.get("/van-phong")
    assert visitor.page.count("Người thứ") == PAGE
    assert "Trang 1 / 2" in visitor.page
    visitor.get("/van-phong?trang=2")
    assert visitor.page.count("Người thứ") == 3
    assert visitor.get("/van-phong?trang=-5").status_code == 200
    assert visitor.get("/van-phong?trang=khong").status_code == 200


def test_hostile_text_in_a_draft_is_text(house_desk: Desk) -> None:
    with house_desk.app.app_context(), work() as w:
        draft(w, WARD, "<script>alert(1)</script>")
    visitor = house_desk.welcome(LAN)
    visitor.get("/van-phong")
    assert "<script>" not in visitor.page
    assert "&lt;script&gt;" in visitor.page


def test_looking_at_drafts_is_audited_without_what_they_say(house_desk: Desk) -> None:
    with house_desk.app.app_context(), work() as w:
        draft(w, WARD, "Lê Văn Phường")
    home(house_desk, LAN)
    with house_desk.app.app_context(), work() as w:
        lines = w.session.query(AuditLine).filter_by(event="SealedOpened").all()
        facts = [line.facts for line in lines]
    assert {"reason": "draft", "count": 3} in facts  # name and post in the list, the day of the decision
    assert "Phường" not in repr(facts)
