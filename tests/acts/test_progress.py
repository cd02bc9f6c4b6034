"""Progress: reported by one, confirmed by another, corrected in the open, never overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from people import CITY, CONG, HOA, QUAN, SOAN, THAM, Person
from sqlalchemy import select
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason, Sealed
from portal.office.accounts.acts import add_officer
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme
from portal.office.programme.tables import Milestone
from portal.office.programme.typed import StampTyped
from portal.office.progress import acts
from portal.office.progress.form import CauseForm, ConfirmationForm, ReportForm
from portal.office.progress.tables import Progress
from portal.record import reads
from portal.record.documents import Act, CommitmentDoc, FigureState

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
SECOND = Person("Vũ Thị Soạn", "soan2@namro.example", Role.AUTHOR, CITY)
DANH = Person("Phan Văn Đánh", "danh@namro.example", Role.EVALUATOR, CITY)

REPORT = ReportForm(
    reported_on=date(2026, 11, 20), state=FigureState.FIGURE, value=Decimal("88.5"),
    note="Kết quả tháng 11 (số liệu minh họa)", source="Sổ theo dõi", disclosed=True,
)  # fmt: skip
CAUSE = CauseForm(
    text="Mưa bão làm dừng thi công (minh họa)", from_on=date(2026, 9, 5), to_on=date(2026, 9, 20),
    disclosed=True,
)  # fmt: skip
PAPER = ConfirmationForm(body="Sở Nội vụ (minh họa)", document="12/BC-SNV ngày 21/11/2026")


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path).settle_in()
    with world.work() as w:
        for one in (SECOND, DANH):
            add_officer(w, email=one.email, name=one.name, role=one.role, unit_code=one.unit_code)
    return world


@pytest.fixture
def ref(world: World) -> str:
    """The first public commitment of a published programme."""
    made = world.bring_in(world.read(BOOK))
    with world.work() as w:
        return next(
            c.ref for t in programme(w, made).tasks if t.disclosed for c in t.commitments if c.disclosed
        )


def of(world: World, ref: str) -> str:
    """The reference of its programme."""
    with world.work() as w:
        return acts.programme_of_commitment(w, ref).ref


def report(
    world: World, ref: str, form: ReportForm = REPORT, *, by: Person = SOAN, at: int | None = None
) -> int:
    with world.work() as w:
        return acts.report(w, ref, form, by=who(w, by), replaces=at).id


def cause(
    world: World, ref: str, form: CauseForm = CAUSE, *, by: Person = SOAN, at: int | None = None
) -> int:
    with world.work() as w:
        return acts.name_cause(w, ref, form, by=who(w, by), replaces=at).id


def confirm(world: World, ref: str, key: int, *, by: Person = DANH, paper: ConfirmationForm = PAPER) -> None:
    with world.work() as w:
        acts.confirm(w, ref, key, paper, by=who(w, by))


def shown(world: World, ref: str) -> CommitmentDoc:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    assert isinstance(found.document, CommitmentDoc)
    return found.document


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def test_a_report_is_withheld_until_marked_and_self_reported_until_confirmed(world: World, ref: str) -> None:
    before = shown(world, ref).progress
    key = report(world, ref, replace(REPORT, disclosed=False))
    with refused(Refusal.NOTHING_CHANGED):
        world.publish(of(world, ref))
    with world.work() as w:
        acts.mark(w, ref, key, disclosed=True, by=who(w, SECOND))
    assert world.publish(of(world, ref)).acts == (Act.PROGRESS,)
    now = shown(world, ref).progress
    assert now[:-1] == before
    assert (now[-1].value, now[-1].confirmation) == (Decimal("88.5"), None)
    confirm(world, ref, key)
    world.publish(of(world, ref))
    sure = shown(world, ref).progress[-1].confirmation
    assert sure
    assert (sure.body, sure.document) == (PAPER.body, PAPER.document)


def test_a_correction_is_a_newer_row_that_says_why(world: World, ref: str) -> None:
    key = report(world, ref)
    world.publish(of(world, ref))
    mended = replace(REPORT, value=Decimal("80"), reason="Cộng nhầm một hồ sơ", disclosed=False)
    newer = report(world, ref, mended, at=key)
    outcome = world.publish(of(world, ref))
    assert outcome.acts == (Act.PROGRESS,)
    assert [c.kind for c in outcome.changes] == ["changed"]
    last = shown(world, ref).progress[-1]
    assert (last.value, last.corrected) == (Decimal("80"), "Cộng nhầm một hồ sơ")  # public as before
    with world.work() as w:
        old = w.session.get_one(Progress, key)
        assert old.value.open(reason=Reason.PROOF) == Decimal("88.5")
        assert w.session.get_one(Progress, newer).replaces_id == key


def test_that_a_withheld_figure_was_corrected_is_not_told(world: World, ref: str) -> None:
    key = report(world, ref, replace(REPORT, disclosed=False))
    report(world, ref, replace(REPORT, value=Decimal(0), reason="Nhầm ĐẶCBIỆTKÍN"), at=key)
    world.publish(of(world, ref))
    last = shown(world, ref).progress[-1]
    assert (last.value, last.corrected) == (Decimal(0), "")


def test_a_confirmed_figure_that_is_corrected_must_be_confirmed_anew(world: World, ref: str) -> None:
    key = report(world, ref)
    confirm(world, ref, key)
    report(world, ref, replace(REPORT, value=Decimal(70), reason="Rà soát lại"), at=key)
    world.publish(of(world, ref))
    assert shown(world, ref).progress[-1].confirmation is None


@pytest.mark.parametrize("state", [FigureState.NO_DATA, FigureState.NOT_CONNECTED])
def test_no_figure_and_not_connected_are_reports_of_their_own(
    world: World, ref: str, state: FigureState
) -> None:
    report(world, ref, replace(REPORT, state=state, value=None))
    world.publish(of(world, ref))
    last = shown(world, ref).progress[-1]
    assert (last.state, last.value) == (state, None)


REFUSED: list[tuple[ReportForm, Refusal]] = [
    (replace(REPORT, value=None), Refusal.FIGURE_MISSING),
    (replace(REPORT, state=FigureState.NOT_CONNECTED, value=Decimal(0)), Refusal.FIGURE_TOO_MANY),
    (replace(REPORT, state=FigureState.NO_DATA), Refusal.FIGURE_TOO_MANY),
    (replace(REPORT, reported_on=date(2026, 11, 25)), Refusal.REPORTED_IN_FUTURE),
]


@pytest.mark.parametrize(("form", "why"), REFUSED, ids=[why.value for _, why in REFUSED])
def test_what_cannot_be_reported(world: World, ref: str, form: ReportForm, why: Refusal) -> None:
    with refused(why):
        report(world, ref, form)


def test_a_day_has_one_report_and_a_row_one_correction(world: World, ref: str) -> None:
    key = report(world, ref)
    with refused(Refusal.ALREADY_REPORTED):
        report(world, ref, replace(REPORT, value=Decimal(1)))
    with refused(Refusal.NO_REASON):
        report(world, ref, replace(REPORT, value=Decimal(1)), at=key)
    report(world, ref, replace(REPORT, value=Decimal(1), reason="Nhầm"), at=key)
    with refused(Refusal.CHANGED_MEANWHILE):
        report(world, ref, replace(REPORT, value=Decimal(2), reason="Nhầm"), at=key)
    with refused(Refusal.NO_SUCH_ITEM):
        report(world, ref, replace(REPORT, value=Decimal(2), reason="Nhầm"), at=7)


def test_who_reported_neither_confirms_nor_publishes(world: World, ref: str) -> None:
    with world.work() as w:
        for role in (Role.APPRAISER, Role.PUBLISHER):
            add_officer(w, email=SECOND.email, name=SECOND.name, role=role, unit_code=CITY)
    key = report(world, ref, by=SECOND)
    with refused(Refusal.OWN_WORK):
        confirm(world, ref, key, by=SECOND)
    with refused(Refusal.OWN_WORK):
        world.publish(of(world, ref), by=SECOND)
    world.publish(of(world, ref))  # somebody else may


def test_the_cadre_confirms_nothing_and_who_holds_no_role_neither(world: World, ref: str) -> None:
    with world.work() as w:
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.EVALUATOR, unit_code=CITY)
    key = report(world, ref)
    with refused(Refusal.OWN_PROGRAMME):
        confirm(world, ref, key, by=HOA)
    for one in (CONG, QUAN, SECOND):
        with refused(Refusal.NOT_YOUR_ROLE):
            confirm(world, ref, key, by=one)
    with refused(Refusal.NOT_YOUR_ROLE):
        report(world, ref, by=THAM)


def test_a_confirmation_needs_body_and_document_and_happens_once(world: World, ref: str) -> None:
    key = report(world, ref)
    for paper in (replace(PAPER, body=" "), replace(PAPER, document="")):
        with refused(Refusal.NO_CONFIRMATION):
            confirm(world, ref, key, paper=paper)
    confirm(world, ref, key)
    with refused(Refusal.CHANGED_MEANWHILE):
        confirm(world, ref, key, by=THAM)


def test_a_cause_counts_only_when_confirmed_and_public(world: World, ref: str) -> None:
    key = cause(world, ref)
    with refused(Refusal.NOTHING_CHANGED):
        world.publish(of(world, ref))
    confirm(world, ref, key)
    assert world.publish(of(world, ref)).acts == (Act.PROGRESS,)
    (told,) = shown(world, ref).causes
    assert (told.text, told.confirmation.document) == (CAUSE.text, PAPER.document)
    hidden = cause(world, ref, replace(CAUSE, text="Nguyên nhân kín", disclosed=False))
    confirm(world, ref, hidden)
    with refused(Refusal.NOTHING_CHANGED):
        world.publish(of(world, ref))
    for days, why in (
        ({"to_on": date(2026, 9, 1)}, Refusal.ENDS_BEFORE_IT_BEGINS),
        ({"from_on": date(2026, 12, 1), "to_on": None}, Refusal.REPORTED_IN_FUTURE),
    ):
        with refused(why):
            cause(world, ref, replace(CAUSE, **days))  # type: ignore[arg-type]


def test_a_published_figure_is_taken_away_only_with_a_reason(world: World, ref: str) -> None:
    key = report(world, ref)
    world.publish(of(world, ref))
    with world.work() as w:
        acts.mark(w, ref, key, disclosed=False, by=who(w, SOAN))
    with refused(Refusal.NO_REASON):
        world.publish(of(world, ref))
    assert world.publish(of(world, ref), reason="Số liệu của đơn vị khác").acts == (Act.CORRECT,)


def test_a_step_is_ticked_and_a_stale_tick_refused(world: World) -> None:
    made = world.bring_in(world.read(BOOK))
    with world.work() as w:
        row = next(c for t in programme(w, made).tasks for c in t.commitments if c.disclosed)
        ref, key = row.ref, w.ids.key()
        w.session.add(
            Milestone(
                id=key,
                commitment_id=row.id,
                place=0,
                title=Sealed("Xong bước một"),
                due_on=Sealed(date(2026, 10, 1)),
                done_on=Sealed(None),
            )
        )
    with world.work() as w:
        acts.mark_step(w, ref, key, date(2026, 10, 3), expected=None, by=who(w, SOAN))
    for done, expected, why in (
        (date(2026, 10, 4), None, Refusal.CHANGED_MEANWHILE),
        (date(2026, 12, 4), date(2026, 10, 3), Refusal.REPORTED_IN_FUTURE),
    ):
        with refused(why), world.work() as w:
            acts.mark_step(w, ref, key, done, expected=expected, by=who(w, SOAN))


def test_a_stamp_of_secrecy_is_stored_nowhere(world: World, ref: str) -> None:
    def recorded() -> int:
        with world.work() as w:
            return list(w.session.scalars(select(AuditLine.event))).count("ProgressRecorded")

    before = recorded()
    with pytest.raises(StampTyped):
        report(world, ref, replace(REPORT, note="TUYỆT MẬT: danh sách"))
    assert recorded() == before
    report(world, ref)
    assert recorded() == before + 1, "the control"
