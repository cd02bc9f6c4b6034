"""Results of administrative procedures: what may be recorded, what a rate says, which months are shown."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
import town_procedures
from town_procedures import month

from portal.kernel.policy import Refusal
from portal.office.procedures.rules import Counts, read_month, refusal_of_counts, refusal_of_month
from portal.record import canon
from portal.record.append import within
from portal.record.change_words import element_key, show
from portal.record.changes import changes_between
from portal.record.documents import FigureState, Kind, Notice
from portal.record.procedures import is_unfinished, late_rate, next_month, rate, window

FEW = (None, -1, 0, 1, 2)


def said(state: str, told: tuple[int | None, ...]) -> Refusal | None:
    """The rule a second time, in other words."""
    if state != "figure":
        return None if told == (None,) * 4 else Refusal.FIGURE_TOO_MANY
    if None in told:
        return Refusal.COUNTS_MISSING
    numbers = [one for one in told if one is not None]
    if any(one < 0 for one in numbers):
        return Refusal.COUNTS_NEGATIVE
    return None if numbers[0] == numbers[1] + numbers[2] + numbers[3] else Refusal.COUNTS_DO_NOT_ADD_UP


def test_every_state_with_all_counts() -> None:
    found = set()
    for state, told in product(FigureState, product(FEW, repeat=4)):
        handled, early, on_time, late = told
        counts = Counts(handled=handled, early=early, on_time=on_time, late=late)
        answer = refusal_of_counts(state, counts)
        assert answer == said(state, told), (state, told)
        found.add(answer)
    assert len(found) == 5  # each answer was given at least once


@pytest.mark.parametrize(
    ("first", "counted", "answer"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), None),
        (date(2026, 11, 1), date(2026, 11, 24), None),
        (date(2026, 12, 1), date(2026, 11, 24), Refusal.REPORTED_IN_FUTURE),
        (date(2026, 10, 1), date(2026, 9, 30), Refusal.COUNTED_OUTSIDE),
        (date(2026, 10, 1), date(2026, 11, 25), Refusal.COUNTED_OUTSIDE),
    ],
)
def test_a_month_has_begun_and_was_counted_since(first: date, counted: date, answer: Refusal | None) -> None:
    assert refusal_of_month(first, counted, today=date(2026, 11, 24)) == answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10/2026", date(2026, 10, 1)),
        (" tháng 3 / 2026 ", date(2026, 3, 1)),
        ("01-2026", date(2026, 1, 1)),
        ("13/2026", None),
        ("0/2026", None),
        ("10/1999", None),
        ("10/26", None),
        ("mười", None),
        ("", None),
    ],
)
def test_a_month_as_it_is_typed(typed: str, meant: date | None) -> None:
    assert read_month(typed) == meant


@pytest.mark.parametrize(
    ("counts", "share", "late"),
    [
        ((0, 0, 0), None, None),
        ((1, 0, 0), "100.0", "0.0"),
        ((0, 0, 3), "0.0", "100.0"),
        ((1210, 788, 1), "99.9", "0.1"),  # not a hundred: one was late
        ((1, 0, 1999), "0.1", "99.9"),  # not nought: one was in time
        ((1, 1, 1), "66.6", "33.4"),
    ],
)
def test_a_rate_says_nought_or_a_hundred_only_when_it_is(
    counts: tuple[int, int, int], share: str | None, late: str | None
) -> None:
    told = month(2026, 10, counts)
    assert rate(told) == (None if share is None else Decimal(share))
    assert late_rate(told) == (None if late is None else Decimal(late))


def test_without_figures_there_is_no_rate() -> None:
    for state in (FigureState.NO_DATA, FigureState.NOT_CONNECTED):
        assert rate(month(2026, 10, state=state)) is None


def test_rates_are_parts_of_a_whole_for_every_small_month() -> None:
    for counts in product(range(6), repeat=3):
        told = month(2026, 10, counts)
        share, late = rate(told), late_rate(told)
        if share is None or late is None:
            assert sum(counts) == 0
            continue
        assert share + late == 100
        assert (share == 100) is (counts[2] == 0)
        assert (share == 0) is (counts[0] + counts[1] == 0)


def test_a_month_is_unfinished_before_its_last_day_only() -> None:
    assert is_unfinished(month(2026, 10, (1, 0, 0), counted_on=date(2026, 10, 30)))
    assert not is_unfinished(month(2026, 10, (1, 0, 0), counted_on=date(2026, 10, 31)))
    assert not is_unfinished(month(2026, 12, (1, 0, 0), counted_on=date(2027, 1, 4)))
    assert not is_unfinished(month(2026, 10, counted_on=date(2026, 10, 3)))  # no figures at all
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def shown(today: date, length: int = 12) -> list[tuple[int, bool]]:
    found = window(town_procedures.results().months, today=today, length=length)
    return [(first.month, told is not None) for first, told in found]


def test_missing_months_are_gaps_up_to_the_last_month_that_is_over() -> None:
    here = [(4, True), (5, True), (6, False), (7, True), (8, True), (9, True), (10, True)]
    assert shown(date(2026, 11, 24)) == here
    assert shown(date(2027, 1, 2)) == [*here, (11, False), (12, False)]
    assert shown(date(2026, 9, 1)) == here  # what was published is shown, whatever the day
    assert shown(date(2026, 11, 24), 3) == here[-3:]
    assert list(window((), today=date(2026, 11, 24), length=12)) == []


def test_a_difference_is_told_month_by_month_in_words() -> None:
    few, full = town_procedures.results(few=True), town_procedures.results()
    changes = changes_between(few, full)
    assert {change.kind for change in changes} == {"added"}
    assert [change.after.split(";")[0] for change in changes] == ["tháng 09/2026", "tháng 10/2026"]
    assert "tỷ lệ trước và đúng hạn: 99,9%" in changes[1].after
    assert "đính chính: Cộng sót một hồ sơ (minh họa)" in changes[1].after
    texts = {one.month.month: show(one) for one in full.months}
    assert texts[4].startswith("tháng 04/2026: Chưa kết nối")
    assert texts[5].startswith("tháng 05/2026: Chưa có số liệu")
    assert "đã giải quyết: 0" in texts[7]  # zero is a figure
    assert "tỷ lệ" not in texts[7]
    assert element_key(full.months[0]) == date(2026, 4, 1)


def test_the_document_survives_the_record() -> None:
    document = town_procedures.results()
    body = canon.encode(document, Notice())
    assert canon.decode(Kind.PROCEDURES, body) == (document, Notice())
    assert within(document) == "phuong-nhi-chieu"
