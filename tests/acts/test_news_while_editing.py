"""Figures go out on time while the draft is being edited anew, and no word of the edited draft with them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import papers
import pytest
from changes import PAPER, REASON, changed, changed_task, reported
from people import CONG, SOAN
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.office.evidence.cleaning import clean
from portal.office.programme.reads import programme
from portal.office.programme.tables import Milestone
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.progress import acts, evidence
from portal.office.progress.evidence import FileForm
from portal.publication import acts as valve
from portal.publication import going, schedules
from portal.publication.preview import preview
from portal.publication.schedules import Wish
from portal.record import reads
from portal.record.documents import Act, CommitmentDoc, ProgrammeDoc

BOOK = "02-pho-chu-tich-phuong-kinh-mon.xlsx"
SLIP = "Chưa thẩm định Zyxwvut"
STEP = ("Bước một (minh họa)", date(2026, 12, 31))


class Story:
    """A published programme whose draft is being edited, with news of progress beside."""

    def __init__(self, world: World) -> None:
        self.world, self.form = world, world.read(BOOK)
        self.ref = world.draft(self.form)
        with world.work() as w:
            rows = [c for t in programme(w, self.ref).tasks for c in t.commitments]
            row = next(c for c in rows if c.place == 1)
            self.item = row.ref
            step = Milestone(id=w.ids.key(), commitment_id=row.id, place=0)
            step.title, step.due_on, step.done_on = Sealed(STEP[0]), Sealed(STEP[1]), Sealed(None)
            w.session.add(step)
            self.step = step.id
        world.approve(self.ref)
        world.publish(self.ref)
        world.later(days=1)

    def edited(self) -> ProgrammeForm:
        """Every text of the draft changed, one more item opened, none of it appraised."""
        form = replace(self.form, preface=SLIP)
        for one in form.commitments:
            form = changed(
                form, one.number, text=SLIP, deliverable=SLIP, target=Decimal("77"), disclosed=True
            )
        for task in form.tasks:
            form = changed_task(form, task.number, title=SLIP, disclosed=True)
        return form

    def shown(self, ref: str = "") -> CommitmentDoc:
        with self.world.work() as w:
            found = reads.revision(w.session, ref or self.item)
        assert found
        assert isinstance(found.document, CommitmentDoc)
        return found.document

    def public(self) -> str:
        """Everything of the programme that can be read."""
        with self.world.work() as w:
            draft = programme(w, self.ref)
            refs = [draft.ref, *(c.ref for t in draft.tasks for c in t.commitments)]
            return repr([r for ref in refs for r in reads.history(w.session, ref)])

    def refusal(self, **said: str) -> Refusal:
        with pytest.raises(Refused) as caught:
            self.world.publish(self.ref, **said)
        return caught.value.refusal


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with closing(World(tmp_path)) as world:
        yield Story(world.settle_in())


def test_figures_steps_and_files_go_out_and_no_word_of_the_edited_draft(story: Story) -> None:
    before = story.shown()
    story.world.revise(story.ref, reported(story.edited(), 1, "91.5"))
    file = clean(papers.saved(papers.picture((40, 30)), "PNG"), filename="anh.png")
    with story.world.work() as w:
        by = who(w, SOAN)
        said = FileForm(description="Ảnh nghiệm thu (minh họa)", disclosed=True)
        evidence.keep(w, story.item, evidence.hold(w, story.item, file, said, by=by).id, by=by)
        acts.mark_step(w, story.item, story.step, w.today, expected=None, by=by)
    sent = story.world.publish(story.ref)
    assert set(sent.acts) == {Act.PROGRESS}
    after = story.shown()
    assert after.progress[-1].value == Decimal("91.5")
    assert [(m.title, m.due_on, m.done_on) for m in after.milestones] == [
        (*STEP, story.world.clock.at.date())
    ]
    assert [e.description for e in after.evidence] == ["Ảnh nghiệm thu (minh họa)"]
    same = replace(after, progress=before.progress, milestones=before.milestones, evidence=before.evidence)
    assert same == before
    assert "Zyxwvut" not in story.public()
    with story.world.work() as w:
        assert programme(w, story.ref).state == "draft"
    assert story.refusal(reason=REASON, document=PAPER) is Refusal.NOT_APPRAISED  # what is left waits
    story.world.revise(story.ref, replace(story.form, preface=SLIP))
    story.world.approve(story.ref)
    story.world.publish(story.ref, reason=REASON, document=PAPER)
    assert "Zyxwvut" in story.public(), "the control: the search finds it once it was approved"


def test_without_the_wall_the_words_would_be_found(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: news composed from the draft itself lets its unapproved words out."""
    honest = going.compose_news

    def leaking(row, known):  # type: ignore[no-untyped-def]
        return replace(honest(row, known), deliverable=SLIP)

    monkeypatch.setattr(going, "compose_news", leaking)
    story.world.revise(story.ref, reported(story.edited(), 1, "91.5"))
    with pytest.raises(Refused):  # and the gate behind it still holds
        story.world.publish(story.ref, reason=REASON)
    monkeypatch.setattr("portal.publication.gate.check_ready", lambda *_: None)
    story.world.publish(story.ref, reason=REASON)
    assert "Zyxwvut" in story.public()


