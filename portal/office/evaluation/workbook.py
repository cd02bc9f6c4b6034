"""A dossier as a workbook: one sheet a table, every cell a text or a number, never a formula."""

from datetime import datetime, time
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]

from portal.office.evaluation.carrying import CHUNK, DATA_SHEET
from portal.office.evaluation.section import Section
from portal.office.evaluation.showing import TITLE, facts, sections
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier

_TELLING = 60  # the width of a column in characters, at most
_MOST = 32_000  # characters a cell may hold
# No text becomes anything but a text, whatever it begins with.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def as_workbook(made: Dossier) -> bytes:
    """The bytes of the .xlsx."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, _PLAIN)
    created = datetime.combine(made.frozen_on, time())  # no clock: twice the same bytes
    book.set_properties({"title": TITLE, "comments": made.reference_only, "created": created})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
    _front(book, made, plain, bold)
    for section in sections(made):
        _sheet(book, section, plain, bold)
    _data(book, made)
    book.close()
    return held.getvalue()


def _front(book: xlsxwriter.Workbook, made: Dossier, plain: object, bold: object) -> None:
    sheet = book.add_worksheet("Thông tin")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, TITLE, bold)
    sheet.write_string(1, 0, made.reference_only, plain)
    for n, (label, value) in enumerate(facts(made), 3):
        sheet.write_string(n, 0, label, bold)
        sheet.write_string(n, 1, value, plain)


def _sheet(book: xlsxwriter.Workbook, section: Section, plain: object, bold: object) -> None:
    sheet = book.add_worksheet(section.key)
    sheet.write_string(0, 0, section.title)
    sheet.write_string(1, 0, section.note or ("" if section.rows else section.empty))
    for column, heading in enumerate(section.columns):
        longest = max((len(row[column]) for row in section.rows), default=0)
        sheet.set_column(column, column, min(_TELLING, max(12, len(heading), longest)))
        sheet.write_string(3, column, heading, bold)
    for n, row in enumerate(section.rows, 4):
        for column, value in enumerate(row):
            _cell(sheet, n, column, value, plain)
    sheet.freeze_panes(4, 0)


def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: str, plain: object) -> None:
    """A count as a number, everything else as the text it is."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        sheet.write_number(row, column, int(value), plain)
    else:
        sheet.write_string(row, column, value[:_MOST], plain)


def _data(book: xlsxwriter.Workbook, made: Dossier) -> None:
    text = dossier_text.encode(made)
    sheet = book.add_worksheet(DATA_SHEET)
    for n, start in enumerate(range(0, len(text), CHUNK)):
        sheet.write_string(n, 0, text[start : start + CHUNK])
