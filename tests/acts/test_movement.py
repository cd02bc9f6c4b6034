"""A post passes on: item by item, accepted in writing, old figures beside the restated ones, nothing lost."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handwritten import COMMITMENT
from people import CITY, CONG, KINH_MON, NHI_CHIEU, SOAN, THAM, Person
from sqlalchemy.exc import IntegrityError
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason
from portal.office.accounts.acts import add_officer
from portal.office.movement.acts import FateForm, MoveForm, decide, open_movement, take_over
from portal.office.movement.reads import ending_soon, successors, waiting_for
from portal.office.movement.rules import Move
from portal.office.movement.tables import Movement
from portal.office.programme.arranging import Gone, remove_commitment
from portal.office.programme.editing import add_commitment
from portal.office.programme.reads import programme
from portal.publication.ending import end_programme
from portal.record import reads
from portal.record.documents import CommitmentDoc, Document, Ending, Fate, ProgrammeDoc

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
PAPER = "Quyết định điều động số 77/QĐ-MH ngày 20/11/2026 (minh họa)"
NOTE = "Cộng số liệu hai phường trước sắp xếp (minh họa)"
ACCEPTED = "Văn bản tiếp nhận số 8 ngày 24/11/2026 (minh họa)"


class House:
    """A world with an old programme and a successor's, both public."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.work() as w:
            add_officer(w, email=DANH.email, name=DANH.name, role=DANH.role, unit_code=DANH.unit_code)
        self.old, self.new = world.bring_in(world.read(BOOK)), world.bring_in(world.read(BOOK))
        self.items, self.public = self.refs(self.old)
        self.key = self.open()

    def refs(self, ref: str) -> tuple[list[str], list[str]]:
        with self.world.work() as w:
            tasks = programme(w, ref).tasks
            every = [c.ref for t in tasks for c in t.commitments]
            return every, [c.ref for t in tasks if t.disclosed for c in t.commitments if c.disclosed]

    def open(self, ref: str = "", *, by: Person = DANH, on: date = date(2026, 11, 24)) -> int:
        form = MoveForm(kind=Move.TRANSFER, effective_on=on, document=PAPER)
        with self.world.work() as w:
            return open_movement(w, ref or self.old, form, by=who(w, by)).id

    def reopen(self) -> int:
        """The movement anew, with what was written since."""
        with self.world.work() as w:
            found = w.session.get_one(Movement, self.key)
            for item in found.items:
                w.session.delete(item)
            w.session.flush()
            w.session.delete(found)
        return self.open()

    def decide(self, ref: str, fate: Fate, **more: object) -> None:
        form = FateForm(fate=fate, **more)  # type: ignore[arg-type]
        with self.world.work() as w:
            decide(w, self.key, ref, form, by=who(w, DANH))

    def decide_all(self) -> None:
        """The first carried over with a restated baseline, the second merged, the others ended."""
        carried, merged = self.public[:2]
        self.decide(
            carried, Fate.CARRIED, successor=self.new, restated_baseline=Decimal("2.5"),
            restated_on=date(2026, 10, 31), restated_note=NOTE,
        )  # fmt: skip
        self.decide(
            merged, Fate.MERGED, successor=self.new, target=self.refs(self.new)[1][0], restated_note=NOTE
        )
        for ref in {*self.items} - {carried, merged}:
            self.decide(ref, Fate.ENDED, reason="Không còn thuộc nhiệm vụ (minh họa)")

    def accept_all(self, *, by: Person = SOAN) -> list[str]:
        with self.world.work() as w:
            keys = [item.id for item, _ in waiting_for(w, who(w, by))]
        made = []
        for key in keys:
            with self.world.work() as w:
                made.append(take_over(w, key, accepted=ACCEPTED, by=who(w, by)))
        return made

    def end(self, *, by: Person = CONG) -> None:
        with self.world.work() as w:
            end_programme(w, self.key, by=who(w, by), signer=self.world.signer)

    def doc(self, ref: str) -> ProgrammeDoc | CommitmentDoc:
        with self.world.work() as w:
            found = reads.revision(w.session, ref)
        assert found
        assert isinstance(found.document, ProgrammeDoc | CommitmentDoc)
        return found.document

    def page(self, address: str) -> str:
        self.world.follow()
        return self.world.reader().get(address).text


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    world = World(tmp_path).settle_in()
    yield House(world)
    world.close()


def refused(caught: pytest.ExceptionInfo[Refused]) -> Refusal:
    return caught.value.refusal


