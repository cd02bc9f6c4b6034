"""Handing a denunciation on: sealed at once, out of queue, inbox and index, opened only by who is designated.

There is no stub, no ledger line and no counter: beside a cadre each of them would itself defame
(facts §5.4). The sender hears of the lawful channel.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select

from portal.inbox.feedback.tables import Comment
from portal.kernel.policy import Act, Actor, Refusal, Refused, refusal_of, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer
from portal.office.moderation import likeness
from portal.office.moderation.assigning import give
from portal.office.moderation.events import CaseDecided, SealOpened, SealPassedOn
from portal.office.moderation.org import concerned
from portal.office.moderation.receipts import move_on
from portal.office.moderation.rules import CaseState, Decision, may_keep
from portal.office.moderation.tables import Case, Review, SealedText
from portal.office.moderation.telling import tell_author
from portal.office.programme.reads import matter, programme
from portal.publication.scrubbing import empty_the_log


def seal(w: Work, case: Case, *, by: Actor) -> None:
    """Move the words behind the seal and leave them nowhere else."""
    words = case.words.open(reason=Reason.DENUNCIATION)
    w.session.add(SealedText(case_id=case.id, words=Sealed(words), sealed_at=w.now, sealed_by_id=by.id))
    case.words = case.note = case.plea = Sealed("")
    case.signals, case.reason, case.assigned_id, case.cluster = [], None, None, case.id
    case.decided_at = w.now
    likeness.forget(w, case.id)
    tell_author(w, case)
    w.session.execute(delete(Comment).where(Comment.code == case.code))
    w.session.execute(delete(Review).where(Review.case_id == case.id))
    move_on(w, case, message="")
    w.afterwards(empty_the_log)


def check_keeper(w: Work, case: Case, by: Actor) -> None:
    """Raise Refused unless ``by`` is designated and stands outside the cadre's unit and line of command."""
    require(by, Act.OPEN_SEALED, matter(w, programme(w, case.programme)))
    about = concerned(w, case.programme)
    assert about is not None  # the line above found it
    found = w.session.get(Officer, by.id)
    is_named = found is not None and found.email in w.settings.seal_keepers
    if not is_named or not may_keep(by, about.holder, about.org):
        raise Refused(Refusal.NOT_DESIGNATED)


def sealed_for(w: Work, by: Actor) -> Sequence[tuple[SealedText, Case]]:
    """What ``by`` may open, what nobody has passed on first; nothing of the text."""
    rows = w.session.execute(
        select(SealedText, Case)
        .join(Case, Case.id == SealedText.case_id)
        .order_by(SealedText.passed_on_at.is_not(None), SealedText.sealed_at, SealedText.case_id)
        .limit(200)
    )
    return [(sealed, case) for sealed, case in rows if _may(w, case, by)]


def waits_for_a_keeper(w: Work, by: Actor) -> bool:
    """Whether something sealed waits that no designated officer can open, though ``by`` could if designated.

    Nobody else is told: that something was sealed must not be known where the cadre works.
    """
    rows = w.session.execute(
        select(SealedText, Case)
        .join(Case, Case.id == SealedText.case_id)
        .where(SealedText.passed_on_at.is_(None))
        .order_by(SealedText.sealed_at, SealedText.case_id)
        .limit(200)
    )
    named = select(Officer).where(Officer.email.in_(w.settings.seal_keepers), Officer.active)
    keepers = [actor(officer) for officer in w.session.scalars(named)]
    left = [case for _, case in rows if not any(_may(w, case, keeper) for keeper in keepers)]
    return any(_could(w, case, by) for case in left)


def _could(w: Work, case: Case, by: Actor) -> bool:
    about = concerned(w, case.programme)
    allowed = refusal_of(by, Act.OPEN_SEALED, matter(w, programme(w, case.programme))) is None
    return allowed and about is not None and may_keep(by, about.holder, about.org)


def _may(w: Work, case: Case, by: Actor) -> bool:
    try:
        check_keeper(w, case, by)
    except Refused:
        return False
    return True


def open_seal(w: Work, key: int, *, by: Actor) -> tuple[SealedText, Case, str]:
    """The sealed text with its words, and a line in the audit. Raises Refused."""
    found, case = _sealed(w, key, by)
    w.tell(SealOpened(by=by.id, case=case.id))
    return found, case, found.words.open(reason=Reason.DENUNCIATION)


def pass_on(w: Work, key: int, where: str, *, by: Actor) -> None:
    """Note to which competent body the text was passed on, and when. Raises Refused."""
    found, case = _sealed(w, key, by)
    if not where.strip():
        raise Refused(Refusal.NO_REASON)
    found.passed_on, found.passed_on_at = Sealed(where.strip()), w.now
    w.tell(SealPassedOn(by=by.id, case=case.id))


def release(w: Work, key: int, *, by: Actor) -> Case:
    """It is no denunciation: back to the queue, to somebody who did not seal it. Raises Refused."""
    found, case = _sealed(w, key, by)
    if found.passed_on_at is not None:
        raise Refused(Refusal.NOT_A_MOVE)
    case.words = Sealed(found.words.open(reason=Reason.DENUNCIATION))
    case.state, case.decided_at = CaseState.WAITING.value, None
    w.session.delete(found)
    give(w, case, why="released", without={by.id, found.sealed_by_id})
    move_on(w, case)
    w.tell(CaseDecided(by=by.id, case=case.id, decision=Decision.RELEASE.value, state=case.state))
    return case


def _sealed(w: Work, key: int, by: Actor) -> tuple[SealedText, Case]:
    found, case = w.session.get(SealedText, key), w.session.get(Case, key)
    if found is None or case is None:
        raise Refused(Refusal.NO_SUCH_CASE)
    check_keeper(w, case, by)
    return found, case
