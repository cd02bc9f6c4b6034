"""What is true of officers' accounts: how far one has come in, and that no unit is left without a manager."""

from collections.abc import Iterable
from enum import StrEnum


class Standing(StrEnum):
    """How an account stands."""

    WORKING = "working"
    INVITED = "invited"  # no password yet, a link waits
    NOT_INVITED = "not_invited"  # no password, and no link that still opens
    NO_DEVICE = "no_device"  # a password, no second factor yet, or none any more
    SUSPENDED = "suspended"


def standing_of(
    *, is_active: bool, has_password: bool, has_second_factor: bool, is_invited: bool
) -> Standing:
    """How the account stands, the gravest first."""
    if not is_active:
        return Standing.SUSPENDED
    if not has_password:
        return Standing.INVITED if is_invited else Standing.NOT_INVITED
    return Standing.WORKING if has_second_factor else Standing.NO_DEVICE


def leaves_nobody(lines: Iterable[frozenset[int]], remaining: frozenset[int]) -> bool:
    """Whether some unit would have no administrator.

    ``lines``: for each unit concerned, it and every unit above it; ``remaining``: where the other
    administrators hold their role.
    """
    return any(not line & remaining for line in lines)
