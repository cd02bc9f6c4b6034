"""Opening the valve: publish, correct, withdraw. Everything public went through one of these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.audit.events import Published
from portal.office.programme.clarity import unclear_public
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.publication import rules
from portal.publication.compose import Incomplete, compose_commitments, compose_programme
from portal.publication.setting import setting_of
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import (
    Act,
    Change,
    CommitmentDoc,
    Kind,
    Notice,
    ProgrammeDoc,
    Revision,
    TombstoneDoc,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went out: the log positions, and what changed compared with the revision before."""

    positions: tuple[int, ...]
    acts: tuple[Act, ...]
    changes: tuple[Change, ...]


def publish(
    w: Work,
    programme: Programme,
    *,
    by: Actor,
    signer: Signer,
    reason: str = "",
    document: str = "",
) -> Outcome:
    """Publish ``programme`` for the first time, or bring what is public up to date with the draft.

    ``reason`` and ``document`` (number, date, issuer) are needed for corrections and amendments, not
    for progress. Raises Refused with the rule that stands against it.
    """
    take_turn(w.session)
    require(by, DeskAct.PUBLISH, matter(w, programme))
    known = _public_revisions(w, programme)
    if not known:
        _check_ready(w, programme)
    lines = _lines(w, programme, known)
    changes = tuple(change for line in lines for change in line.notice.changes)
    if known:
        _check_correction(w, programme, lines, changes, reason=reason, document=document)
        lines = [_explained(line, reason, document) for line in lines]
    return _send(w, programme, lines, by=by, signer=signer, changes=changes)


def withdraw(w: Work, programme: Programme, *, by: Actor, signer: Signer, reason: str) -> Outcome:
    """Take down ``programme`` and all its commitments, leaving tombstones that say why."""
    take_turn(w.session)
    require(by, DeskAct.WITHDRAW, matter(w, programme))
    standing = [r for r in _public_revisions(w, programme) if not isinstance(r.document, TombstoneDoc)]
    if not standing:
        raise Refused(Refusal.ALREADY_WITHDRAWN if programme.issued_on else Refusal.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    lines = [_tombstone(r.kind, r.ref, w.today, reason) for r in standing]
    outcome = _send(w, programme, lines, by=by, signer=signer, changes=())
    programme.state = "withdrawn"
    return outcome


def withdraw_commitment(
    w: Work, programme: Programme, ref: str, *, by: Actor, signer: Signer, reason: str
) -> Outcome:
    """Take down one commitment: mark it withheld, bring the programme's page up to date."""
    take_turn(w.session)
    require(by, DeskAct.WITHDRAW, matter(w, programme))
    row = next((c for task in programme.tasks for c in task.commitments if c.ref == ref), None)
    if row is None:
        raise Refused(Refusal.NO_SUCH_COMMITMENT, ref)
    public = {r.ref for r in _public_revisions(w, programme) if not isinstance(r.document, TombstoneDoc)}
    if ref not in public:
        raise Refused(Refusal.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    row.disclosed = False
    w.session.flush()
    lines = [_explained(line, reason, "") for line in _lines(w, programme, _public_revisions(w, programme))]
    return _send(w, programme, lines, by=by, signer=signer, changes=())


def _public_revisions(w: Work, programme: Programme) -> list[Revision]:
    """The newest revision of everything of ``programme`` that ever was public."""
    refs = [programme.ref, *(c.ref for task in programme.tasks for c in task.commitments)]
    return list(reads.documents(w.session, refs).values())


def _check_ready(w: Work, programme: Programme) -> None:
    mandate = programme.mandate
    unclear = unclear_public(w, programme)
    ready = rules.Readiness(
        state=programme.state,
        has_decision=all(
            cell.open(reason=Reason.COMPOSE).strip()
            for cell in (mandate.decision_number, mandate.decision_issuer)
        ),
        decided_on=mandate.decided_on.open(reason=Reason.COMPOSE),
        public_commitments=sum(c.disclosed for t in programme.tasks if t.disclosed for c in t.commitments),
        unclear=len(unclear),
    )
    if refusal := rules.refusal_to_publish(ready, today=w.today):
        raise Refused(refusal, "\n".join(unclear) if refusal is Refusal.NOT_CLEAR else "")


def _check_correction(
    w: Work,
    programme: Programme,
    lines: Sequence[Line],
    changes: Sequence[Change],
    *,
    reason: str,
    document: str,
) -> None:
    acts = [line.act for line in lines]
    if refusal := rules.refusal_to_correct(acts, changes, reason=reason, document=document):
        raise Refused(refusal)
    if set(acts) != {Act.PROGRESS}:
        _check_ready(w, programme)


def _lines(w: Work, programme: Programme, known: Sequence[Revision]) -> list[Line]:
    """What must be appended for the public to read exactly what the draft marks public."""
    before = {r.ref: r for r in known if not isinstance(r.document, TombstoneDoc)}
    setting = setting_of(w, programme)
    try:
        documents: list[ProgrammeDoc | CommitmentDoc] = [
            compose_programme(programme, setting),
            *compose_commitments(programme, setting),
        ]
    except Incomplete as missing:
        raise Refused(Refusal.NOT_CLEAR, str(missing)) from missing
    lines = [line for d in documents if (line := _line(d, before.get(d.ref)))]
    gone = before.keys() - {document.ref for document in documents}
    lines += [_tombstone(before[ref].kind, ref, w.today, "") for ref in sorted(gone)]
    return lines


def _line(document: ProgrammeDoc | CommitmentDoc, before: Revision | None) -> Line | None:
    kind = Kind.PROGRAMME if isinstance(document, ProgrammeDoc) else Kind.COMMITMENT
    if before is None or before.document is None:
        return Line(kind=kind, ref=document.ref, act=Act.PUBLISH, document=document)
    if before.document == document:
        return None
    changes = changes_between(before.document, document)
    act = rules.act_of(before.document, document, changes)
    return Line(kind=kind, ref=document.ref, act=act, document=document, notice=Notice(changes=changes))


def _tombstone(kind: Kind, ref: str, today: date, reason: str) -> Line:
    stone = TombstoneDoc(ref=ref, withdrawn_on=today, reason=reason.strip())
    return Line(kind=kind, ref=ref, act=Act.WITHDRAW, document=stone, notice=Notice(reason=reason.strip()))


def _explained(line: Line, reason: str, document: str) -> Line:
    """``line`` with the reason people read; news of progress needs none."""
    if line.act is Act.PROGRESS:
        return line
    notice = replace(line.notice, reason=reason.strip(), document=document.strip())
    stone = line.document
    if isinstance(stone, TombstoneDoc):
        stone = replace(stone, reason=reason.strip())
    return replace(line, notice=notice, document=stone)


def _send(
    w: Work,
    programme: Programme,
    lines: list[Line],
    *,
    by: Actor,
    signer: Signer,
    changes: tuple[Change, ...],
) -> Outcome:
    positions = append(w, lines, signer=signer)
    acts = tuple(line.act for line in lines)
    if programme.issued_on is None:
        programme.issued_on = w.today
    if programme.state == "approved":
        programme.state = "published"
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
    return Outcome(tuple(positions), acts, changes)


def _keep_first_promises(programme: Programme, sent: set[str]) -> None:
    """Remember the target and deadline first published: not even a withdrawal resets them."""
    for row in (c for task in programme.tasks for c in task.commitments if c.ref in sent):
        if row.first_deadline.open(reason=Reason.COMPOSE) is None:
            row.first_target, row.first_deadline = row.target, row.deadline
