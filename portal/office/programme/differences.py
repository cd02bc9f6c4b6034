"""What one reading of a programme says that another does not: item by item, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from portal.office.programme.meeting import Met, meet
from portal.office.programme.workbook import choices
from portal.office.programme.workbook.form import CommitmentForm, Part, ProgrammeForm, ProgressForm, TaskForm
from portal.office.programme.workbook.layout import Column
from portal.office.programme.workbook.sheets import COMMITMENTS, FIELDS, PROGRESS, TASKS
from portal.office.programme.written import written

Item = TypeVar("Item", TaskForm, CommitmentForm)


class How(StrEnum):
    """What becomes of an item."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"  # the other reading is not taken over


@dataclass(frozen=True, slots=True)
class Line:
    """One field: how it is called, what it said and what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs."""

    title: str
    how: How
    lines: tuple[Line, ...]


# What the screen has and the workbook has not.
_MORE = {"milestones": "Mốc tiến độ", "standard": "Chuẩn mực"}
_NOT_SAID = frozenset({"declaration", "number", "unit_name"})


def differences(before: ProgrammeForm, after: ProgrammeForm) -> tuple[Difference, ...]:
    """Everything in which ``after`` differs from ``before``, in the programme's order."""
    info = tuple(_lines(before, after, FIELDS))
    return (
        *((Difference("Thông tin chung", How.CHANGED, info),) if info else ()),
        *_items("Nhiệm vụ", before.tasks, after.tasks, TASKS.columns),
        *_items("Cam kết", before.commitments, after.commitments, COMMITMENTS.columns),
        *_progress(before.progress, after.progress),
    )


def brought_up_to_date(before: ProgrammeForm, form: ProgrammeForm) -> ProgrammeForm:
    """What ``before`` says once the workbook ``form`` is filled in: what it lacks is withheld, not gone."""
    moral = _moral(before)
    tasks = _merged([t for t in before.tasks if t.number not in moral], form.tasks)
    commitments = _merged([c for c in before.commitments if c.task_number not in moral], form.commitments)
    known = {one.number: one for one in before.commitments}
    kept = [c for c in before.commitments if c.task_number in moral]
    return replace(
        form,
        unit_code=before.unit_code,
        tasks=(*tasks, *(t for t in before.tasks if t.number in moral)),
        commitments=(
            *(
                replace(c, milestones=known[c.number].milestones, standard=known[c.number].standard)
                if c.number in known
                else c
                for c in commitments
            ),
            *kept,
        ),
        progress=_reports_after(before, form),
        consultations=before.consultations,
    )


def conflicts(before: ProgrammeForm, form: ProgrammeForm) -> tuple[Difference, ...]:
    """The days on which the workbook ``form`` says something else than what was entered, which stays."""
    return tuple(
        Difference(_day_title(met.form), How.KEPT, tuple(_lines(met.known, met.form, PROGRESS.columns[1:])))
        for met in _met(before, form)
        if met.is_conflict
    )


def _moral(form: ProgrammeForm) -> set[int]:
    return {task.number for task in form.tasks if task.part is Part.MORAL}


def _of_workbook(form: ProgrammeForm) -> list[ProgressForm]:
    """The reports on commitments a workbook can speak of."""
    moral = {c.number for c in form.commitments if c.task_number in _moral(form)}
    return [report for report in form.progress if report.commitment_number not in moral]


def _met(before: ProgrammeForm, form: ProgrammeForm) -> list[Met]:
    return meet(_of_workbook(before), form.progress)


def _reports_after(before: ProgrammeForm, form: ProgrammeForm) -> tuple[ProgressForm, ...]:
    """The reports once the workbook is filled in: those it lacks stay as they are."""
    known, met = _of_workbook(before), _met(before, form)
    seen = {one.at for one in met}
    others = [one for at, one in enumerate(known) if at not in seen]
    moral = [one for one in before.progress if one not in known]
    return (*(one.outcome() for one in met), *others, *moral)


def _day_title(form: ProgressForm) -> str:
    return f"Tiến độ của cam kết {form.commitment_number}, ngày {form.reported_on:%d/%m/%Y}"


def _merged(before: Sequence[Item], after: Sequence[Item]) -> tuple[Item, ...]:
    said = {item.number for item in after}
    gone = tuple(replace(item, disclosed=False) for item in before if item.number not in said)
    return tuple(after) + gone


def _items(
    kind: str, before: Sequence[Item], after: Sequence[Item], columns: Sequence[Column]
) -> Iterator[Difference]:
    was = {item.number: item for item in before}
    known = {item.number for item in after}
    for item in after:
        old = was.get(item.number)
        lines = tuple(_lines(old, item, columns))
        if old is None:
            yield Difference(f"{kind} {item.number}", How.ADDED, lines)
        elif lines:
            yield Difference(f"{kind} {item.number}", How.CHANGED, lines)
    for number, old in was.items():
        if number not in known:
            yield Difference(f"{kind} {number}", How.REMOVED, tuple(_lines(old, None, columns)))


def _lines(before: object, after: object, columns: Sequence[Column]) -> Iterator[Line]:
    """The fields that differ; one side may be None, where there is no such item."""
    for name, heading, words in _fields(columns):
        old, new = (_said(one, name, words) for one in (before, after))
        if old != new:
            yield Line(heading, old, new)


def _fields(columns: Sequence[Column]) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    for column in columns:
        if column.name not in _NOT_SAID:
            yield column.name, column.heading, column.words
    for name, heading in _MORE.items():
        yield name, heading, {}


def _said(item: object, name: str, words: Mapping[str, object]) -> str:
    value = getattr(item, name, None)
    if name == "disclosed" and value is not None:
        return written(value, choices.YES_NO)
    if name == "withheld_basis" and getattr(item, "disclosed", False):
        return ""
    return written(value, words)


def _progress(before: Sequence[ProgressForm], after: Sequence[ProgressForm]) -> Iterator[Difference]:
    """Reports have no number of their own: those that came and those that went."""
    old, new = ([_report(one) for one in reports] for reports in (before, after))
    for report in new:
        if report not in old:
            yield Difference(report[0], How.ADDED, report[1])
    for report in old:
        if report not in new:
            yield Difference(report[0], How.REMOVED, tuple(Line(x.label, x.after, "") for x in report[1]))


def _report(form: ProgressForm) -> tuple[str, tuple[Line, ...]]:
    lines = tuple(_lines(None, form, PROGRESS.columns[1:]))
    return f"Tiến độ của cam kết {form.commitment_number}", lines
