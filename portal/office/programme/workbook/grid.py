"""The filled cells of the sheets we know, as openpyxl reads them: only after the gate let the file in.

Read-only mode: no drawings, comments or links are followed, rows come as a stream, and formulas stay
formulas (their cached results are never used).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from portal.kernel.text import tidy
from portal.office.programme.workbook.escapes import unescape
from portal.office.programme.workbook.faults import refusal
from portal.office.programme.workbook.sheet_scan import SheetFacts
from portal.office.programme.workbook.wording import Reason


@dataclass(frozen=True, slots=True)
class Content:
    """What a filled cell holds: tidy text, a number, a truth value, a date or time."""

    value: object
    is_formula: bool = False
    is_error: bool = False
    is_percent: bool = False  # 0.95 shown as 95%


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: row -> column -> content, both counted from 1, empty cells absent."""

    facts: SheetFacts
    rows: dict[int, dict[int, Content]]


def read_grids(data: bytes, sheets: Sequence[SheetFacts]) -> list[Grid]:
    """The contents of ``sheets``. Raises `WorkbookRefused` when the parser cannot make sense of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on styles and extensions we do not use
            book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
            return [Grid(facts, _rows(book[facts.title], facts)) for facts in sheets]
    except Exception as broken:  # its ways to fail on odd XML are too many to list
        raise refusal(Reason.DAMAGED) from broken


def _rows(sheet: Any, facts: SheetFacts) -> dict[int, dict[int, Content]]:
    if not facts.last_row:
        return {}
    # The bounds are the gate's: a sheet may claim any size for itself.
    rows = sheet.iter_rows(min_row=1, max_row=facts.last_row, max_col=facts.last_column)
    read = {number: _contents(cells) for number, cells in enumerate(rows, start=1)}
    return {number: contents for number, contents in read.items() if contents}


def _contents(cells: Sequence[Any]) -> dict[int, Content]:
    read = {column: _content(cell) for column, cell in enumerate(cells, start=1)}
    return {column: content for column, content in read.items() if content.value != ""}


def _content(cell: Any) -> Content:
    kind, value = cell.data_type, cell.value
    if value is None:
        return Content("")
    if kind == "f":
        return Content("=", is_formula=True)
    if isinstance(value, str):
        return Content(tidy(unescape(value)), is_error=kind == "e")
    return Content(value, is_percent=kind == "n" and "%" in cell.number_format)
