"""Signs that a column is being manipulated; what they mark is counted apart and shown, never deleted.

Marks look at who came when and never at what anybody answered: they decide who is in which block, and
``rules`` is safe only as long as no answer takes part in that. One-sidedness is looked for afterwards,
in what is released (``record.ratings.jumps``). Only unverified people are marked: a crowd of verified
people is a meeting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from portal.record.ratings.terms import Sign, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When a person spoke about a commitment, to the minute or finer, and whether for the first time."""

    person: str
    standing: Standing
    at: datetime
    is_new: bool  # the key had not been seen in this programme before


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The settings of watching.

    ``people`` should be at least the least batch, so that the marked can be shown apart, and where far
    more people usually answer several times as many as usually come within ``burst``.
    """

    people: int = 25
    burst: timedelta = timedelta(minutes=10)
    new_keys: timedelta = timedelta(hours=24)
    even: timedelta = timedelta(seconds=2)  # how far one distance in time may be from the next


def marks(arrivals: Iterable[Arrival], watch: Watch) -> dict[Sign, frozenset[str]]:
    """The people each sign marks; a person is looked at by the last arrival."""
    last: dict[str, Arrival] = {}
    for arrival in arrivals:
        if arrival.standing is Standing.UNVERIFIED and _is_later(arrival, last.get(arrival.person)):
            last[arrival.person] = arrival
    inline = sorted(last.values(), key=lambda arrival: (arrival.at, arrival.person))
    return {
        Sign.BURST: _crowded(inline, watch.burst, watch.people),
        Sign.NEW_KEYS: _crowded([a for a in inline if a.is_new], watch.new_keys, watch.people),
        Sign.EVEN_TIMING: _evenly_timed(inline, watch.even, watch.people),
    }


def marked(arrivals: Iterable[Arrival], watch: Watch) -> frozenset[str]:
    """Everybody whom some sign marks: the ``unusual`` people of ``rules.count``."""
    return frozenset().union(*marks(arrivals, watch).values())


def _is_later(arrival: Arrival, than: Arrival | None) -> bool:
    return than is None or arrival.at > than.at


def _crowded(inline: Sequence[Arrival], within: timedelta, people: int) -> frozenset[str]:
    found: set[str] = set()
    first = 0
    for place, arrival in enumerate(inline):
        while arrival.at - inline[first].at > within:
            first += 1
        if place - first + 1 >= people:
            found.update(a.person for a in inline[first : place + 1])
    return frozenset(found)


def _evenly_timed(inline: Sequence[Arrival], even: timedelta, people: int) -> frozenset[str]:
    found: set[str] = set()
    run = list(inline[:1])
    before: timedelta | None = None
    for earlier, arrival in pairwise(inline):
        gap = arrival.at - earlier.at
        if before is not None and abs(gap - before) <= even:
            run.append(arrival)
        else:
            run = [earlier, arrival]
        before = gap or None  # people at one moment are a crowd, not a rhythm
        if len(run) >= people:
            found.update(a.person for a in run)
    return frozenset(found)
