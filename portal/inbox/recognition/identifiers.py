"""Numbers that point at a person: telephone, citizen's number, bank account.

What a number is follows from its shape and from the nearest word before it that names a kind; an
amount, a file number or a receipt code with the same count of digits is left alone.
"""

from collections.abc import Sequence
from functools import cache

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.numbers import Group, runs, stretches
from portal.inbox.recognition.phrases import Phrases, Unit, lexicon
from portal.inbox.recognition.view import View

_LABEL_REACH = 6  # words
_OTHER = "other"
_PROVINCES = range(1, 97)  # codes that begin a citizen's number: 001 Hà Nội to 096 Cà Mau
_ACCOUNT_LENGTHS = range(8, 20)
_CARD_LENGTH = 16
_DOMESTIC_CARD = "9704"


def find_numbers(seen: View, units: Sequence[Unit]) -> list[Found]:
    """Telephone numbers, citizens' numbers and bank accounts in the text."""
    labels = _Labels(units)
    found: list[Found] = []
    for run in runs(units, seen.chars):
        found.extend(_read(run, labels, seen))
    return found


class _Labels:
    """The words of the text that tell what a number is, by the word they end at."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._ends: dict[int, str] = {}
        self._spans: set[int] = set()
        for hit in _label_phrases().find(units):
            self._ends[hit.last - 1] = hit.label

    def before(self, place: int) -> str | None:
        """The nearest label before the word at ``place``; another number in between ends the search."""
        for at in range(place - 1, max(-1, place - 1 - _LABEL_REACH), -1):
            if at in self._ends and self._ends[at] != "offices":
                return self._ends[at]
            if len(self._units[at].token.typed) > 5 and self._units[at].token.typed.isdecimal():
                return None
        return None

    def after(self, place: int) -> str | None:
        """A label among the two words after the number that ends at ``place``."""
        ends = (self._ends.get(at) for at in (place + 1, place + 2))
        return next((label for label in ends if label), None)

    def is_of_an_office(self, place: int) -> bool:
        """Whether an office is named just before, so a fixed line is public."""
        near = range(max(0, place - _LABEL_REACH), place)
        return any(self._ends.get(at) == "offices" for at in near)

    def counts_something(self, place: int) -> bool:
        """Whether the word after the number at ``place`` makes it an amount."""
        return place + 1 < len(self._units) and self._units[place + 1].word in _amounts()


def _read(run: Sequence[Group], labels: _Labels, seen: View) -> list[Found]:
    """The numbers in a run: the shortest telephone number, the longest of another kind at each place."""
    best: dict[int, tuple[int, Kind]] = {}
    for first, last, digits in stretches(run):
        kind = _kind(digits, labels, run[first], run[last])
        if kind and (first not in best or kind is not Kind.PHONE):
            best[first] = (last, kind)
    found: list[Found] = []
    taken = -1
    for first, (last, kind) in sorted(best.items()):
        if first > taken:
            found.append(Found(*seen.span(_open(run[first], seen), run[last].end), kind))
            taken = last
    return found


def _open(group: Group, seen: View) -> int:
    """Where the number begins, its plus sign and bracket included: (+84) 95..."""
    start = group.start
    for _ in range(2):
        if start and seen.chars[start - 1] in "+(":
            start -= 1
    return start


def _kind(digits: str, labels: _Labels, first: Group, last: Group) -> Kind | None:
    label = labels.before(first.unit)
    if label == _OTHER or (label is None and _is_amount(digits, labels, last)):
        return None
    shape = _shape(digits)
    if label is None and shape is None:
        label = labels.after(last.unit)
    if label == Kind.BANK_ACCOUNT and len(digits) in _ACCOUNT_LENGTHS:
        return Kind.BANK_ACCOUNT
    if label == Kind.CITIZEN_ID and len(digits) in (9, 12):
        return Kind.CITIZEN_ID
    if label == Kind.PHONE and len(digits) == 9 and digits[0] in "35789":
        return Kind.PHONE
    return None if _is_landline(digits) and labels.is_of_an_office(first.unit) else shape


def _is_amount(digits: str, labels: _Labels, last: Group) -> bool:
    return labels.counts_something(last.unit) and (len(digits) == 9 or digits[0] != "0")


def _shape(digits: str) -> Kind | None:
    """What a number is by its figures alone."""
    if _is_mobile(digits) or _is_landline(digits):
        return Kind.PHONE
    if _is_citizen_number(digits):
        return Kind.CITIZEN_ID
    is_card = len(digits) == _CARD_LENGTH and (digits.startswith(_DOMESTIC_CARD) or _adds_up(digits))
    return Kind.BANK_ACCOUNT if is_card or (len(digits) == 19 and digits.startswith(_DOMESTIC_CARD)) else None


def _local(digits: str) -> str:
    """A telephone number with 0 for the country code."""
    for code in ("0084", "84"):
        if digits.startswith(code) and len(digits) - len(code) in (9, 10):
            return "0" + digits[len(code) :].removeprefix("0")
    return digits


def _is_mobile(digits: str) -> bool:
    """Ten figures from 03, 05, 07, 08, 09; or eleven as before 2018, which people still write."""
    local = _local(digits)
    is_old = len(local) == 11 and local[:2] == "01" and local[2] in "2689"
    return is_old or (len(local) == 10 and local[0] == "0" and local[1] in "35789")


def _is_landline(digits: str) -> bool:
    """Eleven figures from 02; or from 0320, Hải Dương before 2017."""
    local = _local(digits)
    return len(local) == 11 and local.startswith(("02", "0320"))


def _is_citizen_number(digits: str) -> bool:
    """Twelve figures: a province, sex and century (0 to 3), the year of birth, six more."""
    return len(digits) == 12 and int(digits[:3]) in _PROVINCES and digits[3] in "0123"


def _adds_up(digits: str) -> bool:
    """The check sum of bank cards (ISO/IEC 7812, Luhn)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return digits[0] in "3456" and sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


@cache
def _label_phrases() -> Phrases:
    stored = lexicon("numbers")
    return Phrases({**stored["labels"], "offices": stored["offices"]})


@cache
def _amounts() -> frozenset[str]:
    return frozenset(lexicon("numbers")["amounts"])
