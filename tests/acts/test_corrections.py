"""After publication: what changes needs its reason, a lesser promise its paper, and the first one stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from changes import PAPER, REASON, changed, changed_task, commitment_of, reported
from world import World

from portal.kernel.policy import Refusal, Refused
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm
from portal.publication.acts import Outcome
from portal.record import reads
from portal.record.documents import Act, Change, CommitmentDoc, Notice, ProgrammeDoc

BOOK = "02-pho-chu-tich-phuong-kinh-mon.xlsx"
UP, DOWN = 1, 3  # STT of a commitment whose figure is to rise, and of one whose figure is to fall


class Story:
    """A published programme, and what happens to it next."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.form: ProgrammeForm = world.read(BOOK)
        self.ref = world.draft(self.form)
        world.approve(self.ref)
        world.publish(self.ref)
        world.later(days=1)

    def revise(self, form: ProgrammeForm, *, approve: bool = True) -> None:
        """Import ``form`` and have it approved."""
        self.form = form
        self.world.revise(self.ref, form)
        if approve:
            self.world.approve(self.ref)

    def publish(self, reason: str = "", document: str = "") -> Outcome:
        return self.world.publish(self.ref, reason=reason, document=document)

    def refusal(self, reason: str = "", document: str = "") -> Refusal:
        with self.world.work() as w:
            before = reads.head(w.session)
        with pytest.raises(Refused) as caught:
            self.publish(reason, document)
        with self.world.work() as w:
            assert reads.head(w.session) == before
        return caught.value.refusal

    def ref_of(self, number: int) -> str:
        with self.world.work() as w:
            draft = programme(w, self.ref)
            return next(c.ref for t in draft.tasks for c in t.commitments if c.place == number)

    def shown(self, number: int) -> CommitmentDoc:
        """What the public reads of the commitment with this STT."""
        ref = self.ref_of(number)
        with self.world.work() as w:
            found = reads.revision(w.session, ref)
        assert found
        assert isinstance(found.document, CommitmentDoc)
        return found.document

    def notice(self, ref: str) -> Notice:
        with self.world.work() as w:
            found = reads.revision(w.session, ref)
        assert found
        return found.notice

    def programme(self) -> ProgrammeDoc:
        with self.world.work() as w:
            found = reads.revision(w.session, self.ref)
        assert found
        assert isinstance(found.document, ProgrammeDoc)
        return found.document


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(World(tmp_path).settle_in())


def kinds(changes: tuple[Change, ...]) -> set[str]:
    return {change.kind for change in changes}


