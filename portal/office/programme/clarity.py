"""The clarity report of a whole draft: each commitment as it stands, against the programme's profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.kernel.sealed import Reason as Why
from portal.kernel.work import Work
from portal.office.commitment.profiles import profiles, words
from portal.office.commitment.reasons import Level
from portal.office.commitment.rules import ClarityReport, assess
from portal.office.commitment.shape import CommitmentDraft
from portal.office.commitment.wording import sentence
from portal.office.programme.tables import Commitment, Mandate, Programme
from portal.office.programme.workbook.form import CommitmentForm, ProgrammeForm
from portal.record.documents import Direction, Frequency, Mode, Origin


@dataclass(frozen=True, slots=True)
class Assessed:
    """One commitment's report; ``place`` is its STT."""

    place: int
    ref: str
    is_public: bool
    report: ClarityReport

    @property
    def failures(self) -> tuple[str, ...]:
        """What stands in the way, as Vietnamese sentences that say how to mend it."""
        return self._sentences(Level.FAIL)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the appraiser is asked to look at."""
        return self._sentences(Level.WARN)

    def _sentences(self, level: Level) -> tuple[str, ...]:
        return tuple(
            f"Cam kết {self.place}: {sentence(finding)}"
            for finding in self.report.findings
            if finding.level is level
        )


def assessed(w: Work, programme: Programme) -> tuple[Assessed, ...]:
    """The report of every commitment of ``programme``, withheld ones too, in its order."""
    profile = profiles()[programme.profile]
    return tuple(
        Assessed(
            place=row.place,
            ref=row.ref,
            is_public=is_public,
            report=assess(draft_of(row, programme.mandate), profile, words(), today=w.today),
        )
        for row, is_public in _rows(programme)
    )


def unclear_public(w: Work, programme: Programme) -> list[str]:
    """What keeps the public commitments of ``programme`` from being published, as sentences."""
    return [sentence for found in assessed(w, programme) if found.is_public for sentence in found.failures]


def assessed_form(form: ProgrammeForm, *, today: date) -> tuple[Assessed, ...]:
    """The report of every commitment of a programme that is not stored yet."""
    closed = {task.number for task in form.tasks if not task.disclosed}
    return tuple(
        Assessed(
            place=one.number,
            ref=one.ref,
            is_public=one.disclosed and one.task_number not in closed,
            report=assess_typed(one, form.mandate_from, form.mandate_to, form.profile_code, today=today),
        )
        for one in form.commitments
    )


def assess_typed(
    form: CommitmentForm, starts_on: date, ends_on: date, profile_code: str, *, today: date
) -> ClarityReport:
    """The report of one commitment as typed, in a mandate from ``starts_on`` to ``ends_on``."""
    draft = CommitmentDraft(
        **{name: getattr(form, name) for name in _SAME},
        mandate_from=starts_on,
        mandate_to=ends_on,
        milestones=len(form.milestones),
    )
    return assess(draft, profiles()[profile_code], words(), today=today)


_SAME = tuple(
    name for name in CommitmentDraft.__slots__ if name in CommitmentForm.__slots__ and name != "milestones"
)


def _rows(programme: Programme) -> Iterator[tuple[Commitment, bool]]:
    for task in programme.tasks:
        for row in task.commitments:
            yield row, task.disclosed and row.disclosed


def draft_of(row: Commitment, mandate: Mandate) -> CommitmentDraft:
    """``row`` as the clarity rules look at it."""

    def text(value: object) -> str:
        return str(value.open(reason=Why.CLARITY) or "")  # type: ignore[attr-defined]  # it is sealed

    direction, mode = text(row.direction), text(row.mode)
    frequency, origin = text(row.frequency), text(row.origin)
    return CommitmentDraft(
        text=text(row.text),
        indicator=text(row.indicator),
        measure_unit=text(row.measure_unit),
        baseline=row.baseline.open(reason=Why.CLARITY),
        baseline_on=row.baseline_on.open(reason=Why.CLARITY),
        baseline_source=text(row.baseline_source),
        target=row.target.open(reason=Why.CLARITY),
        direction=Direction(direction) if direction else None,
        deadline=row.deadline.open(reason=Why.CLARITY),
        accountable=text(row.accountable),
        coordinators=tuple(row.coordinators.open(reason=Why.CLARITY) or ()),
        mode=Mode(mode) if mode else None,
        authority=text(row.authority),
        deliverable=text(row.deliverable),
        evidence_plan=text(row.evidence_plan),
        frequency=Frequency(frequency) if frequency else None,
        origin=Origin(origin) if origin else None,
        mandate_from=mandate.starts_on.open(reason=Why.CLARITY),
        mandate_to=mandate.ends_on.open(reason=Why.CLARITY),
        milestones=len(row.milestones),
    )
