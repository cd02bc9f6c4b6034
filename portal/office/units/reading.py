"""``import-units FILE``: a JSON or CSV file of units as rows, with every fault in it at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portal.office.units import cells, sheets
from portal.office.units.cells import CellFault
from portal.office.units.rows import Fault, Mention, Row
from portal.office.units.sheets import Cells

T = TypeVar("T")


class UnitsRefused(Exception):
    """The file was not taken in, and nothing of it was stored; ``faults`` names everything to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. Of a row with a fault, only code and comparable name are kept, in ``broken``."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    broken: frozenset[str]


def read(data: bytes, *, filename: str) -> Reading:
    """Read a file of units; ``filename`` ends in .json or .csv.

    JSON as in ``samples/units_kinh_mon.json``; CSV with the columns ``code,name,type,parent,
    valid_from,valid_to,successors``, separated by ``,`` or ``;``, in UTF-8. Never raises for what
    the file says: the faults are in the result.
    """
    faults: list[Fault] = []
    try:
        found = sheets.cells_of(data, filename=filename, faults=faults)
    except sheets.Unreadable as unreadable:
        return Reading((), (*faults, unreadable.fault), frozenset())
    rows: list[Row] = []
    broken: set[str] = set()
    for one in found:
        before = len(faults)
        row = _row(one, faults)
        if len(faults) > before:
            broken |= {row.code, cells.comparable(row.name)} - {""}
        else:
            rows.append(row)
    return Reading(tuple(rows), tuple(faults), frozenset(broken))


def _row(one: Cells, faults: list[Fault]) -> Row:
    faults += one.faults
    spoilt = {fault.column for fault in one.faults}

    def take(field: str, parse: Callable[[str], T], otherwise: T) -> T:
        if field in spoilt:
            return otherwise
        try:
            return parse(one.values.get(field, ""))
        except CellFault as fault:
            faults.append(Fault(one.line_of(field), field, str(fault)))
            return otherwise

    name = take("name", cells.name, "")
    none: tuple[Mention, ...] = ()
    row = Row(
        line=one.line,
        code=take("code", cells.code, one.values.get("code", "")),
        name=name,
        unit_type=take("type", lambda typed: cells.unit_type(typed, name), "") if name else "",
        parents=take("parent", cells.parents, none),
        valid_from=take("valid_from", cells.day, None),
        valid_to=take("valid_to", cells.day, None),
        successors=take("successors", cells.successors, none),
        partly=bool(one.values.get("partly")),
        stated=frozenset(one.values),
        lines=one.lines,
    )
    _check_days(one, row, faults)
    return row


def _check_days(one: Cells, row: Row, faults: list[Fault]) -> None:
    if one.ended and not one.values.get("valid_to"):
        faults.append(
            Fault(
                one.line, "valid_to", "Đơn vị cũ phải có ngày cuối cùng còn hiệu lực. Đề nghị ghi valid_to."
            )
        )
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        faults.append(
            Fault(
                one.line_of("valid_to"),
                "valid_to",
                "Ngày cuối (valid_to) sớm hơn ngày đầu (valid_from). Đề nghị kiểm tra lại hai ngày.",
            )
        )
