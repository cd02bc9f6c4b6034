"""What there is to tell one reader now: out of the log, out of the clock, out of a search they saved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from portal.doors.readings import Viewpoint
from portal.inbox.following.posting import Due, Reached
from portal.record import reads
from portal.record.news.clock import late_from
from portal.record.news.differences import title_of
from portal.record.news.kinds import News, NewsKind
from portal.record.news.matter import Matter, What, all_of, parts_of
from portal.record.news.tail import Told, changed_since, told_of

# Words of residents are many: a feed has them, and the page; a letter has what the office did.
_NOT_BY_MAIL = {NewsKind.COMMENTED, NewsKind.THEME}

Matches = Callable[[str, date], frozenset[str]]


class Late(NamedTuple):
    """A commitment that is late, since when, and the deadline it missed."""

    ref: str
    began: date
    deadline: str


@dataclass(frozen=True, slots=True)
class Sight:
    """The record as one round of letters sees it: up to ``head``, on the day ``view.today``."""

    c: reads.Reader
    head: int
    view: Viewpoint
    matches: Matches
    _changed: dict[int, dict[str, None]] = field(default_factory=dict)
    _told: dict[tuple[str, int], Told | None] = field(default_factory=dict)
    _belongs: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _late: list[Late] = field(default_factory=list)

    def told(self, position: int, among: frozenset[str]) -> Iterator[Told]:
        """What is new since ``position`` of whatever is ``among`` these; worked out once for all readers."""
        if position not in self._changed:
            self._changed[position] = changed_since(self.c, position)
        for ref in self._changed[position]:
            if ref in among:
                if (ref, position) not in self._told:
                    self._told[ref, position] = told_of(self.c, ref, position)
                if found := self._told[ref, position]:
                    yield found

    def belonging(self, parts: frozenset[str]) -> frozenset[str]:
        """``parts`` and everything within them."""
        if parts not in self._belongs:
            self._belongs[parts] = all_of(self.c, parts)
        return self._belongs[parts]

    def late(self) -> list[Late]:
        """Every commitment that is late today."""
        if not self._late:
            for doc in reads.commitments(self.c):
                began = late_from(doc, today=self.view.today, calendar=self.view.calendar)
                if began:
                    self._late.append(Late(doc.ref, began, f"{doc.deadline:%d/%m/%Y}"))
        return self._late


@dataclass(frozen=True, slots=True)
class ToTell:
    """What one letter says, and how far its reader has been told once it has gone out."""

    told: tuple[Told, ...]
    reached: Reached


def news_for(sight: Sight, one: Due, matter: Matter, *, since: Reached) -> ToTell:
    """What ``one`` was not told up to ``since``."""
    parts = parts_now(sight, matter)
    # A search that loses something, or a unit whose programme is gone, still tells what became of it.
    among = sight.belonging(frozenset({*parts, *(since.seen or ())}))
    out_of_log = {
        told.newest.ref: told
        for told in sight.told(since.position, among)
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
    for late in sight.late():
        is_new = late.began > one.since and _mark(late.ref, late.deadline) not in since.late
        if is_new and late.ref in among:
            yield late.ref, late.deadline


def _mark(ref: str, deadline: str) -> str:
    return f"{ref} {deadline}"


def _add(sight: Sight, told: dict[str, Told], ref: str, news: News) -> None:
    if ref in told:
        if news.kind is NewsKind.LATE:  # what is new in a search because it is new is told once
            told[ref] = Told(told[ref].newest, told[ref].title, (*told[ref].news, news))
        return
    newest = reads.revision(sight.c, ref)
    if newest is not None and newest.document is not None:
        told[ref] = Told(newest, title_of(newest.document), (news,))
