"""Months of results of procedures told in tests: made-up figures, through the office's acts."""

from datetime import date
from typing import Any

from people import SOAN, Person
from world import World, who

from portal.office.procedures.acts import mark, record
from portal.office.procedures.form import MonthForm
from portal.office.procedures.rules import Counts
from portal.office.units.reads import unit_of_code
from portal.record.documents import FigureState

SOURCE = "Hệ thống một cửa (số liệu minh họa)"
NONE = Counts(handled=None, early=None, on_time=None, late=None)


def counts(early: int, on_time: int, late: int) -> Counts:
    """Counts that add up."""
    return Counts(handled=early + on_time + late, early=early, on_time=on_time, late=late)


def form(number: int, told: Counts | None = None, **changed: Any) -> MonthForm:
    """The month ``number`` of 2026; without counts there is no data."""
    values: dict[str, Any] = {
        "month": date(2026, number, 1),
        "state": FigureState.FIGURE if told else FigureState.NO_DATA,
        "counts": told or NONE,
        "source": SOURCE,
        "counted_on": date(2026, number, 20),
    }
    return MonthForm(**{**values, **changed})


def slug_of(world: World, code: str) -> str:
    """The address of the unit that has ``code`` now."""
    with world.work() as w:
        unit = unit_of_code(w.session, code, w.today)
        assert unit is not None
        return unit.slug


def tell(world: World, slug: str, told: MonthForm, *, by: Person = SOAN, replaces: int | None = None) -> int:
    """Record a month; the key of its row."""
    with world.work() as w:
        return record(w, slug, told, by=who(w, by), replaces=replaces).id


def open_up(world: World, slug: str, key: int, *, disclosed: bool = True, by: Person = SOAN) -> None:
    """Mark a month public, or withheld."""
    with world.work() as w:
        mark(w, slug, key, disclosed=disclosed, by=who(w, by))


def town_month(world: World, code: str) -> tuple[str, str]:
    """A ward with one month on record: its slug, and the key of the row."""
    slug = slug_of(world, code)
    return slug, str(tell(world, slug, form(10, counts(80, 38, 2))))
