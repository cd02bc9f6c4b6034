"""A workbook that comes again: what was entered stays word for word, and what it claims is only a claim."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import papers
import pytest
from people import CITY, CONG, HOA, SOAN, Person
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason, Sealed
from portal.office.accounts.acts import add_officer
from portal.office.evidence.cleaning import clean
from portal.office.programme.differences import How, brought_up_to_date, conflicts
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm, ProgressForm
from portal.office.progress import acts, evidence
from portal.office.progress.claims import claimed, claims_for
from portal.office.progress.evidence import FileForm
from portal.office.progress.form import CauseForm
from portal.record import reads
from portal.record.documents import CommitmentDoc

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    changed = {}
    if request.param == "postgresql":
        changed["database_url"] = str(request.getfixturevalue("postgres").database())
    with closing(World(tmp_path / "instance", **changed)) as made:
        made.settle_in()
        with made.work() as w:
            add_officer(w, email=DANH.email, name=DANH.name, role=DANH.role, unit_code=DANH.unit_code)
        yield made


def first(draft: ProgrammeForm) -> ProgressForm:
    """The first report of the workbook that claims a confirmation and is public."""
    return next(p for p in draft.progress if p.confirmed_by and p.disclosed and p.value is not None)


def item(world: World, ref: str, number: int) -> str:
    """The reference of the commitment with this STT."""
    with world.work() as w:
        return next(c.ref for t in programme(w, ref).tasks for c in t.commitments if c.place == number)


def reports(world: World, ref: str, number: int) -> list[tuple[int, bool, int | None, bool]]:
    """Each report on it: key, mark, what it replaces, whether it is confirmed."""
    with world.work() as w:
        row = next(c for t in programme(w, ref).tasks for c in t.commitments if c.place == number)
        return [(p.id, p.disclosed, p.replaces_id, p.confirmed_at is not None) for p in row.progress]


def stored(world: World, ref: str) -> dict[str, list[object]]:
    """Every row below the commitments, as it is stored, with what is sealed opened."""
    found: dict[str, list[object]] = {}
    with world.work() as w:
        for row in (c for t in programme(w, ref).tasks for c in t.commitments):
            for one in (*row.progress, *row.causes, *row.evidence):
                columns = type(one).__table__.columns.keys()
                values = [getattr(one, name) for name in columns]
                opened = [v.open(reason=Reason.PROOF) if isinstance(v, Sealed) else v for v in values]
                found[f"{type(one).__name__} {one.id}"] = opened
    return found


def shown(world: World, ref: str) -> CommitmentDoc:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    assert isinstance(found.document, CommitmentDoc)
    return found.document


def entered(world: World, ref: str, form: ProgrammeForm) -> None:
    """Confirm what the workbook claims; add a cause and a file to the same commitment."""
    world.confirm(ref)
    number = first(form).commitment_number
    ref, (report, *_) = item(world, ref, number), reports(world, ref, number)
    file = clean(papers.saved(papers.picture((40, 30)), "PNG"), filename="anh.png")
    with world.work() as w:
        by = who(w, SOAN)
        cause = CauseForm(text="Mưa lũ kéo dài (minh họa)", from_on=w.today, to_on=None, disclosed=True)
        acts.name_cause(w, ref, cause, by=by)
        said = FileForm(description="Ảnh (minh họa)", disclosed=True, report=report[0])
        evidence.keep(w, ref, evidence.hold(w, ref, file, said, by=by).id, by=by)


def test_what_a_workbook_claims_is_self_reported_until_somebody_entitled_confirms(world: World) -> None:
    form = world.read(BOOK)
    ref = world.draft(form)
    world.approve(ref)
    world.publish(ref)
    one = first(form)
    deed = item(world, ref, one.commitment_number)
    told = shown(world, deed).progress
    assert told
    assert [p.confirmation for p in told] == [None] * len(told)
    with world.work() as w:
        draft = programme(w, ref)
        waiting = list(claimed(draft))
        assert one.confirmed_by in {claim.body for _, _, claim in waiting}
        assert [(d.ref, n) for d, n in claims_for(w, who(w, DANH))] == [(ref, len(waiting))]
        assert claims_for(w, who(w, SOAN)) == []
    for person, why in (
        (SOAN, Refusal.NOT_YOUR_ROLE), (HOA, Refusal.NOT_YOUR_ROLE), (CONG, Refusal.NOT_YOUR_ROLE),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            world.confirm(ref, by=person)
        assert caught.value.refusal is why
    with world.work() as w:
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.APPRAISER, unit_code=CITY)
        add_officer(w, email=SOAN.email, name=SOAN.name, role=Role.APPRAISER, unit_code=CITY)
    for person, why in ((SOAN, Refusal.OWN_WORK), (HOA, Refusal.OWN_PROGRAMME)):
        with pytest.raises(Refused) as caught:
            world.confirm(ref, by=person)
        assert caught.value.refusal is why
    assert world.confirm(ref, by=DANH) == len(waiting)
    world.publish(ref)
    sure = [p.confirmation for p in shown(world, deed).progress if p.confirmation]
    assert (one.confirmed_by, one.confirmed_document) in {(c.body, c.document) for c in sure}
    assert world.confirm(ref, by=DANH) == 0


def test_the_same_workbook_again_changes_nothing_below_a_commitment(world: World) -> None:
    form = world.read(BOOK)
    ref = world.draft(form)
    entered(world, ref, form)
    before = stored(world, ref)
    assert {name.split()[0] for name in before} == {"Progress", "Cause", "Evidence"}
    world.revise(ref, form)
    assert stored(world, ref) == before
    world.revise(ref, replace(form, progress=()))
    assert stored(world, ref) == before


def test_another_figure_for_a_day_is_a_conflict_that_is_shown_and_changes_nothing(world: World) -> None:
    form = world.read(BOOK)
    ref = world.draft(form)
    entered(world, ref, form)
    before, one = stored(world, ref), first(form)
    assert one.value is not None
    other = replace(one, value=one.value + 1, confirmed_by="Cơ quan khác", note="Khác (minh họa)")
    newer = replace(form, progress=tuple(other if p is one else p for p in form.progress))
    with world.work() as w:
        known = portrait(w, programme(w, ref))
    (seen,) = conflicts(known, newer)
    assert seen.how is How.KEPT
    assert f"{one.reported_on:%d/%m/%Y}" in seen.title
    assert {line.label for line in seen.lines} >= {"Giá trị", "Nội dung", "Xác nhận bởi"}
    assert conflicts(known, form) == ()
    assert brought_up_to_date(known, newer).progress == known.progress
    world.revise(ref, newer)
    assert stored(world, ref) == before


def test_a_new_day_is_added_and_a_mark_and_a_claim_taken_over(world: World) -> None:
    form = world.read(BOOK)
    one = first(form)
    bare = replace(one, confirmed_by="", confirmed_document="", disclosed=False)
    ref = world.draft(replace(form, progress=(bare,)))
    ((key, *_),) = reports(world, ref, one.commitment_number)
    later = replace(one, reported_on=world.clock.at.date(), value=Decimal(0), confirmed_by="")
    later = replace(later, confirmed_document="")
    world.revise(ref, replace(form, progress=(one, later)))
    old, new = reports(world, ref, one.commitment_number)
    assert old == (key, True, None, False)
    assert new[1:] == (True, None, False)
    with world.work() as w:
        claims = [(c.body, c.document) for _, _, c in claimed(programme(w, ref))]
    assert claims == [(one.confirmed_by, one.confirmed_document)]


def test_two_reports_of_one_day_meet_one_known_report_each(world: World) -> None:
    form = world.read(BOOK)
    one = replace(first(form), confirmed_by="", confirmed_document="")
    assert one.value is not None
    twin = replace(one, value=one.value + 1)
    ref = world.draft(replace(form, progress=(one, twin)))
    before = stored(world, ref)
    world.revise(ref, replace(form, progress=(twin, one)))
    assert stored(world, ref) == before
