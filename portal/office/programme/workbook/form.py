"""What was read from a programme workbook: frozen forms, before anything is stored.

Texts are plain text in Unicode NFC. Dates are days in Vietnam, figures exact decimals in the
commitment's ``measure_unit``. ``row`` is the Excel row it was read from. Withheld is the default:
``disclosed`` is true only where the officer wrote "Có" and nothing above withholds it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.documents import Direction, FigureState, Frequency, Mode, Origin, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForm:
    """One key task (nhiệm vụ trọng tâm)."""

    row: int
    number: int
    title: str
    bottleneck: str
    objective: str
    solution: str
    areas: tuple[str, ...]  # labels, as written
    disclosed: bool
    withheld_basis: str  # "" when disclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentForm:
    """One commitment; what a draft may still lack is None or "", and the clarity rules judge it."""

    row: int
    number: int
    task_number: int
    text: str
    indicator: str
    measure_unit: str
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal | None
    direction: Direction | None
    deadline: date | None
    accountable: str
    coordinators: tuple[str, ...]
    mode: Mode | None
    authority: str
    deliverable: str
    evidence_plan: str
    frequency: Frequency | None
    origin: Origin
    disclosed: bool
    withheld_basis: str
    milestones: tuple[()] = ()  # the workbook has no sheet for them yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressForm:
    """One progress report; zero is a figure, no data and not connected are not (R40)."""

    row: int
    commitment_number: int
    reported_on: date
    value: Decimal | None
    figure_state: FigureState
    note: str
    source: str
    confirmed_by: str
    confirmed_document: str
    disclosed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeForm:
    """A whole workbook, sound enough to become a draft; ``warnings`` are Vietnamese sentences."""

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
    tasks: tuple[TaskForm, ...]
    commitments: tuple[CommitmentForm, ...]
    progress: tuple[ProgressForm, ...]
    warnings: tuple[str, ...]
