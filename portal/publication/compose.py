"""Draft -> document: each public field named once, opened only where the item is marked public.

Disclosure is decided before anything is opened. What is withheld is counted and given a coded ground;
nothing it says is read here.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portal.kernel import text
from portal.kernel.clock import day
from portal.kernel.sealed import Reason, Sealed
from portal.office.programme.standards import standards
from portal.office.programme.tables import Commitment, KeyTask, Mandate, Milestone, Programme
from portal.office.progress.rules import replaced_by, standing
from portal.office.progress.tables import Cause, Evidence, Progress
from portal.publication import bases
from portal.record.documents import (
    Appraised,
    Area,
    CauseDoc,
    ClarityProfile,
    CommitmentDoc,
    Confirmation,
    Decision,
    Direction,
    Ending,
    EvidenceDoc,
    FateDoc,
    FigureState,
    Frequency,
    Holder,
    InheritedDoc,
    KeyTaskDoc,
    MilestoneDoc,
    Mode,
    Origin,
    PostingDoc,
    ProgrammeDoc,
    ProgressDoc,
    Standard,
    SuccessorDoc,
    Track,
    UnitLink,
    WithheldBasis,
)

T = TypeVar("T")


class Incomplete(Exception):
    """A commitment lacks what a document cannot do without; the clarity report says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the valve knows besides the draft: unit, profile, appraisal, day of issue."""

    unit: UnitLink
    profile: ClarityProfile
    appraised: Appraised
    issued_on: date
    postings: tuple[PostingDoc, ...] = ()
    ending: Ending | None = None
    ended_on: date | None = None
    continued_by: tuple[SuccessorDoc, ...] = ()
    fates: Mapping[str, FateDoc] = field(default_factory=dict)
    inherited: Mapping[str, tuple[InheritedDoc, ...]] = field(default_factory=dict)


def _open(value: Sealed[T]) -> T:
    return value.open(reason=Reason.COMPOSE)


def compose_programme(draft: Programme, setting: Setting) -> ProgrammeDoc:
    """The public part of ``draft`` as one document."""
    mandate = draft.mandate
    return ProgrammeDoc(
        ref=draft.ref,
        holder=_holder(mandate, setting.unit),
        assigned_fields=tuple(_open(mandate.assigned_fields)),
        track=Track(_open(mandate.track)),
        decision=_decision(mandate),
        mandate_from=_open(mandate.starts_on),
        mandate_to=_open(mandate.ends_on),
        preface=_open(draft.preface),
        profile=setting.profile,
        appraised=setting.appraised,
        issued_on=setting.issued_on,
        tasks=tuple(_task(task) for task in draft.tasks if task.disclosed),
        withheld_count=withheld_count(draft) if draft.show_withheld_count else None,
        withheld_bases=_withheld_bases(draft) if draft.show_withheld_count else (),
        postings=setting.postings,
        ending=setting.ending,
        ended_on=setting.ended_on,
        continued_by=setting.continued_by,
    )


def compose_commitments(draft: Programme, setting: Setting) -> tuple[CommitmentDoc, ...]:
    """The public commitments of ``draft``, in its order. Raises Incomplete."""
    return tuple(
        _commitment(draft, task, commitment, setting)
        for task in draft.tasks
        if task.disclosed
        for commitment in task.commitments
        if commitment.disclosed
    )


def withheld_count(draft: Programme) -> int:
    """How many tasks and commitments stay inside; a withheld task takes its commitments with it."""
    return sum(
        (not task.disclosed) + sum(not (task.disclosed and c.disclosed) for c in task.commitments)
        for task in draft.tasks
    )


def _withheld_bases(draft: Programme) -> tuple[WithheldBasis, ...]:
    counts: Counter[str] = Counter()
    for task in draft.tasks:
        if not task.disclosed:
            counts[bases.basis_of(_open(task.withheld_basis))] += 1 + len(task.commitments)
            continue
        for commitment in task.commitments:
            if not commitment.disclosed:
                counts[bases.basis_of(_open(commitment.withheld_basis))] += 1
    return tuple(
        WithheldBasis(basis=ground.label, count=counts[ground.code])
        for ground in bases.grounds()
        if counts[ground.code]
    )


def _holder(mandate: Mandate, unit: UnitLink) -> Holder:
    return Holder(cadre_name=_open(mandate.cadre_name), post=_open(mandate.post), unit=unit)


def _decision(mandate: Mandate) -> Decision:
    decided_on = _open(mandate.decided_on)
    if decided_on is None:
        raise Incomplete("decision")
    return Decision(
        number=_open(mandate.decision_number),
        decided_on=decided_on,
        issuer=_open(mandate.decision_issuer),
    )


def _task(task: KeyTask) -> KeyTaskDoc:
    return KeyTaskDoc(
        ref=task.ref,
        title=_open(task.title),
        bottleneck=_open(task.bottleneck),
        objective=_open(task.objective),
        solution=_open(task.solution),
        areas=_areas(task),
        commitments=tuple(c.ref for c in task.commitments if c.disclosed),
    )


def _areas(task: KeyTask) -> tuple[Area, ...]:
    return tuple(Area(code=text.slug(label), label=label) for label in _open(task.areas))


def _commitment(draft: Programme, task: KeyTask, row: Commitment, setting: Setting) -> CommitmentDoc:
    deadline, direction = _open(row.deadline), _open(row.direction)
    if deadline is None or not direction:
        raise Incomplete(row.ref)
    first_deadline, target = _open(row.first_deadline), _open(row.target)
    return CommitmentDoc(
        ref=row.ref,
        programme_ref=draft.ref,
        holder=_holder(draft.mandate, setting.unit),
        task_title=_open(task.title),
        areas=_areas(task),
        text=_open(row.text),
        indicator=_open(row.indicator),
        measure_unit=_open(row.measure_unit),
        baseline=_open(row.baseline), baseline_on=_open(row.baseline_on),
        baseline_source=_open(row.baseline_source),
        target=target, direction=Direction(direction), deadline=deadline,
        first_target=_open(row.first_target) if first_deadline else target,
        first_deadline=first_deadline or deadline,
        accountable=_open(row.accountable),
        coordinators=tuple(_open(row.coordinators)),
        mode=Mode(mode) if (mode := _open(row.mode)) else None,
        authority=_open(row.authority),
        deliverable=_open(row.deliverable),
        evidence_plan=_open(row.evidence_plan),
        frequency=Frequency(often) if (often := _open(row.frequency)) else None,
        origin=Origin(_open(row.origin)),
        standard=_standard(_open(row.standard)),
        profile_code=setting.profile.code,
        appraised=setting.appraised,
        milestones=tuple(_milestone(m) for m in row.milestones),
        progress=compose_reports(row),
        causes=compose_causes(row),
        evidence=compose_evidence(row),
        ending=setting.ending, ended_on=setting.ended_on,
        fate=setting.fates.get(row.ref),
        inherited_from=setting.inherited.get(row.ref, ()),
    )  # fmt: skip


def days_done(row: Commitment) -> dict[tuple[str, date], date | None]:
    """For each step on the way to ``row``, by title and deadline: the day it was done."""
    return {(_open(m.title), _open(m.due_on)): _open(m.done_on) for m in row.milestones}


def measures_the_same(row: Commitment, known: CommitmentDoc) -> bool:
    """Whether figures reported on ``row`` are still those of the indicator that was published."""
    return (_open(row.indicator), _open(row.measure_unit)) == (known.indicator, known.measure_unit)


def _standard(code: str) -> Standard | None:
    return Standard(code=code, label=standards().label(code)) if code else None


def _milestone(row: Milestone) -> MilestoneDoc:
    return MilestoneDoc(title=_open(row.title), due_on=_open(row.due_on), done_on=_open(row.done_on))


def compose_reports(row: Commitment) -> tuple[ProgressDoc, ...]:
    """The reports that stand and are public, oldest first."""
    before = replaced_by(row.progress)
    made = (_progress(p, before.get(p.id)) for p in standing(row.progress) if p.disclosed)
    return tuple(sorted(made, key=lambda p: p.reported_on))


def _progress(row: Progress, before: Progress | None) -> ProgressDoc:
    return ProgressDoc(
        reported_on=_open(row.reported_on),
        state=FigureState(_open(row.state)),
        value=_open(row.value),
        note=_open(row.note),
        source=_open(row.source),
        confirmation=_confirmation(row),
        # That a figure nobody saw was corrected is nobody's business.
        corrected=_open(row.reason) if before and before.disclosed else "",
    )


def _confirmation(row: Progress | Cause) -> Confirmation | None:
    """Only an officer's act confirms; what a workbook claims is its author's word and stays inside."""
    if row.confirmed_at is None:
        return None
    return Confirmation(body=_open(row.confirmed_by), document=_open(row.confirmed_document))


def compose_causes(row: Commitment) -> tuple[CauseDoc, ...]:
    """The causes that stand, are public and confirmed: an unconfirmed one excuses nothing (facts §4.3)."""
    found = ((c, _confirmation(c)) for c in standing(row.causes) if c.disclosed)
    made = (_cause(cause, confirmed) for cause, confirmed in found if confirmed)
    return tuple(sorted(made, key=lambda c: (c.from_on, c.text)))


def _cause(row: Cause, confirmed: Confirmation) -> CauseDoc:
    return CauseDoc(
        text=_open(row.text), from_on=_open(row.from_on), to_on=_open(row.to_on), confirmation=confirmed
    )


def _public_evidence(row: Commitment) -> list[Evidence]:
    """The files that are kept and public; a withheld report withholds its files."""
    withheld = {report.id for report in row.progress if not report.disclosed}
    return [e for e in row.evidence if e.disclosed and e.kept_at and e.progress_id not in withheld]


def compose_evidence(row: Commitment) -> tuple[EvidenceDoc, ...]:
    """The files that are kept and public, oldest first."""
    return tuple(_evidence(file) for file in _public_evidence(row))


def _evidence(row: Evidence) -> EvidenceDoc:
    return EvidenceDoc(
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        description=_open(row.description),
        added_on=day(row.added_at),
    )
