"""The share of the way: exact, undefined where it must be, the same in every measure."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.record.attainment import attainment, clamped

figures = st.decimals(min_value=-10_000, max_value=10_000, places=3)
factors = st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2)


def figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("baseline", "value", "target", "share"),
    [
        ("4", "4", "12", "0"),
        ("4", "8", "12", "0.5"),
        ("4", "12", "12", "1"),
        ("4", "14", "12", "1.25"),
        ("4", "2", "12", "-0.25"),
        ("37", "37", "15", "0"),  # XD-01, down: current/target would say 247%
        ("37", "26", "15", "0.5"),
        ("37", "15", "15", "1"),
        ("37", "4", "15", "1.5"),
        ("37", "48", "15", "-0.5"),
        ("0", "0", "186", "0"),  # zero is a figure
        ("39.0", "43.3", "46.8", "0.5512"),
        ("78.3", "94.999", "95", "0.9999"),  # never said to be reached before it is
        ("0", "-1", "30000", "-0.0001"),
        ("100", "90", "100", None),  # target = baseline: undefined
        (None, "1", "2", None),
        ("1", None, "2", None),
        ("1", "2", None, None),
    ],
)
def test_attainment(baseline: str | None, value: str | None, target: str | None, share: str | None) -> None:
    assert attainment(figure(baseline), figure(value), figure(target)) == figure(share)


@given(figures, figures, figures, factors, figures)
def test_another_measure_gives_the_same_share(
    baseline: Decimal, value: Decimal, target: Decimal, factor: Decimal, shift: Decimal
) -> None:
    """Tỷ đồng or triệu đồng, counted up or down: the way is the same."""
    share = attainment(baseline, value, target)
    assert attainment(*(x * factor + shift for x in (baseline, value, target))) == share
    assert attainment(*(shift - x * factor for x in (baseline, value, target))) == share


@given(figures, figures, figures, figures)
def test_nearer_the_target_is_never_less(
    baseline: Decimal, first: Decimal, second: Decimal, target: Decimal
) -> None:
    assume(baseline != target)
    low, high = sorted((first, second), reverse=target < baseline)
    before, after = attainment(baseline, low, target), attainment(baseline, high, target)
    assert before is not None
    assert after is not None
    assert before <= after


@given(figures, figures, figures)
def test_it_says_one_exactly_when_the_target_is_reached(
    baseline: Decimal, value: Decimal, target: Decimal
) -> None:
    share = attainment(baseline, value, target)
    assume(share is not None)
    is_there = value >= target if target > baseline else value <= target
    assert share is not None
    assert (share >= 1) is is_there


@given(figures)
def test_a_bar_stays_in_its_box(share: Decimal) -> None:
    assert clamped(share) == min(max(share, Decimal(0)), Decimal(1))


def test_the_ends_of_the_way() -> None:
    assert attainment(Decimal(5), Decimal(5), Decimal(9)) == 0
    assert attainment(Decimal(5), Decimal(9), Decimal(9)) == 1
    assert clamped(Decimal("2.47")) == 1
