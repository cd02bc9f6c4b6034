"""What becomes of each commitment when a post passes on: the whole space of decisions."""

import itertools
from datetime import date, timedelta

import pytest

from portal.kernel.policy import Refusal
from portal.office.movement import rules
from portal.office.movement.rules import ENDINGS, Decided, Move
from portal.record.terms import Fate

TODAY = date(2026, 11, 24)
SPACE = [
    Decided(ref="a", fate=fate, has_reason=r, has_successor=s, has_target=t, is_restated=b, has_note=n)
    for fate in (None, *Fate)
    for r, s, t, b, n in itertools.product((False, True), repeat=5)
]


def test_every_move_has_its_ending() -> None:
    assert set(ENDINGS) == set(Move)


def test_every_decision_is_listed_or_refused() -> None:
    allowed = [item for item in SPACE if rules.refusal_to_decide(item) is None]
    for item in allowed:
        match item.fate:
            case Fate.ENDED:
                assert item.has_reason
            case Fate.CARRIED | Fate.MERGED:
                assert item.has_successor
                assert item.has_note or not item.is_restated
                assert item.has_target or item.fate is Fate.CARRIED
    assert {item.fate for item in allowed} == set(Fate)
    assert len(allowed) == 16 + 12 + 6


@pytest.mark.parametrize(
    ("item", "refusal"),
    [
        (Decided(ref="a"), Refusal.NOT_ALL_DECIDED),
        (Decided(ref="a", fate=Fate.ENDED), Refusal.NO_REASON),
        (Decided(ref="a", fate=Fate.CARRIED), Refusal.NO_SUCCESSOR),
        (Decided(ref="a", fate=Fate.MERGED, has_successor=True), Refusal.NO_MERGE_TARGET),
        (Decided(ref="a", fate=Fate.CARRIED, has_successor=True, is_restated=True), Refusal.NOT_RESTATED),
    ],
)
def test_each_refusal_says_what_is_missing(item: Decided, refusal: Refusal) -> None:
    assert rules.refusal_to_decide(item) is refusal


def test_a_programme_ends_once_everything_is_decided_and_accepted() -> None:
    ended, open_ = Decided(ref="a", fate=Fate.ENDED), Decided(ref="b")
    carried = Decided(ref="c", fate=Fate.CARRIED)
    accepted = Decided(ref="c", fate=Fate.CARRIED, is_accepted=True)
    later = TODAY + timedelta(days=1)
    assert rules.refusal_to_end([ended, accepted], TODAY, today=TODAY) is None
    assert rules.refusal_to_end([ended], later, today=TODAY) == (Refusal.MOVES_IN_FUTURE, ())
    assert rules.refusal_to_end([ended, open_], TODAY, today=TODAY) == (Refusal.NOT_ALL_DECIDED, ("b",))
    assert rules.refusal_to_end([ended, carried], TODAY, today=TODAY) == (Refusal.NOT_TAKEN_OVER, ("c",))


@pytest.mark.parametrize(("days", "soon"), [(91, False), (90, True), (0, True), (-1, False)])
def test_the_report_is_due_ninety_days_before(days: int, soon: bool) -> None:
    assert rules.ends_soon(TODAY + timedelta(days=days), notice_days=90, today=TODAY) is soon
