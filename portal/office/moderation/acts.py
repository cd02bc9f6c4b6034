"""What moderators do: take a case, decide it, confirm or overturn what another proposed, judge an appeal."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.text import tidy
from portal.kernel.work import Work
from portal.office.moderation import sealing
from portal.office.moderation.assigning import give, hands_on
from portal.office.moderation.calendar import working_calendar
from portal.office.moderation.clocks import deadline, working_hours
from portal.office.moderation.events import CaseAssigned, CaseDecided, ModeratorRecused
from portal.office.moderation.org import concerned, recused
from portal.office.moderation.reasons import is_reason, verdict_of
from portal.office.moderation.receipts import move_on
from portal.office.moderation.reviewing import sample
from portal.office.moderation.rules import (
    INBOXES,
    CaseState,
    Decision,
    Move,
    Need,
    Who,
    may_handle,
    move_of,
)
from portal.office.moderation.tables import Case, Recusal
from portal.office.moderation.telling import tell_author
from portal.office.programme.reads import matter, programme
from portal.publication import commenting
from portal.publication.commenting import Decided, take_turn
from portal.record.checkpoint import Signer
from portal.record.moderation_words import AppealState, OtherReason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A decision with what it comes with: a coded reason, the masked words, a note, a message, the twin.

    ``note`` is for the next moderator only; ``message`` is for the author only. Neither is ever public.
    """

    decision: Decision
    reason: str = ""
    words: str = ""
    note: str = ""
    message: str = ""
    twin: str = ""


def case_of(w: Work, key: int) -> Case:
    """The case. Raises Refused when there is none."""
    found = w.session.get(Case, key)
    if found is None:
        raise Refused(Refusal.NO_SUCH_CASE)
    return found


def check_may(w: Work, case: Case, by: Actor) -> None:
    """Raise Refused unless ``by`` may decide ``case`` at this step."""
    require(by, Act.MODERATE, matter(w, programme(w, case.programme)))
    about = concerned(w, case.programme)
    assert about is not None  # the line above found it
    if not may_handle(by, about.holder, about.org) or by.id in recused(w, case.id):
        raise Refused(Refusal.IN_LINE_OF_COMMAND)
    if by.id in hands_on(case):
        raise Refused(Refusal.SAME_PERSON)
    if case.assigned_id != by.id and case.claimed_until is not None and case.claimed_until > w.now:
        raise Refused(Refusal.CASE_TAKEN)


def claim(w: Work, key: int, *, by: Actor) -> Case:
    """Hold ``case`` for ``by`` for a while, taking it over from somebody who does not. Raises Refused."""
    case = case_of(w, key)
    check_may(w, case, by)
    if CaseState(case.state) not in INBOXES:
        raise Refused(Refusal.NOT_A_MOVE)
    if case.assigned_id != by.id:
        case.assigned_id = by.id
        w.tell(CaseAssigned(case=case.id, assigned=by.id, why="taken_over"))
    case.claimed_until = w.now + timedelta(minutes=w.settings.claim_minutes)
    return case


def recuse(w: Work, key: int, *, by: Actor) -> None:
    """``by`` says that they are involved: the case goes to somebody else, at random. Raises Refused."""
    case = claim(w, key, by=by)
    w.session.add(Recusal(case_id=case.id, officer_id=by.id, recused_at=w.now))
    w.session.flush()
    w.tell(ModeratorRecused(by=by.id, case=case.id))
    give(w, case, why="recusal")


def decide(w: Work, key: int, choice: Choice, *, by: Actor, signer: Signer) -> Case:
    """Make the move ``choice`` on the case. Raises Refused with the rule that stands against it."""
    take_turn(w.session)
    case = case_of(w, key)
    check_may(w, case, by)
    move = move_of(CaseState(case.state), choice.decision, Who.MODERATOR)
    if move is None:
        raise Refused(Refusal.NOT_A_MOVE)
    check_needs(w, case, choice, move)
    if case.assigned_id != by.id:
        claim(w, key, by=by)
    _settle(w, case, choice, move, by=by, signer=signer)
    w.tell(
        CaseDecided(
            by=by.id,
            case=case.id,
            decision=choice.decision.value,
            state=case.state,
            reason=case.reason,
        )
    )
    w.session.flush()
    return case


def check_needs(w: Work, case: Case, choice: Choice, move: Move) -> None:
    """Raise Refused unless ``choice`` brings what ``move`` needs, and no reason where none is asked."""
    if not is_reason(choice.reason, choice.decision, move.needs):
        raise Refused(Refusal.NO_CODED_REASON)
    if move.needs is Need.MASKED_WORDS:
        words = tidy(choice.words)
        if not words or words == tidy(case.words.open(reason=Reason.MODERATION)):
            raise Refused(Refusal.NOT_MASKED)
    if move.needs is Need.TWIN and _twin(w, case, choice.twin) is None:
        raise Refused(Refusal.NO_TWIN)


