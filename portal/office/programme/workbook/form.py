"""What a programme says, as frozen forms: read from a workbook, typed at the desk, or read back.

Texts are plain text in Unicode NFC. Dates are days in Vietnam, figures exact decimals in the
commitment's ``measure_unit``. ``row`` is the Excel row it was read from, 0 elsewhere. Withheld is the
default: ``disclosed`` is true only where the officer wrote "Có" and nothing above withholds it.
What has a default value here, the workbook has no cell for: a workbook leaves it as it is.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.record.documents import Direction, FigureState, Frequency, Mode, Origin, Track


class Part(StrEnum):
    """The parts of a programme: the key tasks, and moral training (facts R36)."""

    WORK = "work"
    MORAL = "moral"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneForm:
    """A dated step on the way to one commitment; ``key`` is of the stored row, 0 for a new one."""

    title: str
    due_on: date
    done_on: date | None = None
    key: int = 0


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
    part: Part = Part.WORK
    ref: str = ""


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
    milestones: tuple[MilestoneForm, ...] = ()
    standard: str = ""  # of moral training, by its code
    ref: str = ""


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
class ConsultationForm:
    """Whose advice was asked while drafting, when, and what it came to; never a name (facts R16)."""

    role: str
    held_on: date | None
    gist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateForm:
    """Whose programme it is, for which mandate, by which criteria, and who declared it."""

    cadre_name: str
    post: str
    unit_code: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeForm:
    """A whole programme, sound enough to become a draft; ``warnings`` are Vietnamese sentences."""

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
    consultations: tuple[ConsultationForm, ...] = ()
