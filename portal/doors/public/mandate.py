"""A mandate as a story: each commitment from promise to outcome, and where its days lie on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.doors.readings import Row, Viewpoint, row_of
from portal.kernel.clock import day
from portal.record.attainment import Layer, figures
from portal.record.documents import Act, CommitmentDoc, ProgrammeDoc, ProgressDoc, Revision
from portal.record.evaluation.periods import before_reappointment
from portal.record.field_words import LABELS

_EDGE = 1.0  # per cent kept free at both ends, so that a mark is never cut
NOTICE_DAYS = 90  # before the mandate ends (facts §2)


@dataclass(frozen=True, slots=True)
class Bar:
    """One commitment on the line of the mandate, in per cent of its length."""

    start: float
    end: float
    first_end: float | None  # the deadline first published, where it is another
    reached: float | None
    form: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a promise: a change with its reason and document."""

    on: date
    reason: str
    document: str
    said: tuple[tuple[str, str], ...]  # what a field is called, and what became of it
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """One commitment from promise to outcome."""

    row: Row
    bar: Bar
    steps: tuple[Step, ...]
    confirmed: tuple[ProgressDoc, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Where a year begins on the line."""

    year: int
    at: float


def story_of(
    doc: CommitmentDoc, history: Sequence[Revision], programme: ProgrammeDoc, view: Viewpoint
) -> Story:
    """What became of ``doc``; ``history`` are its revisions, the newest first."""
    row = row_of(doc, view)
    return Story(
        row=row,
        bar=_bar(row, programme),
        steps=tuple(_step(r) for r in reversed(history) if r.act in (Act.AMEND, Act.CORRECT)),
        confirmed=tuple(figure.row for figure in figures(doc, Layer.CONFIRMED)),
    )


def years_of(programme: ProgrammeDoc) -> tuple[Years, ...]:
    """The years that begin within the mandate."""
    known = range(programme.mandate_from.year + 1, programme.mandate_to.year + 1)
    return tuple(Years(year, place(date(year, 1, 1), programme)) for year in known)


def place(on: date, programme: ProgrammeDoc) -> float:
    """Where ``on`` lies between the first and the last day of the mandate; outside it at that edge."""
    whole = (programme.mandate_to - programme.mandate_from).days or 1
    share = (on - programme.mandate_from).days / whole
    return round(_EDGE + min(max(share, 0.0), 1.0) * (100 - 2 * _EDGE), 1)


def report_due(programme: ProgrammeDoc) -> date:
    """The day from which the results are reported before the mandate ends (facts §2)."""
    _, last = before_reappointment(programme.mandate_from, programme.mandate_to, notice_days=NOTICE_DAYS)
    return max(programme.mandate_from, last)


def ends_soon(programme: ProgrammeDoc, today: date) -> bool:
    """Whether the report before the end of the mandate is due."""
    return report_due(programme) <= today <= programme.mandate_to


def _bar(row: Row, programme: ProgrammeDoc) -> Bar:
    doc, reached = row.doc, row.standing.reached_on
    moved = doc.first_deadline != doc.deadline
    return Bar(
        start=place(doc.appraised.appraised_on, programme),
        end=place(doc.deadline, programme),
        first_end=place(doc.first_deadline, programme) if moved else None,
        reached=place(reached, programme) if reached else None,
        form=row.sign.form,
        tone=row.sign.tone,
    )


def _step(revision: Revision) -> Step:
    notice = revision.notice
    said = tuple(
        (LABELS[change.field], f"{change.before or '–'} → {change.after or '–'}") for change in notice.changes
    )
    return Step(day(revision.at), notice.reason, notice.document, said, revision.number)
