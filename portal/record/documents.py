"""What the public may see: frozen documents whose field lists are the disclosure policy.

A draft column stays private until somebody adds a field here and names it in
``portal.publication.compose``. Nothing in this module knows a draft.

Conventions: dates are ``datetime.date`` in Asia/Ho_Chi_Minh, instants are timezone-aware UTC,
figures are ``Decimal`` in the commitment's ``measure_unit``; references are opaque and stable.
Texts are plain text in Unicode NFC, as the officer wrote them (Vietnamese).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.record.course import CauseDoc as CauseDoc
from portal.record.course import Confirmation as Confirmation
from portal.record.course import EvidenceDoc as EvidenceDoc
from portal.record.course import MilestoneDoc as MilestoneDoc
from portal.record.course import ProgressDoc as ProgressDoc
from portal.record.evaluation.document import DossierDoc as DossierDoc
from portal.record.evaluation.document import ExplanationDoc as ExplanationDoc
from portal.record.evaluation.document import QuotationDoc as QuotationDoc
from portal.record.holding import FateDoc as FateDoc
from portal.record.holding import Holder as Holder
from portal.record.holding import InheritedDoc as InheritedDoc
from portal.record.holding import PostingDoc as PostingDoc
from portal.record.holding import SuccessorDoc as SuccessorDoc
from portal.record.holding import UnitLink as UnitLink
from portal.record.procedures import ProcedureMonth as ProcedureMonth
from portal.record.procedures import ProceduresDoc as ProceduresDoc
from portal.record.ratings.document import RatingsDoc as RatingsDoc
from portal.record.terms import Act as Act
from portal.record.terms import Direction as Direction
from portal.record.terms import Ending as Ending
from portal.record.terms import Fate as Fate
from portal.record.terms import FigureState as FigureState
from portal.record.terms import Frequency as Frequency
from portal.record.terms import Kind as Kind
from portal.record.terms import Mode as Mode
from portal.record.terms import Origin as Origin
from portal.record.terms import Track as Track
from portal.record.transparency import ReasonCount as ReasonCount
from portal.record.transparency import TransparencyDoc as TransparencyDoc
from portal.record.voice import CommentDoc as CommentDoc
from portal.record.voice import ModerationDoc as ModerationDoc
from portal.record.voice import ThemeDoc as ThemeDoc


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One arrow between an old unit and a new one (sáp nhập, chia, đổi tên)."""

    unit: UnitLink
    whole: bool
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDoc:
    """An administrative unit; its code may have belonged to another unit before ``valid_from``."""

    slug: str
    code: str
    name: str
    unit_type: str
    parent_name: str
    parent_slug: str | None
    valid_from: date | None
    valid_to: date | None
    successors: tuple[Succession, ...]
    predecessors: tuple[Succession, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The appointment decision or election result that opens the way to publication."""

    number: str
    decided_on: date
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One "rõ" of the clarity profile a programme was published under."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarityProfile:
    """5 rõ or 6 rõ, as data, kept as published."""

    code: str
    label: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised:
    """That the programme was appraised, by which body and when; never by whom (R32)."""

    body: str
    appraised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldBasis:
    """How many items stay unpublished on one ground; never which."""

    basis: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A field of work (lĩnh vực): a stable code and the label people read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTaskDoc:
    """Bottleneck -> objective -> solution -> commitments (R28)."""

    ref: str
    title: str
    bottleneck: str
    objective: str
    solution: str
    areas: tuple[Area, ...]
    commitments: tuple[str, ...]  # refs, in programme order


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDoc:
    """The public part of one action programme (chương trình hành động)."""

    ref: str
    holder: Holder
    assigned_fields: tuple[str, ...]
    track: Track
    decision: Decision
    mandate_from: date
    mandate_to: date
    preface: str
    profile: ClarityProfile
    appraised: Appraised
    issued_on: date
    tasks: tuple[KeyTaskDoc, ...]
    withheld_count: int | None  # None: the publication decision says not to show it
    withheld_bases: tuple[WithheldBasis, ...]
    ending: Ending | None = None
    ended_on: date | None = None
    continued_by: tuple[SuccessorDoc, ...] = ()
    postings: tuple[PostingDoc, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The moral standard a commitment of the moral-training part answers to, in the words of its source."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDoc:
    """One commitment as a resident reads it: who, what, by when, whose responsibility, what result.

    ``first_target`` and ``first_deadline`` are those of the first publication and never change.
    """

    ref: str
    programme_ref: str
    holder: Holder
    task_title: str
    areas: tuple[Area, ...]
    text: str
    indicator: str
    measure_unit: str
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal | None
    direction: Direction
    deadline: date
    first_target: Decimal | None
    first_deadline: date
    accountable: str
    coordinators: tuple[str, ...]
    mode: Mode | None
    authority: str
    deliverable: str
    evidence_plan: str
    frequency: Frequency | None
    origin: Origin
    profile_code: str
    appraised: Appraised
    milestones: tuple[MilestoneDoc, ...]
    progress: tuple[ProgressDoc, ...]  # oldest first
    causes: tuple[CauseDoc, ...]
    ending: Ending | None = None
    ended_on: date | None = None
    evidence: tuple[EvidenceDoc, ...] = ()  # oldest first
    fate: FateDoc | None = None
    inherited_from: tuple[InheritedDoc, ...] = ()
    standard: Standard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneDoc:
    """What stays when a document is taken down: that it was, when, and why."""

    ref: str
    withdrawn_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that differs between two revisions; ``kind`` names the ones people must notice.

    kind: ``changed`` · ``added`` · ``removed`` · ``target_lowered`` · ``target_raised`` ·
    ``deadline_moved_later`` · ``deadline_moved_earlier``.
    """

    field: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Why this revision exists: shown with it, and with every difference."""

    reason: str = ""
    document: str = ""  # number, date and issuer of the paper that ordered it
    changes: tuple[Change, ...] = ()


Document = (
    UnitDoc | ProgrammeDoc | CommitmentDoc | CommentDoc | ModerationDoc | TombstoneDoc | ProceduresDoc
    | RatingsDoc | ThemeDoc | TransparencyDoc | DossierDoc | ExplanationDoc | QuotationDoc
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One published revision: the document and its place in the log."""

    position: int  # index of the entry in the log, from 0
    kind: Kind
    ref: str
    number: int  # revision number of this ref, from 1
    act: Act
    at: datetime
    digest: str  # hex SHA-256 of salt and content, as committed to by the log
    document: Document | None  # None: the text was lawfully erased; every proof still verifies
    notice: Notice

    def __hash__(self) -> int:
        """By the digest, which stands for the rest: what is worked out from a revision is kept under it."""
        return hash(self.digest)
