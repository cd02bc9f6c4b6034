"""Turns the rows of the three lists into forms, checking what the rows say about each other."""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.office.programme.workbook import choices
from portal.office.programme.workbook.disclosure import disclose
from portal.office.programme.workbook.form import CommitmentForm, ProgressForm, TaskForm
from portal.office.programme.workbook.records import Record
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import Origin

# After a fault the getters return empty, and a stand-in fills the form: the file is refused before
# anybody sees it.
_NO_NUMBER = 0
_NO_DAY = date.min


class Numbering:
    """The row numbers (STT) of one sheet; a number used twice is a fault."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}

    def take(self, record: Record) -> int:
        """The number of ``record``."""
        number = record.ordinal("number")
        if number is None:
            return _NO_NUMBER
        first = self._rows.setdefault(number, record.row)
        if first != record.row:
            record.fault("number", Reason.NUMBER_TWICE, number=str(number), first=str(first))
        return number


def read_tasks(records: Iterable[Record]) -> dict[int, TaskForm]:
    """The key tasks by number, in the order of the sheet."""
    numbering = Numbering()
    tasks = [_task(record, numbering.take(record)) for record in records]
    return {task.number: task for task in tasks}


def _task(record: Record, number: int) -> TaskForm:
    disclosed, basis = disclose(record)
    return TaskForm(
        row=record.row,
        number=number,
        title=record.text("title"),
        bottleneck=record.text("bottleneck"),
        objective=record.text("objective"),
        solution=record.text("solution"),
        areas=record.labels("areas"),
        disclosed=disclosed,
        withheld_basis=basis,
    )


def read_commitments(records: Iterable[Record], tasks: Mapping[int, TaskForm]) -> dict[int, CommitmentForm]:
    """The commitments by number; one under a withheld task is withheld with it."""
    numbering = Numbering()
    read = [_commitment(record, numbering.take(record), tasks) for record in records]
    return {commitment.number: commitment for commitment in read}


def _commitment(record: Record, number: int, tasks: Mapping[int, TaskForm]) -> CommitmentForm:
    task_number = record.ordinal("task_number")
    task = tasks.get(task_number or _NO_NUMBER)
    if task_number and task is None and any(tasks):  # no tasks at all is a fault of its own
        record.fault("task_number", Reason.NO_SUCH_TASK, number=str(task_number))
    above = task.withheld_basis if task and not task.disclosed else None
    disclosed, basis = disclose(record, above=above, number=str(number), task=str(task_number))
    return CommitmentForm(
        row=record.row,
        number=number,
        task_number=task_number or _NO_NUMBER,
        text=record.text("text"),
        indicator=record.text("indicator"),
        measure_unit=record.text("measure_unit"),
        baseline=record.number("baseline"),
        baseline_on=record.day("baseline_on"),
        baseline_source=record.text("baseline_source"),
        target=record.number("target"),
        direction=record.choice("direction", choices.DIRECTIONS),
        deadline=record.day("deadline"),
        accountable=record.text("accountable"),
        coordinators=record.labels("coordinators"),
        mode=record.choice("mode", choices.MODES),
        authority=record.text("authority"),
        deliverable=record.text("deliverable"),
        evidence_plan=record.text("evidence_plan"),
        frequency=record.choice("frequency", choices.FREQUENCIES),
        origin=record.choice("origin", choices.ORIGINS) or Origin.SELF_PROPOSED,
        disclosed=disclosed,
        withheld_basis=basis,
    )


def read_progress(records: Iterable[Record], commitments: Mapping[int, CommitmentForm]) -> list[ProgressForm]:
    """The progress reports; one on a withheld commitment is withheld too."""
    return [_progress(record, commitments) for record in records]


def _progress(record: Record, commitments: Mapping[int, CommitmentForm]) -> ProgressForm:
    number = record.ordinal("commitment_number")
    commitment = commitments.get(number or _NO_NUMBER)
    if number and commitment is None and any(commitments):
        record.fault("commitment_number", Reason.NO_SUCH_COMMITMENT, number=str(number))
    disclosed = bool(record.choice("disclosed", choices.YES_NO))
    if disclosed and commitment and not commitment.disclosed:
        disclosed = False
        record.warn("disclosed", Reason.WITHHELD_WITH_COMMITMENT, number=str(number))
    state, value = record.figure("value")
    confirmed_by, document = record.text("confirmed_by"), record.text("confirmed_document")
    if bool(confirmed_by) != bool(document):
        record.warn("confirmed_by", Reason.CONFIRMATION_HALF)
    return ProgressForm(
        row=record.row,
        commitment_number=number or _NO_NUMBER,
        reported_on=record.day("reported_on") or _NO_DAY,
        value=value,
        figure_state=state,
        note=record.text("note"),
        source=record.text("source"),
        confirmed_by=confirmed_by,
        confirmed_document=document,
        disclosed=disclosed,
    )
