"""Values as an officer writes them: what stands in a form's field, and reads back as the same value."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum

from portal.office.programme.workbook.form import MilestoneForm

_TO_VIETNAMESE = str.maketrans(",.", ".,")


def written(value: object, words: Mapping[str, object] | None = None) -> str:
    """``value`` in Vietnamese; ``words`` are those of a choice, the first for a meaning is taken."""
    if value is None or value == "":
        return ""
    if words:
        return next((word for word, meaning in words.items() if meaning == value), str(value))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value:,f}".translate(_TO_VIETNAMESE)
    if isinstance(value, tuple):
        return "\n".join(written(part) for part in value)
    if isinstance(value, MilestoneForm):
        return f"{day(value.due_on)}: {value.title}"
    return value.value if isinstance(value, Enum) else str(value)


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
