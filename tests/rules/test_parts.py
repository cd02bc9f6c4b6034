"""Numbers that were typed: what a database holds, or nothing."""

import pytest

from portal.doors.parts import LARGEST, number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("17", 17),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5000, None),
        ("²", None),  # a digit to `str.isdigit`, and no number to `int`
        ("-1", None),
        ("1_0", None),
        (" 1", None),
        ("", None),
    ],
)
def test_a_typed_number(typed: str, number: int | None) -> None:
    assert number_in(typed) == number
