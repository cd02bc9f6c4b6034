"""The fields of a drafting form as a page shows them: label, hint, text, fault, remarks, another's text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.doors.desk.merge import Clash
from portal.doors.desk.milestones import SPARE, Row
from portal.office.programme.workbook.layout import Column, Kind

MOST_RADIOS = 5  # more choices than these go into a list that opens; typed into where they have several names


@dataclass(frozen=True, slots=True)
class Remark:
    """What the clarity rules say beside a field; ``is_fault`` stands in the way of publishing."""

    text: str
    is_fault: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    hint: str
    kind: str  # line, text, list, number, date, radios, select, search, tick, milestones
    value: str
    example: str = ""
    needed: bool = False
    options: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    remarks: tuple[Remark, ...] = ()
    clash: Clash | None = None
    rows: tuple[Row, ...] = ()  # of milestones

    @property
    def is_short(self) -> bool:
        """Whether two such fields find room beside each other."""
        return self.kind in (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; ``code`` is the criterion they answer to, if any."""

    heading: str
    fields: tuple[Field, ...]
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form holds at this moment, by field name."""

    texts: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)


def fields_of(columns: Iterable[Column], sheet: Sheet) -> tuple[Field, ...]:
    """``columns`` as fields of the form ``sheet``."""
    return tuple(_field(column, sheet) for column in columns)


def milestones_field(rows: Sequence[Row], sheet: Sheet, *, more: int = 0) -> Field:
    """The rows of milestones, with empty ones to fill in."""
    return Field(
        name="milestones",
        label="Mốc tiến độ",
        hint="Việc kéo dài hơn 6 tháng cần mốc ở giữa: ngày nào xong bước nào. Xóa trắng một dòng để bỏ mốc.",
        kind="milestones",
        value="",
        fault=sheet.faults.get("milestones", ""),
        remarks=tuple(sheet.remarks.get("milestones", ())),
        clash=sheet.clashes.get("milestones"),
        rows=(*rows, *(Row() for _ in range(SPARE + more))),
    )


def _field(column: Column, sheet: Sheet) -> Field:
    name = column.name
    return Field(
        name=name,
        label=column.heading,
        hint=column.note,
        kind=_kind(column),
        value=sheet.texts.get(name, ""),
        example=column.example if isinstance(column.example, str) else "",
        needed=column.needed,
        options=tuple((word, word[:1].upper() + word[1:]) for word in _offered(column)),
        fault=sheet.faults.get(name, ""),
        remarks=tuple(sheet.remarks.get(name, ())),
        clash=sheet.clashes.get(name),
    )


def _kind(column: Column) -> str:
    if column.kind is not Kind.CHOICE:
        return column.kind.value
    if column.name == "declaration":
        return "tick"
    count = len(_offered(column))
    if 0 < count <= MOST_RADIOS:
        return "radios"
    return "search" if len(column.words) > count else "select"


def _offered(column: Column) -> list[str]:
    """One word for each meaning, in order."""
    first: dict[object, str] = {}
    for word, meaning in column.words.items():
        first.setdefault(meaning, word)
    return list(first.values())
