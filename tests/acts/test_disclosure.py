"""Marks: withheld is the default, a ground for each, consequences, audit, and somebody else to publish."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from people import CITY, CONG, SOAN, THAM, Person
from sqlalchemy import select
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason
from portal.office.accounts.acts import add_officer
from portal.office.audit.tables import AuditLine
from portal.office.programme import handing_over
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.publication.disclosing import Item, Mark, disclose, items
from portal.publication.preview import preview
from portal.record import reads
from portal.record.documents import Act, ProgrammeDoc

BOOK = "02-pho-chu-tich-phuong-kinh-mon.xlsx"
REASON = "Rà soát lại mức công khai (minh họa)"
OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path).settle_in()
    with made.work() as w:
        add_officer(w, email=OTHER.email, name=OTHER.name, role=OTHER.role, unit_code=CITY)
    return made


@pytest.fixture
def ref(world: World) -> str:
    """A published programme with something withheld."""
    made = world.draft(world.read(BOOK))
    world.approve(made)
    world.publish(made)
    return made


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def listed(world: World, ref: str) -> tuple[Item, ...]:
    with world.work() as w:
        return items(programme(w, ref))


def mark(
    world: World,
    ref: str,
    key: str,
    made: Mark,
    *,
    by: Person = SOAN,
    count: bool = True,
    stale: bool = False,
) -> None:
    with world.work() as w:
        expected = programme(w, ref).version - stale
        disclose(w, ref, {key: made}, show_count=count, expected=expected, by=who(w, by))


def a_public(world: World, ref: str, what: str) -> Item:
    return next(i for i in listed(world, ref) if i.what == what and i.is_public)


def page(world: World, ref: str) -> ProgrammeDoc:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    assert isinstance(found.document, ProgrammeDoc)
    return found.document


def test_every_item_is_listed_with_what_goes_with_it(world: World, ref: str) -> None:
    found = listed(world, ref)
    assert {i.what for i in found} == {"task", "commitment", "progress"}
    task = next(i for i in found if i.what == "task" and i.carries)
    mark(world, ref, task.key, Mark(False, "work_secret"))
    after = listed(world, ref)
    start = next(n for n, i in enumerate(after) if i.key == task.key)
    below = after[start + 1 : start + 1 + task.carries]
    assert not any(i.is_public for i in below)
    assert all(i.closed_above for i in below)


def test_what_is_withheld_after_publication_leaves_the_page_with_its_ground(world: World, ref: str) -> None:
    before = page(world, ref)
    item = a_public(world, ref, "commitment")
    mark(world, ref, item.key, Mark(False, "personal_data"))
    world.publish(ref, reason=REASON)
    after = page(world, ref)
    assert after.withheld_count == (before.withheld_count or 0) + 1
    assert "Dữ liệu cá nhân theo quy định của pháp luật" in {b.basis for b in after.withheld_bases}
    with world.work() as w:
        gone = reads.revision(w.session, item.key)
    assert gone
    assert gone.act is Act.WITHDRAW


def test_a_mark_needs_no_new_appraisal_but_a_publication(world: World, ref: str) -> None:
    mark(world, ref, a_public(world, ref, "progress").key, Mark(False))
    with world.work() as w:
        assert programme(w, ref).state == "approved"
        assert preview(w, programme(w, ref)).obstacle is None


def test_whoever_opens_something_does_not_publish_it(world: World, ref: str) -> None:
    closed = next(i for i in listed(world, ref) if i.what == "commitment" and not i.mark.disclosed)
    mark(world, ref, closed.key, Mark(True), by=OTHER)
    with refused(Refusal.OWN_WORK):
        world.publish(ref, by=OTHER, reason=REASON)
    world.publish(ref, by=CONG, reason=REASON)


def test_whoever_only_closes_something_may_publish_that(world: World, ref: str) -> None:
    mark(world, ref, a_public(world, ref, "commitment").key, Mark(False), by=OTHER)
    assert world.publish(ref, by=OTHER, reason=REASON).positions


def test_the_count_is_a_decision_of_its_own(world: World, ref: str) -> None:
    item = a_public(world, ref, "commitment")
    mark(world, ref, item.key, Mark(True), count=False)
    world.publish(ref, reason=REASON)
    assert (page(world, ref).withheld_count, page(world, ref).withheld_bases) == (None, ())


def test_a_stale_decision_changes_nothing(world: World, ref: str) -> None:
    item = a_public(world, ref, "commitment")
    with refused(Refusal.CHANGED_MEANWHILE):
        mark(world, ref, item.key, Mark(False), stale=True)
    assert a_public(world, ref, "commitment").key == item.key


def test_nothing_is_marked_while_it_is_appraised(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    with world.work() as w:
        handing_over.hand_over(w, ref, by=who(w, SOAN))
    with refused(Refusal.IN_APPRAISAL):
        mark(world, ref, a_public(world, ref, "commitment").key, Mark(False))


def test_the_appraiser_does_not_decide_what_is_public(world: World, ref: str) -> None:
    with refused(Refusal.NOT_YOUR_ROLE):
        mark(world, ref, a_public(world, ref, "commitment").key, Mark(False), by=THAM)


def test_the_note_beside_another_ground_stays_inside(world: World, ref: str) -> None:
    item = a_public(world, ref, "commitment")
    mark(world, ref, item.key, Mark(False, "other", "Đang đàm phán với nhà đầu tư Q (minh họa)"))
    world.publish(ref, reason=REASON)
    assert "đàm phán" not in repr(page(world, ref))
    with world.work() as w:
        row = next(c for t in programme(w, ref).tasks for c in t.commitments if c.ref == item.key)
        assert "đàm phán" in row.withheld_basis.open(reason=Reason.PROOF)


def test_a_note_with_a_stamp_is_refused(world: World, ref: str) -> None:
    with pytest.raises(StampTyped):
        mark(world, ref, a_public(world, ref, "commitment").key, Mark(False, "other", "TUYỆT MẬT\nSố 3"))


def test_every_change_is_audited_with_its_ground_and_nothing_else(world: World, ref: str) -> None:
    item = a_public(world, ref, "task")
    mark(world, ref, item.key, Mark(False, "third_party"), count=False)
    mark(world, ref, item.key, Mark(False, "third_party"), count=False)  # nothing new
    with world.work() as w:
        lines = w.session.scalars(select(AuditLine).where(AuditLine.event == "DisclosureChanged")).all()
        told = sorted((str(x.facts["what"]), str(x.facts["item"]), str(x.facts["basis"])) for x in lines)
    assert told == [("programme", "count", ""), ("task", item.key, "third_party")]


def test_the_preview_says_what_stays_inside(world: World, ref: str) -> None:
    with world.work() as w:
        seen = preview(w, programme(w, ref))
        assert seen.going
        assert seen.going.lines == ()
        count = seen.going.programme.withheld_count
    inside = [one for one in seen.withheld if one.what != "progress"]
    assert len(inside) == count
    assert all(one.ground for one in inside)
