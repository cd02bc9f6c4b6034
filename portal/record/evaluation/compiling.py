"""Compiling a dossier: pure, from documents of the record to the frozen dossier, twice the same bytes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import TypeVar

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.clock import day
from portal.record.documents import (
    CommentDoc,
    CommitmentDoc,
    ExplanationDoc,
    ModerationDoc,
    ProgrammeDoc,
    RatingsDoc,
    ReasonCount,
    Revision,
    ThemeDoc,
)
from portal.record.evaluation import counting, dossier
from portal.record.evaluation.dossier import Dossier
from portal.record.evaluation.outcome import judge
from portal.record.evaluation.periods import PeriodDoc, touches
from portal.record.moderation_words import AppealState, Verdict
from portal.record.voice import CommentState

Progress = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The documents of one programme as the log had them at the checkpoint, each with its place."""

    programme: Revision
    commitments: Sequence[Revision]
    comments: Sequence[CommentDoc] = ()
    ledger: Sequence[ModerationDoc] = ()
    themes: Sequence[ThemeDoc] = ()
    ratings: Sequence[Revision] = ()
    explanation: ExplanationDoc | None = None
    history: Sequence[Revision] = ()  # of the programme and its commitments, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What else a dossier follows from: the period, the freeze, the checkpoint, the calendar."""

    period: PeriodDoc
    frozen_on: date
    log_size: int
    root_hex: str
    calendar: WorkingCalendar
    version: int = 1
    correction: str = ""


def compile_dossier(
    source: Source, frame: Frame, *, progress: Progress = lambda done, total: None
) -> Dossier:
    """The dossier. ``progress`` hears how many of the commitments are done."""
    programme = _programme(source.programme)
    order = {ref: n for n, ref in enumerate(_order(source.programme))}
    parts = []
    for revision in sorted(source.commitments, key=lambda r: (order.get(r.ref, len(order)), r.ref)):
        parts.append(_commitment(revision, frame))
        progress(len(parts), len(source.commitments))
    verdicts = [part.verdict for part in parts]
    heard = [c for c in source.comments if frame.period.first <= c.received_on <= frame.period.last]
    return Dossier(
        form=dossier.FORM,
        formulas=dossier.FORMULAS,
        reference_only=dossier.REFERENCE_ONLY,
        version=frame.version,
        correction=frame.correction,
        frozen_on=frame.frozen_on,
        period=frame.period,
        checkpoint=dossier.CheckpointPart(log_size=frame.log_size, root_hex=frame.root_hex),
        calendar=_calendar(frame.calendar),
        programme=programme,
        figures=counting.four_figures(verdicts),
        products=counting.product_counts(verdicts),
        tallies=counting.tallies(verdicts),
        commitments=tuple(parts),
        accounts=source.explanation.accounts if source.explanation else (),
        evidence=_evidence(source, frame.period, [part.ref for part in parts]),
        ratings=_ratings(source.ratings, frame.period),
        themes=_themes(source.themes, heard),
        moderation=_moderation(heard, source.ledger),
        changes=_changes(source.history, frame.period),
    )


def _told(document: object, kind: type[T]) -> T:
    assert isinstance(document, kind)  # whoever gathered asked for this kind
    return document


def _order(programme: Revision) -> list[str]:
    return [ref for task in _told(programme.document, ProgrammeDoc).tasks for ref in task.commitments]


def _programme(revision: Revision) -> dossier.ProgrammePart:
    doc = _told(revision.document, ProgrammeDoc)
    return dossier.ProgrammePart(
        ref=doc.ref,
        position=revision.position,
        holder=doc.holder,
        track=doc.track,
        decision=doc.decision,
        mandate_from=doc.mandate_from,
        mandate_to=doc.mandate_to,
        withheld_count=doc.withheld_count,
    )


def _calendar(known: WorkingCalendar) -> dossier.CalendarPart:
    return dossier.CalendarPart(
        days_off=tuple(sorted(known.holidays)), worked_instead=tuple(sorted(known.swapped_working_days))
    )


def calendar_of(part: dossier.CalendarPart) -> WorkingCalendar:
    """The calendar a dossier was counted by."""
    return WorkingCalendar(
        holidays=frozenset(part.days_off), swapped_working_days=frozenset(part.worked_instead)
    )


