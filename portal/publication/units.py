"""Units through the valve: each as a public document with its past and future, whenever it changed."""

from collections import defaultdict
from collections.abc import Iterable

from portal.kernel.work import Work
from portal.office.audit.events import UnitsPublished
from portal.office.units import reads as units
from portal.office.units.rules import Arrow, Place, parents_first
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Kind, Notice, Succession, UnitDoc, UnitLink

_REASON = "Cập nhật danh mục đơn vị hành chính"


def publish_units(w: Work, signer: Signer) -> tuple[int, ...]:
    """Append a revision of every unit whose document differs from the one on record, all at once.

    Returns the log positions; none when nothing differs.
    """
    take_turn(w.session)
    known = {unit.slug: unit for unit in reads.units(w.session)}
    lines = [
        _line(document, known.get(document.slug))
        for document in _compose_all(units.places(w.session))
        if document != known.get(document.slug)
    ]
    if not lines:
        return ()
    positions = tuple(append(w, lines, signer=signer))
    w.tell(UnitsPublished(first_position=positions[0], entries=len(positions)))
    return positions


def compose_unit(place: Place, *, before: Iterable[tuple[Place, Arrow]]) -> UnitDoc:
    """The public document of a unit; ``before`` are the units that became it, each with its arrow."""
    return UnitDoc(
        slug=place.slug,
        code=place.code,
        name=place.name,
        unit_type=place.unit_type,
        parent_name=place.parent.name if place.parent else "",
        parent_slug=place.parent.slug if place.parent else None,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        successors=_in_order(_succession(arrow.to, arrow) for arrow in place.arrows),
        predecessors=_in_order(_succession(source, arrow) for source, arrow in before),
    )


def _compose_all(places: list[Place]) -> Iterable[UnitDoc]:
    before: dict[Place, list[tuple[Place, Arrow]]] = defaultdict(list)
    for source in places:
        for arrow in source.arrows:
            before[arrow.to].append((source, arrow))
    return (compose_unit(place, before=before[place]) for place in parents_first(places))


def _succession(other: Place, arrow: Arrow) -> Succession:
    link = UnitLink(
        slug=other.slug,
        code=other.code,
        name=other.name,
        parent_name=other.parent.name if other.parent else "",
    )
    return Succession(unit=link, whole=arrow.whole, effective_on=arrow.effective_on)


def _in_order(arrows: Iterable[Succession]) -> tuple[Succession, ...]:
    """By day, then by code, so that the same units always make the same bytes."""
    return tuple(sorted(arrows, key=lambda s: (s.effective_on, s.unit.code, s.unit.slug)))


def _line(document: UnitDoc, known: UnitDoc | None) -> Line:
    if known is None:
        return Line(kind=Kind.UNIT, ref=document.slug, act=Act.PUBLISH, document=document)
    notice = Notice(reason=_REASON, changes=changes_between(known, document))
    return Line(kind=Kind.UNIT, ref=document.slug, act=Act.AMEND, document=document, notice=notice)
