"""The whole space of standings, each point against a second, plainer statement of the rules."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest
from commitment_cases import BLANK
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.calendar import vietnam
from portal.record import standing_words
from portal.record.attainment import has_figure, is_beyond, latest, share_done
from portal.record.documents import (
    CauseDoc,
    CommitmentDoc,
    Confirmation,
    Direction,
    Ending,
    FigureState,
    ProgressDoc,
)
from portal.record.standing import (
    DATA_WORDS,
    ENDING_WORDS,
    LAYER_WORDS,
    TONE,
    WORDS,
    Layer,
    overall,
    standing,
)
from portal.record.standing import StandingKey as K

TODAY = date(2026, 11, 25)  # a Wednesday; the Tuesday before is a holiday
REPORTED = date(2026, 11, 16)
SIGNED = Confirmation(body="Phòng chuyên môn", document="BC-01 (số liệu minh họa)")
CALENDAR = vietnam()


class Point(NamedTuple):
    direction: Direction
    unit: str
    told: str
    confirmed: bool
    deadline: date
    cause: bool
    ending: Ending | None


# The figure told: worse than the start, at the start, on the line, at the target, beyond it.
TARGETS = {Direction.UP: 20, Direction.DOWN: 0, Direction.DONE: 1, Direction.KEEP: 10}
FIGURES = {
    Direction.UP: {"worse": 0, "start": 10, "line": 19, "reached": 20, "beyond": 25},
    Direction.DOWN: {"worse": 20, "start": 10, "line": 1, "reached": 0, "beyond": -5},
    Direction.DONE: {"worse": 0, "start": 0, "line": 0, "reached": 1, "beyond": 2},
    Direction.KEEP: {"worse": 0, "start": 9, "line": 9, "reached": 10, "beyond": 12},
}
STATES = {"no_data": FigureState.NO_DATA, "not_connected": FigureState.NOT_CONNECTED}
TOLD = ("nothing", "empty", *STATES, *FIGURES[Direction.UP])
DEADLINES = {
    "far": date(2027, 6, 30),
    "today": TODAY,
    "holiday before": date(2026, 11, 24),
    "last week": date(2026, 11, 20),
    "before the report": date(2026, 11, 10),
}
SPACE = [
    Point(*axes)
    for axes in product(
        Direction, ("vụ", "% số hộ"), TOLD, (False, True), DEADLINES.values(), (False, True), (None, *Ending)
    )
]


def build(point: Point) -> CommitmentDoc:
    target = Decimal(TARGETS[point.direction])
    cause = CauseDoc(text="Mưa lũ", from_on=TODAY, to_on=TODAY, confirmation=SIGNED)
    return replace(
        BLANK,
        direction=point.direction,
        measure_unit=point.unit,
        baseline=Decimal(0 if point.direction is Direction.DONE else 10),
        target=target,
        first_target=target,
        deadline=point.deadline,
        first_deadline=point.deadline,
        progress=() if point.told == "nothing" else (report(point),),
        causes=(cause,) if point.cause else (),
        ending=point.ending,
        ended_on=TODAY if point.ending else None,
    )


def report(point: Point) -> ProgressDoc:
    figures = FIGURES[point.direction]
    return ProgressDoc(
        reported_on=REPORTED,
        state=STATES.get(point.told, FigureState.FIGURE),
        value=Decimal(figures[point.told]) if point.told in figures else None,
        note="",
        source="",
        confirmation=SIGNED if point.confirmed else None,
    )


def expected(point: Point) -> K:
    """The rules once more, for one report: completion, lateness, ending, cause, then the way."""
    falls_back = point.direction is not Direction.DONE and (
        point.unit.startswith("%") or point.direction in (Direction.DOWN, Direction.KEEP)
    )
    is_there = point.told in ("reached", "beyond")
    is_over = is_there and (not falls_back or point.deadline <= TODAY)
    if is_over and not point.confirmed:
        return K.AWAITING
    if is_over:
        return expected_completion(point, falls_back=falls_back)
    if point.deadline in (DEADLINES["last week"], DEADLINES["before the report"]):
        return K.OVERDUE
    if point.ending:
        return K.ENDED
    return K.PAUSED if point.cause else expected_way(point)


def expected_completion(point: Point, *, falls_back: bool) -> K:
    if point.deadline < REPORTED:
        return K.DONE_LATE
    if point.told == "beyond" and point.direction in (Direction.UP, Direction.DOWN):
        return K.EXCEEDED
    return K.DONE_ON_TIME if falls_back else K.DONE_EARLY


def expected_way(point: Point) -> K:
    if point.told == "not_connected":
        return K.NOT_CONNECTED
    if point.told in ("nothing", "no_data", "empty"):
        return K.NO_DATA
    if point.direction is Direction.DONE or point.told in ("line", "reached", "beyond"):
        is_kept = point.direction is not Direction.KEEP or point.told != "line"
        return K.ON_TRACK if is_kept else K.BEHIND
    return K.BEHIND


def test_every_point_of_the_space() -> None:
    assert len(SPACE) == 4 * 2 * 9 * 2 * 5 * 2 * 4
    seen: Counter[K] = Counter()
    for point in SPACE:
        key = overall(build(point), today=TODAY, calendar=CALENDAR).key
        assert key is expected(point), point
        seen[key] += 1
    assert set(K) - set(seen) == {K.NOT_DUE, K.RUNNING}  # these have cases of their own below


def test_completion_needs_a_confirmation_everywhere() -> None:
    done = {K.DONE_EARLY, K.DONE_ON_TIME, K.DONE_LATE, K.EXCEEDED}
    for point in SPACE:
        for layer in Layer:
            seen = standing(build(point), today=TODAY, calendar=CALENDAR, layer=layer)
            assert point.confirmed or seen.key not in done
            assert (seen.reached_on is None) == (seen.key not in done | {K.AWAITING})
            assert seen.days_late == 0 or seen.key in {K.OVERDUE, K.DONE_LATE, K.AWAITING}


def test_zero_no_data_and_not_connected_are_told_apart() -> None:
    point = Point(Direction.DOWN, "vụ", "reached", False, DEADLINES["far"], False, None)
    zero = build(point)
    seen = {
        told: overall(build(point._replace(told=told)), today=TODAY, calendar=CALENDAR)
        for told in ("nothing", "no_data", "not_connected", "empty")
    }
    assert overall(zero, today=TODAY, calendar=CALENDAR).data is FigureState.FIGURE
    assert overall(zero, today=TODAY, calendar=CALENDAR).figure is zero.progress[0]
    assert [s.data for s in seen.values()] == [None, *STATES.values(), FigureState.NO_DATA]
    assert len({seen["no_data"].word, seen["not_connected"].word}) == 2
    assert latest(build(point._replace(told="no_data")), Layer.CONFIRMED) is None
    assert [has_figure(build(point._replace(told=t)).progress[0]) for t in ("empty", "reached")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("changes", "value", "key"),
    [
        ({"baseline": None}, 12, K.RUNNING),  # nothing to draw a line from
        ({"baseline_on": None}, 12, K.RUNNING),
        ({"baseline_on": date(2027, 6, 30)}, 12, K.RUNNING),
        ({"baseline": None}, 20, K.DONE_EARLY),
        ({"baseline": Decimal(20)}, 19, K.BEHIND),  # target = baseline: no share, but still a mark
        ({"baseline": Decimal(20)}, 20, K.DONE_EARLY),
        ({"target": None}, 0, K.ON_TRACK),  # no figure promised: done or not
        ({"target": None}, 1, K.DONE_EARLY),
        ({"target": None, "direction": Direction.DOWN}, 0, K.ON_TRACK),
        ({"direction": Direction.KEEP, "baseline": None}, 19, K.BEHIND),
        ({"direction": Direction.KEEP, "baseline": None}, 20, K.ON_TRACK),
        ({"direction": Direction.KEEP}, 20, K.ON_TRACK),  # from 10, not above 20: a ceiling
        ({"direction": Direction.KEEP}, 21, K.BEHIND),
        ({"direction": Direction.KEEP, "baseline": Decimal(30)}, 21, K.ON_TRACK),  # a floor
        ({"direction": Direction.KEEP, "baseline": Decimal(30)}, 19, K.BEHIND),
        ({"direction": Direction.KEEP, "baseline": Decimal(0), "target": Decimal(0)}, 1, K.BEHIND),
        ({"frequency": None}, 15, K.ON_TRACK),
    ],
)
def test_where_there_is_no_line(changes: dict[str, object], value: int, key: K) -> None:
    told = ProgressDoc(
        reported_on=REPORTED,
        state=FigureState.FIGURE,
        value=Decimal(value),
        note="",
        source="",
        confirmation=SIGNED,
    )
    doc = replace(BLANK, progress=(told,), **changes)  # type: ignore[arg-type]
    assert overall(doc, today=TODAY, calendar=CALENDAR).key is key


def test_only_counted_targets_have_a_share_and_can_be_exceeded() -> None:
    row = report(Point(Direction.UP, "vụ", "beyond", True, TODAY, False, None))
    assert share_done(BLANK, row) == Decimal("1.5")
    assert share_done(BLANK, None) is None
    assert share_done(replace(BLANK, direction=Direction.KEEP), row) is None
    product_done = replace(BLANK, direction=Direction.DONE)
    assert share_done(product_done, row) == 1
    assert share_done(product_done, replace(row, value=Decimal(5))) is None
    assert is_beyond(BLANK, Decimal(21))
    assert not is_beyond(replace(BLANK, target=None), Decimal(21))


@given(st.sampled_from(SPACE), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_lateness_never_shrinks_until_something_is_confirmed(point: Point, today: date) -> None:
    doc = replace(build(point), ending=None, ended_on=None)
    now, later = (overall(doc, today=today + timedelta(n), calendar=CALENDAR) for n in (0, 7))
    is_done = later.key in {K.DONE_EARLY, K.DONE_ON_TIME, K.DONE_LATE, K.EXCEEDED}
    assert is_done or now.days_late <= later.days_late
    assert replace(doc, causes=()) == doc or (
        overall(replace(doc, causes=()), today=today, calendar=CALENDAR).days_late == now.days_late
    )


def test_every_key_has_a_word_and_a_tone() -> None:
    assert set(WORDS) == set(TONE) == set(K)
    assert len(set(WORDS.values())) == len(K)
    assert set(ENDING_WORDS) == set(Ending)
    assert set(LAYER_WORDS) == set(Layer)
    assert set(DATA_WORDS) == set(FigureState)
    assert set(TONE.values()) == set(standing_words.Tone)


def test_a_standing_speaks_for_itself() -> None:
    point = Point(Direction.UP, "vụ", "line", True, DEADLINES["far"], False, Ending.RESTRUCTURE)
    ended = overall(build(point), today=TODAY, calendar=CALENDAR)
    assert ended.word == "Kết thúc do sắp xếp đơn vị"
    going = overall(build(point._replace(ending=None)), today=TODAY, calendar=CALENDAR)
    assert (going.word, going.tone) == (WORDS[K.ON_TRACK], standing_words.Tone.RUNNING)
    assert going.expected == Decimal("0.5853")  # 319 of 545 days
    assert not going.is_late_against_first
