"""Letters to those who follow: which are due, and what is stored before and after each.

A letter is noted as on its way before the mail server sees it, and as told afterwards. So a letter whose
sender was killed in between is never sent a second time: at most once, because a letter that comes twice
teaches people to ignore all of them. What it said is not lost: it is said again in the next letter, which
says why. A letter the mail server refused is as if it had never been on its way.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.inbox.following.rhythm import Rhythm, next_letter, retry_at
from portal.inbox.following.tables import Asked, Follow
from portal.kernel.work import Work

_MOST = 500  # readers in one round


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a reader was told: entries of the log, days of the clock, and what is remembered of both.

    ``seen``: of what the matter consisted then (None: not looked yet); ``late``: which missed deadlines.
    """

    position: int
    on: date
    seen: tuple[str, ...] | None = None
    late: tuple[str, ...] = ()

    def as_text(self) -> str:
        """For the database."""
        return json.dumps({**asdict(self), "on": self.on.isoformat()}, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What `as_text` wrote."""
        found: dict[str, Any] = json.loads(text)
        seen = found["seen"]
        on, late = date.fromisoformat(found["on"]), tuple(found["late"])
        return cls(found["position"], on, None if seen is None else tuple(seen), late)

    @property
    def memory(self) -> str:
        """What is remembered beside position and day."""
        return json.dumps([self.seen, self.late], separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Due:
    """One reader whose hour has come. ``interrupted``: a letter that may or may not have arrived."""

    key: int
    person: str
    matter: str
    rhythm: Rhythm
    box: bytes
    since: date
    told: Reached
    interrupted: Reached | None
    failures: int = field(default=0, compare=False)


def due(session: Session, *, now: datetime, head: int, told_on: date) -> list[Due]:
    """Whoever may be written to now and was not told of the log up to ``head`` or the day ``told_on``."""
    rows = (
        select(Follow)
        .where(Follow.next_at <= now, or_(Follow.told < head, Follow.told_on < told_on))
        .order_by(Follow.next_at, Follow.key)
        .limit(_MOST)
    )
    return [_due(row) for row in session.scalars(rows)]


def not_looked_at(session: Session) -> list[Due]:
    """Whoever began to follow and of whom nothing is remembered yet."""
    return [_due(row) for row in session.scalars(select(Follow).where(Follow.memory == "").limit(_MOST))]


def remember(w: Work, one: Due, seen: tuple[str, ...]) -> None:
    """What the matter of ``one`` consists of when they begin."""
    memory = replace(one.told, seen=seen).memory
    w.session.execute(update(Follow).where(Follow.key == one.key, Follow.memory == "").values(memory=memory))


def take(w: Work, one: Due, new: Reached) -> bool:
    """Note that a letter up to ``new`` is on its way; False when somebody else has changed the row."""
    was = one.interrupted.as_text() if one.interrupted else None
    unchanged = Follow.sending.is_(None) if was is None else Follow.sending == was
    taken = w.session.execute(
        update(Follow)
        .where(Follow.key == one.key, Follow.told == one.told.position, unchanged)
        .values(sending=new.as_text(), next_at=next_letter(one.rhythm, w.now))
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE counts its rows


def settle(w: Work, one: Due, new: Reached) -> None:
    """The reader was told up to ``new``, or there was nothing to tell them."""
    w.session.execute(
        update(Follow)
        .where(Follow.key == one.key, Follow.told == one.told.position)
        .values(told=new.position, told_on=new.on, memory=new.memory, sending=None, failures=0)
    )


def let_go(w: Work, one: Due) -> None:
    """The letter was not sent after all: it would have told of what has changed since."""
    was = one.interrupted.as_text() if one.interrupted else None
    w.session.execute(update(Follow).where(Follow.key == one.key).values(sending=was, next_at=w.now))


def give_back(w: Work, one: Due) -> None:
    """The letter went nowhere: as before, to be tried again later."""
    was = one.interrupted.as_text() if one.interrupted else None
    w.session.execute(
        update(Follow)
        .where(Follow.key == one.key)
        .values(sending=was, failures=one.failures + 1, next_at=retry_at(one.failures + 1, w.now))
    )


def followers_of(session: Session, matters: list[str]) -> list[Due]:
    """Whoever follows one of ``matters``, written to or not."""
    return [_due(row) for row in session.scalars(select(Follow).where(Follow.matter.in_(matters)))]


def were_asked(session: Session, ref: str) -> set[str]:
    """Who was asked about the commitment ``ref``."""
    return set(session.scalars(select(Asked.person).where(Asked.ref == ref)))


def begin_asking(w: Work, person: str, refs: list[str]) -> None:
    """Note that ``person`` is asked about ``refs``. Raises IntegrityError when somebody else did so."""
    w.session.execute(insert(Asked), [{"person": person, "ref": ref} for ref in refs])


def unask(w: Work, person: str, refs: list[str]) -> None:
    """The question went nowhere."""
    w.session.execute(delete(Asked).where(Asked.person == person, Asked.ref.in_(refs)))


def _due(row: Follow) -> Due:
    seen, late = json.loads(row.memory) if row.memory else (None, ())
    told = Reached(row.told, row.told_on, None if seen is None else tuple(seen), tuple(late))
    interrupted = Reached.from_text(row.sending) if row.sending else None
    return Due(
        row.key, row.person, row.matter, Rhythm(row.rhythm), row.box, row.since, told, interrupted,
        row.failures,
    )  # fmt: skip
