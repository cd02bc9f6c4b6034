"""When something may go out: pure answers to "is anything missing?", asked before the valve opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.kernel.policy import Refusal
from portal.record.documents import Act, Change, CommitmentDoc, Document

NEEDS_DOCUMENT = frozenset({"target_lowered", "deadline_moved_later"})
_PROGRESS_FIELDS = frozenset({"progress", "milestones", "causes", "evidence"})


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
    # Taking a published figure, cause or file away is no news: it needs a reason people can read.
    if keeps_promises(before, after, changes) and "removed" not in kinds:
        return Act.PROGRESS
    return Act.CORRECT


def keeps_promises(before: Document | None, after: Document, changes: Sequence[Change]) -> bool:
    """Whether only news of a commitment differs, nothing appraised: of a step, the day it was done."""
    if not (isinstance(before, CommitmentDoc) and isinstance(after, CommitmentDoc)):
        return False
    touched = {change.field.split(".")[0].split("[")[0] for change in changes}
    return touched <= _PROGRESS_FIELDS and _steps(before) == _steps(after)


def _steps(document: CommitmentDoc) -> list[tuple[str, date]]:
    return [(step.title, step.due_on) for step in document.milestones]


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


LONGEST_AHEAD = timedelta(days=90)
GRACE = timedelta(days=3)  # an hour missed by more: somebody looks again before anything goes out


def refusal_to_schedule(publish_at: datetime, *, now: datetime) -> Refusal | None:
    """Why a publication may not wait for ``publish_at``; None when it may."""
    if publish_at <= now:
        return Refusal.SCHEDULED_IN_PAST
    return Refusal.SCHEDULED_TOO_FAR if publish_at - now > LONGEST_AHEAD else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A scheduled publication at the moment somebody asks whether it may go out now."""

    state: str
    publish_at: datetime
    approved: str  # digest of what was previewed
    present: str  # digest of what would go out now


def is_due(publish_at: datetime, *, now: datetime) -> bool:
    """Whether the hour has come."""
    return publish_at <= now


def refusal_to_carry_out(hour: Hour, *, now: datetime) -> Refusal | None:
    """Why a scheduled publication may not go out now; whatever else stands against it, publishing says."""
    if hour.state != "waiting" or not is_due(hour.publish_at, now=now):
        return Refusal.NOT_SCHEDULED
    if now - hour.publish_at > GRACE:
        return Refusal.SCHEDULE_LAPSED
    return Refusal.CHANGED_SINCE_PREVIEW if hour.approved != hour.present else None
