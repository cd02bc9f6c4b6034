"""Ratings through the valve: a batch that is ripe is counted and goes out, by the clock.

No officer decides which figure is public, or when: that hangs on the day and on how many people wait,
never on what anybody answered (``office.ratings.rules``). What was counted is remembered in the same
unit of work as the figure is appended, so that neither can be without the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from portal.inbox.feedback.periods import FeedbackPeriod, period_called, period_of
from portal.inbox.feedback.tables import Rating
from portal.kernel.clock import day
from portal.kernel.work import Work
from portal.office.ratings.events import RatingsReleased, RatingsSettled
from portal.office.ratings.rules import Release, Terms, count, is_too_soon, release
from portal.office.ratings.tables import Counted
from portal.office.ratings.unusual import Arrival, Watch, marked
from portal.office.ratings.votes import Vote
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, CommitmentDoc, Kind, RatingsDoc
from portal.record.ratings.adding import figures
from portal.record.ratings.document import ratings_ref
from portal.record.ratings.showing import fewest_raters
from portal.record.ratings.terms import Answer, Group, Relation, Standing
from portal.settings import Settings

SLIP = "slip"  # entered by an officer: the rhythm of typing says nothing about who answered


class Matter(NamedTuple):
    """A commitment, and the period ("2026-Q4") in which it is rated."""

    commitment: str
    period: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One row of the inbox, without the entry that was read."""

    key: int
    at: datetime
    person: str
    answer: str | None
    relation: str
    group: str
    standing: str
    via: str


def ripe(w: Work) -> list[Matter]:
    """What may have enough people waiting for a batch; ``release_ratings`` looks closer."""
    found: list[Matter] = []
    for period in open_periods(w.today, w.settings.rating_settle_days):
        people = func.count(Rating.person.distinct())
        rows = w.session.execute(
            select(Rating.commitment)
            .where(Rating.period == period.code)
            .group_by(Rating.commitment)
            .having(people >= _terms(w.settings, None).min_batch)
            .order_by(Rating.commitment)
        )
        found += [Matter(row.commitment, period.code) for row in rows]
    return found


def release_ratings(w: Work, matter: Matter, *, signer: Signer) -> int | None:
    """Count what waits on ``matter`` and append it; the log position, or None while it is not ripe.

    A period is counted until it is settled, and never after; of a commitment that was taken down
    nothing more goes out.
    """
    take_turn(w.session)
    page = reads.revision(w.session, matter.commitment)
    if page is None or not isinstance(page.document, CommitmentDoc):
        return None
    if period_called(matter.period) not in open_periods(w.today, w.settings.rating_settle_days):
        return None
    before = _released(w, matter)
    terms = _terms(w.settings, before)
    found = _count(w, matter, page.document.programme_ref, before, terms)
    return None if found is None else _append(w, matter, page.document, before, found, terms, signer)


def settle(w: Work) -> list[str]:
    """Forget who was counted in periods that are over and settled; the codes of these periods."""
    still_open = {period.code for period in open_periods(w.today, w.settings.rating_settle_days)}
    known = w.session.scalars(select(Counted.period).distinct().order_by(Counted.period)).all()
    over = [code for code in known if code not in still_open]
    for code in over:
        w.session.execute(delete(Counted).where(Counted.period == code))
        w.tell(RatingsSettled(period=code))
    return over


def open_periods(today: date, settle_days: int) -> tuple[FeedbackPeriod, ...]:
    """The period of ``today``, and the one before it until it is settled."""
    present = period_of(today)
    before = period_of(present.first - timedelta(days=1))
    return (present, before) if (today - before.last).days <= settle_days else (present,)


def _terms(settings: Settings, before: RatingsDoc | None) -> Terms:
    """The terms in force; the least cell of a period stays what it was when its first batch went out."""
    k = before.figures.least_cell if before else settings.minimum_cell
    least = fewest_raters(k)
    return Terms(k=k, min_batch=max(settings.rating_batch, least), min_days=settings.rating_days)


def _released(w: Work, matter: Matter) -> RatingsDoc | None:
    found = reads.revision(w.session, ratings_ref(*matter))
    return found.document if found and isinstance(found.document, RatingsDoc) else None


def _count(
    w: Work, matter: Matter, programme: str, before: RatingsDoc | None, terms: Terms
) -> Release | None:
    previous = before.figures.batches[-1] if before else None
    if is_too_soon(previous, terms=terms, today=w.today):
        return None  # without reading what waits
    words = _words(w, matter, programme)
    counted = w.session.scalars(
        select(Counted.person).where(Counted.commitment == matter.commitment, Counted.period == matter.period)
    )
    watch = Watch(people=max(w.settings.rating_unusual, terms.min_batch))
    unusual = marked(_arrivals(words, _first_seen(w, matter, programme)), watch)
    table = count(_votes(words), counted=frozenset(counted), unusual=unusual)
    return release(table, previous, terms=terms, today=w.today)


def _words(w: Work, matter: Matter, programme: str) -> list[_Word]:
    """What was said in the period, in the order of receipt; a word that came after it is none of it."""
    period = period_called(matter.period)
    rows = w.session.execute(
        select(
            Rating.key, Rating.at, Rating.person, Rating.answer,
            Rating.relation, Rating.group, Rating.standing, Rating.via,
        ).where(
            Rating.commitment == matter.commitment,
            Rating.period == matter.period,
            Rating.programme == programme,
        )
    )  # fmt: skip
    words = [_Word(*row) for row in rows]
    return sorted(
        (word for word in words if period.first <= day(word.at) <= period.last),
        key=lambda word: (word.at, word.key),
    )


def _votes(words: Iterable[_Word]) -> Iterable[Vote]:
    for order, word in enumerate(words):
        yield Vote(
            person=word.person,
            group=Group(word.group),
            standing=Standing(word.standing),
            relation=Relation(word.relation),
            answer=None if word.answer is None else Answer(word.answer),
            order=order,
        )


def _first_seen(w: Work, matter: Matter, programme: str) -> dict[str, datetime]:
    """When each key was first seen in the programme, in this period: keys live no longer."""
    first: dict[str, datetime] = {}
    rows = w.session.execute(
        select(Rating.person, Rating.at).where(Rating.programme == programme, Rating.period == matter.period)
    )
    for person, at in rows:
        first[person] = min(at, first.get(person, at))
    return first


def _arrivals(words: Sequence[_Word], first: dict[str, datetime]) -> Iterable[Arrival]:
    for word in words:
        if word.via != SLIP:
            is_new = word.at <= first[word.person]
            yield Arrival(person=word.person, standing=Standing(word.standing), at=word.at, is_new=is_new)


def _append(
    w: Work,
    matter: Matter,
    page: CommitmentDoc,
    before: RatingsDoc | None,
    found: Release,
    terms: Terms,
    signer: Signer,
) -> int:
    batches = (*(before.figures.batches if before else ()), found.batch)
    document = RatingsDoc(
        ref=ratings_ref(*matter),
        programme_ref=page.programme_ref,
        commitment_ref=page.ref,
        figures=figures(page.ref, matter.period, batches, k=terms.k),
        min_batch=terms.min_batch,
        min_days=terms.min_days,
    )
    line = Line(kind=Kind.RATINGS, ref=document.ref, act=Act.RELEASE, document=document)
    [position] = append(w, [line], signer=signer)
    w.session.execute(insert(Counted), [{**matter._asdict(), "person": one} for one in found.counted])
    w.tell(
        RatingsReleased(
            programme=page.programme_ref, **matter._asdict(), batch=found.batch.number, position=position
        )
    )
    return position
