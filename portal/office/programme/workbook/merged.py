"""Merged cells, as pasting from Word leaves them: one value for several rows, or a row torn apart."""

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from portal.office.programme.workbook.faults import Findings, Place
from portal.office.programme.workbook.grid import Content, Grid
from portal.office.programme.workbook.headings import Headings
from portal.office.programme.workbook.layout import Sheet
from portal.office.programme.workbook.sheet_scan import Area
from portal.office.programme.workbook.wording import Reason


def spread(grid: Grid, sheet: Sheet, headings: Headings, findings: Findings) -> dict[int, dict[str, Content]]:
    """Row -> field -> the value a merged cell above lends it.

    A cell merged down one column says the same of every row. Merged across columns, or down the
    numbering column, it hides which row or column is meant: a fault. What becomes public must be
    said row by row.
    """
    lent: dict[int, dict[str, Content]] = {}
    for area in grid.facts.merged:
        names = [n for n, index in headings.columns.items() if area.left <= index <= area.right]
        if not names or area.top <= headings.row:
            continue
        tall = area.bottom > area.top
        if len(names) > 1 or (tall and names[0] in (sheet.first.name, "disclosed")):
            findings.fault(_place(area, sheet), Reason.MERGED, area=area.name)
        elif tall and (content := grid.rows.get(area.top, {}).get(area.left)):
            findings.warn(_place(area, sheet), Reason.FILLED_DOWN, area=area.name)
            for row in range(area.top, min(area.bottom, grid.facts.last_row) + 1):
                lent.setdefault(row, {})[names[0]] = content
    return lent


def _place(area: Area, sheet: Sheet) -> Place:
    return Place(sheet=sheet.title, row=area.top, letter=get_column_letter(area.left))
