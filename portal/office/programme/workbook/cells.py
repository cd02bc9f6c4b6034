"""What a cell says: text, number, date, ordinal or choice, or the reason why it cannot be read.

Nothing is guessed: a form with two readings ("93.2" as text, a bare number as a date) is a fault.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from portal.office.programme.workbook.choices import meaning_of, offered
from portal.office.programme.workbook.faults import Place
from portal.office.programme.workbook.grid import Content
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.workbook.wording import Reason

T = TypeVar("T")

LONGEST = {Kind.LINE: 500, Kind.LIST: 2_000, Kind.TEXT: 5_000}  # characters
MOST_DIGITS = 15  # what Excel itself keeps of a number
YEARS = range(1945, 2101)

_GROUPED = r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)"
_NUMBER = re.compile(rf"([+\-−]?) ?({_GROUPED})(?:,([0-9]+))? ?%?")
_NUMBER_LIKE = re.compile(r"[+\-−]?[0-9]+(?:[.,][0-9]+)+ ?%?")
_DATE = re.compile(r"([0-9]{1,2}) ?[/.\-] ?([0-9]{1,2}) ?[/.\-] ?([0-9]{4}|[0-9]{2})")
_ORDINAL = re.compile(r"0*([1-9][0-9]{0,5})\.?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a record: its place, its column, and what it holds (None: empty)."""

    place: Place
    column: Column
    content: Content | None


class Unreadable(Exception):
    """A cell whose content has the wrong form; ``detail`` completes the sentence."""

    def __init__(self, reason: Reason, **detail: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def as_text(content: Content, kind: Kind = Kind.LINE) -> str:
    """Text; a number as an officer reads it on screen. Raises Unreadable for dates and over-long text."""
    if isinstance(content.value, date | time | timedelta):
        raise Unreadable(Reason.DATE_IN_TEXT, shown=_shown(content))
    if isinstance(content.value, bool):
        raise Unreadable(Reason.NOT_TEXT)
    text = _plain(content)
    limit = LONGEST.get(kind, LONGEST[Kind.LINE])
    if len(text) > limit:
        raise Unreadable(Reason.TOO_LONG, length=str(len(text)), limit=str(limit))
    return text if kind is not Kind.LINE else " ".join(text.split())


def as_list(content: Content) -> tuple[str, ...]:
    """The labels between ";" or on lines of their own, each once, in order."""
    labels = re.split(r"[;\n]", as_text(content, Kind.LIST))
    return tuple(dict.fromkeys(label.strip() for label in labels if label.strip()))


def as_code(content: Content) -> str:
    """A unit code: text as it stands, a number padded to five digits (Excel drops leading zeros)."""
    code = as_text(content)
    return code if isinstance(content.value, str) else code.zfill(5)


def as_number(content: Content) -> Decimal:
    """An exact decimal: as typed in text, to Excel's 15 digits in a number; 95% is 95."""
    value = content.value
    if isinstance(value, str):
        return _parse_number(value)
    if isinstance(value, date | time | timedelta):
        raise Unreadable(Reason.DATE_IN_NUMBER, shown=_shown(content))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(Reason.NOT_NUMBER, shown=_shown(content))
    return _exact(value, is_percent=content.is_percent)


def as_ordinal(content: Content) -> int:
    """A row number (STT): 1, "1", "01" or "1."."""
    if isinstance(content.value, date | time | timedelta):
        raise Unreadable(Reason.DATE_IN_NUMBER, shown=_shown(content))
    found = _ORDINAL.fullmatch(_shown(content))
    if not found or isinstance(content.value, bool):
        raise Unreadable(Reason.NOT_WHOLE, shown=_shown(content))
    return int(found[1])


def as_date(content: Content) -> date:
    """An Excel date, or day/month/year in text."""
    value = content.value
    if isinstance(value, datetime):
        return _likely(value.date())
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise Unreadable(Reason.NUMBER_IN_DATE, shown=_shown(content))
    found = _DATE.fullmatch(_shown(content))
    if not found:
        raise Unreadable(Reason.NOT_DATE, shown=_shown(content))
    day, month, year = found.groups()
    if len(year) == 2:
        raise Unreadable(Reason.SHORT_YEAR, shown=found[0])
    try:
        return _likely(date(int(year), int(month), int(day)))
    except ValueError:
        raise Unreadable(Reason.NO_SUCH_DAY, shown=found[0]) from None


def as_choice(content: Content, words: Mapping[str, T]) -> T:
    """What the word in the cell means among ``words``."""
    meaning = meaning_of(as_text(content), words)
    if meaning is None:
        choices = ", ".join(offered(words))
        raise Unreadable(Reason.NOT_A_CHOICE, shown=_shown(content), choices=choices)
    return meaning


def _parse_number(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text)
    if not found:
        raise Unreadable(_why_no_number(text), shown=_short(text))
    sign, whole, fraction = found.groups(default="")
    whole = whole.replace(".", "").replace(" ", "")
    if len(whole + fraction) > MOST_DIGITS:
        raise Unreadable(Reason.NUMBER_TOO_LONG)
    digits = f"{whole}.{fraction}" if fraction else whole
    return -Decimal(digits) if sign in ("-", "−") else Decimal(digits)


def _why_no_number(text: str) -> Reason:
    if _NUMBER_LIKE.fullmatch(text):
        return Reason.DECIMAL_POINT
    has_digits, has_words = re.search("[0-9]", text), re.search(r"[^\W\d_]", text)
    return Reason.NUMBER_WITH_WORDS if has_digits and has_words else Reason.NOT_NUMBER


def _exact(value: int | float, *, is_percent: bool) -> Decimal:
    if not abs(value) < 10**MOST_DIGITS:  # infinity and not-a-number too
        raise Unreadable(Reason.NUMBER_TOO_LONG)
    exact = Decimal(f"{value:.{MOST_DIGITS}g}") * (100 if is_percent else 1)
    digits = format(exact.normalize(), "f")
    if len(digits) > 2 * MOST_DIGITS:
        raise Unreadable(Reason.NUMBER_TOO_LONG)
    return Decimal(digits)


def _likely(day: date) -> date:
    if day.year not in YEARS:
        raise Unreadable(Reason.YEAR_UNLIKELY, shown=f"{day:%d/%m}/{day.year}")
    return day


def _shown(content: Content) -> str:
    """The content for a sentence."""
    return _short(_plain(content))


def _plain(content: Content) -> str:
    """The content about as Excel shows it in Vietnam."""
    value = content.value
    if isinstance(value, datetime):
        return f"{value:%d/%m}/{value.year}"
    if isinstance(value, float) or content.is_percent:
        percent = "%" if content.is_percent else ""
        number = f"{value * (100 if percent else 1):.{MOST_DIGITS}g}"  # type: ignore[operator]  # a number here
        return number.replace(".", ",") + percent
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
