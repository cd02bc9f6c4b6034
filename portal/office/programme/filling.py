"""A workbook's form -> the draft's rows. Items keep their public reference by their STT."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.programme.meeting import meet
from portal.office.programme.portrait import portray_report
from portal.office.programme.tables import Commitment, KeyTask, Programme
from portal.office.programme.workbook.form import (
    CommitmentForm,
    MandateForm,
    Part,
    ProgrammeForm,
    ProgressForm,
    TaskForm,
)
from portal.office.progress.rules import standing
from portal.office.progress.tables import Progress

Placed = TypeVar("Placed", KeyTask, Commitment)


def fill(w: Work, programme: Programme, form: ProgrammeForm) -> None:
    """Make ``programme`` say what ``form`` says.

    An item the form no longer has is kept and withheld: nothing that was promised is deleted. The
    moral-training part, which no workbook has, stays as it is.
    """
    fill_mandate(programme, form)
    w.session.add(programme.mandate)
    w.session.flush()
    w.session.add(programme)
    w.session.flush()
    tasks = _by_place(task for task in programme.tasks if task.part != Part.MORAL)
    commitments = _by_place(c for task in tasks.values() for c in task.commitments)
    for task in tasks.values():
        task.disclosed = False
    for row in commitments.values():
        row.disclosed = False
    for task_form in form.tasks:
        task = tasks.get(task_form.number) or new_task(w, task_form)
        tasks[task_form.number] = task
        task.programme_id = programme.id
        fill_task(task, task_form)
        w.session.add(task)
    w.session.flush()
    for commitment_form in form.commitments:
        row = commitments.get(commitment_form.number) or new_commitment(w, commitment_form)
        commitments[commitment_form.number] = row
        row.task_id = tasks[commitment_form.task_number].id
        fill_commitment(row, commitment_form)
        w.session.add(row)
    w.session.flush()
    _follow_progress(w, commitments, form.progress)
    w.session.expire(programme)
    _make_room(programme, tasks.keys(), commitments.keys())


def new_task(w: Work, form: TaskForm) -> KeyTask:
    """An empty row for ``form``, which still has to be filled."""
    return KeyTask(id=w.ids.key(), ref=w.ids.ref(), rank=form.number, part=form.part)


def new_commitment(w: Work, form: CommitmentForm) -> Commitment:
    """An empty row for ``form``, which still has to be filled."""
    return Commitment(id=w.ids.key(), ref=w.ids.ref(), rank=form.number, standard=Sealed(form.standard))


def _make_room(programme: Programme, tasks: Iterable[int], commitments: Iterable[int]) -> None:
    """Give the moral-training part other numbers where the workbook has come to use its own."""
    moral = [task for task in programme.tasks if task.part == Part.MORAL]
    _renumber(moral, set(tasks))
    _renumber([c for task in moral for c in task.commitments], set(commitments))


def _renumber(rows: Iterable[Placed], taken: set[int]) -> None:
    for row in rows:
        if row.place in taken:
            row.place = max(taken) + 1
        taken.add(row.place)


def _by_place(rows: Iterable[Placed]) -> dict[int, Placed]:
    return {row.place: row for row in rows}


def _seal(row: object, form: object, *names: str, **renamed: str) -> None:
    """Copy ``names`` from ``form`` to ``row``, sealed; ``renamed`` maps a column to the form's name."""
    for column, name in (*((n, n) for n in names), *renamed.items()):
        value = getattr(form, name)
        setattr(row, column, Sealed(list(value) if isinstance(value, tuple) else value))


def fill_mandate(programme: Programme, form: ProgrammeForm | MandateForm) -> None:
    """Make ``programme`` say whose it is and for which mandate, as ``form`` does; its unit stays."""
    programme.profile = form.profile_code
    _seal(programme, form, "preface", "declared_by")
    mandate = programme.mandate
    _seal(
        mandate, form, "cadre_name", "post", "assigned_fields", "track", "decision_number", "decision_issuer"
    )
    _seal(mandate, form, decided_on="decision_on", starts_on="mandate_from", ends_on="mandate_to")


def fill_task(task: KeyTask, form: TaskForm) -> None:
    """Make ``task`` say what ``form`` says; its part stays."""
    task.place, task.disclosed = form.number, form.disclosed
    _seal(task, form, "title", "bottleneck", "objective", "solution", "areas", "withheld_basis")


def fill_commitment(row: Commitment, form: CommitmentForm) -> None:
    """Make ``row`` say what ``form`` says; milestones and standard, which no workbook has, stay."""
    row.place, row.disclosed = form.number, form.disclosed
    _seal(row, form, "text", "indicator", "measure_unit", "baseline", "baseline_on", "baseline_source")
    _seal(row, form, "target", "deadline", "accountable", "coordinators", "authority", "deliverable")
    _seal(row, form, "evidence_plan", "origin", "withheld_basis")
    # A draft may lack these; an empty text says so.
    row.direction = Sealed(form.direction or "")
    row.mode = Sealed(form.mode or "")
    row.frequency = Sealed(form.frequency or "")


def _follow_progress(w: Work, commitments: dict[int, Commitment], forms: Sequence[ProgressForm]) -> None:
    """Record the workbook's reports on days that have none yet; what was entered stays, word for word.

    A report known already takes at most a mark and a claimed confirmation from the workbook.
    """
    rows = [(row, report) for row in commitments.values() for report in standing(row.progress)]
    places = {row.id: number for number, row in commitments.items()}
    known = [replace(portray_report(p, row), commitment_number=places[row.id]) for row, p in rows]
    last = max((p.place for row in commitments.values() for p in row.progress), default=-1)
    for place, met in enumerate(meet(known, forms), last + 1):
        if met.at is None:
            w.session.add(_new_report(w, commitments[met.form.commitment_number], met.form, place))
        elif met.is_same_figure:
            _bring_up_to_date(rows[met.at][1], met.outcome())
    w.session.flush()


def _new_report(w: Work, row: Commitment, form: ProgressForm, place: int) -> Progress:
    report = Progress(id=w.ids.key(), commitment_id=row.id, place=place)
    report.disclosed, report.recorded_at = form.disclosed, w.now
    _seal(report, form, "reported_on", "value", "note", "source", state="figure_state")
    _seal(report, form, claimed_by="confirmed_by", claimed_document="confirmed_document")
    return report


def _bring_up_to_date(report: Progress, form: ProgressForm) -> None:
    report.disclosed = form.disclosed
    if report.confirmed_at is None:
        _seal(report, form, claimed_by="confirmed_by", claimed_document="confirmed_document")
