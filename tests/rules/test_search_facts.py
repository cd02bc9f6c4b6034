"""What the index keeps of a commitment is enough for its standing on any day."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.calendar import WorkingCalendar
from portal.record.documents import (
    Appraised,
    CauseDoc,
    CommitmentDoc,
    Confirmation,
    Direction,
    Ending,
    FigureState,
    Frequency,
    Holder,
    MilestoneDoc,
    Mode,
    Origin,
    ProgressDoc,
    UnitLink,
)
from portal.record.search import facts, judge_by
from portal.record.standing import TOLERANCE, overall

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
MAYBE_DAY = st.none() | DAYS
FIGURES = st.none() | st.decimals(-5, 120, places=1)
PROSE = st.sampled_from(("", "số liệu minh họa", "Đã xong"))
CONFIRMED = st.none() | st.builds(Confirmation, body=PROSE, document=PROSE)
UNIT = UnitLink(slug="minh-hoa", code="1", name="Phường Minh Họa", parent_name="")
COMMITMENTS = st.builds(
    CommitmentDoc,
    ref=st.just("abc"),
    programme_ref=PROSE,
    holder=st.just(Holder(cadre_name="Lê Thị Ví Dụ", post="Chủ tịch", unit=UNIT)),
    task_title=PROSE,
    areas=st.just(()),
    text=PROSE,
    indicator=PROSE,
    measure_unit=st.sampled_from(("%", "hồ sơ")),
    baseline=FIGURES,
    baseline_on=MAYBE_DAY,
    baseline_source=PROSE,
    target=FIGURES,
    direction=st.sampled_from(Direction),
    deadline=DAYS,
    first_target=FIGURES,
    first_deadline=DAYS,
    accountable=PROSE,
    coordinators=st.just(()),
    mode=st.none() | st.sampled_from(Mode),
    authority=PROSE,
    deliverable=PROSE,
    evidence_plan=PROSE,
    frequency=st.none() | st.sampled_from(Frequency),
    origin=st.sampled_from(Origin),
    profile_code=PROSE,
    appraised=st.builds(Appraised, body=PROSE, appraised_on=DAYS),
    milestones=st.lists(st.builds(MilestoneDoc, title=PROSE, due_on=DAYS, done_on=MAYBE_DAY), max_size=2).map(
        tuple
    ),
    progress=st.lists(
        st.builds(
            ProgressDoc,
            reported_on=DAYS,
            state=st.sampled_from(FigureState),
            value=FIGURES,
            note=PROSE,
            source=PROSE,
            confirmation=CONFIRMED,
        ),
        max_size=3,
    ).map(tuple),
    causes=st.lists(
        st.builds(CauseDoc, text=PROSE, from_on=DAYS, to_on=MAYBE_DAY, confirmation=CONFIRMED), max_size=2
    ).map(tuple),
    ending=st.none() | st.sampled_from(Ending),
    ended_on=MAYBE_DAY,
)


@settings(deadline=None)
@given(COMMITMENTS, DAYS)
def test_standing_and_traits_are_the_same_without_the_prose(doc: CommitmentDoc, today: date) -> None:
    lean = facts.unpack(facts.pack(doc))
    calendar = WorkingCalendar()
    judge = judge_by(calendar, TOLERANCE)
    assert judge(lean, today) == judge(doc, today)
    assert judge(doc, today).standing == overall(doc, today=today, calendar=calendar).key


@settings(deadline=None)
@given(COMMITMENTS)
def test_figures_dates_and_choices_come_back_and_prose_does_not(doc: CommitmentDoc) -> None:
    lean = facts.unpack(facts.pack(doc))
    for field in fields(doc):
        kept, given_ = getattr(lean, field.name), getattr(doc, field.name)
        if isinstance(given_, date | timedelta | Decimal | Direction | Mode | Frequency | Origin | Ending):
            assert kept == given_
    assert "minh họa" not in repr(lean)
    assert "Ví Dụ" not in repr(lean)
