"""What an officer chooses a unit from: its name, where it belongs, what it was called before.

A list that opens shows the full line. Where it would be too long to look through it is typed into: the name,
an old name or the code alone is understood too, with or without accents, if only one unit bears it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from portal.doors.desk.screens import MOST_RADIOS
from portal.kernel import text
from portal.kernel.policy import POLICY, Act, Actor
from portal.kernel.succession import is_in_force
from portal.kernel.work import Work
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.units.reads import old_names, units_under
from portal.office.units.tables import Unit

HOW = "Gõ tên, tên cũ hoặc mã, có dấu hay không dấu đều được; hoặc chọn một dòng trong danh sách."
UNIT = Column(name="unit_code", heading="Đơn vị", kind=Kind.CHOICE, example="", note="")


def unit_column(note: str, words: Mapping[str, str], *, needed: bool = True) -> Column:
    """The field by which one of the units ``words`` is chosen."""
    is_long = len(set(words.values())) > MOST_RADIOS
    return replace(UNIT, note=f"{note} {HOW}" if is_long else note, words=words, needed=needed)


def units_for(w: Work, by: Actor, act: Act) -> dict[str, str]:
    """In words, then by code: the units in force for which ``by`` may ``act``, conflicts aside; by name.

    The first word of a code is the line to show; the others are what else it may be called.
    """
    roots = frozenset(unit for role in POLICY[act].roles for unit in by.roles.get(role, ()))
    found = [unit for unit in units_under(w.session, roots) if is_in_force(unit, w.today)]
    found.sort(key=lambda unit: (text.fold(unit.name), unit.code))
    before = {unit.code: old_names(w.session, unit.id) for unit in found}
    shown = {_line(w, unit, before[unit.code]): unit.code for unit in found}
    others = [(name, unit.code) for unit in found for name in (unit.name, unit.code, *before[unit.code])]
    return shown | dict(_told_apart(others))


def line_of(code: str, words: Mapping[str, str]) -> str:
    """The line that shows the unit ``code``; empty when it is not among these."""
    return next((line for line, one in words.items() if one == code), "")


def _line(w: Work, unit: Unit, before: Iterable[str]) -> str:
    parent = None if unit.parent_id is None else w.session.get_one(Unit, unit.parent_id)
    placed = f", thuộc {parent.name}" if parent else ""
    former = f"; tên cũ: {', '.join(before)}" if before else ""
    return f"{unit.name} (mã {unit.code}){placed}{former}"


def _told_apart(named: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Those of ``named`` that no other unit could be meant by, however they are typed."""
    pairs = {(text.key(name), code): name for name, code in named}
    bearers = Counter(key for key, _ in pairs)
    return ((name, code) for (key, code), name in pairs.items() if bearers[key] == 1)
