"""The dossier of one programme in one period ("Bản tổng hợp ý kiến giám sát"): what is in it, frozen.

Made of the published record alone, so anybody can compile it again from the same checkpoint.
Facts, counts and quotations; no grade, no composite score, no ranking (architecture, 10).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.documents import (
    CauseDoc,
    Change,
    Decision,
    Direction,
    EvidenceDoc,
    Origin,
    ReasonCount,
    Track,
)
from portal.record.evaluation.counting import FourFigures, ProductCounts, Tally
from portal.record.evaluation.document import AccountDoc
from portal.record.evaluation.outcome import Verdict
from portal.record.evaluation.periods import PeriodDoc
from portal.record.holding import Holder
from portal.record.ratings.figures import Row
from portal.record.voice import ReplyDoc

FORM = "namro-dossier/1"
FORMULAS = "2026-11-24"  # the day the formulas got their present form; a frozen dossier keeps its own
REFERENCE_ONLY = (
    "Tài liệu tham khảo phục vụ đánh giá; không thay thế kết quả đánh giá, xếp loại của cấp có thẩm quyền."
)
EXAMPLES = 3  # published comments quoted for a theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointPart:
    """The state of the log it was made from."""

    log_size: int
    root_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """The days off and the weekend days worked, by which lateness was counted."""

    days_off: tuple[date, ...]
    worked_instead: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePart:
    """Whose programme it is, and the entry of the log it was read from."""

    ref: str
    position: int
    holder: Holder
    track: Track
    decision: Decision
    mandate_from: date
    mandate_to: date
    withheld_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPart:
    """One public commitment: what was promised, what became of it, and the entry it was read from."""

    ref: str
    position: int
    text: str
    indicator: str
    measure_unit: str
    baseline: Decimal | None
    target: Decimal | None
    first_target: Decimal | None
    direction: Direction
    deadline: date
    first_deadline: date
    accountable: str
    deliverable: str
    origin: Origin
    causes: tuple[CauseDoc, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePart:
    """One file of evidence of one commitment, named by its SHA-256."""

    commitment_ref: str
    file: EvidenceDoc


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPart:
    """The released ratings of one commitment in one quarter: groups side by side, never blended."""

    commitment_ref: str
    quarter: str
    position: int
    least_cell: int
    batches: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePart:
    """A comment as it was published."""

    ref: str
    commitment_ref: str
    received_on: date
    shown_as: str
    words: str
    reply: ReplyDoc | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePart:
    """What several comments have in common, the first published ones, and the reply."""

    ref: str
    title: str
    comments: int  # of the period
    asked_on: date | None
    due_on: date | None
    reply: ReplyDoc | None
    examples: tuple[ExamplePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationPart:
    """How the comments received in the period were dealt with: nobody can say criticism was hidden.

    ``shown`` to ``taken_back`` count comments and stubs; the rest counts lines of the public ledger.
    What was guided to another channel or sealed is in no count beside a cadre (facts §5.4).
    """

    shown: int
    masked: int
    refused: tuple[ReasonCount, ...]
    taken_back: int
    replied: int
    decisions: int
    in_time: int
    second_person: int
    merged: int
    appeals: int
    overturned: int
    upheld: int
    median_hours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """A change of the public programme during the period, with its reason and document."""

    position: int
    ref: str
    on: date
    act: str
    reason: str
    document: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything the dossier says. ``correction``: why this version follows another."""

    form: str
    formulas: str
    reference_only: str
    version: int
    correction: str
    frozen_on: date
    period: PeriodDoc
    checkpoint: CheckpointPart
    calendar: CalendarPart
    programme: ProgrammePart
    figures: FourFigures
    products: ProductCounts
    tallies: tuple[Tally, ...]
    commitments: tuple[CommitmentPart, ...]
    accounts: tuple[AccountDoc, ...]
    evidence: tuple[EvidencePart, ...]
    ratings: tuple[RatingPart, ...]
    themes: tuple[ThemePart, ...]
    moderation: ModerationPart
    changes: tuple[ChangePart, ...]
