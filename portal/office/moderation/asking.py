"""What authors ask for by receipt: to withdraw, to black words out, to appeal once. No officer decides it."""

from collections.abc import Callable

from sqlalchemy import delete, select

from portal.inbox.feedback.tables import Comment, Receipt, Request
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.moderation import likeness
from portal.office.moderation.acts import new_clock
from portal.office.moderation.assigning import give
from portal.office.moderation.events import CaseDecided
from portal.office.moderation.receipts import move_on
from portal.office.moderation.rules import CaseState, Decision, Who, move_of
from portal.office.moderation.tables import Case, Review, SealedText
from portal.publication import commenting
from portal.publication.scrubbing import empty_the_log
from portal.record.checkpoint import Signer
from portal.record.moderation_words import AppealState, OtherReason, ReceiptState

_MOST = 500  # requests at a time


def withdraw_early(w: Work) -> None:
    """Let go of comments that were withdrawn before anybody took them in."""
    asked = select(Request.code).where(Request.kind == "withdraw")
    for code in set(w.session.scalars(asked)):
        if w.session.scalar(select(Case.id).where(Case.code == code)) is None:
            _forget_early(w, code)


def _forget_early(w: Work, code: str) -> None:
    _forget_inbox(w, code)
    receipt = w.session.get(Receipt, code)
    if receipt is not None:
        receipt.state, receipt.reason = ReceiptState.WITHDRAWN.value, OtherReason.BY_AUTHOR.value
        receipt.editable_until = None


def let_go(w: Work, code: str, *, signer: Signer) -> None:
    """Withdraw what ``code`` is the receipt of, taken in or not: its author wants everything gone.

    What is sealed stays: it is with the body that must look into it.
    """
    case = w.session.scalar(select(Case).where(Case.code == code))
    if case is None:
        _forget_early(w, code)
        return
    move = move_of(CaseState(case.state), Decision.WITHDRAW, Who.AUTHOR)
    if move is not None:
        _withdraw(w, case, "", move.to, signer)
        w.tell(CaseDecided(by=None, case=case.id, decision=Decision.WITHDRAW.value, state=case.state))
    else:
        _forget_inbox(w, code)


def hear(w: Work, *, signer: Signer) -> None:
    """Do what is asked, in the order it was asked, where the rules have such a move."""
    found = w.session.scalars(select(Request).order_by(Request.at, Request.key).limit(_MOST)).all()
    for request in found:
        case = w.session.scalar(select(Case).where(Case.code == request.code))
        if case is None:
            if _is_waiting(w, request.code):
                continue  # its comment is not ripe yet
        elif request.kind in _DOES:
            decision, do = _DOES[request.kind]
            move = move_of(CaseState(case.state), decision, Who.AUTHOR)
            if move is not None:
                do(w, case, request.words, move.to, signer)
                w.tell(CaseDecided(by=None, case=case.id, decision=decision.value, state=case.state))
        w.session.execute(delete(Request).where(Request.key == request.key))


def _is_waiting(w: Work, code: str) -> bool:
    return w.session.scalar(select(Comment.key).where(Comment.code == code).limit(1)) is not None


def _withdraw(w: Work, case: Case, _words: str, to: CaseState, signer: Signer) -> None:
    """Every copy of the words goes; in public a stub says that the author took them back."""
    if to is CaseState.TAKEN_BACK:
        commenting.take_back(w, case.ref, signer=signer)
    case.state, case.assigned_id = to.value, None
    case.words = case.plea = case.note = Sealed("")
    likeness.forget(w, case.id)
    w.session.execute(delete(Review).where(Review.case_id == case.id, Review.reviewed_at.is_(None)))
    _forget_inbox(w, case.code, but_requests=True)
    move_on(w, case, message="")
    w.afterwards(empty_the_log)


def _redact(w: Work, case: Case, words: str, _to: CaseState, signer: Signer) -> None:
    """Black the named words out, wherever the text lies."""
    pieces = [piece for line in words.splitlines() if (piece := line.strip())]
    if CaseState(case.state) is CaseState.SHOWN:
        commenting.hide(w, case.ref, pieces, signer=signer)
        w.afterwards(empty_the_log)
    text = case.words.open(reason=Reason.ERASURE)
    for piece in pieces:
        text = text.replace(piece, commenting.HIDDEN)
    case.words = Sealed(text)
    likeness.forget(w, case.id)
    w.session.execute(delete(Review).where(Review.case_id == case.id, Review.reviewed_at.is_(None)))
    _forget_inbox(w, case.code, but_requests=True)


def _appeal(w: Work, case: Case, words: str, to: CaseState, _signer: Signer) -> None:
    """Once, and in time: a third person looks at it again, by a clock of its own."""
    receipt = w.session.get(Receipt, case.code)
    is_late = receipt is not None and (receipt.appeal_until or "") < w.today.isoformat()
    if case.appeal is not None or is_late:
        return
    case.appeal, case.plea = AppealState.ASKED.value, Sealed(words)
    if to is CaseState.SEALED:
        found = w.session.get(SealedText, case.id)
        assert found is not None  # sealed a moment ago or long ago, it lies there
        found.is_contested = True
    else:
        case.state = to.value
        new_clock(w, case, days=w.settings.appeal_within_days)
        give(w, case, why="appeal")
    move_on(w, case)


def _forget_inbox(w: Work, code: str, *, but_requests: bool = False) -> None:
    w.session.execute(delete(Comment).where(Comment.code == code))
    if not but_requests:
        w.session.execute(delete(Request).where(Request.code == code))


_Do = Callable[[Work, Case, str, CaseState, Signer], None]
_DOES: dict[str, tuple[Decision, _Do]] = {
    "withdraw": (Decision.WITHDRAW, _withdraw),
    "redact": (Decision.REDACT, _redact),
    "appeal": (Decision.APPEAL, _appeal),
}
