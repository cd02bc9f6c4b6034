"""The reading side of search: one kept per worker process, fresh at every question."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from threading import Lock

from portal.record.documents import Kind
from portal.record.search import bits, folder
from portal.record.search.base import Base
from portal.record.search.filters import filters_of
from portal.record.search.finding import find, found_by, order
from portal.record.search.log import Log
from portal.record.search.results import Found, Query, Sort
from portal.record.search.shelf import Shelf
from portal.record.search.standings import Judgments, Standings
from portal.record.search.suggest import Begun, begun
from portal.record.search.traits import Judge

_LONGEST_TAIL = 2000  # documents replayed in memory before the index on disk is opened again
_TRIES = 3  # the writer may replace files while they are being opened


class Searcher:
    """Searches the record. May be used by several threads; one question is answered at a time.

    The index in ``path`` saves reading the whole log. Without a sound one the log itself is read,
    which takes about a second per two thousand documents at the first question and is told by ``doubt``.
    ``log`` must answer from any thread.
    """

    def __init__(self, path: Path, log: Log, judge: Judge) -> None:
        self.doubt: str | None = None
        self._path = path
        self._log = log
        self._judge = judge
        self._lock = Lock()
        self._open()

    def search(self, query: Query, *, today: date) -> Found:
        """The answer to ``query`` over everything in the log now."""
        with self._lock:
            self._refresh()
            return find(self._shelf, query, self._judged_on(today), today=today)

    def browse(
        self,
        *,
        today: date,
        standings: Collection[str] = (),
        unit: str = "",
        area: str = "",
        sort: str = Sort.UPDATED,
        n: int = 10,
    ) -> tuple[str, ...]:
        """The first ``n`` commitments with one of ``standings`` (any when empty), as sorted."""
        with self._lock:
            self._refresh()
            judged = self._judged_on(today) if standings else Judgments()
            filters = filters_of(self._shelf, Query(unit=unit, area=area), judged)
            found = self._shelf.places.live[Kind.COMMITMENT] & filters.without()
            if standings:
                found &= reduce(or_, (judged.standings.get(key, 0) for key in standings))
            return tuple(
                self._shelf.places.refs[number] for number in order(self._shelf, found, [], sort, 0, n)
            )

    def begin(self, typed: str, *, today: date) -> Begun:
        """What somebody who has ``typed`` so far may be about to ask for."""
        with self._lock:
            self._refresh()
            return begun(self._shelf, typed, today=today)

    def matches(self, query: Query, refs: Iterable[str] | None = None, *, today: date) -> frozenset[str]:
        """Which of the commitments ``refs`` (all there are when None) a saved ``query`` finds now.

        Only what has every word and passes every filter: a follower mails nothing that was guessed. Sort
        and page are not looked at. What was taken down, or is no commitment, never matches.
        """
        with self._lock:
            self._refresh()
            places = self._shelf.places
            found = found_by(self._shelf, query, self._judged_on(today))
            if refs is None:
                return frozenset(places.refs[number] for number in bits.members(found))
            known = ((ref, places.find(Kind.COMMITMENT, ref)) for ref in refs)
            return frozenset(ref for ref, place in known if place and found >> place.number & 1)

    def prepare(self, day: date) -> None:
        """Work out the standings of ``day`` now, so that the first question of the day need not."""
        with self._lock:
            self._refresh()
            self._judged_on(day)

    def _judged_on(self, day: date) -> Judgments:
        shelf = self._shelf
        return self._standings.on(day, len(shelf.places.refs), shelf.commitments)

    def _refresh(self) -> None:
        head = self._log.head()
        if head < self._shelf.position:  # the database was put back to an earlier state
            self._open()
        elif head > self._shelf.position:
            self._shelf.catch_up(self._log, head)
            if self._shelf.tail > _LONGEST_TAIL and self._has_newer_index():
                self._open()

    def _has_newer_index(self) -> bool:
        try:
            return folder.load(self._path).position > self._opened_at
        except folder.UntrustedIndex:
            return False

    def _open(self) -> None:
        base, self._opened_at = self._base()
        self._shelf = Shelf(base, self._opened_at)
        self._standings = Standings(self._judge)
        self._shelf.catch_up(self._log, self._log.head())

    def _base(self) -> tuple[Base, int]:
        for _ in range(_TRIES):
            try:
                manifest = folder.load(self._path)
                folder.check(self._path, manifest)
                folder.check_log(manifest, self._log)
                base = Base(folder.open_readers(self._path, manifest))
            except folder.UntrustedIndex as e:
                self.doubt = str(e)
            else:
                self.doubt = None
                return base, manifest.position
        return Base(()), 0
