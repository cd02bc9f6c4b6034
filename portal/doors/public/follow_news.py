"""What there is to tell one reader now: out of the log, out of the clock, out of a search they saved."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.doors.readings import Viewpoint
from portal.inbox.following.posting import Due, Reached
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision
from portal.record.news.clock import late_from
from portal.record.news.differences import title_of
from portal.record.news.kinds import News, NewsKind
from portal.record.news.matter import Matter, What, all_of, parts_of
from portal.record.news.tail import Told, changed_since, told_since

# Words of residents are many: a feed has them, and the page; a letter has what the office did.
_NOT_BY_MAIL = {NewsKind.COMMENTED, NewsKind.THEME}

Matches = Callable[[str, date], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Sight:
    """The record as one round of letters sees it: up to ``head``, on the day ``view.today``."""

    c: reads.Reader
    head: int
    view: Viewpoint
    matches: Matches
    _changed: dict[int, dict[str, None]] = field(default_factory=dict)

    def changed(self, position: int) -> Mapping[str, None]:
        """The documents that changed since ``position``."""
        if position not in self._changed:
            self._changed[position] = changed_since(self.c, position)
        return self._changed[position]


@dataclass(frozen=True, slots=True)
class ToTell:
    """What one letter says, and how far its reader has been told once it has gone out."""

    told: tuple[Told, ...]
    reached: Reached


def news_for(sight: Sight, one: Due, matter: Matter, *, since: Reached) -> ToTell:
    """What ``one`` was not told up to ``since``."""
    parts = parts_now(sight, matter)
    # A search that loses something, or a unit whose programme is gone, still tells what became of it.
    among = all_of(sight.c, {*parts, *(since.seen or ())})
    out_of_log = {
        told.newest.ref: told
        for told in told_since(sight.c, since.position, among=among, changed=sight.changed(since.position))
        if any(news.kind not in _NOT_BY_MAIL for news in told.news)
    }
    late = dict(_late(sight, one, among, since)) if since.on < sight.view.today else {}
    seen = parts if since.seen is None or matter.what is not What.SEARCH else set(since.seen)
    for ref in sorted(parts - seen):
        _add(sight, out_of_log, ref, News(NewsKind.MATCHED))
    for ref, deadline in late.items():
        _add(sight, out_of_log, ref, News(NewsKind.LATE, (deadline, deadline)))
    reached = Reached(
        sight.head,
        max(since.on, sight.view.today),
        tuple(sorted(parts)),
        (*since.late, *(_mark(ref, deadline) for ref, deadline in late.items())),
    )
    return ToTell(tuple(out_of_log.values()), reached)


def parts_now(sight: Sight, matter: Matter) -> frozenset[str]:
    """The references ``matter`` consists of now."""
    if matter.what is What.SEARCH:
        return sight.matches(matter.name, sight.view.today)
    return frozenset(parts_of(sight.c, matter))


def _late(sight: Sight, one: Due, among: frozenset[str], since: Reached) -> Iterator[tuple[str, str]]:
    """Commitments that became late after ``one`` began to follow and of which they were not told."""
    for rev in _commitments(sight, among):
        doc = rev.document
        assert isinstance(doc, CommitmentDoc)
        began = late_from(doc, today=sight.view.today, calendar=sight.view.calendar)
        deadline = f"{doc.deadline:%d/%m/%Y}"
        if began and began > one.since and _mark(doc.ref, deadline) not in since.late:
            yield doc.ref, deadline


def _mark(ref: str, deadline: str) -> str:
    return f"{ref} {deadline}"


def _commitments(sight: Sight, refs: frozenset[str]) -> Iterator[Revision]:
    ordered = sorted(refs)
    for n in range(0, len(ordered), 500):  # refs a query
        found = reads.documents(sight.c, ordered[n : n + 500]).values()
        yield from (rev for rev in found if isinstance(rev.document, CommitmentDoc))


def _add(sight: Sight, told: dict[str, Told], ref: str, news: News) -> None:
    if ref in told:
        if news.kind is NewsKind.LATE:  # what is new in a search because it is new is told once
            told[ref] = Told(told[ref].newest, told[ref].title, (*told[ref].news, news))
        return
    newest = reads.revision(sight.c, ref)
    if newest is not None and newest.document is not None:
        told[ref] = Told(newest, title_of(newest.document), (news,))
