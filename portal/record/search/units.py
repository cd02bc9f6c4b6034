"""Units by name: old names lead to their successors, a parent to its children."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from portal.record.search.rows import UnitRow
from portal.record.search.terms import Word, words

# What a name begins with; people leave it out ("Minh Tân" for "Phường Minh Tân").
_TYPES = (
    ("dac", "khu"),
    ("thanh", "pho"),
    ("thi", "tran"),
    ("thi", "xa"),
    ("phuong",),
    ("xa",),
    ("tinh",),
    ("quan",),
    ("huyen",),
)
_LONGEST_NAME = 8  # words of a query looked at together


@dataclass(frozen=True, slots=True)
class Named:
    """A unit named in a query: words ``start`` to ``stop`` of it."""

    start: int
    stop: int
    unit: UnitRow


class Units:
    """The units the record knows, in memory: a few thousand short rows."""

    def __init__(self) -> None:
        self._rows: dict[str, UnitRow] = {}
        self._names: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self._children: defaultdict[str, set[str]] = defaultdict(set)
        self._sorted: list[tuple[str, ...]] = []  # every name in use; empty when it must be sorted anew

    def put(self, row: UnitRow) -> None:
        """Take in a unit, in place of what was known under its slug."""
        self.drop(row.slug)
        self._rows[row.slug] = row
        self._sorted = []
        for name in _names(row.name):
            self._names[name].append(row.slug)
        if row.parent_slug:
            self._children[row.parent_slug].add(row.slug)

    def drop(self, slug: str) -> None:
        """Forget a unit that was taken down."""
        row = self._rows.pop(slug, None)
        if row is None:
            return
        self._sorted = []
        for name in _names(row.name):
            self._names[name].remove(slug)
        if row.parent_slug:
            self._children[row.parent_slug].discard(slug)

    def get(self, slug: str) -> UnitRow | None:
        """The unit with this slug."""
        return self._rows.get(slug)

    def beginning_with(self, typed: Sequence[str], most: int) -> list[UnitRow]:
        """Units whose name, with or without its type, begins with the folded words ``typed``.

        The last of them may be the beginning of a word. At most ``most`` names are looked at.
        """
        if not self._sorted:
            self._sorted = sorted(name for name, slugs in self._names.items() if slugs)
        start = bisect_left(self._sorted, tuple(typed))
        some = self._sorted[start : start + most]
        fitting = takewhile(lambda name: _begins(name, typed), some)
        return [self._rows[slug] for name in fitting for slug in self._names[name]]

    def named_in(self, query: Sequence[Word]) -> Iterator[Named]:
        """Every unit whose name, with or without its type, stands in ``query``."""
        folded = [word.folded for word in query]
        for start in range(len(folded)):
            for stop in range(start + 1, min(len(folded), start + _LONGEST_NAME) + 1):
                for slug in self._names.get(tuple(folded[start:stop]), ()):
                    yield Named(start, stop, self._rows[slug])

    def covered(self, slug: str) -> set[str]:
        """``slug``, what it became, and everything within them."""
        found: set[str] = set()
        waiting = [slug]
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            waiting.extend(self._children.get(place, ()))
            if row := self._rows.get(place):
                waiting.extend(unit.slug for unit in row.successors)
        return found


def _begins(name: tuple[str, ...], typed: Sequence[str]) -> bool:
    last = len(typed) - 1
    return name[:last] == tuple(typed[:last]) and len(name) > last and name[last].startswith(typed[last])


def _names(name: str) -> Iterator[tuple[str, ...]]:
    full = tuple(word.folded for word in words(name))
    if full:
        yield full
    for kind in _TYPES:
        short = full[len(kind) :]
        if full[: len(kind)] == kind and len(short) > 1:  # one syllable alone names too much
            yield short
            return
