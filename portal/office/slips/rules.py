"""Two typings of one slip: they must say the same, but for spaces and capitals of what is no text."""

from collections.abc import Mapping

FIELDS = ("commitment", "rating", "relation", "kind", "shown_as", "quarter", "letter", "words")
_TEXTS = {"words"}


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """The fields in which two typings differ, in the order of the form."""
    return tuple(name for name in FIELDS if _plain(name, first) != _plain(name, second))


def _plain(name: str, typed: Mapping[str, str]) -> str:
    value = " ".join(typed.get(name, "").split())
    return value if name in _TEXTS else value.casefold()
