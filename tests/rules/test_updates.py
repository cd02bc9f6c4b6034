"""When progress reports are due, and when a missing one is overdue."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from commitment_cases import BLANK

from portal.kernel.calendar import vietnam
from portal.record.documents import (
    Appraised,
    Ending,
    FigureState,
    Frequency,
    ProgressDoc,
)
from portal.record.standing import is_update_overdue, update_due_on

CALENDAR = vietnam()


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, date(2026, 4, 1)),
        ({"frequency": Frequency.MONTHLY}, date(2026, 2, 1)),
        ({"frequency": Frequency.HALF_YEARLY}, date(2026, 7, 1)),
        ({"frequency": Frequency.YEARLY}, date(2027, 1, 1)),
        ({"frequency": None}, None),
        ({"appraised": Appraised(body="", appraised_on=date(2026, 8, 31))}, date(2026, 11, 30)),
        ({"baseline_on": None}, date(2026, 4, 1)),
        ({"deadline": date(2026, 2, 15)}, date(2026, 2, 15)),  # once at the deadline in any case
        ({"deadline": date(2025, 6, 30)}, date(2026, 4, 1)),  # and after it until it is done
        ({"ending": Ending.TRANSFER}, None),
    ],
)
def test_when_the_first_report_is_due(changes: dict[str, Any], due: date | None) -> None:
    doc = replace(BLANK, **changes)
    assert update_due_on(doc) == due
    if due:
        grace = CALENDAR.add_working_days(due, 5)
        assert not is_update_overdue(doc, today=grace, calendar=CALENDAR)
        assert is_update_overdue(doc, today=grace + timedelta(1), calendar=CALENDAR)
        assert is_update_overdue(doc, today=due + timedelta(1), calendar=CALENDAR, grace=0)
    else:
        assert not is_update_overdue(doc, today=date(2030, 1, 1), calendar=CALENDAR)


def told(value: int, *, state: FigureState = FigureState.FIGURE) -> tuple[ProgressDoc, ...]:
    row = ProgressDoc(reported_on=date(2026, 11, 16), state=state, value=Decimal(value), note="", source="")
    return (row,)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"progress": told(19)}, date(2027, 2, 16)),
        ({"progress": told(0, state=FigureState.NO_DATA)}, date(2027, 2, 16)),  # it was a report
        ({"progress": told(20)}, None),  # reached: nothing is left to report
        ({"progress": told(20), "measure_unit": "%"}, date(2027, 2, 16)),  # it may fall back
        ({"progress": told(20), "measure_unit": "%", "deadline": date(2026, 11, 10)}, None),
        ({"progress": told(19), "deadline": date(2026, 11, 10)}, date(2027, 2, 16)),
        ({"progress": told(19), "deadline": date(2026, 12, 31)}, date(2026, 12, 31)),
    ],
)
def test_when_the_next_report_is_due(changes: dict[str, Any], due: date | None) -> None:
    assert update_due_on(replace(BLANK, **changes)) == due


def test_a_day_that_a_shorter_month_lacks_becomes_its_last() -> None:
    monthly = replace(
        BLANK, frequency=Frequency.MONTHLY, appraised=Appraised(body="", appraised_on=date(2027, 1, 31))
    )
    assert update_due_on(monthly) == date(2027, 2, 28)
