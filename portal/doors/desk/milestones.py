"""Milestones in a form: rows of a day and a step, read and written together with the commitment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.doors.parts import number_in
from portal.office.programme.typed import Typed, pasted, read_typed
from portal.office.programme.workbook.form import MilestoneForm
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import written

NAME = "milestones"
SPARE = 2  # empty rows offered
MOST = 40
_KEY = re.compile(r"milestone-(\d{1,3})-(title|due_on|key)")
_TITLE = Column(name="title", heading="Việc phải xong", note="", example="")
_DUE = Column(name="due_on", heading="Ngày", note="", example="", kind=Kind.DATE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed; ``key`` names the stored milestone, empty for a new one."""

    title: str = ""
    due_on: str = ""
    key: str = ""
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not (pasted(self.title) or pasted(self.due_on))


def rows_in(texts: Mapping[str, str]) -> list[Row]:
    """The rows a form sent, in order, those left blank not."""
    found: dict[int, dict[str, str]] = {}
    for name, text in texts.items():
        if match := _KEY.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = text
    rows = [Row(**parts) for _, parts in sorted(found.items())]
    return [row for row in rows if not row.is_blank][:MOST]


def texts_of(milestones: tuple[MilestoneForm, ...]) -> dict[str, str]:
    """The rows of ``milestones`` as a form sends them."""
    texts: dict[str, str] = {}
    for at, one in enumerate(milestones):
        texts[f"milestone-{at}-title"] = one.title
        texts[f"milestone-{at}-due_on"] = written(one.due_on)
        texts[f"milestone-{at}-key"] = str(one.key)
    return texts


def as_one(texts: Mapping[str, str]) -> str:
    """All rows as one text, to be compared and shown where two people changed them."""
    return "\n".join(f"{pasted(row.due_on)}: {pasted(row.title)}" for row in rows_in(texts))


def without_rows(texts: Mapping[str, str]) -> dict[str, str]:
    """``texts`` without any row."""
    return {name: text for name, text in texts.items() if not _KEY.fullmatch(name)}


def read_rows(texts: Mapping[str, str]) -> tuple[tuple[MilestoneForm, ...], list[Row]]:
    """The milestones that can be read, and the rows with what is wrong with each."""
    good: list[MilestoneForm] = []
    shown: list[Row] = []
    for row in rows_in(texts):
        read = read_typed({"title": row.title, "due_on": row.due_on}, (_TITLE, _DUE))
        fault = _fault(read)
        shown.append(Row(row.title, row.due_on, row.key, fault))
        if not fault:
            key = number_in(row.key) or 0
            good.append(MilestoneForm(title=read.values["title"], due_on=read.values["due_on"], key=key))
    return tuple(good), shown


def _fault(read: Typed) -> str:
    if read.faults:
        return next(iter(read.faults.values()))
    if not read.values["title"]:
        return "Mốc này chưa ghi việc phải xong. Ông/bà ghi việc, hoặc xóa ngày để bỏ mốc."
    return "" if read.values["due_on"] else "Mốc này chưa có ngày. Ông/bà ghi ngày/tháng/năm."
