"""Commitments by their standing on a given day, worked out once a day and document."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.record.documents import CommitmentDoc

StandingOf = Callable[[CommitmentDoc, date], str]
Documents = Iterable[tuple[int, CommitmentDoc]]

_DAYS_KEPT = 3  # yesterday, today, and tomorrow prepared ahead


@dataclass(slots=True)
class _Day:
    known: int = 0
    sets: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


class Standings:
    """Sets of commitments by standing key; only what is new since the last look is worked out."""

    def __init__(self, standing_of: StandingOf) -> None:
        self._standing_of = standing_of
        self._days: dict[date, _Day] = {}

    def on(self, day: date, size: int, documents: Callable[[int], Documents]) -> dict[str, int]:
        """The sets on ``day`` for documents 0 to ``size``; ``documents(n)`` gives those from n on."""
        found = self._days.get(day) or self._open(day)
        if found.known < size:
            for number, doc in documents(found.known):
                found.sets[self._standing_of(doc, day)] |= 1 << number
            found.known = size
        return found.sets

    def _open(self, day: date) -> _Day:
        while len(self._days) >= _DAYS_KEPT:
            del self._days[next(iter(self._days))]
        return self._days.setdefault(day, _Day())
