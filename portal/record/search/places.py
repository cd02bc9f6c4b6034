"""Where documents belong: their kind, unit, areas and dates as sets, and each one's number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.record.documents import Kind
from portal.record.search import bits, rows
from portal.record.search.rows import Row

_EPOCH = date(2000, 1, 1).toordinal()  # days are counted from here: fewer slices


@dataclass(frozen=True, slots=True)
class Place:
    """The number of a document, the log position of its revision and of its first publication."""

    number: int
    position: int
    first: int


class Places:
    """Sets of documents by what they belong to; ``live`` by kind leaves out what was replaced."""

    def __init__(self) -> None:
        self.live: defaultdict[str, int] = defaultdict(int)
        self.of_unit: defaultdict[str, int] = defaultdict(int)
        self.of_area: defaultdict[str, int] = defaultdict(int)
        self.labels: dict[str, str] = {}  # of units and areas, by slug and code
        self.refs: list[str] = []
        self.deadlines: list[int] = []  # slices: days
        self.firsts: list[int] = []  # slices: log positions
        self._by_key: dict[str, Place] = {}

    def fill(self, documents: Sequence[Row], live: Iterable[int]) -> None:
        """Take in the index on disk: document k has row k, and is there when in ``live``."""
        self.refs = [row.ref for row in documents]
        self.deadlines = bits.slices_of([_days(row) for row in documents])
        self.firsts = bits.slices_of([row.first for row in documents])
        members: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for number in live:
            row = documents[number]
            self._note(number, row)
            members[0, row.kind].append(number)
            members[1, row.unit].append(number)
            for area in row.areas:
                members[2, area.code].append(number)
        for (which, name), numbers in members.items():
            (self.live, self.of_unit, self.of_area)[which][name] = bits.of(numbers)

    def put(self, row: Row) -> int:
        """Take in one more document, in place of its earlier revision. Returns its number."""
        number = len(self.refs)
        mark = 1 << number
        self.drop(row.kind, row.ref)
        self.refs.append(row.ref)
        bits.put(self.deadlines, number, _days(row))
        bits.put(self.firsts, number, row.first)
        self._note(number, row)
        self.live[row.kind] |= mark
        self.of_unit[row.unit] |= mark
        for area in row.areas:
            self.of_area[area.code] |= mark
        return number

    def drop(self, kind: Kind, ref: str) -> None:
        """Let a document leave; nothing happens when it is not there."""
        if place := self._by_key.pop(rows.key(kind, ref), None):
            self.live[kind] &= ~(1 << place.number)

    def find(self, kind: Kind, ref: str) -> Place | None:
        """Where a document is now."""
        return self._by_key.get(rows.key(kind, ref))

    def within(self, units: Iterable[str]) -> int:
        """The documents of these units."""
        found = 0
        for unit in units:
            found |= self.of_unit.get(unit, 0)
        return found

    def _note(self, number: int, row: Row) -> None:
        self._by_key[rows.key(row.kind, row.ref)] = Place(number, row.position, row.first)
        if row.unit_name:
            self.labels[row.unit] = row.unit_name
        self.labels.update((area.code, area.label) for area in row.areas)


def _days(row: Row) -> int:
    return 0 if row.deadline is None else max(0, row.deadline.toordinal() - _EPOCH)
