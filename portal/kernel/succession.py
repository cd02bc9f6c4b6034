"""Which unit follows which: codes are recycled, units merge and split, so only a day makes it certain.

Pure. Serves the desk's rows and the public documents alike; neither knows the other.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar


class Dated(Hashable, Protocol):
    """Something with a code that existed for a while."""

    @property
    def code(self) -> str:
        """The code; another unit may have it at another time."""

    @property
    def valid_from(self) -> date | None:
        """The first day; None: since before the records here."""

    @property
    def valid_to(self) -> date | None:
        """The last day; None: still there."""


U = TypeVar("U", bound=Dated)
Onward = Callable[[Sequence[U]], Iterable[U]]


class Way(StrEnum):
    """What becomes of somebody who asks for a unit on a given day."""

    STANDS = "stands"  # the unit itself is in force
    ONE = "one"  # exactly one unit in force took over: lead there
    CHOOSER = "chooser"  # it was split: let the reader choose
    NOWHERE = "nowhere"  # ended, and nothing in force is recorded as having taken over


def is_in_force(unit: Dated, on: date) -> bool:
    """Whether ``unit`` exists ``on`` that day (first and last day included)."""
    begun = unit.valid_from is None or unit.valid_from <= on
    return begun and not has_ended(unit, on)


def has_ended(unit: Dated, on: date) -> bool:
    """Whether ``unit`` is gone ``on`` that day."""
    return unit.valid_to is not None and unit.valid_to < on


def unit_of_code(units: Iterable[U], code: str, on: date) -> U | None:
    """The one of ``units`` that ``code`` means ``on`` that day."""
    return next((unit for unit in units if unit.code == code and is_in_force(unit, on)), None)


def reached(start: U, *, onward: Onward[U]) -> tuple[U, ...]:
    """``start`` and every unit reached from it, nearest first, each once.

    ``onward`` gives the next units of a whole generation, so that a reader asks once a generation.
    """
    found: dict[U, None] = {start: None}
    generation = [start]
    while generation:
        generation = [unit for unit in dict.fromkeys(onward(generation)) if unit not in found]
        found.update(dict.fromkeys(generation))
    return tuple(found)


def heirs(start: U, on: date, *, successors: Onward[U]) -> tuple[U, ...]:
    """The units in force ``on`` that day that ``start`` became, however many steps lie between."""

    def onward(generation: Sequence[U]) -> Iterable[U]:
        gone = [unit for unit in generation if has_ended(unit, on)]
        return successors(gone) if gone else ()

    return tuple(unit for unit in reached(start, onward=onward) if is_in_force(unit, on))


def way(start: U, heirs_of_it: Sequence[U]) -> Way:
    """What becomes of somebody who asks for ``start``, given the heirs it has that day."""
    if not heirs_of_it:
        return Way.NOWHERE
    if len(heirs_of_it) > 1:
        return Way.CHOOSER
    return Way.STANDS if heirs_of_it[0] == start else Way.ONE
