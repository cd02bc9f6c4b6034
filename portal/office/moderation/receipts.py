"""What the receipt of a case says: moved on with every decision, never with the words themselves."""

from datetime import datetime, timedelta

from portal.inbox.feedback.tables import Receipt
from portal.kernel.clock import day
from portal.kernel.work import Work
from portal.office.moderation.reasons import RECEIPTS
from portal.office.moderation.rules import INBOXES, MOVES, CaseState, Decision
from portal.office.moderation.tables import Case
from portal.record.moderation_words import OtherReason, RedirectReason

_PUBLIC = (CaseState.SHOWN, CaseState.REFUSED, CaseState.TAKEN_BACK)


def move_on(
    w: Work, case: Case, *, message: str | None = None, editable_until: datetime | None = None
) -> None:
    """Let the receipt of ``case`` tell where it stands; ``message`` is what its author is told."""
    receipt = w.session.get(Receipt, case.code)
    if receipt is None:
        return
    state = CaseState(case.state)
    if state in RECEIPTS:
        receipt.state, receipt.reason = RECEIPTS[state].value, reason_told(case)
        if message is not None:
            receipt.note = message
    may_appeal = (state, Decision.APPEAL) in MOVES and case.appeal is None
    last_day = w.today + timedelta(days=w.settings.appeal_open_days)
    receipt.appeal_until = last_day.isoformat() if may_appeal else None
    receipt.comment_ref = _place(case) or receipt.comment_ref
    receipt.due_on = day(case.due_at).isoformat() if state in INBOXES else None
    receipt.editable_until = editable_until
    receipt.appeal = case.appeal


def reason_told(case: Case) -> str | None:
    """The reason a receipt gives: a proposal is none yet, and what is sealed is told as any other channel."""
    match CaseState(case.state):
        case CaseState.WAITING | CaseState.REFUSAL_PROPOSED | CaseState.REDIRECT_PROPOSED | CaseState.SHOWN:
            return None
        case CaseState.SEALED:
            return RedirectReason.PROPER_CHANNEL.value
        case CaseState.LAPSED:
            return OtherReason.NOT_REWORKED.value
        case CaseState.WITHDRAWN | CaseState.TAKEN_BACK:
            return OtherReason.BY_AUTHOR.value
    return case.reason


def _place(case: Case) -> str | None:
    """The public document the receipt leads to, once there is one."""
    if CaseState(case.state) is CaseState.MERGED:
        return case.twin_ref
    return case.ref if CaseState(case.state) in _PUBLIC else None
