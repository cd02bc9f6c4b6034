"""What is true of units: which address each gets, for ever, and whether a file fits what is on record.

Pure. Which unit a code means on a day, and what became of an old one, is ``kernel.succession``.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from portal.kernel.succession import is_in_force

_SLUG_ROOM = 90  # of 120 characters; the rest is for what tells namesakes apart


@dataclass(frozen=True, slots=True)
class Arrow:
    """A succession: to which unit, whether it took over all, since when."""

    to: "Place"
    whole: bool
    effective_on: date


@dataclass(eq=False, slots=True, kw_only=True)
class Place:
    """A unit as it will be on record once the file is taken in."""

    code: str
    valid_from: date | None
    name: str = ""
    unit_type: str = ""
    valid_to: date | None = None
    parent: "Place | None" = None
    arrows: tuple[Arrow, ...] = ()
    id: int | None = None  # None: not on record yet
    slug: str = ""  # "": none given yet
    line: int = 0  # where the file names it; 0: it does not


def standing(place: Place) -> tuple[object, ...]:
    """Everything about ``place`` that can change; equal before and after means nothing did."""
    arrows = frozenset(place.arrows)
    return place.name, place.unit_type, place.valid_to, place.parent, arrows


def slug_for(base: str, *, code: str, year: int | None, taken: Container[str]) -> str:
    """The address of a new unit: its name, then with its code, then with the year, then numbered.

    ``base`` is the folded name. A slug once given is never given again, because posters carry it.
    """
    return next(slug for slug in _slugs(_shortened(base), code.lower(), year) if slug not in taken)


def _slugs(base: str, code: str, year: int | None) -> Iterator[str]:
    yield base
    yield f"{base}-{code}"
    if year is not None:
        yield f"{base}-{code}-{year}"
    yield from map(f"{base}-{code}-{year or 'so'}-{{}}".format, count(2))


def _shortened(base: str) -> str:
    return base if len(base) <= _SLUG_ROOM else base[:_SLUG_ROOM].rpartition("-")[0] or base[:_SLUG_ROOM]


def naming_order(places: Iterable[Place]) -> list[Place]:
    """Who chooses an address first: units in force before ended ones, so that they get the plain name."""
    return sorted(
        places,
        key=lambda p: (p.valid_to is not None, -(p.valid_to or date.max).toordinal(), p.code),
    )


def year_of(place: Place) -> int | None:
    """The year that tells ``place`` from a namesake of the same code: its first, else its last."""
    known = place.valid_from or place.valid_to
    return known.year if known else None


def parents_first(places: Iterable[Place]) -> list[Place]:
    """``places`` with every unit after the unit above it. There must be no circle."""
    return sorted(places, key=lambda p: (depth(p), p.code, p.valid_from or date.min))


def depth(place: Place) -> int:
    """How many units lie above ``place``."""
    return sum(1 for _ in above(place))


def above(place: Place) -> Iterator[Place]:
    """The units above ``place``, nearest first; a circle is walked once and ends where it began."""
    seen = {id(place)}
    here = place.parent
    while here is not None:
        yield here
        if id(here) in seen:
            return
        seen.add(id(here))
        here = here.parent


def is_below_itself(place: Place) -> bool:
    """Whether the units above ``place`` lead back to it."""
    return any(one is place for one in above(place))


def is_sound(source: Place, arrow: Arrow) -> bool:
    """Whether ``source`` had ended, and its successor stood, on the day the one became the other.

    This is what makes a circle of successions impossible: each successor outlives the one before.
    """
    if source.valid_to is None or source.valid_to >= arrow.effective_on:
        return False
    return is_in_force(arrow.to, arrow.effective_on)
