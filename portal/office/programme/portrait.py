"""A draft's rows -> frozen forms: the one way to read a whole draft back, for screens and versions."""

from typing import Any, TypeVar

from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.programme.tables import Commitment, Consultation, KeyTask, Programme
from portal.office.programme.workbook.form import (
    CommitmentForm,
    ConsultationForm,
    MandateForm,
    MilestoneForm,
    Part,
    ProgrammeForm,
    ProgressForm,
    TaskForm,
)
from portal.office.progress.rules import standing
from portal.office.progress.tables import Progress
from portal.office.units.tables import Unit
from portal.record.documents import Direction, FigureState, Frequency, Mode, Origin, Track

T = TypeVar("T")


def _open(value: Sealed[T]) -> T:
    return value.open(reason=Reason.DRAFT)


def _opened(row: object, *names: str) -> dict[str, Any]:
    """The columns ``names`` of ``row``, opened; lists as tuples."""
    values = {name: _open(getattr(row, name)) for name in names}
    return {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}


def portrait(w: Work, programme: Programme) -> ProgrammeForm:
    """The whole draft as it stands, withheld items included."""
    unit = w.session.get_one(Unit, programme.mandate.unit_id)
    mandate = portray_mandate(w, programme)
    rows = [(task, row) for task in programme.tasks for row in task.commitments]
    return ProgrammeForm(
        **{name: getattr(mandate, name) for name in MandateForm.__slots__},
        unit_name=unit.name,
        tasks=tuple(portray_task(task) for task in programme.tasks),
        commitments=tuple(portray_commitment(row, task) for task, row in rows),
        progress=tuple(portray_report(report, row) for _, row in rows for report in standing(row.progress)),
        warnings=(),
        consultations=tuple(portray_consultation(row) for row in in_order(programme.consultations)),
    )


def portray_mandate(w: Work, programme: Programme) -> MandateForm:
    """Whose programme it is and for which mandate."""
    mandate = programme.mandate
    return MandateForm(
        **_opened(mandate, "cadre_name", "post", "assigned_fields", "decision_number", "decision_issuer"),
        **_opened(programme, "preface", "declared_by"),
        unit_code=w.session.get_one(Unit, mandate.unit_id).code,
        track=Track(_open(mandate.track)),
        decision_on=_open(mandate.decided_on),
        mandate_from=_open(mandate.starts_on),
        mandate_to=_open(mandate.ends_on),
        profile_code=programme.profile,
    )


def portray_task(task: KeyTask) -> TaskForm:
    """One key task."""
    return TaskForm(
        **_opened(task, "title", "bottleneck", "objective", "solution", "areas", "withheld_basis"),
        row=0,
        number=task.place,
        disclosed=task.disclosed,
        part=Part(task.part),
        ref=task.ref,
    )


def portray_commitment(row: Commitment, task: KeyTask) -> CommitmentForm:
    """One commitment of ``task``."""
    direction, mode, frequency = _open(row.direction), _open(row.mode), _open(row.frequency)
    return CommitmentForm(
        **_opened(row, "text", "indicator", "measure_unit", "baseline", "baseline_on", "baseline_source"),
        **_opened(row, "target", "deadline", "accountable", "coordinators", "authority", "deliverable"),
        **_opened(row, "evidence_plan", "withheld_basis", "standard"),
        row=0,
        number=row.place,
        task_number=task.place,
        direction=Direction(direction) if direction else None,
        mode=Mode(mode) if mode else None,
        frequency=Frequency(frequency) if frequency else None,
        origin=Origin(_open(row.origin)),
        disclosed=row.disclosed,
        milestones=portray_milestones(row),
        ref=row.ref,
    )


def portray_milestones(row: Commitment) -> tuple[MilestoneForm, ...]:
    """The steps on the way to ``row``."""
    return tuple(MilestoneForm(**_opened(m, "title", "due_on", "done_on"), key=m.id) for m in row.milestones)


def portray_consultation(row: Consultation) -> ConsultationForm:
    """One consultation."""
    return ConsultationForm(**_opened(row, "role", "held_on", "gist"))


def in_order(rows: list[Consultation]) -> list[Consultation]:
    """Consultations by day, those without one last."""
    return sorted(rows, key=lambda row: (not _open(row.held_on), str(_open(row.held_on)), row.id))


def portray_report(report: Progress, row: Commitment) -> ProgressForm:
    """One report on ``row``, with its confirmation, or the one a workbook claimed for it."""
    is_sure = report.confirmed_at is not None
    return ProgressForm(
        **_opened(report, "reported_on", "value", "note", "source"),
        confirmed_by=_open(report.confirmed_by if is_sure else report.claimed_by),
        confirmed_document=_open(report.confirmed_document if is_sure else report.claimed_document),
        row=0,
        commitment_number=row.place,
        figure_state=FigureState(_open(report.state)),
        disclosed=report.disclosed,
    )
