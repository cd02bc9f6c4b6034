"""The rarer ways through the valve, each of them taken once: what is missing, gone, damaged or too late."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import papers
import pytest
from changes import REASON, changed
from people import CONG, SOAN
from sqlalchemy import select
from world import World, who

from portal.commands.hours import keep_due
from portal.kernel import shelves
from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.office.evidence.cleaning import clean
from portal.office.posting.form import PutUp
from portal.office.programme.reads import programme
from portal.office.programme.tables import Milestone, Programme
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm
from portal.publication import acts as valve
from portal.publication import schedules
from portal.publication.disclosing import Mark, disclose, items
from portal.publication.posting import put_up
from portal.publication.preview import preview
from portal.publication.schedules import Wish
from portal.publication.tables import Schedule
from portal.record import reads
from portal.record.documents import CommitmentDoc, ProgrammeDoc
from portal.record.evidence import settle_shelf

BOOK = "02-pho-chu-tich-phuong-kinh-mon.xlsx"
TOMORROW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    # Nobody listens there: a letter that cannot be sent must not undo what was decided.
    with closing(World(tmp_path, mail_url="smtp://127.0.0.1:1")) as made:
        yield made.settle_in()


@pytest.fixture
def ref(world: World) -> str:
    return world.bring_in(world.read(BOOK))


def refusal(caught: pytest.ExceptionInfo[Refused]) -> Refusal:
    return caught.value.refusal


def first_public(draft: Programme) -> str:
    return next(c.ref for t in draft.tasks if t.disclosed for c in t.commitments if c.disclosed)


# --- looking before it goes out --------------------------------------------------------------------


def test_a_draft_without_its_decision_cannot_be_composed_yet(world: World) -> None:
    ref = world.draft(replace(world.read(BOOK), decision_on=None))
    world.approve(ref)
    with world.work() as w:
        seen = preview(w, programme(w, ref))
    assert (seen.going, seen.digest, seen.document(ref)) == (None, "", None)
    assert seen.obstacle
    assert seen.obstacle.refusal is Refusal.NO_DECISION
    assert seen.is_first
    assert not seen.needs_reason


def test_the_preview_hands_out_what_would_be_read(world: World, ref: str) -> None:
    with world.work() as w:
        draft = programme(w, ref)
        seen, item = preview(w, draft), first_public(draft)
    assert isinstance(seen.document(ref), ProgrammeDoc)
    assert isinstance(seen.document(item), CommitmentDoc)
    assert seen.document("0000000000") is None
    assert not seen.is_first


def test_what_was_not_looked_at_does_not_go_out(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    with world.work() as w:
        digest = preview(w, programme(w, ref)).digest
    for previewed, goes in (("0" * 64, False), (digest, True)):
        with world.work() as w:
            draft, by = programme(w, ref), who(w, CONG)
            if goes:
                assert valve.publish(w, draft, by=by, signer=world.signer, previewed=previewed).positions
                continue
            with pytest.raises(Refused) as caught:
                valve.publish(w, draft, by=by, signer=world.signer, previewed=previewed)
            assert refusal(caught) is Refusal.CHANGED_SINCE_PREVIEW


def test_approved_by_nobody_is_not_approved(world: World) -> None:
    """A state alone opens nothing: there must be the appraisal it speaks of."""
    ref = world.draft(world.read(BOOK))
    with world.work() as w:
        programme(w, ref).state = "approved"
    with pytest.raises(Refused) as caught:
        world.publish(ref)
    assert refusal(caught) is Refusal.NOT_APPRAISED


# --- what goes out ---------------------------------------------------------------------------------


def test_milestones_go_out_with_their_commitment(world: World, ref: str) -> None:
    with world.work() as w:
        draft = programme(w, ref)
        row = next(c for t in draft.tasks for c in t.commitments if c.ref == first_public(draft))
        for place, done in ((1, date(2026, 10, 1)), (2, None)):
            step = Milestone(id=w.ids.key(), commitment_id=row.id, place=place)
            step.title, step.due_on = Sealed(f"Bước {place}"), Sealed(date(2026, 9 + place, 30))
            step.done_on = Sealed(done)
            row.milestones.append(step)
        item, draft.state = row.ref, "approved"
    with pytest.raises(Refused) as caught:
        world.publish(ref)
    assert refusal(caught) is Refusal.NO_REASON  # a step is promised: a new one is no news of progress
    world.publish(ref, reason=REASON)
    with world.work() as w:
        found = reads.revision(w.session, item)
    assert found
    assert isinstance(found.document, CommitmentDoc)
    told = [(m.title, m.due_on, m.done_on) for m in found.document.milestones]
    assert told == [
        ("Bước 1", date(2026, 10, 30), date(2026, 10, 1)),
        ("Bước 2", date(2026, 11, 30), None),
    ]


def test_an_uncounted_page_stays_uncounted_when_something_is_taken_down(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    with world.work() as w:
        programme(w, ref).show_withheld_count = False
    world.publish(ref)
    with world.work() as w:
        draft = programme(w, ref)
        item = first_public(draft)
        valve.withdraw_commitment(w, draft, item, by=who(w, CONG), signer=world.signer, reason=REASON)
    with world.work() as w:
        page = reads.revision(w.session, ref)
    assert page
    assert isinstance(page.document, ProgrammeDoc)
    assert page.document.withheld_count is None
    assert item not in {c for t in page.document.tasks for c in t.commitments}


@pytest.mark.parametrize(
    ("posted", "why"),
    [
        (date(2026, 11, 23), Refusal.POSTED_BEFORE_ISSUE),
        (date(2026, 11, 25), Refusal.POSTED_IN_FUTURE),
        (date(2026, 11, 24), None),  # the control
    ],
)
def test_nothing_is_posted_before_it_is_issued_or_in_the_future(
    world: World, ref: str, posted: date, why: Refusal | None
) -> None:
    form = PutUp(place="Nhà văn hóa (minh họa)", posted_on=posted, planned_until=posted + timedelta(days=40))
    with world.work() as w:
        if why is None:
            assert put_up(w, ref, form, by=who(w, CONG), signer=world.signer).posted_on == posted
            return
        with pytest.raises(Refused) as caught:
            put_up(w, ref, form, by=who(w, CONG), signer=world.signer)
    assert refusal(caught) is why


def test_a_copy_hangs_for_its_days(world: World, ref: str) -> None:
    today = date(2026, 11, 24)
    form = PutUp(place="Nhà văn hóa (minh họa)", posted_on=today, planned_until=today + timedelta(days=1))
    with pytest.raises(Refused) as caught, world.work() as w:
        put_up(w, ref, form, by=who(w, CONG), signer=world.signer)
    assert refusal(caught) is Refusal.POSTING_TOO_SHORT
    assert "/12/2026" in caught.value.detail


# --- marks -----------------------------------------------------------------------------------------


def kept_picture(world: World, ref: str) -> tuple[str, str]:
    """A public picture as evidence of the first public commitment; the commitment, the file's name."""
    file = clean(papers.saved(papers.picture((64, 48)), "PNG"), filename="anh.png")
    with world.work() as w:
        item = first_public(programme(w, ref))
        form = FileForm(description="Ảnh nghiệm thu (minh họa)", disclosed=True)
        held = evidence.hold(w, item, file, form, by=who(w, SOAN))
        key, name = held.id, held.sha256
    with world.work() as w:
        evidence.keep(w, item, key, by=who(w, SOAN))
    return item, name


