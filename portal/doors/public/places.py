"""Units as lists: in force by what they belong to, former names, one list to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.kernel.text import fold
from portal.record.documents import UnitDoc

MOST_CHOICES = 400  # more do not belong in one list on a phone; searching then leads there
MOST_WARDS = 12  # within the reach of a thumb on the first page; more have the page of units


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one unit is public: facts, in no order."""

    programmes: int = 0
    commitments: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in force and what is public there."""

    unit: UnitDoc
    held: Held


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one kind in force under one parent."""

    parent_name: str
    parent_slug: str | None
    kind: str  # phường, xã, đặc khu, as the unit's own document says
    places: list[Place]


def is_former(unit: UnitDoc, on: date) -> bool:
    """Whether ``unit`` no longer exists ``on`` that day."""
    return unit.valid_to is not None and unit.valid_to < on


def in_order(units: Iterable[UnitDoc]) -> list[UnitDoc]:
    """``units`` by their proper names: people look for Kinh Môn, not for Phường."""
    return sorted(units, key=lambda u: (fold(u.name.split(" ", 1)[-1]), u.name))


def grouped(units: Iterable[UnitDoc], held: Mapping[str, Held], on: date) -> list[Group]:
    """The units in force that belong to another one, by that one and by their kind."""
    below = [u for u in in_order(units) if u.parent_name and not is_former(u, on)]
    below.sort(key=lambda u: (fold(u.parent_name), u.parent_slug or "", fold(u.unit_type)))
    return [
        Group(name, slug, kind, [Place(u, held.get(u.slug, Held())) for u in members])
        for (name, slug, kind), members in groupby(
            below, key=lambda u: (u.parent_name, u.parent_slug, u.unit_type)
        )
    ]


def named_like(units: Iterable[UnitDoc], words: str) -> list[UnitDoc]:
    """The units whose name, or a name they had, holds ``words``, accents or not."""
    wanted = fold(words)
    return [u for u in units if any(wanted in fold(name) for name in _names(u))]


def _names(unit: UnitDoc) -> tuple[str, ...]:
    return (unit.name, *(old.unit.name for old in unit.predecessors))


def with_programmes(units: Iterable[UnitDoc], programmes: Mapping[str, int], on: date) -> list[UnitDoc]:
    """The units in force where something is public, by name; none when they are too many to touch."""
    found = [u for u in in_order(units) if programmes.get(u.slug) and not is_former(u, on)]
    return found if len(found) <= MOST_WARDS else []


def former(units: Iterable[UnitDoc], on: date) -> list[UnitDoc]:
    """The units that were, and what became of them."""
    return [u for u in in_order(units) if is_former(u, on) and u.successors]


def choices(units: Iterable[UnitDoc], on: date) -> list[tuple[str, str]]:
    """Address and label of every unit people live in, new and old; empty when there are too many."""
    lived_in = [u for u in in_order(units) if u.parent_name and (u.successors or not is_former(u, on))]
    if len(lived_in) > MOST_CHOICES:
        return []
    several = len({u.parent_name for u in lived_in if not is_former(u, on)}) > 1
    return [(u.slug, _label(u, with_parent=several)) for u in lived_in]


def _label(unit: UnitDoc, *, with_parent: bool) -> str:
    if unit.successors:
        return f"{unit.name} → {', '.join(s.unit.name for s in unit.successors)}"
    return f"{unit.name}, {unit.parent_name}" if with_parent else unit.name
