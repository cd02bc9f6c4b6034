"""The transparency figures of a month, counted from cases and sent through the valve.

Counted over the whole portal. What was sealed is part of what was received and of nothing else, so no
later figure tells that something was sealed; cells that a second look fills with fewer than the least
number of decisions are left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from statistics import median

from sqlalchemy import func, select

from portal.kernel.clock import VIETNAM
from portal.kernel.work import Work
from portal.office.moderation.events import FiguresPublished
from portal.office.moderation.tables import Case, Review
from portal.publication.commenting import known_months, send_month, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import ReasonCount, TransparencyDoc
from portal.record.moderation_words import AppealState, Verdict
from portal.record.transparency import month_ref


def publish_months(w: Work, *, signer: Signer) -> int:
    """Publish what changed in this month's figures and the last one's; how many documents."""
    take_turn(w.session)
    sent = 0
    known = {doc.month: doc for doc in known_months(w)}
    for first in _months(w.today):
        said = known.get(f"{first:%Y-%m}")
        if said and said.as_of == w.today:
            continue  # once a day: the log shall not grow with every decision
        document = figures(w, first)
        if document.received or document.decided:
            position = send_month(w, document, signer=signer)
            if position is not None:
                w.tell(FiguresPublished(month=document.month, position=position))
                sent += 1
    return sent


def figures(w: Work, first: date) -> TransparencyDoc:
    """The figures of the month that begins on ``first``."""
    start, end = _instants(first)
    within = (Case.decided_at >= start, Case.decided_at < end, Case.verdict.is_not(None))
    rows = w.session.execute(
        select(Case.verdict, Case.reason, Case.hours, Case.in_time, Case.appeal).where(*within)
    ).all()
    following = end.astimezone(VIETNAM).date()
    received = w.session.scalar(
        select(func.count()).where(Case.received_on >= first, Case.received_on < following)
    )
    verdicts = Counter(row.verdict for row in rows)
    appeals = Counter(row.appeal for row in rows if row.appeal)
    reviewed, agreed = _agreement(w, start, end)
    month = f"{first:%Y-%m}"
    return TransparencyDoc(
        ref=month_ref(month),
        month=month,
        as_of=w.today,
        received=received or 0,
        shown=verdicts[Verdict.PUBLISH],
        masked=verdicts[Verdict.PUBLISH_MASKED],
        refused=_by_reason((row.verdict, row.reason) for row in rows),
        returned=verdicts[Verdict.RETURN],
        redirected=verdicts[Verdict.REDIRECT],
        merged=verdicts[Verdict.MERGE],
        median_hours=round(median([row.hours or 0 for row in rows])) if rows else None,
        in_time=sum(bool(row.in_time) for row in rows),
        decided=len(rows),
        appeals=sum(appeals.values()),
        overturned=appeals[AppealState.OVERTURNED],
        upheld=appeals[AppealState.UPHELD],
        reviewed=reviewed,
        agreed=agreed,
    )


def _by_reason(rows: Iterable[tuple[str | None, str | None]]) -> tuple[ReasonCount, ...]:
    counts = Counter(str(reason) for verdict, reason in rows if verdict == Verdict.REFUSE)
    return tuple(ReasonCount(reason=reason, count=count) for reason, count in sorted(counts.items()))


def _agreement(w: Work, start: datetime, end: datetime) -> tuple[int | None, int | None]:
    """Second looks and how many agreed; nothing where so few would tell of single decisions."""
    looked, agreed = w.session.execute(
        select(func.count(), func.count().filter(Review.verdict == Review.first_verdict)).where(
            Review.reviewed_at >= start, Review.reviewed_at < end
        )
    ).one()
    return (looked, agreed) if looked >= w.settings.minimum_cell else (None, None)


def _months(today: date) -> Iterator[date]:
    """The first days of last month and of this one: an appeal may still change last month's figures."""
    this = today.replace(day=1)
    yield date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)
    yield this


def _instants(first: date) -> tuple[datetime, datetime]:
    """When the month begins and when the next one does, in Vietnam."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    start, end = (datetime.combine(d, time.min, VIETNAM).astimezone(UTC) for d in (first, following))
    return start, end
