"""How a file of units fits what is on record: who is whose parent and successor, and what does not fit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from portal.kernel.succession import is_in_force, unit_of_code
from portal.office.units import cells
from portal.office.units import planning_words as words
from portal.office.units.cells import CellFault, comparable
from portal.office.units.reading import Reading
from portal.office.units.rows import Fault, Mention, Row
from portal.office.units.rules import Arrow, Place, is_below_itself, is_sound

Taken = list[tuple[Row, Place]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every unit as it will be, and everything that stands against it; with a fault, nothing may be."""

    places: tuple[Place, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Implied:
    """A unit above others that the file names without a row of its own."""

    place: Place
    spans: list[tuple[date | None, date | None]] = field(default_factory=list)


def plan(reading: Reading, known: Iterable[Place]) -> Plan:
    """What the units will be once ``reading`` is taken in. The ``known`` are brought up to date in place.

    A code means the unit that has it on the day in question: for a parent the last day of the unit
    below, for a successor the day after the last day of the unit before, or the day typed after ``@``.
    """
    fitting = _Fitting(reading.broken)
    for place in known:
        fitting.add(place)
    taken = fitting.take(reading.rows)
    fitting.place_below(taken)
    fitting.check_periods()
    fitting.check_circles()
    fitting.draw_arrows(taken)
    fitting.check_arrows()
    return Plan(tuple(fitting.places()), tuple(sorted({*reading.faults, *fitting.faults})))


class _Fitting:
    def __init__(self, broken: frozenset[str]) -> None:
        self.broken = broken  # nobody is blamed for naming a unit whose row could not be read
        self.by_code: dict[str, list[Place]] = defaultdict(list)
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        self.implied: dict[tuple[str, str], _Implied] = {}
        self.faults: list[Fault] = []

    def add(self, place: Place) -> None:
        self.by_code[place.code].append(place)

    def places(self) -> Iterable[Place]:
        return (place for places in self.by_code.values() for place in places)

    def take(self, rows: Sequence[Row]) -> Taken:
        taken: Taken = []
        for row in rows:
            place = next((p for p in self.by_code[row.code] if p.valid_from == row.valid_from), None)
            if place is not None and place.line:
                self._blame(row, "code", words.twice(row, place))
                continue
            if place is None:
                place = Place(code=row.code, valid_from=row.valid_from, name=row.name)
                self.add(place)
            _update(place, row)
            taken.append((row, place))
        return taken

    def place_below(self, taken: Taken) -> None:
        for place in self.places():
            self.by_name[comparable(place.name)].append(place)
        for row, place in taken:
            if "parent" in row.stated:
                place.parent = None
                self._climb(row, place)
        self._date_the_implied()

    def check_periods(self) -> None:
        for places in self.by_code.values():
            for before, after in pairwise(sorted(places, key=lambda p: p.valid_from or date.min)):
                if before.valid_to is None or after.valid_from is None or before.valid_to >= after.valid_from:
                    line = max(before.line, after.line)
                    self.faults.append(Fault(line, "code", words.overlap(before, after)))

    def check_circles(self) -> None:
        for place in self.places():
            if place.line and is_below_itself(place):
                self.faults.append(Fault(place.line, "parent", words.circle(place)))

    def draw_arrows(self, taken: Taken) -> None:
        for row, place in taken:
            if "successors" in row.stated:
                whole = len(row.successors) == 1 and not row.partly
                found = [self._arrow(row, place, mention, whole) for mention in row.successors]
                place.arrows = tuple(dict.fromkeys(arrow for arrow in found if arrow))

    def check_arrows(self) -> None:
        for source in self.places():
            for arrow in source.arrows:
                if not is_sound(source, arrow):
                    line, column = (
                        (arrow.to.line, "valid_from") if arrow.to.line else (source.line, "valid_to")
                    )
                    self.faults.append(Fault(line, column, words.unsound(source, arrow)))

    def _blame(self, row: Row, column: str, sentence: str) -> None:
        self.faults.append(Fault(row.line_of(column), column, sentence))

    def _climb(self, row: Row, place: Place) -> None:
        """Link ``place`` to the units above it, up to the first that has a row or is on record."""
        below = place
        for mention in row.parents:
            try:
                above = self._above(mention, mention.on or place.valid_to or date.max)
            except CellFault as fault:
                self._blame(row, "parent", str(fault))
                return
            if above is None and self._is_broken(mention):
                return
            here = above or self._imply(row, place, mention)
            if below.parent not in (None, here):
                self._blame(row, "parent", words.two_parents(below))
            below.parent = below.parent or here
            if above is not None:
                return
            below = here

    def _above(self, mention: Mention, on: date) -> Place | None:
        """The unit meant; None when it has to be implied. Raises CellFault when it cannot be told."""
        if not mention.code:
            return self._named(mention, on)
        found = unit_of_code(self.by_code[mention.code], mention.code, on)
        if found is not None:
            if mention.name and comparable(mention.name) != comparable(found.name):
                raise CellFault(words.other_name(mention, found))
            return found
        namesakes = [p for p in self.by_code[mention.code] if comparable(p.name) == comparable(mention.name)]
        if not self._is_broken(mention) and (namesakes or not mention.name):
            raise CellFault(words.no_parent(mention, on))
        return None

    def _named(self, mention: Mention, on: date) -> Place | None:
        found = [p for p in self.by_name[comparable(mention.name)] if is_in_force(p, on)]
        if len(found) == 1:
            return found[0]
        if self._is_broken(mention):
            return None
        raise CellFault(words.no_name(mention) if not found else words.many_names(mention, len(found)))

    def _is_broken(self, mention: Mention) -> bool:
        return mention.code in self.broken or comparable(mention.name) in self.broken

    def _imply(self, row: Row, place: Place, mention: Mention) -> Place:
        group = self.implied.setdefault(
            (mention.code, comparable(mention.name)),
            _Implied(Place(code=mention.code, name=mention.name, valid_from=None, line=row.line)),
        )
        group.spans.append((place.valid_from, place.valid_to))
        return group.place

    def _date_the_implied(self) -> None:
        """Give each implied unit the days its units below tell of, and its type."""
        bearers = Counter([code for code, _ in self.implied] + [p.code for p in self.places()])
        for group in self.implied.values():
            place = group.place
            begun = [start for start, _ in group.spans if start]
            ended = [end for _, end in group.spans if end]
            if bearers[place.code] > 1 and len(begun) == len(group.spans):
                place.valid_from = min(begun)  # a recycled code: since before the records will not do
            place.valid_to = max(ended) if len(ended) == len(group.spans) else None
            try:
                place.unit_type = cells.unit_type("", place.name)
            except CellFault:
                self.faults.append(Fault(place.line, "parent", words.own_row(place)))
            self.add(place)

    def _arrow(self, row: Row, place: Place, mention: Mention, whole: bool) -> Arrow | None:
        if place.valid_to is None:
            self._blame(row, "successors", words.NO_END)
            return None
        on = mention.on or place.valid_to + timedelta(days=1)
        if on <= place.valid_to:
            self._blame(row, "successors", words.too_early(mention, place.valid_to))
            return None
        found = unit_of_code(self.by_code[mention.code], mention.code, on)
        if found is not None:
            return Arrow(found, whole, on)
        if mention.code not in self.broken:
            self._blame(row, "successors", words.no_successor(mention, on))
        return None


def _update(place: Place, row: Row) -> None:
    """Let ``place`` be as ``row`` states it; another spelling of the same name is no change."""
    is_new = place.id is None
    place.line = row.line
    if comparable(place.name) != comparable(row.name):
        place.name = row.name
    if is_new or "type" in row.stated:
        place.unit_type = row.unit_type
    if is_new or "valid_to" in row.stated:
        place.valid_to = row.valid_to
