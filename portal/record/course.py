"""What is told of a commitment on its way: steps, reports in two layers, evidence, objective causes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.terms import FigureState


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDoc:
    """A dated step on the way (mốc tiến độ)."""

    title: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who confirmed a figure or a cause, and by which document."""

    body: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressDoc:
    """One progress report: self-reported until a competent body confirms it with a document."""

    reported_on: date
    state: FigureState
    value: Decimal | None
    note: str
    source: str
    confirmation: Confirmation | None = None
    corrected: str = ""  # why it replaces a report that was public before; empty: it replaces none


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDoc:
    """One evidence file, named by what it holds; ``size`` in bytes. Its own name is never kept."""

    sha256: str
    media_type: str
    size: int
    description: str
    added_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseDoc:
    """An objective cause, shown only once the competent body confirmed it."""

    text: str
    from_on: date
    to_on: date | None
    confirmation: Confirmation
