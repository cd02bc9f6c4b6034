"""Where the sample commitments stand, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from commitment_cases import CONFIRMED, day, reports, sample

from portal.kernel.calendar import vietnam
from portal.record.documents import (
    CauseDoc,
    CommitmentDoc,
    Ending,
    MilestoneDoc,
)
from portal.record.standing import Layer, Standing, overall, standing
from portal.record.standing import StandingKey as K


def stand(doc: CommitmentDoc, today: str) -> Standing:
    return overall(doc, today=day(today), calendar=vietnam())


CASES: list[tuple[str, str, str, K, int]] = [
    # nothing reported yet, zero, no data and not connected are four things
    ("TN-01", "", "1/8/26", K.NOT_DUE, 0),
    ("TN-01", "", "2/8/26", K.NO_DATA, 0),
    ("TN-01", "1/8/26 s 0", "2/8/26", K.ON_TRACK, 0),
    ("TN-01", "1/10/26 s 0", "2/10/26", K.BEHIND, 0),
    ("TN-01", "1/8/26 s -", "1/8/26", K.NO_DATA, 0),
    ("TN-01", "1/8/26 s x", "1/8/26", K.NOT_CONNECTED, 0),
    ("TN-01", "1/8/26 c x, 1/9/26 s -", "2/9/26", K.NO_DATA, 0),
    ("TN-01", "1/8/26 s 16, 1/9/26 s x", "2/9/26", K.ON_TRACK, 0),
    ("TN-01", "", "1/7/27", K.OVERDUE, 1),
    ("TN-01", "1/6/27 s x", "1/7/27", K.OVERDUE, 1),
    ("AS-01", "", "1/7/27", K.NOT_DUE, 0),  # yearly, from the appraisal
    ("AS-01", "", "2/7/27", K.NO_DATA, 0),
    ("QH-04", "", "1/10/26", K.NOT_DUE, 0),  # quarterly
    ("QH-04", "", "2/10/26", K.NO_DATA, 0),
    # along the straight line, at the date of the figure
    ("QH-04", "30/9/26 c 4.1, 15/11/26 s 5.9", "24/11/26", K.ON_TRACK, 0),
    ("QH-03", "30/9/26 s 6", "15/11/26", K.ON_TRACK, 0),  # 25% of the way in 25% of the time
    ("QH-03", "30/9/26 s 5.3", "15/11/26", K.ON_TRACK, 0),  # within the tolerance
    ("QH-03", "30/9/26 s 5.2", "15/11/26", K.BEHIND, 0),
    ("QH-03", "30/9/26 s 6", "7/1/27", K.ON_TRACK, 0),  # the next report may still come
    ("QH-03", "30/9/26 s 6", "8/1/27", K.BEHIND, 0),  # silence is no progress
    ("QH-03", "30/9/26 s 6, 31/12/26 s -, 31/3/27 s -", "1/4/27", K.BEHIND, 0),
    ("QH-03", "30/9/26 s 3", "15/11/26", K.BEHIND, 0),  # worse than at the start
    ("NS-01", "30/9/26 c 41.3, 15/11/26 s 43.3", "24/11/26", K.ON_TRACK, 0),
    ("NS-01", "15/11/26 s 41", "24/11/26", K.BEHIND, 0),
    ("DT-02", "15/11/26 s 4.5", "24/11/26", K.BEHIND, 0),
    ("AS-04", "15/11/26 s 6.7", "24/11/26", K.ON_TRACK, 0),
    ("XDD-02", "30/9/26 c 0.8, 15/11/26 s 1.4", "24/11/26", K.BEHIND, 0),
    # downwards: 37 violations against a target of 15 are the start, not 247%
    ("XD-01", "31/7/26 s 37", "1/8/26", K.BEHIND, 0),
    ("XD-01", "30/9/26 c 21", "1/10/26", K.ON_TRACK, 0),
    ("XD-01", "15/11/26 s 24.9", "24/11/26", K.BEHIND, 0),
    ("XD-01", "30/11/26 c 15", "1/12/26", K.ON_TRACK, 0),  # may rise again: not done yet
    ("XD-01", "30/11/26 c 15", "30/12/26", K.ON_TRACK, 0),
    ("XD-01", "30/11/26 c 15", "31/12/26", K.DONE_ON_TIME, 0),
    ("XD-01", "31/12/26 c 14", "31/12/26", K.EXCEEDED, 0),
    ("XD-01", "31/12/26 s 14", "31/12/26", K.AWAITING, 0),
    ("XD-01", "30/9/26 c 10, 15/12/26 s 17", "31/12/26", K.ON_TRACK, 0),
    ("XD-01", "30/9/26 c 10, 15/12/26 s 17", "3/1/27", K.ON_TRACK, 0),  # a holiday and a weekend
    ("XD-01", "30/9/26 c 10, 15/12/26 s 17", "4/1/27", K.OVERDUE, 1),
    ("XD-03", "31/12/26 c 8", "1/1/27", K.DONE_ON_TIME, 0),
    ("XD-03", "31/12/26 c 8.1", "5/1/27", K.OVERDUE, 2),
    ("XD-03", "31/12/26 c 8.1, 5/1/27 c 8", "6/1/27", K.DONE_LATE, 2),
    ("NS-02", "15/12/26 c 3.0", "30/12/26", K.ON_TRACK, 0),
    ("NS-02", "15/12/26 c 3.0", "31/12/26", K.DONE_ON_TIME, 0),
    ("AS-01", "31/12/26 c 39.8", "15/1/27", K.ON_TRACK, 0),
    # shares do not turn green before the period ends, and are judged by its end
    ("CC-01", "15/11/26 c 99.2", "24/11/26", K.ON_TRACK, 0),
    ("CC-01", "31/12/26 c 99", "31/12/26", K.DONE_ON_TIME, 0),
    ("CC-01", "31/12/26 c 99, 28/2/27 c 96", "1/3/27", K.DONE_ON_TIME, 0),
    ("QH-02", "31/12/26 c 100", "4/1/27", K.DONE_ON_TIME, 0),
    ("QH-02", "31/12/26 s 100", "4/1/27", K.AWAITING, 1),  # the clock runs until it is confirmed
    ("QH-02", "31/12/26 c 99.9", "4/1/27", K.OVERDUE, 1),
    # DT-01 closes on 31/01/2027, a Sunday, not at the end of 2026
    ("DT-01", "30/9/26 c 83.3, 15/11/26 s 87.5", "24/11/26", K.BEHIND, 0),
    ("DT-01", "31/12/26 c 94.9", "4/1/27", K.ON_TRACK, 0),
    ("DT-01", "15/1/27 c 96", "30/1/27", K.ON_TRACK, 0),
    ("DT-01", "15/1/27 c 95", "31/1/27", K.DONE_ON_TIME, 0),
    ("DT-01", "15/1/27 c 96", "31/1/27", K.EXCEEDED, 0),
    ("DT-01", "15/1/27 s 96", "31/1/27", K.AWAITING, 0),
    ("DT-01", "31/1/27 c 90", "1/2/27", K.BEHIND, 0),  # ends with the next working day
    ("DT-01", "31/1/27 c 90", "2/2/27", K.OVERDUE, 1),
    ("DT-01", "31/1/27 c 90, 1/2/27 c 95", "3/2/27", K.DONE_ON_TIME, 0),
    ("DT-01", "31/1/27 c 90, 2/2/27 c 95", "3/2/27", K.DONE_LATE, 1),
    ("DT-01", "31/1/27 c 90", "12/2/27", K.OVERDUE, 4),  # Tết does not count
    # a product has no percentage in between
    ("QH-01", "", "1/10/26", K.NOT_DUE, 0),
    ("QH-01", "30/9/26 s 0", "1/10/26", K.ON_TRACK, 0),
    ("QH-01", "1/6/27 s 1", "2/6/27", K.AWAITING, 0),
    ("QH-01", "1/6/27 c 1", "2/6/27", K.DONE_EARLY, 0),
    ("QH-01", "30/9/27 c 1", "1/10/27", K.DONE_ON_TIME, 0),
    ("QH-01", "30/9/27 s 1, 5/10/27 c 1", "6/10/27", K.DONE_LATE, 3),
    ("QH-01", "30/9/27 s 0", "5/10/27", K.OVERDUE, 3),
    # counts may be complete early; the first reaching figure counts, unless it is lost again
    ("AS-02", "15/11/26 c 18", "24/11/26", K.DONE_EARLY, 0),
    ("AS-02", "15/11/26 s 18", "24/11/26", K.AWAITING, 0),
    ("AS-02", "15/11/26 c 19", "24/11/26", K.EXCEEDED, 0),
    ("AS-02", "15/11/26 c 18, 20/11/26 s 17", "24/11/26", K.ON_TRACK, 0),
    ("AS-02", "10/11/26 c 18, 12/11/26 s 17, 20/11/26 c 18", "24/11/26", K.DONE_EARLY, 0),
    ("AS-02", "30/12/26 c 17, 4/1/27 c 18", "10/1/27", K.DONE_LATE, 1),
    ("AS-02", "30/12/26 c 17, 4/1/27 c 20", "10/1/27", K.DONE_LATE, 1),  # late, however much
    ("TN-02", "31/3/27 c 41", "1/4/27", K.DONE_ON_TIME, 0),
    ("DT-03", "1/6/27 c 14, 1/12/27 c 15", "2/12/27", K.DONE_EARLY, 0),  # beyond after the period
    ("XD-02", "30/9/27 c 22", "29/9/27", K.OVERDUE, 63),  # a later report is not known yet
]


@pytest.mark.parametrize(("code", "told", "today", "key", "late"), CASES)
def test_where_it_stands(code: str, told: str, today: str, key: K, late: int) -> None:
    seen = stand(sample(code, progress=reports(told)), today)
    assert (seen.key, seen.days_late, seen.days_late_against_first) == (key, late, late)


def test_reached_on_is_the_first_figure_that_was_kept() -> None:
    told = reports("10/11/26 c 18, 12/11/26 s 17, 20/11/26 c 18, 22/11/26 c 18")
    assert stand(sample("AS-02", progress=told), "24/11/26").reached_on == date(2026, 11, 20)
    assert stand(sample("AS-02", progress=told[:1]), "24/11/26").reached_on == date(2026, 11, 10)
    assert stand(sample("AS-02"), "24/11/26").reached_on is None


def test_the_order_in_the_document_does_not_matter() -> None:
    told = reports("10/11/26 c 18, 12/11/26 s 17, 20/11/26 c 18")
    for order in (told, told[::-1], (told[1], told[2], told[0])):
        seen = stand(sample("AS-02", progress=order), "24/11/26")
        assert (seen.key, seen.reached_on) == (K.DONE_EARLY, date(2026, 11, 20))


def test_two_layers_stand_side_by_side() -> None:
    doc = sample("QH-03", progress=reports("30/9/26 c 4.5, 15/11/26 s 8"))
    own, sure = (standing(doc, today=date(2026, 11, 24), calendar=vietnam(), layer=layer) for layer in Layer)
    assert (own.key, own.attained) == (K.ON_TRACK, Decimal("0.5"))
    assert (sure.key, sure.attained) == (K.BEHIND, Decimal("0.0625"))
    assert own.figure is doc.progress[1]
    assert sure.figure is doc.progress[0]
    unconfirmed = replace(doc, progress=doc.progress[1:])
    sure = standing(unconfirmed, today=date(2026, 8, 1), calendar=vietnam(), layer=Layer.CONFIRMED)
    assert sure.key is K.NOT_DUE
    sure = standing(unconfirmed, today=date(2026, 11, 24), calendar=vietnam(), layer=Layer.CONFIRMED)
    assert (sure.key, sure.data, sure.figure) == (K.NO_DATA, None, None)


def test_a_moved_deadline_leaves_the_first_one_visible() -> None:
    told = reports("31/3/27 c 6.5")
    doc = sample("DT-02", deadline=date(2027, 3, 31), progress=told)
    seen = stand(doc, "1/4/27")
    assert (seen.key, seen.days_late, seen.days_late_against_first) == (K.DONE_ON_TIME, 0, 58)
    assert seen.is_late_against_first
    assert seen.is_amended
    assert not stand(sample("DT-02"), "1/12/26").is_amended
    assert stand(sample("DT-02", target=Decimal(5)), "1/12/26").is_amended
    assert not stand(sample("DT-02", progress=told), "1/12/26").is_late_against_first


CAUSE = CauseDoc(text="Mưa lũ", from_on=date(2026, 10, 1), to_on=date(2026, 12, 15), confirmation=CONFIRMED)


def test_a_confirmed_cause_pauses_while_it_lasts_and_never_undoes_lateness() -> None:
    doc = sample("DT-02", causes=(CAUSE,), progress=reports("30/9/26 c 2.1"))
    assert stand(doc, "30/9/26").key is K.BEHIND
    assert stand(doc, "1/10/26").key is K.PAUSED
    assert stand(doc, "15/12/26").key is K.PAUSED
    assert stand(doc, "16/12/26").key is K.BEHIND
    late = replace(doc, causes=(replace(CAUSE, to_on=None),))
    seen = stand(late, "15/1/27")
    assert (seen.key, seen.days_late, seen.cause) == (K.OVERDUE, 10, late.causes[0])
    done = replace(late, progress=reports("1/12/26 c 6.5"))
    assert stand(done, "2/12/26").key is K.DONE_EARLY


@pytest.mark.parametrize("ending", Ending)
def test_a_transfer_is_not_a_failure_and_hides_none(ending: Ending) -> None:
    doc = sample("DT-02", ending=ending, ended_on=date(2026, 12, 1), progress=reports("30/9/26 c 3"))
    assert stand(doc, "30/11/26").key is K.BEHIND
    seen = stand(doc, "1/12/27")
    assert (seen.key, seen.days_late, seen.ending) == (K.ENDED, 0, ending)
    overdue = stand(replace(doc, ended_on=date(2027, 1, 15)), "1/12/27")
    assert (overdue.key, overdue.days_late) == (K.OVERDUE, 10)  # the clock stopped when it ended
    done = replace(doc, progress=reports("30/11/26 c 6.5"))
    assert stand(done, "1/12/27").key is K.DONE_EARLY
    claimed = stand(replace(doc, progress=reports("30/11/26 s 6.5")), "1/12/27")
    assert (claimed.key, claimed.days_late) == (K.AWAITING, 0)
    undated = replace(doc, ended_on=None)
    assert stand(undated, "31/12/26").key is K.ENDED


def test_a_missed_milestone_is_behind() -> None:
    step = MilestoneDoc(title="Trình đồ án", due_on=date(2027, 3, 31))
    doc = sample("QH-01", milestones=(step,), progress=reports("31/3/27 s 0"))
    assert stand(doc, "31/3/27").key is K.ON_TRACK
    assert stand(doc, "1/4/27").key is K.BEHIND
    made = replace(doc, milestones=(replace(step, done_on=date(2027, 4, 5)),))
    assert stand(made, "2/4/27").key is K.BEHIND
    assert stand(made, "5/4/27").key is K.ON_TRACK
