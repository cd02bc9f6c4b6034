"""A workbook's form -> the draft's rows. Items keep their public reference by their STT."""

from collections.abc import Iterable
from typing import TypeVar

from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.programme.tables import Commitment, KeyTask, Mandate, Programme
from portal.office.programme.workbook.form import CommitmentForm, ProgrammeForm, ProgressForm, TaskForm
from portal.office.progress.tables import Progress

Placed = TypeVar("Placed", KeyTask, Commitment)


def fill(w: Work, programme: Programme, form: ProgrammeForm) -> None:
    """Make ``programme`` say what ``form`` says.

    An item the form no longer has is kept and withheld: nothing that was promised is deleted.
    """
    _fill_mandate(programme.mandate, form)
    programme.profile = form.profile_code
    _seal(programme, form, "preface", "declared_by")
    w.session.add(programme.mandate)
    w.session.flush()
    w.session.add(programme)
    w.session.flush()
    tasks = _by_place(programme.tasks)
    commitments = _by_place(c for task in programme.tasks for c in task.commitments)
    for task in tasks.values():
        task.disclosed = False
    for row in commitments.values():
        row.disclosed = False
    for task_form in form.tasks:
        task = tasks.get(task_form.number) or KeyTask(id=w.ids.key(), ref=w.ids.ref())
        tasks[task_form.number] = task
        task.programme_id = programme.id
        _fill_task(task, task_form)
        w.session.add(task)
    w.session.flush()
    for commitment_form in form.commitments:
        row = commitments.get(commitment_form.number) or Commitment(id=w.ids.key(), ref=w.ids.ref())
        commitments[commitment_form.number] = row
        row.task_id = tasks[commitment_form.task_number].id
        _fill_commitment(row, commitment_form)
        w.session.add(row)
    w.session.flush()
    _replace_progress(w, commitments, form.progress)
    w.session.expire(programme)


def _by_place(rows: Iterable[Placed]) -> dict[int, Placed]:
    return {row.place: row for row in rows}


def _seal(row: object, form: object, *names: str, **renamed: str) -> None:
    """Copy ``names`` from ``form`` to ``row``, sealed; ``renamed`` maps a column to the form's name."""
    for column, name in (*((n, n) for n in names), *renamed.items()):
        value = getattr(form, name)
        setattr(row, column, Sealed(list(value) if isinstance(value, tuple) else value))


def _fill_mandate(mandate: Mandate, form: ProgrammeForm) -> None:
    _seal(
        mandate, form, "cadre_name", "post", "assigned_fields", "track", "decision_number", "decision_issuer"
    )
    _seal(mandate, form, decided_on="decision_on", starts_on="mandate_from", ends_on="mandate_to")


def _fill_task(task: KeyTask, form: TaskForm) -> None:
    task.place, task.disclosed = form.number, form.disclosed
    _seal(task, form, "title", "bottleneck", "objective", "solution", "areas", "withheld_basis")


def _fill_commitment(row: Commitment, form: CommitmentForm) -> None:
    row.place, row.disclosed = form.number, form.disclosed
    _seal(row, form, "text", "indicator", "measure_unit", "baseline", "baseline_on", "baseline_source")
    _seal(row, form, "target", "deadline", "accountable", "coordinators", "authority", "deliverable")
    _seal(row, form, "evidence_plan", "origin", "withheld_basis")
    # A draft may lack these; an empty text says so.
    row.direction = Sealed(form.direction or "")
    row.mode = Sealed(form.mode or "")
    row.frequency = Sealed(form.frequency or "")


def _replace_progress(w: Work, commitments: dict[int, Commitment], forms: Iterable[ProgressForm]) -> None:
    for row in commitments.values():
        for old in row.progress:
            w.session.delete(old)
    for place, form in enumerate(forms):
        report = Progress(id=w.ids.key(), commitment_id=commitments[form.commitment_number].id, place=place)
        report.disclosed = form.disclosed
        _seal(report, form, "reported_on", "value", "note", "source", "confirmed_by", "confirmed_document")
        _seal(report, form, state="figure_state")
        w.session.add(report)
    w.session.flush()
