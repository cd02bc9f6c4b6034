"""Reads the sheet «Thông tin»: whose programme it is, for which mandate, and who declared it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from portal.office.programme.workbook import choices
from portal.office.programme.workbook.cells import Cell
from portal.office.programme.workbook.faults import Findings, Place
from portal.office.programme.workbook.grid import Content, Grid
from portal.office.programme.workbook.headings import find_headings, like
from portal.office.programme.workbook.layout import Column, heading_key
from portal.office.programme.workbook.records import Record
from portal.office.programme.workbook.sheets import (
    EXAMPLE_HEADING,
    FIELD_HEADING,
    FIELDS,
    INFO_TITLE,
    NOTE_HEADING,
    VALUE_HEADING,
)
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import Track

_COLUMNS = tuple(
    Column(name=name, heading=heading, note="", example="", needed=True)
    for name, heading in (("field", FIELD_HEADING), ("value", VALUE_HEADING))
)
_IGNORED = frozenset({heading_key(NOTE_HEADING), heading_key(EXAMPLE_HEADING)})
_BY_KEY = {heading_key(field.heading): field for field in FIELDS}
DEFAULT_PROFILE = "5ro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """The fields of «Thông tin», named as in `ProgrammeForm`."""

    cadre_name: str
    post: str
    unit_code: str
    unit_name: str
    assigned_fields: tuple[str, ...]
    track: Track
    decision_number: str
    decision_on: date | None
    decision_issuer: str
    mandate_from: date
    mandate_to: date
    profile_code: str
    preface: str
    declared_by: str


def read_info(grid: Grid | None, findings: Findings, *, unit_exists: Callable[[str], bool]) -> Info:
    """The programme's own data; a value after a fault is a stand-in that nobody will see.

    ``grid`` is None when the sheet is missing, which is a fault noted elsewhere.
    """
    record = _record(grid, findings)
    info = Info(
        cadre_name=record.text("cadre_name"),
        post=record.text("post"),
        unit_code=record.code("unit_code"),
        unit_name=record.text("unit_name"),
        assigned_fields=record.labels("assigned_fields"),
        track=record.choice("track", choices.TRACKS) or Track.APPOINTMENT,
        decision_number=record.text("decision_number"),
        decision_on=record.day("decision_on"),
        decision_issuer=record.text("decision_issuer"),
        mandate_from=record.day("mandate_from") or date.min,
        mandate_to=record.day("mandate_to") or date.max,
        profile_code=record.choice("profile_code", choices.PROFILES) or DEFAULT_PROFILE,
        preface=record.text("preface"),
        declared_by=record.text("declared_by"),
    )
    _check(info, record, unit_exists)
    return info


def _check(info: Info, record: Record, unit_exists: Callable[[str], bool]) -> None:
    if info.unit_code and not unit_exists(info.unit_code):
        record.fault("unit_code", Reason.UNKNOWN_UNIT, shown=info.unit_code)
    if info.mandate_to < info.mandate_from:
        start, end = f"{info.mandate_from:%d/%m/%Y}", f"{info.mandate_to:%d/%m/%Y}"
        record.fault("mandate_to", Reason.ENDS_BEFORE_START, start=start, end=end)
    if record.choice("declaration", choices.YES_NO) is False:
        record.fault("declaration", Reason.NOT_DECLARED)
    decided = [bool(info.decision_number), bool(info.decision_on), bool(info.decision_issuer)]
    if any(decided) and not all(decided):
        record.warn("decision_number", Reason.DECISION_HALF)


def _record(grid: Grid | None, findings: Findings) -> Record:
    """The sheet's rows turned into one record, a field each."""
    columns: Mapping[str, int] = {}
    rows: list[tuple[int, dict[int, Content]]] = []
    if grid:
        headings = find_headings(grid, INFO_TITLE, _COLUMNS, findings, ignored=_IGNORED)
        columns = headings.columns
        rows = [(row, cells) for row, cells in grid.rows.items() if row > headings.row]
    names, values = columns.get("field", 0), columns.get("value", 0)
    letter = get_column_letter(values) if values else ""
    cells = {
        field.name: Cell(Place(sheet=INFO_TITLE, column=field.heading, letter=letter), field, None)
        for field in FIELDS
    }
    for row, contents in rows:
        if names in contents:
            said = str(contents[names].value)
            field = _known(said, row, findings)
            if field:
                place = Place(sheet=INFO_TITLE, row=row, column=field.heading, letter=letter)
                if cells[field.name].place.row:
                    findings.fault(place, Reason.FIELD_TWICE, heading=field.heading)
                cells[field.name] = Cell(place, field, contents.get(values))
    return Record(0, cells, findings)


def _known(said: str, row: int, findings: Findings) -> Column | None:
    """The field a row names; an unknown one is reported, with the one probably meant."""
    field = _BY_KEY.get(heading_key(said))
    if field is None:
        guess = like(said, FIELDS)
        reason = Reason.UNKNOWN_FIELD_LIKE if guess else Reason.UNKNOWN_FIELD
        place = Place(sheet=INFO_TITLE, row=row, column=said[:60])
        findings.warn(place, reason, like=guess or "")
    return field
