"""Vietnamese working days: the days of 2025 to 2027, and arithmetic that undoes itself."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import calendar
from portal.kernel.calendar import WorkingCalendar, calendar_from, vietnam

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
days = st.dates(min_value=date(2024, 6, 1), max_value=date(2028, 6, 1))
DATA = json.loads(Path(calendar.__file__).with_name("holidays_vn.json").read_text(encoding="utf-8"))


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    off = draw(st.frozensets(days, max_size=40))
    worked = draw(st.frozensets(days, max_size=20))
    return WorkingCalendar(holidays=off - worked, swapped_working_days=worked)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2025, 1, 1), False),
        (date(2025, 1, 29), False),  # mùng 1 Tết Ất Tỵ
        (date(2025, 4, 7), False),  # Giỗ Tổ, 10/3 âm lịch
        (date(2025, 4, 26), True),  # a Saturday worked instead of 02/5
        (date(2025, 5, 2), False),
        (date(2026, 2, 17), False),  # mùng 1 Tết Bính Ngọ
        (date(2026, 4, 27), False),  # in lieu of Sunday, 26/4
        (date(2026, 8, 22), True),  # a Saturday worked instead of 31/8
        (date(2026, 8, 31), False),
        (date(2026, 9, 2), False),
        (date(2027, 2, 5), False),  # 29 tháng Chạp
        (date(2027, 2, 12), True),  # the first day after Tết Đinh Mùi
        (date(2027, 4, 16), False),  # Giỗ Tổ, 10/3 âm lịch
        (date(2027, 5, 3), False),  # in lieu of Saturday, 01/5
        (date(2030, 1, 1), True),  # a year the file does not hold: weekends only
    ],
)
def test_days_of_the_vietnamese_calendar(day: date, works: bool) -> None:
    assert vietnam().is_working(day) is works


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_every_year_has_its_days_off_by_law(year: int) -> None:
    """New year, five days of Tết, Giỗ Tổ, 30/4, 1/5, two days of Quốc khánh (Labour Code, art. 112)."""
    listed = DATA["years"][str(year)]["days_off"]
    off = {date.fromisoformat(row["on"]) for row in listed}
    assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= off
    assert off & {date(year, 9, 1), date(year, 9, 3)}
    assert sum("Tết Nguyên đán" in row["name"] for row in listed) >= 5
    assert sum("Giỗ Tổ" in row["name"] for row in listed) >= 1
    assert {day.year for day in off} == {year}


def test_every_listed_day_says_whether_it_is_decided() -> None:
    rows = [row for year in DATA["years"].values() for part in year.values() for row in part]
    assert {row["status"] for row in rows} == {"decided", "provisional"}
    assert all(row["name"] for row in rows)
    worked = [row["on"] for year in DATA["years"].values() for row in year["worked_instead"]]
    assert all(is_weekend(date.fromisoformat(on)) for on in worked)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),  # Friday to Sunday
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 22), date(2026, 11, 23), 1),  # Sunday to Monday
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 8, 28), date(2026, 9, 3), 1),  # five days off
        (date(2026, 8, 21), date(2026, 8, 24), 2),  # a Saturday worked
        (date(2026, 12, 31), date(2027, 1, 29), 20),
        (date(2027, 1, 29), date(2027, 2, 15), 6),  # over Tết
    ],
)
def test_days_between(start: date, end: date, count: int) -> None:
    assert vietnam().working_days_between(start, end) == count


def test_rolling_forward_leaves_a_working_day_alone() -> None:
    assert vietnam().roll_forward(date(2026, 12, 31)) == date(2026, 12, 31)
    assert vietnam().roll_forward(date(2027, 1, 31)) == date(2027, 2, 1)  # a Sunday
    assert vietnam().roll_forward(date(2027, 2, 5)) == date(2027, 2, 12)


def test_a_day_cannot_be_both_off_and_worked() -> None:
    day = date(2026, 8, 22)
    with pytest.raises(ValueError, match="2026-08-22"):
        WorkingCalendar(holidays=frozenset({day}), swapped_working_days=frozenset({day}))


def test_settings_can_bring_their_own_days() -> None:
    own = calendar_from(
        {"years": {"2030": {"days_off": [{"on": "2030-01-01"}], "worked_instead": [{"on": "2030-01-05"}]}}}
    )
    assert not own.is_working(date(2030, 1, 1))
    assert own.is_working(date(2030, 1, 5))
    assert own.is_working(date(2026, 9, 2))


@given(calendars(), days, st.integers(-300, 300))
def test_counting_undoes_adding(of: WorkingCalendar, day: date, count: int) -> None:
    reached = of.add_working_days(day, count)
    assert of.working_days_between(day, reached) == count
    assert count == 0 or of.is_working(reached)


@given(calendars(), days, st.integers(0, 200))
def test_counting_is_counting(of: WorkingCalendar, day: date, length: int) -> None:
    after = [day + timedelta(n) for n in range(1, length + 1)]
    assert of.working_days_between(day, day + timedelta(length)) == sum(map(of.is_working, after))
    upto = [day - timedelta(n) for n in range(1, length + 1)]
    assert of.working_days_between(day, day - timedelta(length)) == -sum(map(of.is_working, upto))


@given(calendars(), days, days, days)
def test_counts_add_up(of: WorkingCalendar, a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))
    whole = of.working_days_between(first, third)
    assert whole == of.working_days_between(first, second) + of.working_days_between(second, third)


@given(calendars(), days)
def test_rolling_goes_to_the_first_working_day(of: WorkingCalendar, day: date) -> None:
    rolled = of.roll_forward(day)
    assert of.is_working(rolled)
    assert not any(of.is_working(day + timedelta(n)) for n in range((rolled - day).days))
