"""A workbook of plain lists in which no text can become a formula, not even when somebody edits the cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

Value = str | int | Decimal | date | None
_WIDTH, _WIDE = 16, 48
_LONG = 40  # characters in a heading's cells from which on a column is wide


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet: its title, its headings, its rows."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def write_book(listings: Sequence[Listing]) -> bytes:
    """The workbook as bytes.

    A text is stored as a string and marked as quoted (Excel's own apostrophe), so a text that begins
    with "=", "+", "-" or "@" stays one also after F2 and Enter, or after it is saved as CSV and opened.
    """
    made = BytesIO()
    book = Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format(
            {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
        ),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    for listing in listings:
        _write(book.add_worksheet(listing.title), listing, styles)
    book.close()
    return made.getvalue()


def _write(sheet: Any, listing: Listing, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(listing.headings):
        texts = (row[column] for row in listing.rows)
        is_wide = any(isinstance(text, str) and len(text) > _LONG for text in texts)
        sheet.set_column(column, column, _WIDE if is_wide else _WIDTH)
        sheet.write_string(0, column, heading, styles["head"])
    for at, row in enumerate(listing.rows, 1):
        for column, value in enumerate(row):
            _cell(sheet, at, column, value, styles)


def _cell(sheet: Any, row: int, column: int, value: Value, styles: dict[str, Any]) -> None:
    match value:
        case None | "":
            return
        case date():
            sheet.write_datetime(row, column, value, styles["day"])
        case int() | Decimal():
            sheet.write_number(row, column, value, styles["number"])
        case _:
            sheet.write_string(row, column, value, styles["text"])
