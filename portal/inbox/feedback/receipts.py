"""What the holder of a receipt may still do, by rule."""

from datetime import date, datetime

from portal.inbox.feedback.tables import Receipt

RECEIVED, RETURNED, WITHDRAWN = "received", "returned", "withdrawn"
SHOWN = ("shown", "awaiting_reply", "replied", "used", "reply_overdue")


def is_of_a_rating(receipt: Receipt) -> bool:
    """Whether there are no words behind the receipt: a rating is counted, not moderated."""
    return receipt.box is None


def may_rewrite(receipt: Receipt, *, now: datetime) -> bool:
    """Whether the words may still be replaced: nobody has taken them in, or they were given back."""
    until = receipt.editable_until
    is_open = receipt.state in (RECEIVED, RETURNED) and receipt.box is not None
    return is_open and until is not None and until > now


def may_withdraw(receipt: Receipt) -> bool:
    """Whether there is anything to take back."""
    return receipt.box is not None and receipt.state != WITHDRAWN


def may_redact(receipt: Receipt) -> bool:
    """Whether words may be blacked out: only what is read by others."""
    return receipt.box is not None and receipt.state in SHOWN


def may_appeal(receipt: Receipt, *, today: date) -> bool:
    """Whether a decision may be looked at again: once, and in time."""
    return receipt.appeal is None and (receipt.appeal_until or "") >= today.isoformat()
