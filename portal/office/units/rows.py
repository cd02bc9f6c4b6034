"""What a file of units says, row by row, before anybody knows whether it fits what is on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FIELDS = ("code", "name", "type", "parent", "valid_from", "valid_to", "successors")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with the file: where, and a Vietnamese sentence that says how to mend it.

    ``line`` counts from 1; 0 means the file as a whole. ``column`` is the field's name in the file.
    """

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"Dòng {self.line}" if self.line else "Cả tệp"
        return f"{place}, cột {self.column}: {self.text}" if self.column else f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Mention:
    """How a row names another unit: by code, by name or both; ``on`` is a day the code is meant for."""

    code: str
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit as the file states it. What is not in ``stated`` stays as it is on record."""

    line: int
    code: str
    name: str
    unit_type: str
    parents: tuple[Mention, ...]  # the nearest first
    valid_from: date | None
    valid_to: date | None
    successors: tuple[Mention, ...]
    partly: bool  # only part of the unit went to its successors
    stated: frozenset[str]
    lines: Mapping[str, int]

    def line_of(self, column: str) -> int:
        """The line to point at for ``column``: in JSON each field may lie on its own."""
        return self.lines.get(column, self.line)
