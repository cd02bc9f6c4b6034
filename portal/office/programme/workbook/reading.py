"""Reads a programme workbook from memory: all of it, or a refusal that lists everything wrong."""

from collections.abc import Callable
from dataclasses import asdict

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from portal.office.programme.workbook.faults import Findings, Place
from portal.office.programme.workbook.form import ProgrammeForm, TaskForm
from portal.office.programme.workbook.forms import read_commitments, read_progress, read_tasks
from portal.office.programme.workbook.gate import Inspection, inspect
from portal.office.programme.workbook.grid import Grid, read_grids
from portal.office.programme.workbook.headings import Headings, find_headings
from portal.office.programme.workbook.info import read_info
from portal.office.programme.workbook.layout import Sheet, heading_key
from portal.office.programme.workbook.records import Record, read_records
from portal.office.programme.workbook.sheet_scan import SheetFacts
from portal.office.programme.workbook.sheets import (
    COMMITMENTS,
    GUIDE_TITLE,
    INFO_TITLE,
    PROGRESS,
    TASKS,
    TITLES,
)
from portal.office.programme.workbook.wording import Reason

_NEEDED = (INFO_TITLE, TASKS.title, COMMITMENTS.title)


def read_workbook(data: bytes, *, filename: str, unit_exists: Callable[[str], bool]) -> ProgrammeForm:
    """The programme in the .xlsx bytes ``data``; nothing is stored, nothing written to disk.

    ``unit_exists`` tells whether a unit code is known. Raises `SecretStampFound` for a stamp of
    secrecy anywhere in the file or its name, `WorkbookRefused` with every fault otherwise.
    """
    inspection = inspect(data, filename=filename)
    findings = Findings()
    if inspection.has_pictures:
        findings.warn(Place(), Reason.PICTURES)
    grids = _known_grids(data, inspection, findings)
    info = read_info(grids.get(INFO_TITLE), findings, unit_exists=unit_exists)
    tasks = read_tasks(_records(grids, TASKS, findings))
    commitments = read_commitments(_records(grids, COMMITMENTS, findings), tasks)
    progress = read_progress(_records(grids, PROGRESS, findings), commitments)
    _warn_of_idle(tasks, {form.task_number for form in commitments.values()}, findings)
    findings.refuse_if_faulty()
    return ProgrammeForm(
        **asdict(info),
        tasks=tuple(tasks.values()),
        commitments=tuple(commitments.values()),
        progress=tuple(progress),
        warnings=tuple(findings.warnings),
    )


def _known_grids(data: bytes, inspection: Inspection, findings: Findings) -> dict[str, Grid]:
    """The sheets of ours by title; others are reported, unless empty or the guide."""
    known: dict[str, SheetFacts] = {}
    for facts in inspection.sheets:
        title = TITLES.get(heading_key(facts.title))
        if title is None:
            _report_unknown(facts, findings)
        elif title in known:
            findings.fault(Place(sheet=title), Reason.SHEET_TWICE, title=title)
        else:
            known[title] = facts
    for title in _NEEDED:
        if title not in known:
            findings.fault(Place(sheet=title), Reason.SHEET_MISSING, title=title)
    return dict(zip(known, read_grids(data, list(known.values())), strict=True))


def _report_unknown(facts: SheetFacts, findings: Findings) -> None:
    if facts.last_row and heading_key(facts.title) != heading_key(GUIDE_TITLE):
        findings.warn(Place(sheet=facts.title), Reason.UNKNOWN_SHEET)


def _records(grids: dict[str, Grid], sheet: Sheet, findings: Findings) -> list[Record]:
    """The rows of ``sheet``; none when it is missing."""
    grid = grids.get(sheet.title)
    if grid is None:
        return []
    headings = find_headings(grid, sheet.title, sheet.columns, findings, ignored=frozenset())
    records = list(read_records(grid, sheet, headings, findings))
    if sheet.needed and headings.columns and not records:
        findings.fault(Place(sheet=sheet.title), Reason.NO_ROWS)
    _warn_of_hidden(grid.facts, sheet, headings, [record.row for record in records], findings)
    return records


def _warn_of_hidden(
    facts: SheetFacts, sheet: Sheet, headings: Headings, rows: list[int], findings: Findings
) -> None:
    """Hidden things are read, for they are there; but the officer should know."""
    place = Place(sheet=sheet.title)
    hidden_rows = ", ".join(str(row) for row in rows if row in facts.hidden_rows)
    hidden_columns = sorted(facts.hidden_columns.intersection(headings.columns.values()))
    if facts.hidden:
        findings.warn(place, Reason.HIDDEN_SHEET)
    if hidden_rows:
        findings.warn(place, Reason.HIDDEN_ROWS, rows=hidden_rows)
    if hidden_columns:
        letters = ", ".join(map(get_column_letter, hidden_columns))
        findings.warn(place, Reason.HIDDEN_COLUMNS, letters=letters)


def _warn_of_idle(tasks: dict[int, TaskForm], served: set[int], findings: Findings) -> None:
    """A task without commitments may be a slip in the column «Nhiệm vụ»."""
    for number in sorted(tasks.keys() - served):
        place = Place(sheet=TASKS.title, row=tasks[number].row)
        findings.warn(place, Reason.TASK_WITHOUT_COMMITMENT, number=str(number))