# What is changed -> how it is typed; whether it needs a reason, and a paper.
CHANGES: dict[str, tuple[int, dict[str, Any], Act, str, bool]] = {
    "a lower target": (UP, {"target": Decimal("92")}, Act.AMEND, "target_lowered", True),
    "a higher target": (DOWN, {"target": Decimal("2.5")}, Act.AMEND, "target_raised", False),
    "a lower target where less is more": (DOWN, {"target": Decimal("4")}, Act.AMEND, "target_lowered", True),
    "a later deadline": (UP, {"deadline": date(2027, 3, 31)}, Act.AMEND, "deadline_moved_later", True),
    "an earlier deadline": (5, {"deadline": date(2027, 3, 31)}, Act.AMEND, "deadline_moved_earlier", False),
    "another product": (UP, {"deliverable": "Báo cáo khác (minh họa)"}, Act.CORRECT, "changed", False),
    "another coordinator": (UP, {"coordinators": ("Văn phòng (minh họa)",)}, Act.CORRECT, "added", False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_needs_what(story: Story, what: str) -> None:
    number, fields, act, kind, needs_paper = CHANGES[what]
    story.revise(changed(story.form, number, **fields))
    assert story.refusal() is Refusal.NO_REASON
    assert story.refusal(reason="   ") is Refusal.NO_REASON
    assert story.refusal(document=PAPER) is Refusal.NO_REASON
    if needs_paper:
        assert story.refusal(reason=REASON) is Refusal.NO_DOCUMENT
        assert story.refusal(reason=REASON, document=" \n") is Refusal.NO_DOCUMENT
    paper = PAPER if needs_paper else ""
    sent = story.publish(f"  {REASON} ", paper)
    assert set(sent.acts) == {act}
    assert kind in kinds(sent.changes)
    notice = story.notice(story.ref_of(number))
    assert (notice.reason, notice.document) == (REASON, paper)
    assert kind in kinds(notice.changes)


def test_a_draft_that_differs_in_nothing_is_refused(story: Story) -> None:
    assert story.refusal(REASON, PAPER) is Refusal.NOTHING_CHANGED
    story.revise(story.form)
    assert story.refusal(REASON, PAPER) is Refusal.NOTHING_CHANGED


def test_the_same_words_approved_once_more_are_no_correction(story: Story) -> None:
    """Only what changed gets a revision; the rest keeps the approval it was published with."""
    approved_on = story.shown(5).appraised.appraised_on
    story.revise(changed(story.form, UP, deliverable="Báo cáo khác (minh họa)"))
    assert story.publish(REASON).acts == (Act.CORRECT,)
    assert story.shown(UP).appraised.appraised_on > approved_on
    assert story.shown(5).appraised.appraised_on == approved_on


def test_progress_that_was_approved_too_is_still_progress(story: Story) -> None:
    story.revise(reported(story.form, UP, "90.5"))
    assert story.publish().acts == (Act.PROGRESS,)


def test_progress_needs_neither_reason_nor_approval(story: Story) -> None:
    story.revise(reported(story.form, UP, "90.5"), approve=False)
    sent = story.publish()
    assert sent.acts == (Act.PROGRESS,)
    assert story.shown(UP).progress[-1].value == Decimal("90.5")
    assert story.notice(story.ref_of(UP)).reason == ""


def test_a_reason_given_with_progress_is_not_shown(story: Story) -> None:
    """News of progress carries no officer's comment: it would be a place to explain figures away."""
    story.revise(reported(story.form, UP, "90.5"), approve=False)
    story.publish(REASON, PAPER)
    assert story.notice(story.ref_of(UP)) == replace(story.notice(story.ref_of(UP)), reason="", document="")


def test_progress_together_with_a_correction_needs_what_the_correction_needs(story: Story) -> None:
    form = changed(reported(story.form, UP, "90.5"), 5, target=Decimal("12"))
    story.revise(form)
    assert story.refusal() is Refusal.NO_REASON
    assert story.refusal(REASON) is Refusal.NO_DOCUMENT
    sent = story.publish(REASON, PAPER)
    assert sorted(sent.acts) == [Act.AMEND, Act.PROGRESS]
    assert story.notice(story.ref_of(5)).reason == REASON
    assert story.notice(story.ref_of(UP)).reason == ""


def test_a_correction_that_is_not_clear_does_not_go_out(story: Story) -> None:
    story.revise(changed(story.form, UP, accountable=""))
    assert story.refusal(REASON, PAPER) is Refusal.NOT_CLEAR
    story.revise(changed(story.form, UP, accountable="", deadline=None))
    assert story.refusal(REASON, PAPER) is Refusal.NOT_CLEAR


def test_a_target_given_up_altogether_is_a_lowered_one(story: Story) -> None:
    story.revise(changed(story.form, UP, target=None))
    assert story.refusal(REASON) in (Refusal.NO_DOCUMENT, Refusal.NOT_CLEAR)
    assert story.refusal() is Refusal.NO_REASON


def test_the_first_promise_stays_beside_the_changed_one(story: Story) -> None:
    first = commitment_of(story.form, UP)
    story.revise(changed(story.form, UP, target=Decimal("92"), deadline=date(2027, 3, 31)))
    story.publish(REASON, PAPER)
    story.revise(changed(story.form, UP, target=Decimal("91"), deadline=date(2027, 6, 30)))
    story.publish(REASON, PAPER)
    now = story.shown(UP)
    assert (now.target, now.deadline) == (Decimal("91"), date(2027, 6, 30))
    assert (now.first_target, now.first_deadline) == (first.target, first.deadline)


def test_not_even_withdrawal_resets_a_promise(story: Story) -> None:
    first = commitment_of(story.form, UP)
    story.world.withdraw(story.ref)
    story.world.later(days=30)
    story.revise(changed(story.form, UP, target=Decimal("80"), deadline=date(2027, 6, 30)))
    assert story.refusal() is Refusal.NO_REASON
    story.publish(REASON)
    now = story.shown(UP)
    assert (now.target, now.deadline) == (Decimal("80"), date(2027, 6, 30))
    assert (now.first_target, now.first_deadline) == (first.target, first.deadline)


def test_a_commitment_withheld_later_leaves_a_tombstone(story: Story) -> None:
    ref = story.ref_of(5)
    story.revise(changed(story.form, 5, disclosed=False, withheld_basis="nội bộ"))
    assert story.refusal() is Refusal.NO_REASON
    sent = story.publish(REASON)
    assert sorted(sent.acts) == [Act.CORRECT, Act.WITHDRAW]
    with story.world.work() as w:
        gone = reads.revision(w.session, ref)
    assert gone
    assert (gone.act, gone.notice.reason, gone.document.reason) == (Act.WITHDRAW, REASON, REASON)  # type: ignore[union-attr]  # a tombstone
    assert story.programme().withheld_count == 2
    assert ref not in {c for t in story.programme().tasks for c in t.commitments}


def test_a_commitment_disclosed_later_is_published(story: Story) -> None:
    hidden = next(c.number for c in story.form.commitments if not c.disclosed)
    story.revise(changed(story.form, hidden, disclosed=True, withheld_basis=""))
    sent = story.publish(REASON)
    assert sorted(sent.acts) == [Act.CORRECT, Act.PUBLISH]
    assert story.shown(hidden).text == commitment_of(story.form, hidden).text
    assert story.programme().withheld_count == 0


def test_a_task_withheld_later_takes_its_commitments_along(story: Story) -> None:
    under = [c.number for c in story.form.commitments if c.task_number == 6]
    assert len(under) == 2
    story.revise(changed_task(story.form, 6, disclosed=False, withheld_basis="nội bộ"))
    sent = story.publish(REASON)
    assert sorted(sent.acts) == [Act.CORRECT, Act.WITHDRAW, Act.WITHDRAW]
    assert story.programme().withheld_count == 1 + 1 + 2  # the one before, the task, what lies under it
    assert [b.count for b in story.programme().withheld_bases] == [4]


def test_how_many_stay_inside_is_not_said_when_the_decision_says_so(story: Story) -> None:
    story.revise(story.form)
    with story.world.work() as w:
        programme(w, story.ref).show_withheld_count = False
    sent = story.publish(REASON)
    assert sent.acts == (Act.CORRECT,)
    assert story.programme().withheld_count is None
    assert story.programme().withheld_bases == ()


def test_an_item_the_workbook_no_longer_has_is_kept_and_withheld(story: Story) -> None:
    ref = story.ref_of(11)
    without = replace(
        story.form,
        commitments=tuple(c for c in story.form.commitments if c.number != 11),
        progress=tuple(p for p in story.form.progress if p.commitment_number != 11),
    )
    story.revise(without)
    story.publish(REASON)
    with story.world.work() as w:
        kept = [c for t in programme(w, story.ref).tasks for c in t.commitments if c.ref == ref]
        gone = reads.revision(w.session, ref)
    assert len(kept) == 1
    assert gone
    assert gone.act is Act.WITHDRAW


def test_refs_stay_when_a_workbook_is_imported_again(story: Story) -> None:
    before = {n: story.ref_of(n) for n in range(1, 12)}
    story.revise(changed(story.form, UP, text="Nội dung mới, rõ ràng hơn (minh họa) " * 3))
    assert {n: story.ref_of(n) for n in range(1, 12)} == before
