"""Drafting: what an author may do with a draft, and what is refused."""

import json
from dataclasses import asdict, replace
from datetime import date

from handwritten import COMMITMENT, MANDATE, TASK, refused, seen, stand
from people import SOAN
from sqlalchemy import select
from world import World, who

from portal.kernel.policy import Refusal
from portal.office.audit.tables import AuditLine
from portal.office.programme import arranging, editing, handing_over
from portal.office.programme.acts import update_programme
from portal.office.programme.arranging import Gone
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.tables import Commitment, KeyTask, Programme
from portal.office.programme.workbook.form import (
    ConsultationForm,
    MilestoneForm,
    Part,
)
from portal.record.canon import decode, encode
from portal.record.documents import Kind
from portal.record.reads import documents


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


def test_a_programme_that_does_not_exist_is_refused(world: World) -> None:
    with refused(Refusal.NO_SUCH_PROGRAMME), world.work() as w:
        editing.add_task(w, "khongco", TASK, by=who(w, SOAN))
    with world.work() as w:
        assert w.session.scalar(select(Programme)) is None
        assert w.session.scalar(select(KeyTask)) is None
