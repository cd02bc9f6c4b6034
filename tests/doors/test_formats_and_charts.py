"""How figures are written and where drawings put them."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.doors.charts import SELF, SURE, Mark, draw_timeline, draw_track
from portal.doors.formats import day, moment, number, quantity, share


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (D("1234.5"), "1.234,5", "1,234.5"),
        (D("46.80"), "46,80", "46.80"),
        (D("0"), "0", "0"),
        (D("-3.5"), "−3,5", "−3.5"),
        (1234567, "1.234.567", "1,234,567"),
        (D("1E+3"), "1.000", "1,000"),
    ],
)
def test_numbers(value: D | int, vietnamese: str, english: str) -> None:
    assert number(value, tongue="vi") == vietnamese
    assert number(value, tongue="en") == english


def test_units_stand_beside_their_number() -> None:
    assert quantity(D("91.4"), "%", tongue="vi") == "91,4%"
    assert quantity(186, "hồ sơ", tongue="vi") == "186\u00a0hồ sơ"
    assert quantity(5, "", tongue="vi") == "5"


@pytest.mark.parametrize(
    ("ratio", "said"), [("0.9999", "99%"), ("1", "100%"), ("0", "0%"), ("-0.001", "−1%"), ("1.256", "125%")]
)
def test_shares_are_rounded_down(ratio: str, said: str) -> None:
    assert share(D(ratio), tongue="vi") == said


def test_dates_and_instants_are_vietnamese() -> None:
    assert day(date(2026, 3, 5)) == "05/03/2026"
    assert moment(datetime(2026, 12, 31, 17, 5, tzinfo=UTC)) == "01/01/2027 00:05"


def test_a_track_runs_from_baseline_to_target() -> None:
    track = draw_track([(SELF, D("0.5")), (SURE, D("0.25"))])
    assert track is not None
    assert (track.start, track.end) == (2.5, 97.5)
    assert [lane.at for lane in track.lanes] == [50.0, 26.2]
    assert draw_track([]) is None


@given(st.lists(st.decimals(-10, 10, places=4), min_size=1, max_size=2))
def test_nothing_is_drawn_outside_the_drawing(ratios: list[D]) -> None:
    track = draw_track([(layer, r) for layer, r in zip((SELF, SURE), ratios, strict=False)])
    assert track is not None
    places = [track.start, track.end, *(lane.at for lane in track.lanes)]
    assert all(0 <= place <= 100 for place in places)
    assert track.start < track.end
    for lane, ratio in zip(track.lanes, ratios, strict=True):
        assert (lane.at >= track.start) is (ratio >= 0) or ratio == 0 or abs(lane.at - track.start) < 0.06


def timeline(*marks: Mark, baseline: str = "0", target: str = "10", today: date = date(2026, 6, 1)):  # type: ignore[no-untyped-def]
    return draw_timeline(
        marks,
        baseline=D(baseline),
        target=D(target),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        today=today,
    )


def test_a_course_needs_two_reports_and_a_way() -> None:
    one, two = Mark(SELF, date(2026, 3, 1), D(2)), Mark(SURE, date(2026, 5, 1), D(4))
    assert timeline(one) is None
    assert timeline(one, two, baseline="10") is None
    drawn = timeline(one, two)
    assert drawn is not None
    assert (drawn.target_y, drawn.baseline_y) == (0.0, 100.0)
    assert [dot.layer for dot in drawn.dots] == [SELF, SURE]
    assert [line.layer for line in drawn.lines] == [SELF, SURE]  # each from the baseline, never joined
    assert drawn.today_x is not None


def test_a_course_that_must_fall_falls() -> None:
    drawn = timeline(
        Mark(SELF, date(2026, 3, 1), D(8)), Mark(SELF, date(2026, 5, 1), D(6)), baseline="10", target="2"
    )
    assert drawn is not None
    assert (drawn.baseline_y, drawn.target_y) == (0.0, 100.0)
    assert drawn.dots[0].y < drawn.dots[1].y


def test_today_is_marked_only_inside_the_course() -> None:
    marks = (Mark(SELF, date(2026, 3, 1), D(2)), Mark(SELF, date(2026, 5, 1), D(4)))
    assert timeline(*marks, today=date(2027, 6, 1)).today_x is None
