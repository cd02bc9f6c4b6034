"""Opening the valve: publish, correct, withdraw. Everything public went through one of these."""

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment, Programme
from portal.publication import gate
from portal.publication.compose import Incomplete
from portal.publication.going import going_of
from portal.publication.lines import (
    digest_of,
    explained,
    public_revisions,
    standing_revisions,
    tombstone,
)
from portal.publication.quoting import leave_with
from portal.publication.sending import Outcome, send, without
from portal.record.append import Line, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Kind, Notice, ProgrammeDoc, Revision

__all__ = ["Outcome", "publish", "withdraw", "withdraw_commitment"]


def publish(
    w: Work,
    programme: Programme,
    *,
    by: Actor,
    signer: Signer,
    reason: str = "",
    document: str = "",
    previewed: str = "",
) -> Outcome:
    """Publish ``programme`` for the first time, or bring what is public up to date with the draft.

    ``reason`` and ``document`` (number, date, issuer) are needed for corrections and amendments, not for
    progress, which goes out even while the draft is being edited (see `going`). ``previewed`` is the digest
    of what ``by`` looked at, where they looked at a preview: anything else does not go out. Raises Refused
    with the rule that stands against it.
    """
    take_turn(w.session)
    require(by, DeskAct.PUBLISH, matter(w, programme))
    known = public_revisions(w, programme)
    if not known:
        gate.check_ready(w, programme)
    try:
        going = going_of(w, programme, known)
    except Incomplete as missing:
        raise Refused(Refusal.NOT_CLEAR, str(missing)) from missing
    if previewed and previewed != digest_of(programme, going):
        raise Refused(Refusal.CHANGED_SINCE_PREVIEW)
    lines = list(going.lines)
    if known:
        gate.check(w, programme, going, known, reason=reason, document=document)
        lines = [explained(line, reason, document) for line in lines]
    outcome = send(w, programme, lines, by=by, signer=signer)
    if programme.state == "approved":
        programme.state = "published"
    return outcome


def withdraw(w: Work, programme: Programme, *, by: Actor, signer: Signer, reason: str) -> Outcome:
    """Take down ``programme`` and all its commitments, leaving tombstones that say why."""
    take_turn(w.session)
    require(by, DeskAct.WITHDRAW, matter(w, programme))
    standing = standing_revisions(w, programme)
    if not standing:
        raise Refused(Refusal.ALREADY_WITHDRAWN if programme.issued_on else Refusal.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    lines = [tombstone(r.kind, r.ref, w.today, reason) for r in standing]
    lines += leave_with(w, programme, reason, by=by)
    outcome = send(w, programme, lines, by=by, signer=signer)
    programme.state = "withdrawn"
    return outcome


def withdraw_commitment(
    w: Work, programme: Programme, ref: str, *, by: Actor, signer: Signer, reason: str
) -> Outcome:
    """Take down one commitment, mark it withheld, and take it off the programme's page.

    Nothing else of the draft goes out with it.
    """
    take_turn(w.session)
    require(by, DeskAct.WITHDRAW, matter(w, programme))
    row = next((c for task in programme.tasks for c in task.commitments if c.ref == ref), None)
    if row is None:
        raise Refused(Refusal.NO_SUCH_COMMITMENT, ref)
    standing = {r.ref: r for r in standing_revisions(w, programme)}
    if ref not in standing:
        raise Refused(Refusal.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    row.disclosed = False
    lines = [
        *page_without(standing.get(programme.ref), [row], reason),
        tombstone(Kind.COMMITMENT, ref, w.today, reason),
    ]
    return send(w, programme, lines, by=by, signer=signer)


def page_without(page: Revision | None, rows: list[Commitment], reason: str) -> list[Line]:
    """The line that takes ``rows`` off the programme's page; none where the page itself is gone."""
    if page is None or not isinstance(page.document, ProgrammeDoc) or not rows:
        return []
    grounds = [row.withheld_basis.open(reason=Reason.COMPOSE) for row in rows]
    document = without(page.document, [row.ref for row in rows], grounds)
    changes = changes_between(page.document, document)
    notice = Notice(reason=reason.strip(), changes=changes)
    return [Line(kind=Kind.PROGRAMME, ref=page.ref, act=Act.CORRECT, document=document, notice=notice)]
