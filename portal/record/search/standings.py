"""Commitments by standing and trait on a given day, worked out once a day and document."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.record.documents import CommitmentDoc
from portal.record.search.traits import Judge

Documents = Iterable[tuple[int, CommitmentDoc]]
Sets = defaultdict[str, int]

_DAYS_KEPT = 3  # yesterday, today, and tomorrow prepared ahead


@dataclass(slots=True)
class Judgments:
    """The commitments of each standing, and those of each trait; ``known`` documents were looked at."""

    known: int = 0
    standings: Sets = field(default_factory=lambda: defaultdict(int))
    traits: Sets = field(default_factory=lambda: defaultdict(int))


class Standings:
    """Judgments by day; only what is new since the last look is worked out."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._days: dict[date, Judgments] = {}

    def on(self, day: date, size: int, documents: Callable[[int], Documents]) -> Judgments:
        """The sets on ``day`` for documents 0 to ``size``; ``documents(n)`` gives those from n on."""
        found = self._days.get(day) or self._open(day)
        if found.known < size:
            for number, doc in documents(found.known):
                judged = self._judge(doc, day)
                found.standings[judged.standing] |= 1 << number
                for trait in judged.traits:
                    found.traits[trait] |= 1 << number
            found.known = size
        return found

    def _open(self, day: date) -> Judgments:
        while len(self._days) >= _DAYS_KEPT:
            del self._days[next(iter(self._days))]
        return self._days.setdefault(day, Judgments())
