"""Appraisal at the desk: an opinion on every commitment, warnings answered, tasks assigned, in rounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from changes import commitment_of
from people import CITY, SOAN, THAM, Person
from sqlalchemy import select
from world import OPINION, World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Sealed
from portal.office.accounts.acts import add_officer
from portal.office.appraisal import acts, reads
from portal.office.appraisal.rules import OpinionForm, Verdict
from portal.office.appraisal.tables import Opinion
from portal.office.audit.tables import AuditLine
from portal.office.programme import handing_over
from portal.office.programme.acts import appraise
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.office.programme.versions import read, version
from portal.office.programme.workbook.form import TaskForm
from portal.record import reads as record
from portal.record.documents import CommitmentDoc, Origin

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
GOOD = OpinionForm(
    fit=Verdict.YES, fit_note="Sát với tình hình phường (minh họa).",
    feasible=Verdict.YES, feasible_note="Có nguồn lực, có lộ trình (minh họa).",
)  # fmt: skip
POOR = replace(GOOD, feasible=Verdict.NEEDS_WORK, feasible_note="Chưa rõ nguồn vốn (minh họa).")
REASON = "Nhiệm vụ trọng tâm của phường năm tới (minh họa)"
BOTH = Person("Tô Văn Cả", "ca@namro.example", Role.APPRAISER, CITY)  # appraises, and may publish too


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path).settle_in()
    with made.work() as w:
        for role in (Role.APPRAISER, Role.PUBLISHER):
            add_officer(w, email=BOTH.email, name=BOTH.name, role=role, unit_code=CITY)
    return made


@pytest.fixture
def ref(world: World) -> str:
    """A draft with the appraiser."""
    made = world.draft(world.read(BOOK))
    hand_over(world, made)
    return made


def hand_over(world: World, ref: str) -> None:
    with world.work() as w:
        handing_over.hand_over(w, ref, by=who(w, SOAN))


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def subjects(world: World, ref: str) -> tuple[reads.Subject, ...]:
    with world.work() as w:
        return reads.subjects(w, programme(w, ref))


def write(world: World, ref: str, one: reads.Subject, form: OpinionForm, *, by: Person = THAM) -> None:
    """Write ``form`` about ``one``, every warning answered."""
    answers = {key: f"Đã xem xét {key} (minh họa)" for key in reads.keys_of(one.report)}
    with world.work() as w:
        acts.write_opinion(
            w, ref, one.ref, replace(form, answers=answers),
            expected=one.opinion_version, read_version=one.version, by=who(w, by),
        )  # fmt: skip


def write_all(world: World, ref: str, *, by: Person = THAM) -> None:
    for one in subjects(world, ref):
        write(world, ref, one, GOOD, by=by)


def conclude(world: World, ref: str, *, approve: bool = True, by: Person = THAM) -> None:
    with world.work() as w:
        acts.conclude(w, ref, by=who(w, by), opinion=OPINION, approve=approve)


def state(world: World, ref: str) -> str:
    with world.work() as w:
        return programme(w, ref).state


def test_approval_asks_for_an_opinion_on_every_commitment(world: World, ref: str) -> None:
    first, *others = subjects(world, ref)
    for one in others:
        write(world, ref, one, GOOD)
    with pytest.raises(Refused) as caught:
        conclude(world, ref)
    assert (caught.value.refusal, caught.value.detail) == (
        Refusal.NOT_ALL_APPRAISED,
        f"Cam kết {first.says.number}",
    )
    write(world, ref, first, GOOD)
    conclude(world, ref)
    assert state(world, ref) == "approved"
    with world.work() as w:
        draft = programme(w, ref)
        (round_,) = reads.rounds(w, draft)
        assert len(round_.opinions) == len(others) + 1
        frozen = version(w, draft, round_.of_version)
        assert frozen.label == "appraised"
        assert len(read(frozen).commitments) == len(others) + 1


def test_what_is_doubted_cannot_be_approved_but_returned(world: World, ref: str) -> None:
    write_all(world, ref)
    one = subjects(world, ref)[0]
    write(world, ref, one, POOR)
    with refused(Refusal.NOT_ALL_SOUND):
        conclude(world, ref)
    conclude(world, ref, approve=False)
    assert state(world, ref) == "returned"


def test_every_warning_is_answered_in_writing(world: World, ref: str) -> None:
    with world.work() as w:
        row = programme(w, ref).tasks[0].commitments[0]
        row.target = Sealed(Decimal("990000"))  # hardly believable: a warning, no failure
        row.baseline = Sealed(Decimal("1"))
    one = subjects(world, ref)[0]
    assert one.warnings
    write_all(world, ref)
    one = subjects(world, ref)[0]
    assert one.open_warnings == 0
    with world.work() as w:
        acts.write_opinion(
            w, ref, one.ref, replace(GOOD, answers=dict.fromkeys(reads.keys_of(one.report), " x")),
            expected=one.opinion_version, read_version=one.version, by=who(w, THAM),
        )  # fmt: skip
    assert subjects(world, ref)[0].open_warnings == len(reads.keys_of(one.report))
    with refused(Refusal.WARNING_UNANSWERED):
        conclude(world, ref)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (replace(GOOD, fit=None), Refusal.NO_VERDICT),
        (replace(GOOD, feasible=None), Refusal.NO_VERDICT),
        (replace(GOOD, fit_note="", feasible_note="được"), Refusal.NO_OPINION),
        (replace(POOR, feasible_note="chưa"), Refusal.NO_OPINION),
        (replace(POOR, fit=Verdict.NO, fit_note=""), Refusal.NO_OPINION),
    ],
)
def test_an_opinion_is_written(world: World, ref: str, form: OpinionForm, why: Refusal) -> None:
    with refused(why):
        write(world, ref, subjects(world, ref)[0], form)
    assert subjects(world, ref)[0].opinion is None


def test_one_good_word_is_enough_where_nothing_is_doubted(world: World, ref: str) -> None:
    write(world, ref, subjects(world, ref)[0], replace(GOOD, feasible_note=""))
    assert subjects(world, ref)[0].opinion is not None


def test_two_appraisers_overwrite_nothing(world: World, ref: str) -> None:
    one = subjects(world, ref)[0]
    write(world, ref, one, GOOD)
    with refused(Refusal.CHANGED_MEANWHILE):
        write(world, ref, one, POOR, by=BOTH)
    assert subjects(world, ref)[0].opinion.feasible is Verdict.YES  # type: ignore[union-attr]


def test_an_opinion_on_an_older_text_counts_no_more(world: World, ref: str) -> None:
    write_all(world, ref)
    one = subjects(world, ref)[0]
    with world.work() as w:
        handing_over.take_back(w, ref, by=who(w, SOAN))
    with world.work() as w:
        programme(w, ref).tasks[0].commitments[0].deliverable = Sealed("Sản phẩm khác (minh họa)")
    hand_over(world, ref)
    again = subjects(world, ref)[0]
    assert (again.opinion, again.before) == (None, one.opinion)
    with refused(Refusal.NOT_ALL_APPRAISED):
        conclude(world, ref)
    with refused(Refusal.CHANGED_MEANWHILE):
        write(world, ref, replace(one, opinion_version=again.opinion_version), GOOD)
    write(world, ref, again, GOOD)
    conclude(world, ref)


def test_returned_opinions_are_there_for_the_author_and_the_next_round(world: World, ref: str) -> None:
    write_all(world, ref)
    write(world, ref, subjects(world, ref)[0], POOR)
    conclude(world, ref, approve=False)
    with world.work() as w:
        (round_,) = reads.rounds(w, programme(w, ref))
    assert (round_.outcome, round_.opinion) == ("returned", OPINION)
    assert POOR.feasible_note in {opinion.feasible_note for _, opinion in round_.opinions}
    hand_over(world, ref)
    one = subjects(world, ref)[0]
    assert one.opinion is None
    assert one.before is not None
    assert one.before.feasible is Verdict.NEEDS_WORK


def test_a_commitment_can_be_assigned(world: World, ref: str) -> None:
    form = world.read(BOOK)
    given = replace(
        commitment_of(form, 1), text="Xây dựng và đưa vào sử dụng 2 nhà văn hóa (minh họa).", disclosed=True,
        origin=Origin.SELF_PROPOSED,
    )  # fmt: skip
    task = TaskForm(
        row=0, number=0, title="Thiết chế văn hóa (minh họa)", bottleneck="", objective="", solution="",
        areas=(), disclosed=True, withheld_basis="",
    )  # fmt: skip
    with world.work() as w:
        row = acts.assign(w, ref, task, given, reason=REASON, by=who(w, BOTH))
        item = row.ref
    with world.work() as w:
        draft = programme(w, ref)
        under = draft.tasks[-1]
        (row,) = under.commitments
        assert (row.ref, row.disclosed, under.disclosed, draft.state) == (item, False, False, "submitted")
    last = subjects(world, ref)[-1]
    assert last.says.origin is Origin.ASSIGNED
    assert last.assigned_because == REASON
    assert last.opinion is not None
    for one in subjects(world, ref):
        write(world, ref, one, GOOD, by=BOTH)
    conclude(world, ref, by=BOTH)
    with refused(Refusal.OWN_ASSIGNMENT):
        world.publish(ref, by=BOTH)
    with world.work() as w:
        under = programme(w, ref).tasks[-1]
        under.disclosed = under.commitments[0].disclosed = True
    world.publish(ref)
    with world.work() as w:
        found = record.revision(w.session, item)
    assert found
    assert isinstance(found.document, CommitmentDoc)
    assert found.document.origin is Origin.ASSIGNED
    assert REASON not in repr(found.document)


def test_assigning_needs_a_reason_and_a_task_that_is_there(world: World, ref: str) -> None:
    given = commitment_of(world.read(BOOK), 1)
    with refused(Refusal.NO_OPINION), world.work() as w:
        acts.assign(w, ref, None, given, reason="vì cần", by=who(w, THAM))
    with refused(Refusal.NO_SUCH_ITEM), world.work() as w:
        acts.assign(w, ref, None, replace(given, task_number=99), reason=REASON, by=who(w, THAM))
    with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
        acts.assign(w, ref, None, given, reason=REASON, by=who(w, SOAN))


def test_nothing_is_appraised_that_was_not_handed_over(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    one = subjects(world, ref)[0]
    for act in (lambda: write(world, ref, one, GOOD), lambda: conclude(world, ref)):
        with refused(Refusal.NOT_SUBMITTED):
            act()


def test_whoever_wrote_it_does_not_appraise_it(world: World, ref: str) -> None:
    with world.work() as w:
        add_officer(w, email=SOAN.email, name=SOAN.name, role=Role.APPRAISER, unit_code=CITY)
    with refused(Refusal.OWN_WORK):
        write(world, ref, subjects(world, ref)[0], GOOD, by=SOAN)
    with refused(Refusal.OWN_WORK):
        conclude(world, ref, by=SOAN)


@pytest.mark.parametrize("where", ["fit_note", "answers"])
def test_a_stamp_of_secrecy_stores_nothing(world: World, ref: str, where: str) -> None:
    stamp = "TỐI MẬT\nSố 12"
    changed = {"answers": {"x.y": stamp}} if where == "answers" else {where: stamp}
    one = subjects(world, ref)[0]
    with pytest.raises(StampTyped), world.work() as w:
        acts.write_opinion(
            w, ref, one.ref, replace(GOOD, **changed),  # type: ignore[arg-type]
            expected=0, read_version=one.version, by=who(w, THAM),
        )  # fmt: skip
    with pytest.raises(StampTyped), world.work() as w:
        acts.conclude(w, ref, by=who(w, THAM), opinion=stamp, approve=False)
    assert subjects(world, ref)[0].opinion is None


def test_one_opinion_for_the_whole_still_does_on_the_command_line(world: World, ref: str) -> None:
    with world.work() as w:
        made = appraise(w, programme(w, ref), by=who(w, THAM), opinion=OPINION)
        assert made.of_version == 2  # the one handed over is the first
    assert state(world, ref) == "approved"


def test_what_was_done_is_audited_without_what_was_said(world: World, ref: str) -> None:
    write_all(world, ref)
    conclude(world, ref)
    with world.work() as w:
        lines = [(line.event, line.facts) for line in w.session.scalars(select(AuditLine))]
    told = [event for event, _ in lines]
    assert told.count("OpinionWritten") == len(subjects(world, ref))
    assert "ProgrammeAppraised" in told
    assert any(facts.get("reason") == "appraisal" for event, facts in lines if event == "SealedOpened")
    assert not [facts for _, facts in lines if GOOD.fit_note in str(facts) or OPINION in str(facts)]
    with world.work() as w:
        assert all(isinstance(o.fit, Sealed) for o in w.session.scalars(select(Opinion)))


def test_the_days_of_the_rounds_are_those_of_the_conclusion(world: World, ref: str) -> None:
    write_all(world, ref)
    world.later(days=2)
    conclude(world, ref)
    with world.work() as w:
        (round_,) = reads.rounds(w, programme(w, ref))
    assert round_.at.date() == date(2026, 11, 26)
