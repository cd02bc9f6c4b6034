"""Boards, guidance, reviews, progress and movement in one story, the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from people import CITY, CONG, SOAN, Person
from world import World, who

from portal.kernel.calendar import vietnam
from portal.kernel.policy import Refusal, Refused, Role
from portal.office.accounts.acts import add_officer
from portal.office.guidance.acts import GuidanceForm, record_review, write
from portal.office.guidance.reads import reviews_due
from portal.office.guidance.rules import Every
from portal.office.movement.acts import FateForm, MoveForm, decide, open_movement, take_over
from portal.office.movement.reads import waiting_for
from portal.office.movement.rules import Move
from portal.office.posting.form import PutUp, TakenDown
from portal.office.programme.reads import programme
from portal.office.progress import acts, due
from portal.office.progress.form import CauseForm, ConfirmationForm, ReportForm
from portal.publication.ending import end_programme
from portal.publication.posting import put_up, take_down
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import CommitmentDoc, Ending, Fate, FigureState, ProgrammeDoc
from portal.record.verify import verify

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
PAPER = ConfirmationForm(body="Sở Nội vụ (minh họa)", document="12/BC-SNV ngày 21/11/2026")


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance", database_url=database_url)) as made:
        made.settle_in()
        with made.work() as w:
            add_officer(w, email=DANH.email, name=DANH.name, role=DANH.role, unit_code=DANH.unit_code)
        yield made


def items(world: World, ref: str) -> list[str]:
    """The commitments of a programme, the public ones first."""
    with world.work() as w:
        rows = [
            (not (t.disclosed and c.disclosed), c.ref) for t in programme(w, ref).tasks for c in t.commitments
        ]
    return [item for _, item in sorted(rows, key=lambda row: row[0])]


def shown(world: World, ref: str) -> ProgrammeDoc | CommitmentDoc:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    assert isinstance(found.document, ProgrammeDoc | CommitmentDoc)
    return found.document


def post(world: World, ref: str) -> None:
    today = world.clock.at.date()
    form = PutUp(place="Nhà văn hóa (minh họa)", posted_on=today, planned_until=today + timedelta(days=40))
    with world.work() as w:
        key = put_up(w, ref, form, by=who(w, CONG), signer=world.signer).id
    down = TakenDown(taken_down_on=today, reason="Bảng bị hư (minh họa)")
    with world.work() as w:
        take_down(w, ref, key, down, by=who(w, SOAN), signer=world.signer)
    with pytest.raises(Refused) as caught, world.work() as w:
        take_down(w, ref, key, down, by=who(w, SOAN), signer=world.signer)
    assert caught.value.refusal is Refusal.ALREADY_TAKEN_DOWN


def report(world: World, ref: str, item: str) -> None:
    form = ReportForm(
        reported_on=date(2026, 11, 20), state=FigureState.FIGURE, value=Decimal("88.5"),
        note="Kết quả (số liệu minh họa)", source="Sổ theo dõi", disclosed=True,
    )  # fmt: skip
    with world.work() as w:
        first = acts.report(w, item, form, by=who(w, SOAN)).id
    with world.work() as w:
        mended = replace(form, value=Decimal("80.25"), reason="Cộng nhầm (minh họa)")
        key = acts.report(w, item, mended, by=who(w, SOAN), replaces=first).id
        cause = CauseForm(text="Mưa lũ (minh họa)", from_on=date(2026, 9, 1), to_on=None, disclosed=True)
        why = acts.name_cause(w, item, cause, by=who(w, SOAN)).id
    with world.work() as w:
        for one in (key, why):
            acts.confirm(w, item, one, PAPER, by=who(w, DANH))
    world.publish(ref)


def review(world: World, ref: str) -> None:
    form = GuidanceForm(
        unit_code=CITY, title="Hướng dẫn (minh họa)", valid_from=world.clock.at.date(), body="<p>A</p>",
        review_every=Every.MONTH,
    )  # fmt: skip
    with world.work() as w:
        write(w, form, by=who(w, DANH))
    world.later(days=40)
    with world.work() as w:
        (waiting, *_) = reviews_due(w, calendar=vietnam())
        by, today = who(w, DANH), w.today
        record_review(w, ref, waiting.period.code, held_on=today, minutes="Biên bản 9 (minh họa)", by=by)
        assert due.due_for(w, who(w, SOAN), calendar=vietnam())


def pass_on(world: World, old: str, new: str) -> None:
    form = MoveForm(
        kind=Move.TRANSFER, effective_on=world.clock.at.date(), document="Quyết định 77 (minh họa)"
    )
    with world.work() as w:
        key = open_movement(w, old, form, by=who(w, DANH)).id
    carried, *others = items(world, old)
    fates = {carried: FateForm(fate=Fate.CARRIED, successor=new)}
    fates |= {one: FateForm(fate=Fate.ENDED, reason="Không còn thuộc nhiệm vụ (minh họa)") for one in others}
    for item, fate in fates.items():
        with world.work() as w:
            decide(w, key, item, fate, by=who(w, DANH))
    with world.work() as w:
        by = who(w, SOAN)
        for one, _ in waiting_for(w, by):
            take_over(w, one.id, accepted="Văn bản tiếp nhận 8 (minh họa)", by=by)
    with world.work() as w:
        end_programme(w, key, by=who(w, CONG), signer=world.signer)


def test_one_story_through_every_room(world: World) -> None:
    old, new = world.bring_in(world.read(BOOK)), world.bring_in(world.read(BOOK))
    item = items(world, old)[0]
    post(world, old)
    report(world, old, item)
    review(world, old)
    pass_on(world, old, new)
    page, deed = shown(world, old), shown(world, item)
    assert isinstance(page, ProgrammeDoc)
    assert isinstance(deed, CommitmentDoc)
    assert (page.ending, deed.ending) == (Ending.TRANSFER, Ending.TRANSFER)
    assert [p.reason for p in page.postings] == ["Bảng bị hư (minh họa)"]
    last = next(p for p in deed.progress if p.reported_on == date(2026, 11, 20))
    assert (last.value, last.corrected) == (Decimal("80.25"), "Cộng nhầm (minh họa)")
    assert last.confirmation
    assert [c.text for c in deed.causes] == ["Mưa lũ (minh họa)"]
    assert deed.fate
    assert deed.fate.fate is Fate.CARRIED
    with world.work() as w:
        assert verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults == []
