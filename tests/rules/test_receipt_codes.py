"""Receipt codes and feedback periods: readable over the phone, one quarter a period."""

from datetime import date, timedelta

import pytest

from portal.inbox.feedback.codes import code_digest, new_code, tidy_code
from portal.inbox.feedback.periods import period_called, period_of
from portal.kernel.ids import Ids, seeded

TODAY = date(2026, 11, 23)


def test_a_code_reads_as_printed_and_never_twice_the_same() -> None:
    ids = Ids(seeded("receipts"))
    codes = {new_code(ids, TODAY) for _ in range(2_000)}
    assert len(codes) == 2_000
    assert all(tidy_code(code) == code for code in codes)
    assert all(code.startswith("GY.20261123.") for code in codes)


@pytest.mark.parametrize(
    "typed",
    [
        "gy.20261123.7kq2-m4tx-9bh",
        "GY 20261123 7KQ2M4TX9BH",
        "GY.20261123.7KQ2–M4TX–9BH",
        "gy202611237kq2m4tx9bh",
    ],
)
def test_however_it_is_typed_it_is_the_same_code(typed: str) -> None:
    assert tidy_code(typed) == "GY.20261123.7KQ2-M4TX-9BH"


def test_letters_that_look_like_digits_are_those_digits() -> None:
    assert tidy_code("GY.20261123.OIL2-M4TX-9BH") == "GY.20261123.0112-M4TX-9BH"


@pytest.mark.parametrize(
    "typed", ["", "GY", "GY.20261123.7KQ2-M4TX-9B", "GY.20261123.7KQ2-M4TX-9BHH", "XX.20261123.7KQ2-M4TX-9BU"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert tidy_code(typed) is None


def test_u_is_in_no_code() -> None:
    assert tidy_code("GY.20261123.7KQ2-M4TX-9BU") is None


def test_the_digest_needs_the_secret() -> None:
    assert code_digest(b"a" * 32, "GY") != code_digest(b"b" * 32, "GY")


def test_every_day_lies_in_exactly_one_period_and_periods_follow_each_other() -> None:
    today = date(2025, 12, 1)
    while today < date(2028, 2, 1):
        period = period_of(today)
        assert period.first <= today <= period.last
        assert period_called(period.code) == period
        assert period_of(period.last + timedelta(days=1)).first == period.last + timedelta(days=1)
        today += timedelta(days=1)


@pytest.mark.parametrize("code", ["2026", "2026-Q5", "2026-Q0", "26-q1", "2026-Q1 "])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"period|month|int|year"):
        period_called(code)
