"""Telling those who spoke what an evaluation did with it: on their receipts, and nowhere else."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.inbox.feedback.tables import Receipt
from portal.kernel.work import Work
from portal.record.evaluation.document import Use, UsedThemeDoc
from portal.record.evaluation.wording import USE_WORDS
from portal.record.moderation_words import ReceiptState

_TOGETHER = 500  # refs a query
_STATES = {Use.USED: ReceiptState.USED, Use.EXPLAINED: ReceiptState.REPLIED}


def tell_authors(w: Work, comments: Sequence[str], used: UsedThemeDoc, code: str) -> int:
    """Write on the receipts of ``comments`` what was done with their theme; how many there were."""
    told = 0
    for some in (comments[n : n + _TOGETHER] for n in range(0, len(comments), _TOGETHER)):
        for receipt in w.session.scalars(select(Receipt).where(Receipt.comment_ref.in_(some))):
            _tell(receipt, used, code)
            told += 1
    return told


def _tell(receipt: Receipt, used: UsedThemeDoc, code: str) -> None:
    opening = f"Kỳ đánh giá {code}: "
    kept = [line for line in receipt.note.splitlines() if line and not line.startswith(opening)]
    receipt.note = "\n".join([*kept, f"{opening}{USE_WORDS[used.use][0].lower()}. {used.sentence}"])
    if state := _STATES.get(used.use):
        receipt.state = state.value
