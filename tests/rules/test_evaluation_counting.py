"""Periods of an evaluation, and the counts over them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from commitment_cases import cause, period, reports, sample

from portal.kernel.calendar import vietnam
from portal.record.evaluation import counting, periods
from portal.record.evaluation.outcome import Outcome, judge
from portal.record.evaluation.periods import PeriodKind

Q4 = period("2026-Q4")
DONE = [
    sample("AS-02", ref="a", progress=reports("15/12/26 c 19")),  # early and beyond
    sample("AS-02", ref="b", progress=reports("31/12/26 c 18")),
    sample("XD-01", ref="c", progress=reports("31/12/26 c 15")),
]
REST = [
    sample("AS-02", ref="d", progress=reports("15/12/26 s 18")),  # reported, not confirmed
    sample("AS-02", ref="e"),  # broken
    sample("AS-02", ref="f", causes=(cause("1/12/26"),)),  # broken, excused
    sample("AS-02", ref="g", deadline=date(2026, 10, 1), first_deadline=date(2026, 10, 1),
           progress=reports("15/12/26 c 18")),  # late
    sample("XD-02", ref="h"),  # not due
]  # fmt: skip


def _verdicts(docs: list) -> list:
    return [judge(doc, Q4, known_on=Q4.last, calendar=vietnam()) for doc in docs]


def test_the_four_figures_add_up() -> None:
    found = counting.four_figures(_verdicts(DONE + REST))
    assert (found.assigned, found.on_time, found.beyond, found.late) == (7, 3, 1, 3)
    assert (found.late_completed, found.late_open, found.late_excused) == (1, 2, 1)
    assert (found.awaiting, found.running) == (1, 0)
    assert found.assigned == found.on_time + found.late + found.awaiting + found.running
    assert (found.on_time_percent, found.beyond_percent) == (Decimal("42.8"), Decimal("14.2"))


def test_products_are_counted_without_points() -> None:
    found = counting.product_counts(_verdicts(DONE + REST))
    assert found == counting.ProductCounts(assigned=7, delivered=5, with_quality=4, in_time=3, excused=1)


def test_nothing_assigned_has_no_share() -> None:
    found = counting.four_figures(_verdicts(REST[-1:]))
    assert (found.assigned, found.on_time_percent) == (0, None)


def test_every_outcome_is_tallied_zero_included() -> None:
    found = counting.tallies(_verdicts(DONE + REST))
    assert [one.outcome for one in found] == list(Outcome)
    assert sum(one.of_all for one in found) == 8
    assert sum(one.of_due for one in found) == 7


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        ("2026-10-01", "2026-12-31", PeriodKind.QUARTER),
        ("2026-07-01", "2026-12-31", PeriodKind.HALF_YEAR),
        ("2028-01-01", "2028-12-31", PeriodKind.YEAR),
        ("2028-01-01", "2028-03-31", PeriodKind.QUARTER),
        ("2026-11-01", "2027-01-31", PeriodKind.OTHER),
        ("2026-10-02", "2026-12-31", PeriodKind.OTHER),
        ("2026-10-01", "2026-12-30", PeriodKind.OTHER),
        ("2026-04-01", "2026-09-30", PeriodKind.OTHER),
    ],
)
def test_the_calendar_names_a_period(first: str, last: str, kind: PeriodKind) -> None:
    assert periods.kind_of(date.fromisoformat(first), date.fromisoformat(last)) is kind


def test_a_period_ends_with_the_last_moment_of_its_day_in_vietnam() -> None:
    assert periods.last_moment(date(2026, 12, 31)) == datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    assert not periods.is_over(date(2026, 12, 31), now=datetime(2026, 12, 31, 16, 59, 58, tzinfo=UTC))
    assert periods.is_over(date(2026, 12, 31), now=datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC))


def test_the_report_before_re_appointment_closes_ninety_days_before() -> None:
    found = periods.before_reappointment(date(2026, 7, 1), date(2031, 6, 30), notice_days=90)
    assert found == (date(2026, 7, 1), date(2031, 4, 1))


@pytest.mark.parametrize(("quarter", "is_in"), [("2026-Q3", False), ("2026-Q4", True), ("2027-Q1", False)])
def test_feedback_quarters_that_touch_a_period(quarter: str, is_in: bool) -> None:
    assert periods.touches(quarter, Q4) is is_in
    assert periods.touches(quarter, replace(Q4, first=date(2026, 9, 30), last=date(2027, 1, 1)))