def test_files_are_listed_with_what_they_stand_under(world: World, ref: str) -> None:
    kept_picture(world, ref)
    with world.work() as w:
        listed = items(programme(w, ref))
    files = [item for item in listed if item.what == "evidence"]
    assert [(f.is_public, f.text) for f in files] == [(True, "Ảnh nghiệm thu (minh họa)")]
    assert {item.what for item in listed} == {"task", "commitment", "progress", "evidence"}


def test_opening_twice_leaves_one_trace(world: World, ref: str) -> None:
    for shown in (True, False, True):
        with world.work() as w:
            draft = programme(w, ref)
            hidden = next(c for t in draft.tasks for c in t.commitments if c.place == 2)
            mark = Mark(True) if shown else Mark(False, "other", "")
            disclose(w, ref, {hidden.ref: mark}, show_count=True, expected=draft.version, by=who(w, SOAN))
    with world.work() as w:
        assert preview(w, programme(w, ref)).going


# --- by the clock ----------------------------------------------------------------------------------


def wait_for(world: World, ref: str) -> int:
    with world.work() as w:
        seen = preview(w, programme(w, ref)).digest
    with world.work() as w:
        wish = Wish(TOMORROW, "", "")
        return schedules.schedule(w, programme(w, ref), wish, by=who(w, CONG), previewed=seen).id


def test_a_letter_that_cannot_be_sent_undoes_nothing(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    key = wait_for(world, ref)
    world.revise(ref, changed(world.read(BOOK), 1, deliverable="Khác (minh họa)"))
    world.clock.at = TOMORROW
    assert [kept.refusal != "" for kept in keep_due(world.office)] == [True]
    with world.work() as w:
        assert w.session.get_one(Schedule, key).state == "refused"


def test_what_is_settled_is_not_refused_again(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    key = wait_for(world, ref)
    world.clock.at = TOMORROW
    keep_due(world.office)
    with world.work() as w:
        assert schedules.refuse(w, key, Refusal.NOT_CLEAR).state == "done"
    with world.work() as w:
        assert w.session.scalars(select(Schedule.state)).all() == ["done"]


def test_what_cannot_be_composed_cannot_be_scheduled(world: World, ref: str) -> None:
    world.revise(ref, changed(world.read(BOOK), 1, deadline=None))
    world.approve(ref)
    wish = Wish(TOMORROW, REASON, "")
    with pytest.raises(Refused) as caught, world.work() as w:
        schedules.schedule(w, programme(w, ref), wish, by=who(w, CONG), previewed="")
    assert refusal(caught) is Refusal.NOT_CLEAR


def test_no_hour_lies_in_the_past(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    wish = Wish(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "", "")
    with pytest.raises(Refused) as caught, world.work() as w:
        schedules.schedule(w, programme(w, ref), wish, by=who(w, CONG), previewed="")
    assert refusal(caught) is Refusal.SCHEDULED_IN_PAST


# --- the shelf of public files ---------------------------------------------------------------------


def test_a_cited_file_that_was_lost_is_told_and_not_invented(
    world: World, ref: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, name = kept_picture(world, ref)
    world.publish(ref)
    files = world.settings.instance / "files"
    (files / shelves.OFFICE / name).unlink()
    with world.work() as w:
        assert settle_shelf(w.session, files) == []  # the public copy is still whole
    (files / shelves.RECORD / name).unlink()
    with world.work() as w, caplog.at_level(logging.ERROR):
        assert settle_shelf(w.session, files) == [name]
    assert name in caplog.text
