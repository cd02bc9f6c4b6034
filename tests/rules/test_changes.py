"""What a revision changed: every field, lowered targets and moved deadlines by their names."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from portal.record import change_words
from portal.record.change_words import CHOICE_WORDS, KIND_WORDS, LABELS, show
from portal.record.changes import WHOLE, changes_between
from portal.record.documents import (
    Appraised,
    Area,
    CauseDoc,
    Change,
    ClarityProfile,
    CommitmentDoc,
    Confirmation,
    Criterion,
    Decision,
    Direction,
    Document,
    Ending,
    EvidenceDoc,
    Fate,
    FateDoc,
    FigureState,
    Frequency,
    Holder,
    InheritedDoc,
    KeyTaskDoc,
    MilestoneDoc,
    Mode,
    Origin,
    PostingDoc,
    ProgrammeDoc,
    ProgressDoc,
    Standard,
    Succession,
    SuccessorDoc,
    TombstoneDoc,
    Track,
    UnitDoc,
    UnitLink,
    WithheldBasis,
)
from portal.record.procedures import ProcedureMonth, ProceduresDoc

UNIT = UnitLink(slug="phuong-mau", code="10001", name="Phường Mẫu", parent_name="Thành phố mẫu")
HOLDER = Holder(cadre_name="Lê Minh Họa", post="Chủ tịch UBND phường", unit=UNIT)
SIGNED = Confirmation(body="Phòng chuyên môn", document="BC-01")
APPRAISED = Appraised(body="Ban Xây dựng Đảng", appraised_on=date(2026, 7, 1))
REPORT = ProgressDoc(
    reported_on=date(2026, 9, 30),
    state=FigureState.FIGURE,
    value=Decimal("1234.50"),
    note="Kết quả quý",
    source="Báo cáo quý",
)
CAUSE = CauseDoc(text="Mưa lũ", from_on=date(2026, 10, 1), to_on=None, confirmation=SIGNED)
STEP = MilestoneDoc(title="Trình đồ án", due_on=date(2026, 12, 31))
TEXTS: dict[str, Any] = {field.name: "chữ" for field in fields(CommitmentDoc) if field.type is str}
COMMITMENT = CommitmentDoc(
    **TEXTS,
    holder=HOLDER,
    areas=(Area(code="xd", label="Trật tự xây dựng"),),
    baseline=Decimal(37),
    baseline_on=date(2025, 12, 31),
    target=Decimal(15),
    direction=Direction.DOWN,
    deadline=date(2026, 12, 31),
    first_target=Decimal(15),
    first_deadline=date(2026, 12, 31),
    coordinators=("Công an phường", "Phòng Kinh tế"),
    mode=Mode.LEAD,
    frequency=Frequency.MONTHLY,
    origin=Origin.SELF_PROPOSED,
    appraised=APPRAISED,
    milestones=(STEP,),
    progress=(REPORT,),
    causes=(CAUSE,),
)
TASK = KeyTaskDoc(
    ref="T1",
    title="Trật tự xây dựng",
    bottleneck="Chồng lấn",
    objective="Giảm vi phạm",
    solution="Kiểm tra",
    areas=COMMITMENT.areas,
    commitments=("C1",),
)
PROGRAMME = ProgrammeDoc(
    ref="P1",
    holder=HOLDER,
    assigned_fields=("Kinh tế", "Đô thị"),
    track=Track.APPOINTMENT,
    decision=Decision(number="101/QĐ-MH", decided_on=date(2026, 6, 15), issuer="UBND thành phố"),
    mandate_from=date(2026, 7, 1),
    mandate_to=date(2031, 6, 30),
    preface="Lời mở đầu",
    profile=ClarityProfile(code="5ro", label="5 rõ", criteria=(Criterion(code="task", label="Rõ việc"),)),
    appraised=APPRAISED,
    issued_on=date(2026, 7, 2),
    tasks=(TASK,),
    withheld_count=2,
    withheld_bases=(WithheldBasis(basis="Bí mật công tác", count=2),),
)
ARROW = Succession(unit=UNIT, whole=True, effective_on=date(2025, 7, 1))
OLD = UnitDoc(
    slug="phuong-cu",
    code="10002",
    name="Phường Cũ",
    unit_type="Phường",
    parent_name="Thành phố mẫu",
    parent_slug="thanh-pho-mau",
    valid_from=None,
    valid_to=date(2025, 6, 30),
    successors=(ARROW,),
    predecessors=(),
)
GONE = TombstoneDoc(ref="C1", withdrawn_on=date(2026, 11, 24), reason="Đăng nhầm")
MONTH = ProcedureMonth(
    month=date(2026, 9, 1), state=FigureState.FIGURE, handled=200, early=150, on_time=40, late=10,
    source="Hệ thống một cửa", counted_on=date(2026, 10, 1),
)  # fmt: skip
MONTHS = ProceduresDoc(ref="phuong-mau/thu-tuc", unit=UNIT, months=(MONTH,))
DOCUMENTS: tuple[Document, ...] = (COMMITMENT, PROGRAMME, OLD, MONTHS, GONE)


def the_change(before: Document, **changes: Any) -> Change:
    (change,) = changes_between(before, replace(before, **changes))
    return change


def target(direction: Direction, baseline: int | None, old: int | None, new: int | None) -> str:
    figures = [None if n is None else Decimal(n) for n in (baseline, old, new)]
    doc = replace(COMMITMENT, direction=direction, baseline=figures[0], target=figures[1])
    return the_change(doc, target=figures[2]).kind


@pytest.mark.parametrize(
    ("direction", "baseline", "old", "new", "kind"),
    [
        (Direction.UP, 0, 100, 90, "target_lowered"),
        (Direction.UP, 0, 100, 110, "target_raised"),
        (Direction.DOWN, 37, 15, 20, "target_lowered"),  # more violations allowed is less promised
        (Direction.DOWN, 37, 15, 10, "target_raised"),
        (Direction.DONE, 0, 3, 2, "target_lowered"),
        (Direction.DONE, 0, 3, 4, "target_raised"),
        (Direction.KEEP, 98, 95, 90, "target_lowered"),  # a floor
        (Direction.KEEP, 98, 95, 97, "target_raised"),
        (Direction.KEEP, 3, 5, 6, "target_lowered"),  # a ceiling
        (Direction.KEEP, 3, 5, 4, "target_raised"),
        (Direction.KEEP, None, 95, 94, "target_lowered"),
        (Direction.KEEP, 0, 0, 1, "target_lowered"),  # "không để xảy ra vụ nào"
        (Direction.UP, 0, 100, None, "target_lowered"),
        (Direction.UP, 0, None, 100, "target_raised"),
    ],
)
def test_a_target_is_named_by_what_it_asks(
    direction: Direction, baseline: int | None, old: int | None, new: int | None, kind: str
) -> None:
    assert target(direction, baseline, old, new) == kind


def test_a_moved_deadline_is_named() -> None:
    later = the_change(COMMITMENT, deadline=date(2027, 3, 31))
    assert later == Change(
        field="deadline", before="31/12/2026", after="31/03/2027", kind="deadline_moved_later"
    )
    assert the_change(COMMITMENT, deadline=date(2026, 12, 30)).kind == "deadline_moved_earlier"


def test_nothing_changed_is_no_change() -> None:
    for document in DOCUMENTS:
        assert changes_between(document, document) == ()
    assert changes_between(COMMITMENT, replace(COMMITMENT, target=Decimal("15.00"))) == ()


def other(value: object) -> object:
    """Another value of the same kind, for any field of a document."""
    match value:
        case StrEnum():
            return next(choice for choice in type(value) if choice is not value)
        case bool() | None:
            return not value
        case str():
            return f"{value} khác"
        case Decimal() | int():
            return value + 1
        case date():
            return value.replace(year=value.year + 1)
        case tuple():
            return ()
        case UnitLink():
            return replace(value, name=f"{value.name} khác")  # its slug is an address and not shown
    assert is_dataclass(value)
    name = fields(value)[0].name
    return replace(value, **{name: other(getattr(value, name))})  # type: ignore[type-var]


BLANKS: dict[str, object] = {
    "ended_on": date(2026, 12, 1),
    "ending": Ending.TRANSFER,
    "valid_from": date(2020, 1, 1),
    "predecessors": (ARROW,),
    "evidence": (
        EvidenceDoc(
            sha256="a" * 64, media_type="image/png", size=1200, description="Ảnh (minh họa)",
            added_on=date(2026, 11, 1),
        ),
    ),
    "fate": FateDoc(fate=Fate.MERGED, note="Gộp theo văn bản (minh họa)", commitment_ref="C9"),
    "inherited_from": (
        InheritedDoc(
            commitment_ref="C0", holder=HOLDER, baseline=Decimal(12), baseline_on=date(2025, 6, 30),
            target=Decimal(5), measure_unit="vụ", deadline=date(2026, 6, 30), note="Cộng hai phường cũ",
            accepted="Văn bản số 4 (minh họa)",
        ),
    ),
    "standard": Standard(code="3", label="Cần, kiệm, liêm, chính, chí công vô tư"),
    "continued_by": (SuccessorDoc(programme_ref="P2", holder=HOLDER),),
    "postings": (
        PostingDoc(place="Nhà văn hóa", posted_on=date(2026, 7, 2), planned_until=date(2026, 7, 22)),
    ),
}  # fmt: skip


FIELDS = [
    (doc, field.name) for doc in DOCUMENTS for field in fields(doc) if field.name not in ("ref", "slug")
]


@pytest.mark.parametrize(("before", "name"), FIELDS)
def test_a_change_of_any_field_is_found_labelled_and_written(before: Document, name: str) -> None:
    old = getattr(before, name)
    new: Any = other(old) if old not in (None, ()) else BLANKS[name]
    found = changes_between(before, replace(before, **{name: new}))
    assert {change.field for change in found} == {name}
    for change in found:
        assert change.kind in KIND_WORDS
        assert change.before != change.after
        assert "(" not in LABELS[change.field]
        assert "None" not in change.before + change.after
        assert "Doc(" not in change.before + change.after


def test_every_field_has_a_label_and_every_choice_a_word() -> None:
    names = {field.name for document in DOCUMENTS for field in fields(document)}
    assert set(LABELS) == names | {WHOLE}
    enums = (Direction, Mode, Frequency, Origin, Track)
    assert set(CHOICE_WORDS) == {choice for enum in enums for choice in enum}
    assert all(show(ending) for ending in Ending)


def test_every_kind_a_change_may_have_is_worded() -> None:
    assert Change.__doc__ is not None
    for kind in KIND_WORDS:
        assert f"``{kind}``" in Change.__doc__
    assert Change.__doc__.count("``") == 2 * (len(KIND_WORDS) + 1)


def test_progress_added_confirmed_and_taken_back() -> None:
    newer = replace(REPORT, reported_on=date(2026, 11, 15), state=FigureState.NOT_CONNECTED, value=None)
    confirmed = replace(REPORT, confirmation=SIGNED)
    found = changes_between(COMMITMENT, replace(COMMITMENT, progress=(confirmed, newer)))
    said = "30/09/2026: 1.234,5; nội dung: Kết quả quý; nguồn: Báo cáo quý"
    assert [(c.kind, c.before, c.after) for c in found] == [
        ("changed", said, f"{said}; xác nhận: Phòng chuyên môn, BC-01"),
        ("added", "", "15/11/2026: Chưa kết nối nguồn số liệu; nội dung: Kết quả quý; nguồn: Báo cáo quý"),
    ]
    assert the_change(COMMITMENT, progress=()).kind == "removed"


def test_two_reports_on_one_day_are_two() -> None:
    second = replace(REPORT, value=Decimal(9))
    found = changes_between(COMMITMENT, replace(COMMITMENT, progress=(REPORT, second)))
    assert [c.kind for c in found] == ["added"]


def test_milestones_causes_and_tasks_are_the_same_ones_when_altered() -> None:
    moved = the_change(COMMITMENT, milestones=(replace(STEP, due_on=date(2027, 1, 31)),))
    assert (moved.kind, moved.after) == ("changed", "Trình đồ án; hạn: 31/01/2027")
    ended = the_change(COMMITMENT, causes=(replace(CAUSE, to_on=date(2026, 11, 1)),))
    assert ended.kind == "changed"
    assert "từ 01/10/2026 đến 01/11/2026" in ended.after
    task = the_change(PROGRAMME, tasks=(replace(TASK, solution="Xử phạt"),))
    assert (task.kind, "giải pháp: Xử phạt" in task.after) == ("changed", True)
    fewer = the_change(PROGRAMME, withheld_bases=(WithheldBasis(basis="Bí mật công tác", count=1),))
    assert (fewer.kind, fewer.before, fewer.after) == ("changed", "Bí mật công tác: 2", "Bí mật công tác: 1")
    part = the_change(OLD, successors=(replace(ARROW, whole=False),))
    assert part.after == "Phường Mẫu (10001), một phần, từ 01/07/2025"


def test_another_order_is_one_change() -> None:
    swapped = the_change(COMMITMENT, coordinators=COMMITMENT.coordinators[::-1])
    assert (swapped.kind, swapped.after) == ("changed", "Phòng Kinh tế; Công an phường")


def test_filled_in_and_emptied() -> None:
    assert the_change(COMMITMENT, mode=None).kind == "removed"
    assert the_change(replace(COMMITMENT, mode=None), mode=Mode.DO).kind == "added"
    assert the_change(COMMITMENT, authority="").kind == "removed"
    assert the_change(PROGRAMME, withheld_count=0).kind == "changed"  # zero is a count


def test_taking_down_and_putting_back() -> None:
    (down,) = changes_between(COMMITMENT, GONE)
    assert (down.field, down.kind) == (WHOLE, "removed")
    assert down.after == "Đã gỡ xuống ngày 24/11/2026: Đăng nhầm"
    (back,) = changes_between(GONE, COMMITMENT)
    assert (back.kind, back.after) == ("added", "Đang công khai")


def test_different_documents_are_not_compared() -> None:
    with pytest.raises(TypeError):
        changes_between(COMMITMENT, PROGRAMME)
    with pytest.raises(ValueError, match="different documents"):
        changes_between(COMMITMENT, replace(COMMITMENT, ref="C2"))
    with pytest.raises(ValueError, match="different documents"):
        changes_between(OLD, replace(OLD, slug="phuong-khac"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1234567.5", "1.234.567,5"), ("-0.50", "-0,5"), ("100", "100"), ("1E+3", "1.000"), ("0", "0")],
)
def test_figures_are_written_the_vietnamese_way(value: str, shown: str) -> None:
    assert change_words.show(Decimal(value)) == shown


def test_a_task_says_how_many_commitments_it_has_and_joins_sentences_once() -> None:
    task = KeyTaskDoc(
        ref="t", title="Thu gom rác.", bottleneck="Thiếu xe.", objective="", solution="", areas=(),
        commitments=("7kq2m4tx9b", "c0mm1tment"),
    )  # fmt: skip
    said = "Thu gom rác; điểm nghẽn: Thiếu xe; cam kết: 2 (mã 7kq2m4tx9b, c0mm1tment)"
    assert show(task) == said
    assert show(replace(task, commitments=())) == "Thu gom rác; điểm nghẽn: Thiếu xe."
