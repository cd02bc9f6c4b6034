"""Two typings of one slip: they must say the same, but for spaces and capitals of what is no text."""

from collections.abc import Mapping
from enum import StrEnum

FIELDS = ("commitment", "rating", "relation", "kind", "shown_as", "quarter", "letter", "words")
_TEXTS = {"words"}


class Typing(StrEnum):
    """Who types a slip the second time, and why; the audit says which it was."""

    ANOTHER = "another_officer"
    ONLY_ONE = "only_one_officer"  # nobody else at that counter
    ONE_IS_ENOUGH = "one_by_setting"


def typing_of(others: int, *, wants_two: bool) -> Typing:
    """How slips are typed where ``others`` officers do the same work; ``wants_two``: the setting."""
    if not wants_two:
        return Typing.ONE_IS_ENOUGH
    return Typing.ANOTHER if others else Typing.ONLY_ONE


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """The fields in which two typings differ, in the order of the form."""
    return tuple(name for name in FIELDS if _plain(name, first) != _plain(name, second))


def _plain(name: str, typed: Mapping[str, str]) -> str:
    value = " ".join(typed.get(name, "").split())
    return value if name in _TEXTS else value.casefold()
