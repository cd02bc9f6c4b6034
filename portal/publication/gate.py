"""What stands before the valve: is the draft ready, and may these changes go out?"""

from collections.abc import Sequence

from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.clarity import unclear_public
from portal.office.programme.tables import Programme
from portal.publication import rules
from portal.publication.lines import Going
from portal.record.documents import Revision


def check(
    w: Work,
    programme: Programme,
    going: Going | None,
    known: Sequence[Revision],
    *,
    reason: str,
    document: str,
) -> None:
    """Raise Refused when ``going`` may not go out; None says that nothing could be composed yet."""
    if not known or going is None:
        check_ready(w, programme)
        return
    if refusal := rules.refusal_to_correct(going.acts, going.changes, reason=reason, document=document):
        raise Refused(refusal)
    before = {revision.ref: revision.document for revision in known}
    if not all(
        rules.keeps_promises(before.get(line.ref), line.document, line.notice.changes) for line in going.lines
    ):
        check_ready(w, programme)


def check_ready(w: Work, programme: Programme) -> None:
    """Raise Refused unless the draft is approved, decided and clear."""
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