def test_a_retitled_step_is_a_promise_and_waits(story: Story) -> None:
    with story.world.work() as w:
        w.session.get_one(Milestone, story.step).title = Sealed(SLIP)
        programme(w, story.ref).state = "draft"
    assert story.refusal(reason=REASON) is Refusal.NOT_APPRAISED
    with story.world.work() as w:
        programme(w, story.ref).state = "approved"
    assert story.refusal() is Refusal.NO_REASON
    assert set(story.world.publish(story.ref, reason=REASON).acts) == {Act.CORRECT}


@pytest.mark.parametrize("fields", [{"measure_unit": "hồ sơ"}, {"indicator": SLIP}, {"disclosed": False}])
def test_what_is_measured_otherwise_or_withheld_by_now_waits(story: Story, fields: dict[str, object]) -> None:
    story.world.revise(story.ref, changed(reported(story.form, 1, "91.5"), 1, **fields))
    before = story.shown()
    assert story.refusal(reason=REASON, document=PAPER) is Refusal.NOT_APPRAISED
    assert story.shown() == before


def test_a_published_figure_is_still_taken_away_only_with_a_reason(story: Story) -> None:
    story.world.revise(story.ref, changed(reported(story.form, 1, "91.5"), 1, text=SLIP))
    story.world.publish(story.ref)
    with story.world.work() as w:
        row = next(c for t in programme(w, story.ref).tasks for c in t.commitments if c.ref == story.item)
        acts.mark(w, story.item, row.progress[-1].id, disclosed=False, by=who(w, SOAN))
    assert story.refusal() is Refusal.NO_REASON
    assert story.world.publish(story.ref, reason=REASON).acts == (Act.CORRECT,)
    assert "Zyxwvut" not in story.public()


def test_the_preview_shows_exactly_that_and_it_can_wait_for_its_hour(story: Story) -> None:
    story.world.revise(story.ref, reported(story.edited(), 1, "91.5"))
    with story.world.work() as w:
        draft = programme(w, story.ref)
        seen = preview(w, draft)
        assert seen.is_news
        assert not seen.needs_reason
        assert seen.obstacle is None
        assert "Zyxwvut" not in repr(seen.going)
        assert isinstance(seen.document(story.ref), ProgrammeDoc)
        by = who(w, CONG)
        wish = Wish(w.now.replace(hour=23))
        schedules.schedule(w, draft, wish, by=by, previewed=seen.digest)
        sent = valve.publish(w, draft, by=by, signer=story.world.signer, previewed=seen.digest)
        assert set(sent.acts) == {Act.PROGRESS}


def test_where_nothing_stands_in_public_there_is_no_news(story: Story) -> None:
    story.world.withdraw(story.ref)
    story.world.revise(story.ref, reported(story.form, 1, "91.5"))
    assert story.refusal(reason=REASON) is Refusal.NOT_APPRAISED
