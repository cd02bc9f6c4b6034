"""What an appraiser, or the author afterwards, sees of an appraisal, commitment by commitment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.appraisal.rules import OpinionForm, Standing, Verdict, unanswered
from portal.office.appraisal.tables import Assignment, Opinion
from portal.office.commitment.rules import Finding
from portal.office.programme.clarity import Assessed, assessed
from portal.office.programme.portrait import portray_commitment
from portal.office.programme.tables import Appraisal, Programme
from portal.office.programme.workbook.form import CommitmentForm
from portal.office.units.tables import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One commitment before the appraiser."""

    ref: str
    version: int
    task_ref: str
    task_title: str
    says: CommitmentForm
    report: Assessed
    opinion: OpinionForm | None  # on the text as it stands
    opinion_version: int  # 0 while there is none
    before: OpinionForm | None  # the newest one on an earlier text or of an earlier round
    assigned_because: str  # empty when it was not assigned in appraisal

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What each has to be answered in writing."""
        return self.report.report.warnings

    @property
    def open_warnings(self) -> int:
        """How many of them are not answered yet."""
        return len(unanswered(self.opinion, keys_of(self.report)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One concluded appraisal: for which body, when, how, the opinion on the whole and on each commitment."""

    body: str
    at: datetime
    outcome: str
    of_version: int
    opinion: str
    opinions: tuple[tuple[str, OpinionForm], ...]  # by the commitment's reference


def key_of(finding: Finding) -> str:
    """The key of a warning: its answer is kept under it."""
    return f"{finding.criterion}.{finding.reason}"


def keys_of(report: Assessed) -> tuple[str, ...]:
    """The keys of all warnings in ``report``."""
    return tuple(dict.fromkeys(key_of(finding) for finding in report.report.warnings))


def subjects(w: Work, programme: Programme) -> tuple[Subject, ...]:
    """Every commitment of ``programme`` with what was written about it, in its order."""
    reports = {report.ref: report for report in assessed(w, programme)}
    written = _written(w, programme)
    reasons = _reasons(w, programme)
    found = []
    for task in programme.tasks:
        for row in task.commitments:
            known = written.get(row.ref, [])
            now = next((o for o in known if o.appraisal_id is None), None)
            is_present = now is not None and now.commitment_version == row.version
            before = next((o for o in reversed(known) if o is not now or not is_present), None)
            found.append(
                Subject(
                    ref=row.ref,
                    version=row.version,
                    task_ref=task.ref,
                    task_title=task.title.open(reason=Reason.APPRAISAL),
                    says=portray_commitment(row, task),
                    report=reports[row.ref],
                    opinion=_form(now) if now and is_present else None,
                    opinion_version=now.version if now else 0,
                    before=_form(before) if before else None,
                    assigned_because=reasons.get(row.ref, ""),
                )
            )
    return tuple(found)


def standings(found: Sequence[Subject]) -> list[Standing]:
    """``found`` as the rules look at them."""
    return [
        Standing(place=one.says.number, opinion=one.opinion, warnings=keys_of(one.report)) for one in found
    ]


def rounds(w: Work, programme: Programme) -> tuple[Round, ...]:
    """The concluded appraisals of ``programme``, newest first."""
    everything = [o for known in _written(w, programme).values() for o in known]
    return tuple(_round(w, one, everything) for one in reversed(programme.appraisals))


def _round(w: Work, one: Appraisal, everything: Sequence[Opinion]) -> Round:
    return Round(
        body=w.session.get_one(Unit, one.body_unit_id).name,
        at=one.appraised_at,
        outcome=one.outcome,
        of_version=one.of_version,
        opinion=one.opinion.open(reason=Reason.APPRAISAL),
        opinions=tuple((o.commitment_ref, _form(o)) for o in everything if o.appraisal_id == one.id),
    )


def _written(w: Work, programme: Programme) -> dict[str, list[Opinion]]:
    """Every opinion by the commitment's reference, oldest first, the one at work last."""
    found: dict[str, list[Opinion]] = {}
    rows = w.session.scalars(select(Opinion).where(Opinion.programme_id == programme.id))
    for row in sorted(rows, key=lambda o: (o.appraisal_id is None, str(o.changed_at), o.id)):
        found.setdefault(row.commitment_ref, []).append(row)
    return found


def _reasons(w: Work, programme: Programme) -> dict[str, str]:
    rows = w.session.scalars(select(Assignment).where(Assignment.programme_id == programme.id))
    return {row.commitment_ref: row.reason.open(reason=Reason.APPRAISAL) for row in rows}


def _form(row: Opinion) -> OpinionForm:
    fit, feasible = row.fit.open(reason=Reason.APPRAISAL), row.feasible.open(reason=Reason.APPRAISAL)
    return OpinionForm(
        fit=Verdict(fit) if fit else None,
        fit_note=row.fit_note.open(reason=Reason.APPRAISAL),
        feasible=Verdict(feasible) if feasible else None,
        feasible_note=row.feasible_note.open(reason=Reason.APPRAISAL),
        answers=dict(row.answers.open(reason=Reason.APPRAISAL) or {}),
    )
