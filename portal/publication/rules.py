"""When something may go out: pure answers to "is anything missing?", asked before the valve opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.kernel.policy import Refusal
from portal.record.documents import Act, Change, CommitmentDoc, Document

NEEDS_DOCUMENT = frozenset({"target_lowered", "deadline_moved_later"})
_PROGRESS_FIELDS = frozenset({"progress", "milestones", "causes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the gate must know of a draft; nothing it says."""

    state: str
    has_decision: bool
    decided_on: date | None
    public_commitments: int
    unclear: int


def refusal_to_publish(ready: Readiness, *, today: date) -> Refusal | None:
    """Why the draft may not be published today; None when nothing stands against it.

    Only an issued programme, after the appointment decision or election result (facts §2), can be
    public.
    """
    if ready.state != "approved":
        return Refusal.NOT_APPRAISED
    if not ready.has_decision or ready.decided_on is None:
        return Refusal.NO_DECISION
    if ready.decided_on > today:
        return Refusal.DECISION_IN_FUTURE
    if not ready.public_commitments:
        return Refusal.NOTHING_PUBLIC
    return Refusal.NOT_CLEAR if ready.unclear else None


def act_of(before: Document, after: Document, changes: Sequence[Change]) -> Act:
    """What a changed document is: news of progress, a typed amendment, or a correction."""
    kinds = {change.kind for change in changes}
    if kinds & {"target_lowered", "target_raised", "deadline_moved_later", "deadline_moved_earlier"}:
        return Act.AMEND
    if isinstance(before, CommitmentDoc) and isinstance(after, CommitmentDoc):
        fields = {change.field.split(".")[0].split("[")[0] for change in changes}
        if fields <= _PROGRESS_FIELDS:
            return Act.PROGRESS
    return Act.CORRECT


def refusal_to_correct(
    acts: Sequence[Act], changes: Sequence[Change], *, reason: str, document: str
) -> Refusal | None:
    """Why these changes may not go out; progress needs no reason, a lowered target needs a paper."""
    if not acts:
        return Refusal.NOTHING_CHANGED
    if set(acts) <= {Act.PROGRESS}:
        return None
    if not reason.strip():
        return Refusal.NO_REASON
    lowered = any(change.kind in NEEDS_DOCUMENT for change in changes)
    return Refusal.NO_DOCUMENT if lowered and not document.strip() else None