def _commitment(revision: Revision, frame: Frame) -> dossier.CommitmentPart:
    doc = _told(revision.document, CommitmentDoc)
    return dossier.CommitmentPart(
        ref=doc.ref,
        position=revision.position,
        text=doc.text,
        indicator=doc.indicator,
        measure_unit=doc.measure_unit,
        baseline=doc.baseline,
        target=doc.target,
        first_target=doc.first_target,
        direction=doc.direction,
        deadline=doc.deadline,
        first_deadline=doc.first_deadline,
        accountable=doc.accountable,
        deliverable=doc.deliverable,
        origin=doc.origin,
        causes=doc.causes,
        verdict=judge(doc, frame.period, known_on=frame.frozen_on, calendar=frame.calendar),
    )


def _evidence(source: Source, period: PeriodDoc, order: Sequence[str]) -> tuple[dossier.EvidencePart, ...]:
    """The files of every commitment, in programme order; those of after the period belong to the next."""
    files = {r.ref: _told(r.document, CommitmentDoc).evidence for r in source.commitments}
    return tuple(
        dossier.EvidencePart(commitment_ref=ref, file=file)
        for ref in order
        for file in files[ref]
        if file.added_on <= period.last
    )


def _ratings(revisions: Sequence[Revision], period: PeriodDoc) -> tuple[dossier.RatingPart, ...]:
    documents = [(r.position, _told(r.document, RatingsDoc)) for r in revisions]
    parts = [
        dossier.RatingPart(
            commitment_ref=doc.commitment_ref,
            quarter=doc.figures.period,
            position=position,
            least_cell=doc.figures.least_cell,
            batches=len(doc.figures.batches),
            rows=doc.figures.rows,
        )
        for position, doc in documents
        if touches(doc.figures.period, period)
    ]
    return tuple(sorted(parts, key=lambda part: (part.commitment_ref, part.quarter)))


def _themes(themes: Sequence[ThemeDoc], heard: Sequence[CommentDoc]) -> tuple[dossier.ThemePart, ...]:
    known = {comment.ref: comment for comment in heard}
    parts = []
    for theme in sorted(themes, key=lambda theme: theme.ref):
        mine = [known[ref] for ref in theme.comments if ref in known]
        if mine:
            parts.append(_theme(theme, mine))
    return tuple(parts)


def _theme(theme: ThemeDoc, mine: Sequence[CommentDoc]) -> dossier.ThemePart:
    readable = [comment for comment in mine if comment.words]
    return dossier.ThemePart(
        ref=theme.ref,
        title=theme.title,
        comments=len(mine),
        asked_on=theme.asked_on,
        due_on=theme.due_on,
        reply=theme.reply,
        examples=tuple(_example(comment) for comment in readable[: dossier.EXAMPLES]),
    )


def _example(comment: CommentDoc) -> dossier.ExamplePart:
    return dossier.ExamplePart(
        ref=comment.ref,
        commitment_ref=comment.commitment_ref,
        received_on=comment.received_on,
        shown_as=comment.shown_as,
        words=comment.words,
        reply=comment.reply,
    )


def _moderation(heard: Sequence[CommentDoc], ledger: Sequence[ModerationDoc]) -> dossier.ModerationPart:
    states = Counter(comment.state for comment in heard)
    refused = Counter(c.reason or "" for c in heard if c.state is CommentState.REFUSED)
    mine = {comment.ref for comment in heard}
    lines = [line for line in ledger if line.comment_ref in mine]
    appeals = Counter(line.appeal for line in lines if line.appeal)
    return dossier.ModerationPart(
        shown=states[CommentState.SHOWN],
        masked=states[CommentState.MASKED],
        refused=tuple(ReasonCount(reason=reason, count=n) for reason, n in sorted(refused.items())),
        taken_back=states[CommentState.TAKEN_BACK],
        replied=sum(comment.reply is not None for comment in heard),
        decisions=len(lines),
        in_time=sum(line.in_time for line in lines),
        second_person=sum(line.second_person for line in lines),
        merged=sum(line.decision == Verdict.MERGE for line in lines),
        appeals=sum(appeals.values()),
        overturned=appeals[AppealState.OVERTURNED],
        upheld=appeals[AppealState.UPHELD],
        median_hours=median_low(line.hours for line in lines) if lines else None,
    )


def _changes(history: Sequence[Revision], period: PeriodDoc) -> tuple[dossier.ChangePart, ...]:
    return tuple(
        dossier.ChangePart(
            position=revision.position,
            ref=revision.ref,
            on=day(revision.at),
            act=revision.act.value,
            reason=revision.notice.reason,
            document=revision.notice.document,
            changes=revision.notice.changes,
        )
        for revision in history
        if period.first <= day(revision.at) <= period.last
    )
