"""Looking up units: what a code means on a day, what lies above, what a unit used to be called."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import succession
from portal.office.units.rules import Arrow, Place
from portal.office.units.tables import Unit, UnitSuccession


def unit_of_code(session: Session, code: str, on: date) -> Unit | None:
    """The unit that ``code`` means ``on`` that day; None when it means none."""
    bearers = session.scalars(select(Unit).where(Unit.code == code.strip()))
    return succession.unit_of_code(bearers, code.strip(), on)


def line_above(session: Session, unit_id: int) -> tuple[int, ...]:
    """The unit and every unit above it, nearest first: whoever holds a role in one of them may act."""
    line: list[int] = []
    here: int | None = unit_id
    while here is not None and here not in line:
        line.append(here)
        here = session.scalar(select(Unit.parent_id).where(Unit.id == here))
    return tuple(line)


def units_under(session: Session, roots: frozenset[int]) -> list[Unit]:
    """The units ``roots`` and every unit below one of them."""
    found: dict[int, Unit] = {}
    generation = list(session.scalars(select(Unit).where(Unit.id.in_(roots))))
    while generation:
        found.update((unit.id, unit) for unit in generation)
        below = session.scalars(select(Unit).where(Unit.parent_id.in_([unit.id for unit in generation])))
        generation = [unit for unit in below if unit.id not in found]
    return list(found.values())


def old_names(session: Session, unit_id: int) -> tuple[str, ...]:
    """What the places of this unit were called before, nearest in time first, each name once."""

    def predecessors(units: Sequence[Unit]) -> Iterable[Unit]:
        later = [unit.id for unit in units]
        return session.scalars(
            select(Unit)
            .join(UnitSuccession, UnitSuccession.from_id == Unit.id)
            .where(UnitSuccession.to_id.in_(later))
            .order_by(Unit.name)
        )

    unit = session.get_one(Unit, unit_id)
    before = succession.reached(unit, onward=predecessors)[1:]
    return tuple(dict.fromkeys(old.name for old in before if old.name != unit.name))


def places(session: Session) -> list[Place]:
    """Every unit on record, linked with its parent and successors, as the rules see it."""
    units = {unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.id))}
    found = {unit.id: _place(unit) for unit in units.values()}
    for unit in units.values():
        found[unit.id].parent = None if unit.parent_id is None else found[unit.parent_id]
    for arrow in session.scalars(select(UnitSuccession)):
        source = found[arrow.from_id]
        source.arrows += (Arrow(found[arrow.to_id], arrow.whole, arrow.effective_on),)
    return list(found.values())


def _place(unit: Unit) -> Place:
    return Place(
        id=unit.id,
        slug=unit.slug,
        code=unit.code,
        name=unit.name,
        unit_type=unit.unit_type,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