def test_the_whole_story(house: House) -> None:
    before = {ref: house.doc(ref) for ref in house.public}
    house.decide_all()
    target = house.refs(house.new)[1][0]
    accepted = house.accept_all()
    (new_ref,) = set(accepted) - {target}
    house.end()
    old = house.doc(house.old)
    assert isinstance(old, ProgrammeDoc)
    assert (old.ending, old.ended_on) == (Ending.TRANSFER, date(2026, 11, 24))
    assert [s.programme_ref for s in old.continued_by] == [house.new]
    carried, merged, *others = (house.doc(ref) for ref in house.public)
    assert all(isinstance(doc, CommitmentDoc) and doc.ending is Ending.TRANSFER for doc in (carried, *others))
    assert isinstance(carried, CommitmentDoc)
    assert carried.fate
    assert carried.fate.fate is Fate.CARRIED
    assert carried.fate.commitment_ref is None  # the successor's is a draft: nothing may point to it
    assert isinstance(merged, CommitmentDoc)
    assert merged.fate
    assert merged.fate.commitment_ref == target
    assert new_ref not in house.page(f"/cam-ket/{house.public[0]}")
    assert "Kết thúc do điều động" in house.page(f"/chuong-trinh/{house.old}")
    the_successor_publishes(house, new_ref, before[house.public[0]])


def the_successor_publishes(house: House, new_ref: str, first: Document) -> None:
    # The successor's programme is appraised and published like any other; then the old one is linked.
    house.world.approve(house.new)
    house.world.publish(house.new, reason="Tiếp nhận cam kết (minh họa)", document=ACCEPTED)
    new = house.doc(new_ref)
    assert isinstance(new, CommitmentDoc)
    assert isinstance(first, CommitmentDoc)
    assert new.baseline == Decimal("2.5")
    assert [(i.commitment_ref, i.baseline, i.accepted) for i in new.inherited_from] == [
        (first.ref, first.baseline, ACCEPTED)
    ]
    page = house.page(f"/cam-ket/{new_ref}")
    assert NOTE in page
    assert "2,5" in page
    assert f"/cam-ket/{first.ref}" in page
    house.end()
    linked = house.doc(first.ref)
    assert isinstance(linked, CommitmentDoc)
    assert linked.fate
    assert linked.fate.commitment_ref == new_ref
    assert (linked.baseline, linked.target, linked.progress) == (first.baseline, first.target, first.progress)
    with pytest.raises(Refused) as caught:
        house.end()
    assert refused(caught) is Refusal.NOTHING_CHANGED


def test_nothing_ends_before_each_item_is_decided_and_accepted(house: House) -> None:
    with pytest.raises(Refused) as caught:
        house.end()
    assert refused(caught) is Refusal.NOT_ALL_DECIDED
    assert set(caught.value.detail.splitlines()) == set(house.items)
    house.decide_all()
    with pytest.raises(Refused) as caught:
        house.end()
    assert refused(caught) is Refusal.NOT_TAKEN_OVER
    assert set(caught.value.detail.splitlines()) == set(house.public[:2])


def test_before_the_end_nothing_is_public(house: House) -> None:
    house.decide_all()
    house.accept_all()
    old = house.doc(house.old)
    assert old.ending is None
    assert PAPER not in house.page(f"/chuong-trinh/{house.old}/lich-su")


def test_two_people_and_the_right_roles(house: House) -> None:
    house.decide_all()
    house.accept_all()
    for by in (DANH, SOAN, THAM):
        with pytest.raises(Refused) as caught:
            house.end(by=by)
        assert refused(caught) is Refusal.NOT_YOUR_ROLE
    with pytest.raises(Refused) as caught:
        house.open(house.new, by=SOAN)
    assert refused(caught) is Refusal.NOT_YOUR_ROLE


@pytest.mark.parametrize(
    ("fate", "has_successor", "has_target", "is_sound"),
    [
        ("", False, False, True),
        ("ended", False, False, True),
        ("carried", True, False, True),
        ("merged", True, True, True),
        ("", True, False, False),  # what once broke the successor's list
        ("ended", True, False, False),
        ("carried", False, False, False),
        ("merged", True, False, False),
        ("lost", False, False, False),
    ],
)
def test_an_item_that_cannot_be_is_not_stored(
    house: House, fate: str, has_successor: bool, has_target: bool, is_sound: bool
) -> None:
    target = house.refs(house.new)[1][0]
    with nullcontext() if is_sound else pytest.raises(IntegrityError), house.world.work() as w:
        successor = programme(w, house.new).id if has_successor else None
        item = w.session.get_one(Movement, house.key).items[0]
        item.fate, item.successor_ref = fate, target if has_target else None
        item.successor_programme_id = successor
    with house.world.work() as w:
        assert w.session.get_one(Movement, house.key).items[0].fate == (fate if is_sound else "")