def _twin(w: Work, case: Case, ref: str) -> Case | None:
    return w.session.scalar(
        select(Case).where(
            Case.ref == ref, Case.commitment == case.commitment, Case.state == CaseState.SHOWN.value
        )
    )


def _settle(w: Work, case: Case, choice: Choice, move: Move, *, by: Actor, signer: Signer) -> None:
    """Carry the move out."""
    before, after = CaseState(case.state), move.to
    _sign(case, before, choice.decision, by.id)
    case.state, case.claimed_until = after.value, None
    if after is CaseState.SEALED:
        sealing.seal(w, case, by=by)
        return
    if before is not CaseState.APPEALED and choice.decision is not Decision.CONFIRM:
        case.reason = choice.reason or None
        case.note = Sealed(choice.note.strip())
    if after in INBOXES:
        give(w, case, why="second" if after is not CaseState.WAITING else "overturned")
        move_on(w, case)
        return
    if before is CaseState.APPEALED:
        _end_appeal(w, case, choice, signer=signer)
    else:
        _publish(w, case, choice, signer=signer)
    _close(w, case, choice)


def _sign(case: Case, before: CaseState, decision: Decision, officer_id: int) -> None:
    """Note who did this step."""
    if before is CaseState.APPEALED:
        case.third_id = officer_id
    elif before is CaseState.WAITING:
        case.first_id, case.second_id = officer_id, None
    else:
        case.second_id = officer_id


def _publish(w: Work, case: Case, choice: Choice, *, signer: Signer) -> None:
    """Through the valve: the comment or its stub, and the ledger line."""
    verdict = verdict_of(CaseState(case.state), choice.decision)
    assert verdict is not None  # every state a moderator leads to from here has its word
    case.verdict, case.decided_at = verdict.value, w.now
    case.hours = round(working_hours(case.received_at, w.now, working_calendar(w.settings)))
    case.in_time, case.ledger_ref = w.now <= case.due_at, w.ids.ref()
    if verdict is Verdict.MERGE:
        case.twin_ref, case.reason = choice.twin, OtherReason.DUPLICATE.value
    sample(w, case)
    commenting.send_decision(w, decided(w, case, choice.words), signer=signer)


def decided(w: Work, case: Case, masked: str, *, verdict: Verdict | None = None) -> Decided:
    """What the public may know of the decision; ``masked`` counts where the words go out masked."""
    verdict = verdict or Verdict(case.verdict or "")
    words = tidy(masked) if verdict is Verdict.PUBLISH_MASKED else ""
    if verdict is Verdict.PUBLISH:
        words = case.words.open(reason=Reason.COMPOSE)
    assert case.ledger_ref is not None
    return Decided(
        ref=case.ref,
        ledger_ref=case.ledger_ref,
        programme=case.programme,
        commitment=case.commitment,
        kind=case.kind,
        verdict=verdict,
        reason=case.reason,
        words=words,
        shown_as=case.shown_as,
        received_on=case.received_on,
        decided_on=w.today,
        hours=case.hours or 0,
        in_time=bool(case.in_time),
        second_person=case.second_id is not None,
        appeal=AppealState(case.appeal) if case.appeal else None,
        twin_ref=case.twin_ref,
    )


def _end_appeal(w: Work, case: Case, choice: Choice, *, signer: Signer) -> None:
    """The third person's word: the decision stays, or the words are shown."""
    is_right = choice.decision is Decision.UPHOLD
    end = AppealState.UPHELD if is_right else AppealState.OVERTURNED
    case.appeal = end.value
    shown = None
    if not is_right:
        shown = decided(w, case, choice.words, verdict=verdict_of(CaseState.SHOWN, choice.decision))
    assert case.ledger_ref is not None  # there is no appeal but from a decision with a line
    commenting.settle_appeal(w, case.ledger_ref, end, ref=case.ref, shown=shown, signer=signer)


def _close(w: Work, case: Case, choice: Choice) -> None:
    """The receipt and the author hear of it; words that are read in public are kept nowhere else."""
    until = None
    case.assigned_id = None
    if CaseState(case.state) is CaseState.RETURNED:
        until = w.now + timedelta(days=w.settings.rework_days)
        case.due_at = until
    if CaseState(case.state) in (CaseState.SHOWN, CaseState.UPHELD):
        case.words = case.plea = Sealed("")
    move_on(w, case, message=choice.message.strip(), editable_until=until)
    tell_author(w, case)


def new_clock(w: Work, case: Case, *, days: int) -> None:
    """Start the clock of ``case`` now: ``days`` working days."""
    case.received_at = w.now
    case.due_at = deadline(w.now, days, working_calendar(w.settings))
    case.is_breached = False
