"""What became of the sample commitments in a period, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from commitment_cases import cause, day, period, reports, sample

from portal.kernel.calendar import vietnam
from portal.record.documents import Direction, Ending, MilestoneDoc
from portal.record.evaluation.outcome import Due as D
from portal.record.evaluation.outcome import Outcome as O
from portal.record.evaluation.outcome import Verdict, covers, judge


def judged(code: str, when: str, told: str, known_on: str = "", **changes: Any) -> Verdict:
    """The sample in the period, frozen on its last day unless ``known_on`` says later."""
    seen = period(when)
    known = day(known_on) if known_on else seen.last
    return judge(sample(code, progress=reports(told), **changes), seen, known_on=known, calendar=vietnam())


ENDED = {"ending": Ending.TRANSFER, "ended_on": date(2026, 11, 1)}
KEEP = {"direction": Direction.KEEP, "baseline": Decimal(100), "target": Decimal(100)}
SAME = {"baseline": Decimal(22), "target": Decimal(22)}

CASES: list[tuple[str, str, str, dict[str, Any], D, O, bool]] = [
    # a count to raise: due on 31/12/2026
    ("AS-02", "2026-Q4", "", {}, D.IN_PERIOD, O.BROKEN, False),  # nobody said anything
    ("AS-02", "2026-Q4", "15/12/26 s -", {}, D.IN_PERIOD, O.BROKEN, False),  # no data is not zero, nor done
    ("AS-02", "2026-Q4", "15/12/26 s x", {}, D.IN_PERIOD, O.BROKEN, False),
    ("AS-02", "2026-Q4", "15/12/26 s 0", {}, D.IN_PERIOD, O.BROKEN, False),
    ("AS-02", "2026-Q4", "15/12/26 s 17", {}, D.IN_PERIOD, O.BROKEN, False),
    ("AS-02", "2026-Q4", "15/12/26 s 18", {}, D.IN_PERIOD, O.AWAITING, False),
    ("AS-02", "2026-Q4", "15/12/26 c 17, 20/12/26 s 18", {}, D.IN_PERIOD, O.AWAITING, False),
    ("AS-02", "2026-Q4", "15/12/26 c 18", {}, D.IN_PERIOD, O.EARLY, False),
    ("AS-02", "2026-Q4", "31/12/26 c 18", {}, D.IN_PERIOD, O.ON_TIME, False),
    ("AS-02", "2026-Q4", "15/12/26 c 19", {}, D.IN_PERIOD, O.EARLY, True),
    ("AS-02", "2026-Q4", "31/12/26 c 19", {}, D.IN_PERIOD, O.ON_TIME, True),
    ("AS-02", "2026-Q4", "1/1/27 c 18", {}, D.IN_PERIOD, O.BROKEN, False),  # reported after the period
    ("AS-02", "2026-Q4", "15/12/26 c 18, 20/12/26 s 17", {}, D.IN_PERIOD, O.BROKEN, False),  # lost again
    ("AS-02", "2026-Q3", "15/9/26 s 9", {}, D.NOT_DUE, O.RUNNING, False),
    ("AS-02", "2026-Q3", "15/9/26 c 18", {}, D.COMPLETED_EARLY, O.EARLY, False),
    ("AS-02", "2026-Q4", "15/9/26 c 18", {}, D.IN_PERIOD, O.EARLY, False),
    ("AS-02", "2027-Q1", "15/12/26 c 18", {}, D.NOT_DUE, O.EARLY, False),  # counted before
    ("AS-02", "2027-Q1", "15/12/26 c 17", {}, D.CARRIED, O.BROKEN, False),
    ("AS-02", "2027-Q1", "5/1/27 c 18", {}, D.CARRIED, O.LATE, False),
    ("AS-02", "2027-Q1", "5/1/27 s 18", {}, D.CARRIED, O.AWAITING, False),
    ("AS-02", "2027-Q2", "5/1/27 c 18", {}, D.NOT_DUE, O.LATE, False),
    ("AS-02", "2026", "31/12/26 c 18", {}, D.IN_PERIOD, O.ON_TIME, False),
    ("AS-02", "2026-H2", "15/12/26 c 18", {}, D.IN_PERIOD, O.EARLY, False),
    # a figure to bring down counts up within its year: nothing is concluded before the deadline
    ("XD-01", "2026-Q3", "30/9/26 c 9", {}, D.NOT_DUE, O.RUNNING, False),
    ("XD-01", "2026-Q4", "31/12/26 c 15", {}, D.IN_PERIOD, O.ON_TIME, False),
    ("XD-01", "2026-Q4", "30/11/26 c 13", {}, D.IN_PERIOD, O.ON_TIME, True),  # settled at the end
    ("XD-01", "2026-Q4", "31/12/26 c 16", {}, D.IN_PERIOD, O.BROKEN, False),
    ("XD-01", "2026-Q4", "31/12/26 c 40", {}, D.IN_PERIOD, O.BROKEN, False),  # worse than the baseline
    ("XD-01", "2026-Q4", "31/12/26 s 14", {}, D.IN_PERIOD, O.AWAITING, False),
    ("NS-02", "2026-Q4", "31/12/26 c 3.0", {}, D.IN_PERIOD, O.ON_TIME, False),
    ("NS-02", "2026-Q4", "31/12/26 c 3.1", {}, D.IN_PERIOD, O.BROKEN, False),
    ("XD-03", "2026-Q4", "31/12/26 c 7.5", {}, D.IN_PERIOD, O.ON_TIME, True),
    ("AS-01", "2027", "31/12/27 c 20", {}, D.IN_PERIOD, O.ON_TIME, False),
    # a share of a hundred per cent may fall back until its deadline
    ("CC-01", "2026-Q3", "30/9/26 c 99.4", {}, D.NOT_DUE, O.RUNNING, False),
    ("CC-01", "2026-Q4", "30/11/26 c 99.4", {}, D.IN_PERIOD, O.ON_TIME, True),
    ("CC-01", "2026-Q4", "30/11/26 c 99.4, 31/12/26 c 98.9", {}, D.IN_PERIOD, O.BROKEN, False),
    ("XDD-03", "2026-Q4", "31/12/26 c 100", {}, D.IN_PERIOD, O.ON_TIME, False),
    # figures to keep, and a baseline that is the target already
    ("XDD-03", "2026-Q3", "30/9/26 c 100", KEEP, D.NOT_DUE, O.RUNNING, False),
    ("XDD-03", "2026-Q4", "31/12/26 c 100", KEEP, D.IN_PERIOD, O.ON_TIME, False),
    ("XDD-03", "2026-Q4", "31/12/26 c 99", KEEP, D.IN_PERIOD, O.BROKEN, False),
    ("XDD-03", "2026-Q4", "", KEEP, D.IN_PERIOD, O.BROKEN, False),
    ("XD-02", "2027-Q2", "30/6/27 c 22", SAME, D.IN_PERIOD, O.ON_TIME, False),
    ("XD-02", "2027-Q2", "30/6/27 c 21", SAME, D.IN_PERIOD, O.BROKEN, False),
    # a product is there or not
    ("QH-01", "2027-Q3", "15/9/27 c 1", {}, D.IN_PERIOD, O.EARLY, False),
    ("QH-01", "2027-Q3", "30/9/27 c 1", {}, D.IN_PERIOD, O.ON_TIME, False),
    ("QH-01", "2027-Q3", "30/9/27 c 0", {}, D.IN_PERIOD, O.BROKEN, False),
    ("QH-01", "2027-Q3", "30/9/27 s 1", {}, D.IN_PERIOD, O.AWAITING, False),
    ("QH-01", "2027-Q2", "30/6/27 s 0", {}, D.NOT_DUE, O.RUNNING, False),
    ("QH-01", "2027-Q2", "20/5/27 c 1", {}, D.COMPLETED_EARLY, O.EARLY, False),
    ("QH-01", "2027-Q4", "4/10/27 c 1", {}, D.CARRIED, O.LATE, False),
    # the year's budget closes on 31 January (a Sunday in 2027: the Monday after), not on 31 December
    ("DT-01", "2026-Q4", "31/12/26 c 80", {}, D.NOT_DUE, O.RUNNING, False),
    ("DT-01", "2026", "31/12/26 c 80", {}, D.CLOSING, O.RUNNING, False),  # frozen too early
    ("DT-01", "2026", "30/1/27 c 95 @10/2/27", {}, D.CLOSING, O.ON_TIME, False),
    ("DT-01", "2026", "31/1/27 c 96.1 @10/2/27", {}, D.CLOSING, O.ON_TIME, True),
    ("DT-01", "2026", "31/1/27 c 94.9 @10/2/27", {}, D.CLOSING, O.BROKEN, False),
    ("DT-01", "2026", "30/1/27 c 95 @31/1/27", {}, D.CLOSING, O.RUNNING, False),  # the Monday is not over
    ("DT-01", "2027-Q1", "31/1/27 c 94.9", {}, D.IN_PERIOD, O.BROKEN, False),
    ("DT-01", "2027-Q1", "5/3/27 c 95", {}, D.IN_PERIOD, O.LATE, False),
    ("DT-01", "2027", "31/1/27 c 95", {}, D.NOT_DUE, O.ON_TIME, False),  # counted for 2026
    ("DT-01", "2027", "5/3/27 c 95", {}, D.CARRIED, O.LATE, False),
    ("DT-01", "2026", "31/1/27 c 96 @10/2/27", {"deadline": date(2026, 12, 31)},
     D.IN_PERIOD, O.BROKEN, False),
    # a deadline on a day off ends with the next working day
    ("XD-02", "2026-Q4", "", {"deadline": date(2027, 1, 2)}, D.NOT_DUE, O.RUNNING, False),
    ("XD-02", "25/9/27-26/9/27", "", {"deadline": date(2027, 9, 26)}, D.IN_PERIOD, O.RUNNING, False),
    ("XD-02", "25/9/27-27/9/27", "", {"deadline": date(2027, 9, 26)}, D.IN_PERIOD, O.BROKEN, False),
    ("XD-02", "27/9/27-30/9/27", "27/9/27 c 22", {"deadline": date(2027, 9, 26)},
     D.CARRIED, O.ON_TIME, False),
    # the first promise stays visible, the deadline in force decides
    ("AS-02", "2026-Q4", "", {"deadline": date(2027, 6, 30)}, D.NOT_DUE, O.RUNNING, False),
    # ended by transfer: not a failure; but what was overdue before stays overdue
    ("AS-02", "2026-Q4", "", ENDED, D.IN_PERIOD, O.ENDED, False),
    ("AS-02", "2026-Q4", "", {**ENDED, "deadline": date(2026, 10, 1)}, D.IN_PERIOD, O.BROKEN, False),
    ("AS-02", "2027-Q1", "", ENDED, D.NOT_DUE, O.ENDED, False),
    # a confirmed cause stands beside the lateness and does not take it away; before the deadline it pauses
    ("AS-02", "2026-Q4", "", {"causes": (cause("1/12/26"),)}, D.IN_PERIOD, O.BROKEN, False),
    ("XD-02", "2026-Q4", "", {"causes": (cause("1/12/26"),)}, D.NOT_DUE, O.RUNNING, False),
    # a missed step makes nothing broken
    ("XD-02", "2026-Q4", "", {"milestones": (MilestoneDoc(title="m", due_on=date(2026, 9, 1)),)},
     D.NOT_DUE, O.RUNNING, False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "when", "told", "changes", "due", "outcome", "beyond"), CASES)
def test_a_commitment_in_a_period(
    code: str, when: str, told: str, changes: dict[str, Any], due: D, outcome: O, beyond: bool
) -> None:
    told, _, known_on = told.partition(" @")
    found = judged(code, when, told, known_on, **changes)
    assert (found.due, found.outcome, found.beyond) == (due, outcome, beyond)


def test_the_table_is_as_long_as_asked() -> None:
    assert len(CASES) >= 60
    assert {case[4] for case in CASES} == set(D)
    assert {case[5] for case in CASES} == set(O)


def test_direction_times_data_times_deadline_is_one_outcome_each() -> None:
    """Every direction with every state of the data on every side of the deadline: known, and never two."""
    told = {
        "nothing": "", "no data": "1/12/26 s -", "not connected": "1/12/26 s x", "zero": "1/12/26 c 0",
        "said": "1/12/26 s {}", "sure": "1/12/26 c {}",
    }  # fmt: skip
    codes = {
        Direction.UP: "AS-02",
        Direction.DOWN: "XD-01",
        Direction.DONE: "QH-01",
        Direction.KEEP: "XDD-03",
    }
    seen = set()
    for direction, (name, text), when in product(codes, told.items(), ("2026-Q3", "2026-Q4", "2027-Q1")):
        changes: dict[str, Any] = {"direction": direction, "deadline": date(2026, 12, 31)}
        if direction is Direction.KEEP:
            changes |= KEEP
        doc = sample(codes[direction], **changes)
        found = judge(
            replace(doc, progress=reports(text.format(doc.target))),
            period(when), known_on=period(when).last, calendar=vietnam(),
        )  # fmt: skip
        seen.add((direction, name, found.outcome))
        if when == "2026-Q3":
            assert found.outcome is O.RUNNING
        elif name == "sure":
            assert found.outcome in (O.EARLY, O.ON_TIME)
        elif name == "said":
            assert found.outcome is O.AWAITING
        elif (name, direction) != ("zero", Direction.DOWN):  # no violation at all is what was promised
            assert found.outcome is O.BROKEN
    assert len(seen) > 30


def test_both_layers_stand_side_by_side() -> None:
    found = judged("AS-02", "2026-Q4", "30/11/26 c 9, 15/12/26 s 15")
    assert found.self_reported is not None
    assert found.confirmed is not None
    assert (found.self_reported.value, found.self_share) == (15, Decimal("0.8"))
    assert (found.confirmed.value, found.confirmed_share) == (9, Decimal("0.4"))
    assert judged("AS-02", "2026-Q4", "15/12/26 s 15").confirmed is None
    assert judged("XD-02", "2027-Q2", "30/6/27 c 22", **SAME).confirmed_share is None  # undefined, not zero


def test_lateness_is_told_against_both_deadlines() -> None:
    moved = {"deadline": date(2026, 12, 25), "first_deadline": date(2026, 12, 18)}
    found = judged("AS-02", "2026-Q4", "29/12/26 c 18", **moved)
    assert (found.outcome, found.days_late, found.days_late_against_first) == (O.LATE, 2, 7)


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [("1/12/26", "", True), ("1/12/26", "31/12/26", True), ("31/12/26", "5/1/27", True),
     ("1/12/26", "30/12/26", False), ("1/1/27", "", False)],
)  # fmt: skip
def test_a_cause_excuses_only_the_deadline_it_covers(first: str, last: str, covered: bool) -> None:
    assert covers(cause(first, last), date(2026, 12, 31)) is covered
    assert judged("AS-02", "2026-Q4", "", causes=(cause(first, last),)).excused is covered
