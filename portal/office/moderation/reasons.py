"""Which reason a decision may give, and which word of the public ledger it becomes. Pure."""

from portal.office.moderation.rules import CaseState, Decision, Need
from portal.record.moderation_words import ReceiptState, RedirectReason, RefusalReason, Verdict

REFUSAL_REASONS = frozenset(reason.value for reason in RefusalReason)
# Why a text may be given back to be changed: only for what its author can change.
RETURN_REASONS = REFUSAL_REASONS - {RefusalReason.SPAM.value, RefusalReason.STATE_SECRET.value}
REDIRECT_REASONS = frozenset({RedirectReason.PETITION.value, RedirectReason.COMPLAINT.value})

# What the ledger calls the decision by which a case came into a state. Not listed: nothing is told.
VERDICTS: dict[CaseState, Verdict] = {
    CaseState.RETURNED: Verdict.RETURN,
    CaseState.REFUSED: Verdict.REFUSE,
    CaseState.REDIRECTED: Verdict.REDIRECT,
    CaseState.MERGED: Verdict.MERGE,
}
RECEIPTS: dict[CaseState, ReceiptState] = {
    CaseState.WAITING: ReceiptState.MODERATING,
    CaseState.REFUSAL_PROPOSED: ReceiptState.MODERATING,
    CaseState.REDIRECT_PROPOSED: ReceiptState.MODERATING,
    CaseState.RETURNED: ReceiptState.RETURNED,
    CaseState.SHOWN: ReceiptState.SHOWN,
    CaseState.REFUSED: ReceiptState.REFUSED,
    CaseState.REDIRECTED: ReceiptState.REDIRECTED,
    CaseState.MERGED: ReceiptState.SHOWN,  # the same words are shown, in the comment it repeats
    CaseState.SEALED: ReceiptState.REDIRECTED,
    CaseState.LAPSED: ReceiptState.WITHDRAWN,
    CaseState.WITHDRAWN: ReceiptState.WITHDRAWN,
    CaseState.TAKEN_BACK: ReceiptState.WITHDRAWN,
}  # APPEALED and UPHELD: what the receipt said stands, beside where the appeal is


def verdict_of(state: CaseState, decision: Decision) -> Verdict | None:
    """The ledger's word for coming into ``state`` by ``decision``; None where the ledger has no line."""
    if state is CaseState.SHOWN:
        return Verdict.PUBLISH_MASKED if decision is Decision.PUBLISH_MASKED else Verdict.PUBLISH
    return VERDICTS.get(state)


def is_reason(key: str, decision: Decision, need: Need | None) -> bool:
    """Whether ``key`` is a reason ``decision`` may give; one that needs none takes none."""
    if need is Need.REFUSAL_REASON:
        return key in (RETURN_REASONS if decision is Decision.RETURN else REFUSAL_REASONS)
    if need is Need.REDIRECT_REASON:
        return key in REDIRECT_REASONS
    return not key
