"""Units as lists: in force by what they belong to, former names, one list to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.kernel.text import fold
from portal.record.documents import UnitDoc

MOST_CHOICES = 400  # more do not belong in one list on a phone; searching then leads there


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in force and how many programmes are public there."""

    unit: UnitDoc
    programmes: int


@dataclass(frozen=True, slots=True)
class Group:
    """The units in force under one parent."""

    parent_name: str
    parent_slug: str | None
    places: list[Place]


def is_former(unit: UnitDoc, on: date) -> bool:
    """Whether ``unit`` no longer exists ``on`` that day."""
    return unit.valid_to is not None and unit.valid_to < on


def in_order(units: Iterable[UnitDoc]) -> list[UnitDoc]:
    """``units`` by their proper names: people look for Kinh Môn, not for Phường."""
    return sorted(units, key=lambda u: (fold(u.name.split(" ", 1)[-1]), u.name))


def grouped(units: Iterable[UnitDoc], programmes: Mapping[str, int], on: date) -> list[Group]:
    """The units in force that belong to another one, by that one."""
    below = [u for u in in_order(units) if u.parent_name and not is_former(u, on)]
    below.sort(key=lambda u: (fold(u.parent_name), u.parent_slug or ""))
    return [
        Group(name, slug, [Place(u, programmes.get(u.slug, 0)) for u in members])
        for (name, slug), members in groupby(below, key=lambda u: (u.parent_name, u.parent_slug))
    ]


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
