"""One unit of work per click: everything a person does happens in ``with work() as w`` or not at all."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from portal.kernel import sealed
from portal.kernel.clock import Clock, SystemClock, day
from portal.kernel.db import WRITE, db
from portal.kernel.ids import Ids
from portal.settings import Settings

Recorder = Callable[["Work", Sequence[object]], None]


@dataclass(frozen=True, slots=True)
class House:
    """What one process stands on. ``record_events`` is the audit room's; the public door has none."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=Ids)
    record_events: Recorder | None = None


@dataclass(slots=True)
class Work:
    """An open unit of work: one transaction, one instant, the events to be audited with it."""

    session: Session
    house: House
    now: datetime
    events: list[object] = field(default_factory=list)
    _afterwards: list[Callable[[], Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of this work in Vietnam."""
        return day(self.now)

    @property
    def ids(self) -> Ids:
        """The source of opaque names."""
        return self.house.ids

    @property
    def settings(self) -> Settings:
        """What this installation decided."""
        return self.house.settings

    def tell(self, event: object) -> None:
        """Have ``event`` audited, in the same transaction as what it tells of."""
        self.events.append(event)

    def afterwards(self, call: Callable[[], Any]) -> None:
        """Call ``call`` once the work is safely committed."""
        self._afterwards.append(call)


@dataclass(frozen=True, slots=True)
class SealedOpened:
    """Audit: withheld values were opened, how many and why; never what they said."""

    reason: str
    count: int


def settle(app: Flask, house: House) -> None:
    """Let ``app`` stand on ``house``."""
    app.extensions["house"] = house


def house() -> House:
    """The house of the current application."""
    found: House = current_app.extensions["house"]
    return found


@contextmanager
def work() -> Iterator[Work]:
    """Open the one unit of work of this click; commits at the end, or nothing has happened.

    Must run inside an application context, outside any other unit of work.
    """
    if sealed.openings.get() is not None:
        raise RuntimeError("one unit of work per click: this one is inside another")
    session = db.session()
    session.rollback()  # a read before the work must not hold an old view of the database
    session.connection(execution_options={WRITE: True})
    here = house()
    w = Work(session=session, house=here, now=here.clock.now())
    count: Counter[sealed.Reason] = Counter()
    token = sealed.openings.set(count)
    try:
        yield w
        w.events += [SealedOpened(reason, n) for reason, n in sorted(count.items())]
        session.flush()
        _record(w)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        sealed.openings.reset(token)
    for call in w._afterwards:
        call()


def _record(w: Work) -> None:
    if not w.events:
        return
    if w.house.record_events is None:
        raise RuntimeError("this door has no audit room, so nothing that needs one may happen here")
    w.house.record_events(w, w.events)
    w.session.flush()
