"""Blind second looks: a random share of decisions is made again by somebody who does not see the first."""

from sqlalchemy import select

from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.moderation.assigning import Roster, hands_on
from portal.office.moderation.events import CaseReviewed
from portal.office.moderation.org import recused
from portal.office.moderation.tables import Case, Review
from portal.record.moderation_words import Verdict


def sample(w: Work, case: Case) -> None:
    """Perhaps ask for a second look at the decision just made, of somebody who had no hand in it."""
    if w.ids.key() % 100 >= w.settings.review_percent:
        return
    without = hands_on(case) | recused(w, case.id)
    reviewer = Roster.of(w).draw(case.programme, without=without)
    known = w.session.scalar(select(Review.id).where(Review.case_id == case.id))
    if reviewer is None or known is not None:
        return
    w.session.add(
        Review(
            id=w.ids.key(),
            case_id=case.id,
            reviewer_id=reviewer,
            asked_at=w.now,
            first_verdict=case.verdict or "",
            words=Sealed(case.words.open(reason=Reason.MODERATION)),
        )
    )


def reviews_for(w: Work, by: Actor) -> list[Review]:
    """What waits for a second look by ``by``, the longest waiting first."""
    return list(
        w.session.scalars(
            select(Review)
            .where(Review.reviewer_id == by.id, Review.reviewed_at.is_(None))
            .order_by(Review.id)
            .limit(50)
        )
    )


def review_of(w: Work, key: int, *, by: Actor) -> Review:
    """The second look ``by`` was asked for. Raises Refused for anybody else's, or one that is done."""
    found = w.session.get(Review, key)
    if found is None or found.reviewer_id != by.id or found.reviewed_at is not None:
        raise Refused(Refusal.NO_SUCH_CASE)
    return found


def review(w: Work, key: int, verdict: Verdict, *, by: Actor) -> Review:
    """Give the second verdict; it changes nothing but the agreement rate. Raises Refused."""
    found = review_of(w, key, by=by)
    found.verdict, found.reviewed_at, found.words = verdict.value, w.now, Sealed("")
    w.tell(CaseReviewed(by=by.id, case=found.case_id, agrees=found.agrees))
    return found