def test_what_a_movement_cites_is_withheld_and_not_deleted(house: House) -> None:
    """The old commitment that waits, and the successor's own that it is merged into, neither ever public."""
    with house.world.work() as w:
        made = {
            ref: add_commitment(w, ref, COMMITMENT, by=who(w, SOAN)).ref for ref in (house.old, house.new)
        }
    house.key = house.reopen()
    house.decide(made[house.old], Fate.MERGED, successor=house.new, target=made[house.new])
    for ref, commitment in made.items():
        with house.world.work() as w:
            assert remove_commitment(w, ref, commitment, by=who(w, SOAN)) is Gone.WITHHELD
    with house.world.work() as w:
        assert [item.commitment_ref for item, _ in waiting_for(w, who(w, SOAN))] == [made[house.old]]


def test_a_successor_is_one_this_officer_may_be_told_of(house: House) -> None:
    """Drafts of the own units, and what is public elsewhere; never a draft of another unit."""
    ward = Person("Phan Thị Phường", "phan@namro.example", Role.EVALUATOR, NHI_CHIEU)
    away = replace(house.world.read(BOOK), unit_code=KINH_MON)
    secret, public = house.world.draft(away), house.world.draft(away)
    house.world.approve(public)
    with house.world.work() as w:
        add_officer(w, email=ward.email, name=ward.name, role=ward.role, unit_code=ward.unit_code)
        draft = programme(w, public)
        draft.issued_on, draft.state = w.today, "published"
    with house.world.work() as w:
        draft = programme(w, house.old)
        seen = {who(w, by).id: {p.ref for p in successors(w, draft, who(w, by))} for by in (ward, DANH)}
        assert seen[who(w, ward).id] == {house.new, public}
        assert seen[who(w, DANH).id] == {house.new, public, secret}
        hidden = programme(w, public).tasks[0].commitments[0].ref  # in the draft, not in the record
    form = FateForm(fate=Fate.MERGED, successor=public, target=hidden)
    for by, why in ((ward, Refusal.NO_MERGE_TARGET), (ward, Refusal.NO_SUCCESSOR)):
        with house.world.work() as w, pytest.raises(Refused) as caught:
            decide(w, house.key, house.items[0], form, by=who(w, by))
        assert refused(caught) is why
        form = replace(form, successor=secret)


def test_one_movement_a_programme(house: House) -> None:
    with pytest.raises(Refused) as caught:
        house.open()
    assert refused(caught) is Refusal.ALREADY_MOVING
    with house.world.work() as w:
        assert w.session.query(Movement).count() == 1


def test_an_accepted_item_is_settled_and_a_second_acceptance_is_refused(house: House) -> None:
    house.decide_all()
    house.accept_all()
    assert house.accept_all() == []
    with pytest.raises(Refused) as caught:
        house.decide(house.public[0], Fate.ENDED, reason="Nghĩ lại (minh họa)")
    assert refused(caught) is Refusal.ALREADY_ENDED


def test_withheld_items_stay_inside_whatever_becomes_of_them(house: House) -> None:
    withheld = set(house.items) - set(house.public)
    assert withheld
    house.decide_all()
    house.accept_all()
    house.end()
    shown = house.page(f"/chuong-trinh/{house.old}")
    assert not any(ref in shown for ref in withheld)


def test_mandates_that_end_soon_are_listed(house: House) -> None:
    with house.world.work() as w:
        assert ending_soon(w, who(w, DANH)) == []
        last = programme(w, house.new).mandate.ends_on.open(reason=Reason.PROOF)
    days = (last - date(2026, 11, 24)).days
    for later, count in ((days - 91, 0), (1, 1), (90, 1), (1, 0)):
        house.world.later(days=later)
        with house.world.work() as w:
            assert len(ending_soon(w, who(w, DANH))) == count, later


def test_what_was_taken_down_meanwhile_is_not_told_again_by_its_successor(house: House) -> None:
    house.decide_all()
    (new_ref,) = set(house.accept_all()) - {house.refs(house.new)[1][0]}
    house.world.withdraw(house.old)
    house.world.approve(house.new)
    house.world.publish(house.new, reason="Tiếp nhận công việc (minh họa)")
    new = house.doc(new_ref)
    assert isinstance(new, CommitmentDoc)
    assert new.inherited_from == ()
