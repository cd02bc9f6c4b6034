"""Finds the heading row of a sheet and which column stands where, in any order and spelling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from portal.office.programme.workbook.faults import Findings, Place
from portal.office.programme.workbook.grid import Content, Grid
from portal.office.programme.workbook.layout import Column, heading_key
from portal.office.programme.workbook.wording import Reason

FIRST_ROWS = 10  # a title may stand above the headings


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row, and for each field of the form the Excel column it stands in."""

    row: int
    columns: Mapping[str, int]


def find_headings(
    grid: Grid, title: str, columns: Sequence[Column], findings: Findings, *, ignored: frozenset[str]
) -> Headings:
    """Match the headings of ``grid``; what is missing, doubled or unknown goes to ``findings``."""
    known = {heading_key(column.heading): column for column in columns}
    row = _heading_row(grid, known)
    found: dict[str, int] = {}
    for index, content in grid.rows.get(row, {}).items():
        place = Place(sheet=title, row=row, letter=get_column_letter(index))
        column = known.get(heading_key(str(content.value)))
        if column is None:
            _report_unknown(place, content, columns, findings, ignored=ignored)
        elif column.name in found:
            findings.fault(place, Reason.COLUMN_TWICE, heading=column.heading)
        else:
            found[column.name] = index
    _report_absent(title, columns, found, findings)
    _report_nameless(grid, title, row, findings)
    return Headings(row, found)


def like(heading: str, columns: Sequence[Column]) -> str | None:
    """The known heading that ``heading`` probably means, if it resembles one."""
    keys = {heading_key(column.heading): column.heading for column in columns}
    close = get_close_matches(heading_key(heading), keys, n=1, cutoff=0.75)
    return keys[close[0]] if close else None


def _heading_row(grid: Grid, known: Mapping[str, Column]) -> int:
    """The row among the first that holds most known headings; the first row when none does."""

    def score(row: int) -> int:
        return sum(heading_key(str(c.value)) in known for c in grid.rows[row].values())

    first = [row for row in grid.rows if row <= FIRST_ROWS]
    return max(first, key=score, default=1)


def _report_unknown(
    place: Place,
    content: Content,
    columns: Sequence[Column],
    findings: Findings,
    *,
    ignored: frozenset[str],
) -> None:
    heading = str(content.value)[:60]
    if heading_key(heading) in ignored:
        return
    place = Place(sheet=place.sheet, row=place.row, column=heading, letter=place.letter)
    if guess := like(heading, columns):
        findings.warn(place, Reason.UNKNOWN_COLUMN_LIKE, like=guess)
    else:
        findings.warn(place, Reason.UNKNOWN_COLUMN)


def _report_absent(
    title: str, columns: Sequence[Column], found: Mapping[str, int], findings: Findings
) -> None:
    absent = [column for column in columns if column.name not in found]
    for column in absent:
        if column.needed:
            place = Place(sheet=title, column=column.heading)
            findings.fault(place, Reason.COLUMN_MISSING, heading=column.heading)
    others = ", ".join(f"«{column.heading}»" for column in absent if not column.needed)
    if others:
        findings.warn(Place(sheet=title), Reason.COLUMNS_ABSENT, headings=others)


def _report_nameless(grid: Grid, title: str, heading_row: int, findings: Findings) -> None:
    """Columns filled below an empty heading are not read: say so once each."""
    named = grid.rows.get(heading_row, {}).keys()
    filled = {column for row, cells in grid.rows.items() if row > heading_row for column in cells}
    for column in sorted(filled - named):
        place = Place(sheet=title, letter=get_column_letter(column))
        findings.warn(place, Reason.NAMELESS_COLUMN)
