"""How an account stands, and that no unit is left without somebody who administers it."""

from itertools import product

import pytest

from portal.office.accounts.rules import Standing, leaves_nobody, standing_of

F, T = False, True


@pytest.mark.parametrize(
    ("is_active", "has_password", "has_second_factor", "is_invited", "standing"),
    [
        (T, T, T, F, Standing.WORKING),
        (T, T, T, T, Standing.WORKING),
        (T, T, F, F, Standing.NO_DEVICE),
        (T, F, F, T, Standing.INVITED),
        (T, F, F, F, Standing.NOT_INVITED),
        (F, T, T, F, Standing.SUSPENDED),
    ],
)
def test_how_an_account_stands(
    is_active: bool, has_password: bool, has_second_factor: bool, is_invited: bool, standing: Standing
) -> None:
    found = standing_of(
        is_active=is_active,
        has_password=has_password,
        has_second_factor=has_second_factor,
        is_invited=is_invited,
    )
    assert found is standing


def test_a_closed_account_is_suspended_whatever_else_it_has() -> None:
    for password, factor, link in product((F, T), repeat=3):
        found = standing_of(is_active=False, has_password=password, has_second_factor=factor, is_invited=link)
        assert found is Standing.SUSPENDED


@pytest.mark.parametrize(
    ("lines", "remaining", "nobody"),
    [
        ([], set(), False),
        ([{2, 1}], {1}, False),  # the city's administrator stands for its ward
        ([{2, 1}], {2}, False),
        ([{2, 1}], {3}, True),  # another ward's does not
        ([{2, 1}, {3, 1}], {2}, True),
        ([{1}], {2}, True),  # nor a ward's for the city
    ],
)
def test_somebody_is_left(lines: list[set[int]], remaining: set[int], nobody: bool) -> None:
    assert leaves_nobody(map(frozenset, lines), frozenset(remaining)) is nobody
