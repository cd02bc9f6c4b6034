"""Drafting: what an author may do with a draft, what is refused, and that nobody loses another's words."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from people import CONG, KINH_MON, NHI_CHIEU, PHUONG, SOAN, THAM, Person
from servers import Postgres
from sqlalchemy import select
from world import World, who

from portal.commands.hours import keep_due
from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.work import Work
from portal.office.audit.tables import AuditLine
from portal.office.programme import arranging, editing, handing_over, keeping
from portal.office.programme.acts import appraise, update_programme
from portal.office.programme.arranging import Gone
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Commitment, KeyTask, Programme, Typing, Upload
from portal.office.programme.typed import StampTyped
from portal.office.programme.versions import read, versions
from portal.office.programme.workbook.form import (
    CommitmentForm,
    ConsultationForm,
    MandateForm,
    MilestoneForm,
    Part,
    ProgrammeForm,
    TaskForm,
)
from portal.record.canon import decode, encode
from portal.record.documents import Direction, Frequency, Kind, Mode, Origin, Track
from portal.record.reads import documents

MANDATE = MandateForm(
    cadre_name="Nguyễn Thị Thử", post="Phó Chủ tịch UBND phường", unit_code=NHI_CHIEU,
    assigned_fields=("Văn hóa - xã hội",), track=Track.APPOINTMENT, decision_number="", decision_on=None,
    decision_issuer="", mandate_from=date(2026, 7, 1), mandate_to=date(2031, 6, 30), profile_code="5ro",
    preface="Lời mở đầu (số liệu minh họa).", declared_by="Văn phòng HĐND và UBND phường",
)  # fmt: skip
TASK = TaskForm(
    row=0, number=0, title="Giảm hồ sơ trễ hạn", bottleneck="6,8% hồ sơ trả chậm (số liệu minh họa)",
    objective="Từ 99% trả đúng hạn", solution="Giao việc bằng văn bản", areas=("Cải cách hành chính",),
    disclosed=True, withheld_basis="",
)  # fmt: skip
COMMITMENT = CommitmentForm(
    row=0, number=0, task_number=1, text="Trả đúng hạn 99% hồ sơ tiếp nhận tại phường.",
    indicator="Tỷ lệ hồ sơ trả đúng và trước hạn trên tổng số hồ sơ", measure_unit="%",
    baseline=Decimal("93.2"), baseline_on=date(2026, 6, 30), baseline_source="Báo cáo quý II",
    target=Decimal(99), direction=Direction.UP, deadline=date(2027, 12, 31),
    accountable="Phó Chủ tịch UBND phường", coordinators=("Văn phòng HĐND và UBND",), mode=Mode.LEAD,
    authority="UBND phường", deliverable="Báo cáo hằng tháng", evidence_plan="Số liệu Cổng Dịch vụ công",
    frequency=Frequency.MONTHLY, origin=Origin.SELF_PROPOSED, disclosed=True, withheld_basis="",
)  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def ref(world: World) -> str:
    """A draft by hand: one task, one commitment."""
    with world.work() as w:
        by = who(w, SOAN)
        made = editing.start(w, MANDATE, by=by)
        editing.add_task(w, made.ref, TASK, by=by)
        editing.add_commitment(w, made.ref, COMMITMENT, by=by)
        return made.ref


def seen(world: World, ref: str) -> ProgrammeForm:
    with world.work() as w:
        return portrait(w, programme(w, ref))


def stand(world: World, ref: str) -> tuple[str, int]:
    """The reference and version of the first commitment."""
    with world.work() as w:
        row = programme(w, ref).tasks[0].commitments[0]
        return row.ref, row.version


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def test_what_is_typed_is_what_is_stored(world: World, ref: str) -> None:
    draft = seen(world, ref)
    assert draft.cadre_name == MANDATE.cadre_name
    assert replace(draft.tasks[0], ref="") == replace(TASK, number=1)
    assert replace(draft.commitments[0], ref="") == replace(COMMITMENT, number=1)


def test_a_draft_by_hand_goes_the_whole_way_to_the_public(world: World, ref: str) -> None:
    with world.work() as w:
        by = who(w, SOAN)
        decided = replace(MANDATE, decision_number="01/QĐ-MH", decision_on=date(2026, 6, 15),
                          decision_issuer="UBND thành phố (số liệu minh họa)")  # fmt: skip
        editing.edit_mandate(w, ref, decided, expected=programme(w, ref).mandate.version, by=by)
        handing_over.hand_over(w, ref, by=by)
    world.approve(ref)
    world.publish(ref)
    world.follow()
    assert world.reader().get(f"/chuong-trinh/{ref}").status_code == 200


def test_a_stale_edit_overwrites_nothing(world: World, ref: str) -> None:
    item, version = stand(world, ref)
    with world.work() as w:
        first = replace(COMMITMENT, text="Bản của người thứ nhất, đủ dài để rõ việc.")
        editing.edit_commitment(w, ref, item, first, expected=version, by=who(w, SOAN))
    with refused(Refusal.CHANGED_MEANWHILE), world.work() as w:
        second = replace(COMMITMENT, text="Bản của người thứ hai.")
        editing.edit_commitment(w, ref, item, second, expected=version, by=who(w, SOAN))
    assert seen(world, ref).commitments[0].text.startswith("Bản của người thứ nhất")


def test_milestones_alone_make_a_new_version_and_keep_the_day_they_were_done(world: World, ref: str) -> None:
    item, version = stand(world, ref)
    steps = (MilestoneForm(title="Rà soát", due_on=date(2027, 1, 31)),
             MilestoneForm(title="Trình duyệt", due_on=date(2027, 3, 31)))  # fmt: skip
    with world.work() as w:
        editing.edit_commitment(
            w, ref, item, replace(COMMITMENT, milestones=steps), expected=version, by=who(w, SOAN)
        )
    assert stand(world, ref)[1] == version + 1
    with world.work() as w:
        programme(w, ref).tasks[0].commitments[0].milestones[1].done_on = date(2026, 11, 20)
    known = seen(world, ref).commitments[0].milestones
    later = (replace(known[1], title="Trình và được duyệt", done_on=None),)
    with world.work() as w:
        editing.edit_commitment(
            w, ref, item, replace(COMMITMENT, milestones=later), expected=version + 1, by=who(w, SOAN)
        )
    kept = seen(world, ref).commitments[0].milestones
    assert [(m.title, m.done_on, m.key) for m in kept] == [
        ("Trình và được duyệt", date(2026, 11, 20), known[1].key)
    ]


def test_saving_what_is_there_already_is_no_new_version(world: World, ref: str) -> None:
    item, version = stand(world, ref)
    with world.work() as w:
        editing.edit_commitment(w, ref, item, COMMITMENT, expected=version, by=who(w, SOAN))
    assert stand(world, ref) == (item, version)


def test_the_version_of_the_whole_grows_with_any_part(world: World, ref: str) -> None:
    def whole() -> int:
        with world.work() as w:
            return programme(w, ref).version

    before = whole()
    advice = ConsultationForm(role="Lãnh đạo tiền nhiệm", held_on=date(2026, 6, 1), gist="Nên làm từng bước.")
    with world.work() as w:
        editing.add_consultation(w, ref, advice, by=who(w, SOAN))
    assert whole() > before
    assert seen(world, ref).consultations == (advice,)


def test_order_is_not_text_and_numbers_stay(world: World, ref: str) -> None:
    with world.work() as w:
        by = who(w, SOAN)
        for text in ("Việc thứ hai, đủ dài để rõ việc.", "Việc thứ ba, đủ dài để rõ việc."):
            editing.add_commitment(w, ref, replace(COMMITMENT, text=text), by=by)
    item, version = stand(world, ref)
    with world.work() as w:
        arranging.move_commitment(w, ref, item, up=True, by=who(w, SOAN))  # at the top it stays
    with world.work() as w:
        arranging.move_commitment(w, ref, item, up=False, by=who(w, SOAN))
    assert [c.number for c in seen(world, ref).commitments] == [2, 1, 3]
    with world.work() as w:
        row = w.session.scalars(select(Commitment).where(Commitment.ref == item)).one()
        assert row.version == version, "who edits its text meanwhile is not disturbed"


def test_what_nobody_has_read_is_removed(world: World, ref: str) -> None:
    item, _ = stand(world, ref)
    with world.work() as w:
        assert arranging.remove_commitment(w, ref, item, by=who(w, SOAN)) is Gone.REMOVED
    assert seen(world, ref).commitments == ()
    with world.work() as w:
        task = programme(w, ref).tasks[0]
        assert arranging.remove_task(w, ref, task.ref, by=who(w, SOAN)) is Gone.REMOVED
    assert seen(world, ref).tasks == ()


def test_what_was_published_is_withheld_instead(world: World) -> None:
    ref = world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    with world.work() as w:
        by = who(w, SOAN)
        draft = programme(w, ref)
        public = next(c for t in draft.tasks if t.disclosed for c in t.commitments if c.disclosed)
        item = public.ref
        assert arranging.remove_commitment(w, ref, item, by=by) is Gone.WITHHELD
        assert arranging.remove_task(w, ref, draft.tasks[0].ref, by=by) is Gone.WITHHELD
    kept = seen(world, ref)
    assert not next(c for c in kept.commitments if c.ref == item).disclosed
    assert not kept.tasks[0].disclosed


def test_the_moral_part_begins_with_its_first_commitment_and_is_public_with_it(
    world: World, ref: str
) -> None:
    promise = replace(COMMITMENT, standard="3", disclosed=False, withheld_basis="Chưa ghi lý do")
    with world.work() as w:
        editing.add_moral_commitment(w, ref, promise, by=who(w, SOAN))
    part = seen(world, ref).tasks[-1]
    assert (part.part, part.disclosed) == (Part.MORAL, False)
    with world.work() as w:
        row = editing.add_moral_commitment(w, ref, replace(promise, disclosed=True), by=who(w, SOAN))
        item = row.ref
    draft = seen(world, ref)
    assert [t.part for t in draft.tasks] == [Part.WORK, Part.MORAL]
    assert draft.tasks[-1].disclosed
    assert [c.standard for c in draft.commitments] == ["", "3", "3"]
    with world.work() as w:
        arranging.remove_commitment(w, ref, item, by=who(w, SOAN))
    assert not seen(world, ref).tasks[-1].disclosed


def test_a_moral_commitment_says_its_standard_in_public(world: World, ref: str) -> None:
    with world.work() as w:
        by = who(w, SOAN)
        item = editing.add_moral_commitment(w, ref, replace(COMMITMENT, standard="3"), by=by).ref
        decided = replace(MANDATE, decision_number="01/QĐ-MH", decision_on=date(2026, 6, 15),
                          decision_issuer="UBND thành phố (số liệu minh họa)")  # fmt: skip
        editing.edit_mandate(w, ref, decided, expected=programme(w, ref).mandate.version, by=by)
    world.approve(ref)
    world.publish(ref)
    world.follow()
    page = world.reader().get(f"/cam-ket/{item}").text
    assert "Cần, kiệm, liêm, chính, chí công vô tư" in page
    assert "Tu dưỡng, rèn luyện đạo đức, lối sống" in page
    with world.work() as w:
        found = documents(w.session, [item])[item]
        body = encode(found.document, found.notice)
        older = body.replace(',"standard":' + json.dumps(asdict(found.document.standard),
                             ensure_ascii=False, sort_keys=True, separators=(",", ":")), "")  # fmt: skip
    assert older != body
    assert decode(Kind.COMMITMENT, older)[0] == replace(found.document, standard=None)


def test_a_workbook_leaves_alone_what_it_has_no_cell_for(world: World) -> None:
    form = world.read("01-chu-tich-phuong-nhi-chieu.xlsx")
    ref = world.draft(form)
    with world.work() as w:
        by = who(w, SOAN)
        editing.add_moral_commitment(w, ref, replace(COMMITMENT, standard="5"), by=by)
        draft = programme(w, ref)
        row = draft.tasks[0].commitments[0]
        known = portrait(w, draft).commitments[0]
        steps = (MilestoneForm(title="Bước một", due_on=date(2027, 1, 1)),)
        editing.edit_commitment(
            w, ref, row.ref, replace(known, milestones=steps), expected=row.version, by=by
        )
    before = seen(world, ref)
    more = replace(form.tasks[0], number=len(form.tasks) + 1, title="Nhiệm vụ mới trong sổ tính")
    with world.work() as w:
        update_programme(w, programme(w, ref), replace(form, tasks=(*form.tasks, more)), by=who(w, SOAN))
    after = seen(world, ref)
    assert after.commitments[0].milestones == before.commitments[0].milestones
    assert sorted(t.number for t in after.tasks) == list(range(1, len(form.tasks) + 3))
    moral = next(t for t in after.tasks if t.part is Part.MORAL)
    assert moral.disclosed
    assert [c.standard for c in after.commitments if c.task_number == moral.number] == ["5"]


class TestWho:
    """Only authors, only in their own line of units, and never while the appraiser has it."""

    @pytest.mark.parametrize("person", [THAM, CONG, PHUONG])
    def test_others_cannot_edit(self, world: World, ref: str, person: Person) -> None:
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, person))

    def test_nobody_begins_a_programme_elsewhere(self, world: World) -> None:
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.start(w, MANDATE, by=who(w, PHUONG))
        with world.work() as w:
            editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, PHUONG))

    def test_nobody_moves_a_programme_to_a_unit_that_is_not_theirs(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, PHUONG)).ref
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.edit_mandate(w, ref, MANDATE, expected=1, by=who(w, PHUONG))

    def test_everybody_who_wrote_is_kept_from_appraising(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, SOAN)).ref
        with world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, PHUONG))
        with world.work() as w:
            assert matter(w, programme(w, ref)).writer_ids == {who(w, SOAN).id, who(w, PHUONG).id}
        first = replace(act_of(world, SOAN), roles=act_of(world, THAM).roles)  # who got another role since
        with refused(Refusal.OWN_WORK), world.work() as w:
            appraise(w, programme(w, ref), by=first, opinion="Đồng ý với nội dung.")

    def test_with_the_appraiser_it_is_shut_until_taken_back(self, world: World, ref: str) -> None:
        item, version = stand(world, ref)
        with world.work() as w:
            handing_over.hand_over(w, ref, by=who(w, SOAN))
        attempts: tuple[Callable[[Work], object], ...] = (
            lambda w: editing.edit_commitment(w, ref, item, COMMITMENT, expected=version, by=who(w, SOAN)),
            lambda w: editing.add_task(w, ref, TASK, by=who(w, SOAN)),
            lambda w: arranging.remove_commitment(w, ref, item, by=who(w, SOAN)),
            lambda w: arranging.move_commitment(w, ref, item, up=True, by=who(w, SOAN)),
            lambda w: handing_over.hand_over(w, ref, by=who(w, SOAN)),
            lambda w: update_programme(w, programme(w, ref), world_form(w, ref), by=who(w, SOAN)),
        )
        for attempt in attempts:
            with refused(Refusal.IN_APPRAISAL), world.work() as w:
                attempt(w)
        with world.work() as w:
            handing_over.take_back(w, ref, by=who(w, SOAN))
            editing.add_task(w, ref, TASK, by=who(w, SOAN))
        with refused(Refusal.NOT_IN_APPRAISAL), world.work() as w:
            handing_over.take_back(w, ref, by=who(w, SOAN))


def act_of(world: World, person: Person) -> Actor:
    with world.work() as w:
        return who(w, person)


def world_form(w: Work, ref: str) -> ProgrammeForm:
    return portrait(w, programme(w, ref))


class TestHandingOver:
    """What goes to the appraiser is frozen."""

    def test_the_version_is_what_was_written(self, world: World, ref: str) -> None:
        before = seen(world, ref)
        with world.work() as w:
            made = handing_over.hand_over(w, ref, by=who(w, SOAN))
            assert (made.number, made.label) == (1, "submitted")
        with world.work() as w:
            draft = programme(w, ref)
            assert draft.state == "submitted"
            assert read(versions(w, draft)[0]) == before
        world.approve(ref)

    def test_nothing_is_handed_over_when_there_is_nothing(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, MANDATE, by=who(w, SOAN)).ref
        with refused(Refusal.NOTHING_TO_APPRAISE), world.work() as w:
            handing_over.hand_over(w, ref, by=who(w, SOAN))

    def test_an_edit_after_approval_has_to_be_appraised_anew(self, world: World, ref: str) -> None:
        world.approve(ref)
        with world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, SOAN))
        with world.work() as w:
            assert programme(w, ref).state == "draft"
        with refused(Refusal.NOT_APPRAISED):
            world.publish(ref)


class TestSecrets:
    """A stamp of secrecy is refused wherever it is typed, and nothing of the text is stored."""

    STAMPED = "Nội dung bình thường.\nTỐI MẬT\nphần còn lại qzxv"

    @pytest.mark.parametrize("field", ["text", "deliverable", "accountable", "baseline_source"])
    def test_in_any_text(self, world: World, ref: str, field: str) -> None:
        item, version = stand(world, ref)
        with pytest.raises(StampTyped) as caught, world.work() as w:
            editing.edit_commitment(
                w, ref, item, replace(COMMITMENT, **{field: self.STAMPED}), expected=version, by=who(w, SOAN)
            )
        assert caught.value.names == (field,)
        assert not self.lies_anywhere(world)

    def test_in_lists_and_milestones(self, world: World, ref: str) -> None:
        steps = (MilestoneForm(title=self.STAMPED, due_on=date(2027, 1, 1)),)
        for form in (
            replace(COMMITMENT, coordinators=(self.STAMPED,)),
            replace(COMMITMENT, milestones=steps),
        ):
            with pytest.raises(StampTyped), world.work() as w:
                editing.add_commitment(w, ref, form, by=who(w, SOAN))
        assert not self.lies_anywhere(world)

    def test_in_typing_that_is_only_kept(self, world: World) -> None:
        with pytest.raises(StampTyped), world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", self.STAMPED)])
        assert not self.lies_anywhere(world)

    def test_an_honest_text_would_be_found(self, world: World, ref: str) -> None:
        with world.work() as w:
            editing.add_commitment(w, ref, replace(COMMITMENT, text="có chữ qzxv ở đây"), by=who(w, SOAN))
        assert self.lies_anywhere(world)

    @staticmethod
    def lies_anywhere(world: World) -> bool:
        files = world.settings.instance.glob("portal.sqlite*")
        return any(b"qzxv" in file.read_bytes() for file in files)


class TestKeeping:
    """Typing that is not saved, and workbooks between preview and confirmation."""

    def test_typing_comes_back_to_its_officer_only(self, world: World) -> None:
        with world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang"), ("m", "1")])
        with world.work() as w:
            kept = keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x")
            assert kept is not None
            assert kept.texts == (("text", "dở dang"), ("m", "1"))
            assert keeping.kept_typing(w, who(w, PHUONG).id, "/van-phong/x") is None
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/y") is None
            keeping.forget_typing(w, who(w, SOAN).id, "/van-phong/x")
        with world.work() as w:
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x") is None

    def test_nothing_outlives_its_time(self, world: World) -> None:
        with world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang")])
            key = keeping.hold_upload(w, who(w, SOAN).id, b"so tinh", programme_id=None)
        world.clock.at += timedelta(hours=2)
        with refused(Refusal.UPLOAD_GONE), world.work() as w:
            keeping.held_upload(w, who(w, SOAN).id, key, programme_id=None)
        world.clock.at += timedelta(days=31)
        with world.work() as w:
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x") is None
            keeping.keep_typing(w, who(w, PHUONG).id, "/van-phong/z", [])
            assert w.session.query(Upload).count() == 0
            assert w.session.query(Typing).count() == 1

    def test_the_clock_clears_away_what_nobody_asks_for_again(self, world: World) -> None:
        with world.work() as w:
            keeping.hold_upload(w, who(w, SOAN).id, b"so tinh", programme_id=None)
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang")])
        keep_due(world.office)
        world.clock.at += timedelta(hours=2)
        keep_due(world.office)
        with world.work() as w:
            assert (w.session.query(Upload).count(), w.session.query(Typing).count()) == (0, 1)
        world.clock.at += timedelta(days=31)
        keep_due(world.office)
        with world.work() as w:
            assert w.session.query(Typing).count() == 0

    def test_a_held_workbook_is_for_its_officer_and_its_draft(self, world: World, ref: str) -> None:
        with world.work() as w:
            mine, theirs = who(w, SOAN).id, who(w, PHUONG).id
            draft = programme(w, ref).id
            key = keeping.hold_upload(w, mine, b"so tinh", programme_id=None)
            assert keeping.held_upload(w, mine, key, programme_id=None) == b"so tinh"
            for officer, about in ((theirs, None), (mine, draft)):
                with refused(Refusal.UPLOAD_GONE):
                    keeping.held_upload(w, officer, key, programme_id=about)


def test_what_is_done_is_audited_without_a_word_of_it(world: World, ref: str) -> None:
    item, version = stand(world, ref)
    with world.work() as w:
        changed = replace(COMMITMENT, text="Chữ riêng zqwv, đủ dài để rõ việc.")
        editing.edit_commitment(w, ref, item, changed, expected=version, by=who(w, SOAN))
        arranging.move_commitment(w, ref, item, up=True, by=who(w, SOAN))
        arranging.remove_commitment(w, ref, item, by=who(w, SOAN))
    with world.work() as w:
        lines = w.session.query(AuditLine).filter_by(event="DraftEdited").all()
        told = {(line.facts["what"], line.facts["how"]) for line in lines}
        everything = str([line.facts for line in w.session.query(AuditLine)])
    assert told == {
        ("programme", "added"), ("task", "added"), ("commitment", "added"), ("commitment", "changed"),
        ("commitment", "moved"), ("commitment", "removed"),
    }  # fmt: skip
    assert "zqwv" not in everything


class TestTogether:
    """Many people at one commitment: each adds a word, and every word is there in the end."""

    @pytest.mark.parametrize("edits", [200, pytest.param(1000, marks=pytest.mark.proof)])
    def test_no_update_is_lost(self, world: World, ref: str, edits: int) -> None:
        item, _ = stand(world, ref)
        all_edit(world, ref, item, edits, checked=True)
        assert len(seen(world, ref).commitments[0].coordinators) == edits + 1

    @pytest.mark.proof
    def test_no_update_is_lost_on_postgresql(self, tmp_path: Path, postgres: Postgres) -> None:
        world = World(tmp_path, database_url=postgres.database()).settle_in()
        with world.work() as w:
            by = who(w, SOAN)
            ref = editing.start(w, MANDATE, by=by).ref
            editing.add_task(w, ref, TASK, by=by)
            item = editing.add_commitment(w, ref, COMMITMENT, by=by).ref
        all_edit(world, ref, item, 1000, checked=True)
        assert len(seen(world, ref).commitments[0].coordinators) == 1001
        world.close()

    def test_without_the_check_they_would_be(self, world: World, ref: str) -> None:
        """The positive control: the same people, the newest version taken as read."""
        item, _ = stand(world, ref)
        all_edit(world, ref, item, 40, checked=False)
        assert len(seen(world, ref).commitments[0].coordinators) < 41


THINKING = 0.004  # seconds: long enough for the others to come in between


def all_edit(world: World, ref: str, item: str, edits: int, *, checked: bool) -> None:
    """``edits`` edits by four people at once, each of whom reads, thinks, and tries until it is in."""
    people, ready = 4, threading.Barrier(4)
    faults: list[BaseException] = []

    def work_at_it(person: int) -> None:
        try:
            ready.wait()
            for number in range(person, edits, people):
                while not _add_word(world, ref, item, f"Đơn vị {number}", checked=checked):
                    pass
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work_at_it, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def _add_word(world: World, ref: str, item: str, word: str, *, checked: bool) -> bool:
    with world.work() as w:
        draft = programme(w, ref)
        version = draft.tasks[0].commitments[0].version
        read_then = portrait(w, draft).commitments[0]
    wanted = replace(read_then, coordinators=(*read_then.coordinators, word))
    time.sleep(THINKING)
    try:
        with world.work() as w:
            if not checked:
                version = programme(w, ref).tasks[0].commitments[0].version
            editing.edit_commitment(w, ref, item, wanted, expected=version, by=who(w, SOAN))
    except Refused as fault:
        if fault.refusal is not Refusal.CHANGED_MEANWHILE:
            raise
        return False
    return True


def test_a_programme_that_does_not_exist_is_refused(world: World) -> None:
    with refused(Refusal.NO_SUCH_PROGRAMME), world.work() as w:
        editing.add_task(w, "khongco", TASK, by=who(w, SOAN))
    with world.work() as w:
        assert w.session.scalar(select(Programme)) is None
        assert w.session.scalar(select(KeyTask)) is None
