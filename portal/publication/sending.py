"""Through the valve: what was decided is appended to the record, audited, and its promises remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.kernel import shelves
from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.audit.events import Published
from portal.office.programme.tables import Programme
from portal.publication import bases
from portal.record.append import Line, append
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Change, ProgrammeDoc, WithheldBasis
from portal.record.evidence import files_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went out: the log positions, and what changed compared with the revision before."""

    positions: tuple[int, ...]
    acts: tuple[Act, ...]
    changes: tuple[Change, ...]


def send(w: Work, programme: Programme, lines: Sequence[Line], *, by: Actor, signer: Signer) -> Outcome:
    """Append ``lines``, which are not none."""
    _check_files(w, lines)
    positions = append(w, list(lines), signer=signer)
    acts = tuple(line.act for line in lines)
    if programme.issued_on is None:
        programme.issued_on = w.today
    _keep_first_promises(programme, {line.ref for line in lines})
    w.tell(
        Published(
            by=by.id,
            programme=programme.ref,
            act=acts[0].value,
            first_position=positions[0],
            entries=len(positions),
        )
    )
    return Outcome(tuple(positions), acts, tuple(c for line in lines for c in line.notice.changes))


def _check_files(w: Work, lines: Sequence[Line]) -> None:
    """Raise Refused unless every file that is cited lies in the office's store, whole."""
    files = w.settings.instance / "files"
    for sha256 in {name for line in lines for name in files_of(line.document)}:
        try:
            shelves.read(files, shelves.OFFICE, sha256)
        except shelves.FileNotKept:
            raise Refused(Refusal.EVIDENCE_MISSING) from None


def without(document: ProgrammeDoc, gone: Sequence[str], grounds: Sequence[str]) -> ProgrammeDoc:
    """``document`` as it reads once the commitments ``gone`` are taken down, each on its typed ground.

    Made from what is public and not from the draft: taking down lets nothing else out.
    """
    tasks = tuple(
        replace(task, commitments=tuple(ref for ref in task.commitments if ref not in gone))
        for task in document.tasks
    )
    if document.withheld_count is None:
        return replace(document, tasks=tasks)
    counts = {basis.basis: basis.count for basis in document.withheld_bases}
    labels = {ground.code: ground.label for ground in bases.grounds()}
    for typed in grounds:
        label = labels[bases.basis_of(typed)]
        counts[label] = counts.get(label, 0) + 1
    return replace(
        document,
        tasks=tasks,
        withheld_count=document.withheld_count + len(gone),
        withheld_bases=tuple(
            WithheldBasis(basis=label, count=counts[label]) for label in labels.values() if label in counts
        ),
    )


def _keep_first_promises(programme: Programme, sent: set[str]) -> None:
    """Remember the target and deadline first published: not even a withdrawal resets them."""
    for row in (c for task in programme.tasks for c in task.commitments if c.ref in sent):
        if row.first_deadline.open(reason=Reason.COMPOSE) is None:
            row.first_target, row.first_deadline = row.target, row.deadline
