"""Postings: recorded by whoever may, public at once and alone, reminded of in time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from changes import changed
from people import CONG, PHUONG, SOAN, THAM, Person
from world import World, who

from portal.kernel.calendar import vietnam
from portal.kernel.policy import Refusal, Refused
from portal.office.posting.form import PutUp, TakenDown
from portal.office.posting.reads import Task, due_for
from portal.office.posting.reminders import letters
from portal.office.programme.typed import StampTyped
from portal.publication.posting import put_up, take_down
from portal.record import reads
from portal.record.documents import Act, ProgrammeDoc, Revision

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
TODAY = date(2026, 11, 24)
END = TODAY + timedelta(days=20)
HALL = PutUp(
    place="Nhà văn hóa khu Bích Nhôi (minh họa)", posted_on=TODAY, planned_until=END,
    minutes="Biên bản số 03 ngày 24/11/2026", signers="Công chức Văn phòng; Trưởng khu",
)  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path).settle_in()
    yield made
    made.close()


@pytest.fixture
def ref(world: World) -> str:
    return world.bring_in(world.read(BOOK))


def post(world: World, ref: str, form: PutUp = HALL, *, by: Person = CONG) -> int:
    with world.work() as w:
        return put_up(w, ref, form, by=who(w, by), signer=world.signer).id


def unpost(world: World, ref: str, key: int, on: date, reason: str = "") -> None:
    form = TakenDown(taken_down_on=on, reason=reason, minutes="Biên bản số 04", signers="Trưởng khu")
    with world.work() as w:
        take_down(w, ref, key, form, by=who(w, SOAN), signer=world.signer)


def page(world: World, ref: str) -> tuple[Revision, ProgrammeDoc]:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    assert isinstance(found.document, ProgrammeDoc)
    return found, found.document


def test_a_posting_is_public_at_once_but_not_who_signed(world: World, ref: str) -> None:
    post(world, ref)
    revision, document = page(world, ref)
    assert revision.act is Act.POST
    assert [(p.place, p.posted_on, p.planned_until) for p in document.postings] == [(HALL.place, TODAY, END)]
    shown = world.reader().get(f"/chuong-trinh/{ref}").text
    assert HALL.place in shown
    assert "Trưởng khu" not in shown
    assert "Trưởng khu" not in repr(document)


def test_nothing_else_of_the_draft_goes_out_with_it(world: World, ref: str) -> None:
    _, before = page(world, ref)
    form = changed(world.read(BOOK), 1, text="Nội dung chưa thẩm định (minh họa)")
    world.revise(ref, form)
    post(world, ref)
    _, after = page(world, ref)
    assert after.postings
    assert (after.tasks, after.withheld_count, after.issued_on) == (
        before.tasks, before.withheld_count, before.issued_on,
    )  # fmt: skip
    assert "chưa thẩm định" not in world.reader().get(f"/chuong-trinh/{ref}").text


def test_later_publications_keep_the_postings(world: World, ref: str) -> None:
    key = post(world, ref)
    world.later(days=3)
    unpost(world, ref, key, TODAY + timedelta(days=3), "Bảng bị hỏng do bão (minh họa)")
    world.revise(ref, changed(world.read(BOOK), 1, deliverable="Báo cáo kết quả năm, công khai (minh họa)"))
    world.approve(ref)
    world.publish(ref, reason="Bổ sung sản phẩm (minh họa)")
    _, document = page(world, ref)
    assert [p.reason for p in document.postings] == ["Bảng bị hỏng do bão (minh họa)"]
    assert "Bảng bị hỏng do bão" in world.reader().get(f"/chuong-trinh/{ref}").text


def test_taking_down_early_needs_a_reason(world: World, ref: str) -> None:
    key = post(world, ref)
    world.later(days=2)
    with pytest.raises(Refused) as caught:
        unpost(world, ref, key, TODAY + timedelta(days=2))
    assert (caught.value.refusal, caught.value.detail) == (Refusal.TAKEN_DOWN_EARLY, "14/12/2026")
    assert page(world, ref)[1].postings[0].taken_down_on is None


@pytest.mark.parametrize(
    ("by", "refusal"), [(THAM, Refusal.NOT_YOUR_ROLE), (PHUONG, Refusal.NOT_YOUR_ROLE)], ids=["role", "unit"]
)
def test_only_authors_and_publishers_of_the_unit(
    world: World, ref: str, by: Person, refusal: Refusal
) -> None:
    with pytest.raises(Refused) as caught:
        post(world, ref, by=by)
    assert caught.value.refusal is refusal


def test_what_is_not_public_cannot_be_posted(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    with pytest.raises(Refused) as caught:
        post(world, ref)
    assert caught.value.refusal is Refusal.NOT_PUBLISHED


def test_a_stamp_of_secrecy_is_refused(world: World, ref: str) -> None:
    form = PutUp(place="Bảng tin (TUYỆT MẬT)", posted_on=TODAY, planned_until=END)
    with pytest.raises(StampTyped):
        post(world, ref, form)


def test_posting_of_another_programme_is_not_found(world: World, ref: str) -> None:
    key = post(world, ref)
    other = world.bring_in(world.read(BOOK))
    with pytest.raises(Refused) as caught:
        unpost(world, other, key, TODAY)
    assert caught.value.refusal is Refusal.NO_SUCH_POSTING


def tasks(world: World, by: Person = SOAN) -> list[tuple[Task, bool]]:
    with world.work() as w:
        return [(due.task, due.is_overdue) for due in due_for(w, who(w, by), calendar=vietnam())]


def mail(world: World) -> list[str]:
    with world.work() as w:
        return [letter.text for letter in letters(w, calendar=vietnam())]


def test_what_is_due_is_listed_and_reminded_of(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    assert tasks(world) == []
    world.approve(ref)
    assert [task for task, _ in tasks(world)] == [Task.PUBLISH]
    world.publish(ref)
    assert tasks(world) == [(Task.PUT_UP, False)]
    assert tasks(world, PHUONG) == []  # another ward
    assert mail(world) == []  # due in five working days
    world.later(days=7)
    assert mail(world)
    assert ref not in mail(world)[0]
    post(world, ref, PutUp(place="Bảng tin", posted_on=TODAY, planned_until=END))
    assert tasks(world) == []
    world.later(days=13)
    assert tasks(world) == [(Task.TAKE_DOWN, False)]
    assert "gỡ" in mail(world)[0]
    world.later(days=1)
    assert tasks(world) == [(Task.TAKE_DOWN, True)]
    assert mail(world) == []  # not every day
