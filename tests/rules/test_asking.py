"""Whether it has really been done is asked some weeks after it was declared done, and not for ever."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import town

from portal.record.asking import ASKED_FOR, asked_from, is_asked
from portal.record.documents import CommitmentDoc, Ending, FigureState, ProgressDoc

REPORTED = date(2026, 9, 1)


def commitment(value: str | None, ref: str = "ckqh04") -> CommitmentDoc:
    """A commitment of the town with one self-reported figure, if any; its target is 9."""
    doc = next(c for c in town.commitments().values() if c.ref == ref)
    report = ProgressDoc(
        reported_on=REPORTED, state=FigureState.FIGURE, value=Decimal(value or 0), note="", source="Minh họa"
    )
    return replace(doc, progress=(report,) if value else (), evidence=())


DONE = commitment("9")


@pytest.mark.parametrize(
    ("doc", "begins"),
    [
        (DONE, REPORTED + timedelta(weeks=6)),
        (commitment("8"), None),
        (commitment(None), None),
        (replace(DONE, ending=Ending.TRANSFER, ended_on=REPORTED), None),
    ],
)
def test_asked_some_weeks_after_it_was_declared_done(doc: CommitmentDoc, begins: date | None) -> None:
    assert asked_from(doc, today=date(2026, 11, 24), weeks=6) == begins


@pytest.mark.parametrize(
    ("days", "asked"),
    [(-1, False), (0, True), (ASKED_FOR.days - 1, True), (ASKED_FOR.days, False)],
)
def test_it_is_asked_for_a_quarter(days: int, asked: bool) -> None:
    today = REPORTED + timedelta(weeks=6, days=days)
    assert is_asked(DONE, today=today, weeks=6) == asked


def test_what_may_fall_back_is_asked_about_after_its_deadline() -> None:
    """A percentage of 95 by 31 January: nothing is done before that day."""
    doc = commitment("96", "ckdt01")
    assert asked_from(doc, today=date(2026, 12, 24), weeks=6) is None
    assert asked_from(doc, today=date(2027, 2, 24), weeks=6) == doc.deadline + timedelta(weeks=6)
