"""Taking units in from a file: all of it or nothing, and never a second time."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from portal.kernel import text
from portal.kernel.work import Work
from portal.office.audit.events import UnitsImported
from portal.office.units import reads, rules
from portal.office.units.planning import plan
from portal.office.units.reading import UnitsRefused, read
from portal.office.units.rules import Place
from portal.office.units.tables import Unit, UnitSuccession


def import_units(w: Work, data: bytes, *, filename: str, by: str) -> UnitsImported:
    """Take in the units of a JSON or CSV file; what is known is brought up to date, nothing twice.

    Returns what is audited: the units added (those named only as a parent included), the units of
    the file known before, and how many of these it changed. Raises UnitsRefused with every fault of
    the file; nothing of it is stored then.
    """
    known = reads.places(w.session)
    before = [rules.standing(place) for place in known]
    planned = plan(read(data, filename=filename), known)
    if planned.faults:
        raise UnitsRefused(planned.faults)
    added = [place for place in planned.places if place.id is None]
    changed = [place for place, was in zip(known, before, strict=True) if rules.standing(place) != was]
    _store(w, added, changed)
    stated = sum(1 for place in known if place.line)
    event = UnitsImported(by=by, added=len(added), known=stated, changed=len(changed))
    w.tell(event)
    return event


def _store(w: Work, added: Sequence[Place], changed: Sequence[Place]) -> None:
    _name(w, added)
    for place in rules.parents_first(added):
        unit = Unit(id=place.id, slug=place.slug, code=place.code, valid_from=place.valid_from)
        w.session.add(_filled(unit, place))
    w.session.flush()
    for place in changed:
        _filled(w.session.get_one(Unit, place.id), place)
        w.session.execute(delete(UnitSuccession).where(UnitSuccession.from_id == place.id))
    for place in (*added, *changed):
        w.session.add_all(
            UnitSuccession(from_id=place.id, to_id=a.to.id, whole=a.whole, effective_on=a.effective_on)
            for a in place.arrows
        )
    w.session.flush()


def _name(w: Work, added: Sequence[Place]) -> None:
    """Give each of ``added`` its key and, for ever, its address."""
    taken = set(w.session.scalars(select(Unit.slug)))
    for place in rules.naming_order(added):
        place.id = w.ids.key()
        base, year = text.slug(place.name), rules.year_of(place)
        place.slug = rules.slug_for(base, code=place.code, year=year, taken=taken)
        taken.add(place.slug)


def _filled(unit: Unit, place: Place) -> Unit:
    unit.name = place.name
    unit.unit_type = place.unit_type
    unit.parent_id = place.parent.id if place.parent else None
    unit.valid_to = place.valid_to
    return unit
