"""How a programme workbook is laid out: what a sheet and a column are, and how headings compare."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.kernel.text import key, tidy

_ASIDE = re.compile(r"\([^()]*\)")

EXAMPLE_MARK = "Ví dụ"
_EXAMPLE_KEYS = frozenset({"vidu", "vd"})


class Kind(StrEnum):
    """What goes into the cells of a column."""

    LINE = "line"  # one line of text
    TEXT = "text"  # text that may run over several lines
    LIST = "list"  # labels with ";" between
    NUMBER = "number"
    ORDINAL = "ordinal"  # STT
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet, or one field of «Thông tin»; ``needed`` may be neither absent nor empty."""

    name: str  # of the field in the form
    heading: str
    note: str
    example: str | int | float | date
    kind: Kind = Kind.LINE
    needed: bool = False
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; its first column numbers or names the row, ``main`` holds what the row says."""

    title: str
    columns: tuple[Column, ...]
    main: str
    needed: bool = True

    @property
    def first(self) -> Column:
        """The column that numbers the rows."""
        return self.columns[0]

    def column(self, name: str) -> Column:
        """The column for the form's field ``name``."""
        return next(column for column in self.columns if column.name == name)


def heading_key(heading: str) -> str:
    """``heading`` for comparing: no case, accents, spaces, or asides such as "(Có/Không)"."""
    return key(_ASIDE.sub(" ", tidy(heading)))


def marks_example(text: str) -> bool:
    """Whether a row numbered ``text`` is the template's example."""
    return key(text) in _EXAMPLE_KEYS
