"""Intervals and shares: the published formula, rounded outwards; no precision the numbers do not have."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record.ratings.figures import part_of
from portal.record.ratings.interval import Interval, interval, share
from portal.record.ratings.showing import Range
from portal.record.ratings.terms import Answer

parts_of = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@pytest.mark.parametrize(
    ("n", "x", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: to four decimals
        (263, 81, 0.2553, 0.3662),
        (148, 15, 0.0624, 0.1605),
        (20, 0, 0.0000, 0.1611),
        (29, 1, 0.0061, 0.1718),
    ],
)
def test_against_published_values(n: int, x: int, low: float, high: float) -> None:
    found = interval(n, x)
    assert (found.n, found.low, found.high) == (n, int(low * 100), int(high * 100) + 1)


@given(parts_of)
def test_ends_lie_where_the_observed_share_is_196_deviations_away(part: tuple[int, int]) -> None:
    """The definition: ends p with |x/n - p| = z sqrt(p(1-p)/n); outside them the distance is greater."""
    n, x = part
    found = interval(n, x)
    assert 0 <= found.low <= 100 * x / n <= found.high <= 100

    def away(percent: int) -> float:
        p = percent / 100
        return abs(x / n - p) - 1.959963984540054 * sqrt(p * (1 - p) / n)

    assert away(found.low) > -1e-9
    assert away(found.high) > -1e-9
    assert found.low == 0 or found.low + 1 > 100 * x / n or away(found.low + 1) < 1e-9
    assert found.high == 100 or found.high - 1 < 100 * x / n or away(found.high - 1) < 1e-9


def test_nobody_and_everybody_still_leave_doubt() -> None:
    assert interval(20, 0) == Interval(n=20, low=0, high=17)
    assert interval(20, 20) == Interval(n=20, low=83, high=100)


@pytest.mark.parametrize(("n", "x"), [(0, 0), (5, 6), (5, -1)])
def test_what_is_no_share_is_refused(n: int, x: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        interval(n, x)


@pytest.mark.parametrize(("n", "x"), [(0, 1), (5, 6), (5, -1)])
def test_what_is_no_share_is_not_rounded(n: int, x: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(n, x, k=5)


@pytest.mark.parametrize(
    ("n", "x", "percent"),
    [
        (4, 2, None),
        (0, 0, None),
        (5, 0, 0),
        (5, 5, 100),
        (99, 1, 1),
        (99, 98, 99),
        (30, 20, 65),
        (40, 1, 5),
        (80, 34, 45),  # 42.5: halves go up
        (200, 1, 1),
        (1000, 1, 1),
        (1000, 999, 99),
        (300, 100, 33),
        (100, 47, 47),
    ],
)
def test_shares(n: int, x: int, percent: int | None) -> None:
    assert share(n, x, k=5) == percent


@given(parts_of)
def test_a_share_is_near_and_says_nobody_or_everybody_only_when_true(part: tuple[int, int]) -> None:
    n, x = part
    percent = share(n, x, k=5)
    assert (percent is None) == (n < 5)
    if percent is not None:
        assert abs(percent - 100 * x / n) <= (1 if n >= 100 else 2.5)
        assert (percent in (0, 100)) == (x in (0, n))


def test_a_part_of_too_few_people_is_refused() -> None:
    with pytest.raises(ValueError, match="not shown"):
        part_of(Range(answers=(Answer.UNCLEAR,), least=2, most=2), 4, k=5)


def test_a_range_bears_the_outer_ends() -> None:
    part = part_of(Range(answers=(Answer.DONE_WELL,), least=15, most=20), 20, k=5)
    assert (part.percent_least, part.percent_most) == (75, 100)
    assert (part.low, part.high) == (interval(20, 15).low, 100)
