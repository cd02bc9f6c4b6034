"""How figures and dates are written: 1.234,5 and dd/mm/yyyy, in English 1,234.5 and dd/mm/yyyy.

By hand rather than by Babel: a commitment page writes some sixty of them, and each is one line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

from portal.doors.language import ENGLISH
from portal.kernel.clock import VIETNAM

_TO_VIETNAMESE = str.maketrans(",.", ".,")
_NO_BREAK = "\u00a0"


def number(value: Decimal | int, *, tongue: str) -> str:
    """``value`` with every digit it was given, grouped by thousands."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    written = written.replace("-", "−")
    return written if tongue == ENGLISH else written.translate(_TO_VIETNAMESE)


def quantity(value: Decimal | int, unit: str, *, tongue: str) -> str:
    """``value`` in ``unit``: "91,4%", "186 hồ sơ"."""
    between = "" if unit.startswith("%") or not unit else _NO_BREAK
    return f"{number(value, tongue=tongue)}{between}{unit}"


def file_size(size: int, *, tongue: str) -> str:
    """``size`` bytes as a file manager says it: whole KB, from one MB on with one decimal, rounded up."""
    if size < 1024 * 1024:
        return f"{number(-(-size // 1024), tongue=tongue)} KB"
    return f"{number(Decimal(-(-size * 10 // (1024 * 1024))) / 10, tongue=tongue)} MB"


def share(ratio: Decimal, *, tongue: str) -> str:
    """``ratio`` as whole per cent, rounded down so that 99,6% never reads as done."""
    return f"{number(int((ratio * 100).to_integral_value(ROUND_FLOOR)), tongue=tongue)}%"


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime) -> str:
    """dd/mm/yyyy hh:mm in Vietnam."""
    local = value.astimezone(VIETNAM)
    return f"{day(local)} {local.hour:02d}:{local.minute:02d}"


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one language, as templates call them."""

    tongue: str

    def as_filters(self) -> dict[str, Callable[..., str]]:
        """By the names templates use."""
        return {
            "number": lambda value: number(value, tongue=self.tongue),
            "quantity": lambda value, unit: quantity(value, unit, tongue=self.tongue),
            "file_size": lambda size: file_size(size, tongue=self.tongue),
            "share": lambda ratio: share(ratio, tongue=self.tongue),
            "day": day,
            "moment": moment,
            "iso": lambda value: value.isoformat(),
        }
