"""Which commitments each filter of a search lets through, together and with one of them left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from portal.record.documents import Kind
from portal.record.search.results import Count, Query
from portal.record.search.shelf import Shelf
from portal.record.search.standings import Judgments
from portal.record.search.traits import Trait

EVERYTHING = -1
UNIT, AREA, STANDING, ALL = "unit", "area", "standing", "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """The sets by the name of their filter: unit, area, standing, or a trait; only those asked for."""

    sets: Mapping[str, int] = field(default_factory=dict)

    def without(self, *names: str) -> int:
        """What all filters but those named let through."""
        return reduce(and_, (found for name, found in self.sets.items() if name not in names), EVERYTHING)


def traits_in(shelf: Shelf, judged: Judgments) -> dict[str, int]:
    """The commitments of each trait: by their figures and dates, and by what people answered."""
    sets = {str(trait): judged.traits.get(trait, 0) for trait in Trait}
    sets[Trait.DISPUTED] |= shelf.opinions.contested(shelf.places)
    return sets


def filters_of(shelf: Shelf, query: Query, judged: Judgments) -> Filters:
    """The sets ``query`` filters by; an old unit lets its successors through."""
    places = shelf.places
    sets: dict[str, int] = {}
    if query.unit:
        sets[UNIT] = places.within(shelf.units.covered(query.unit))
    if query.area:
        sets[AREA] = places.of_area.get(query.area, 0)
    if query.standing:
        sets[STANDING] = judged.standings.get(query.standing, 0)
    if query.traits:
        having = traits_in(shelf, judged)
        sets.update((str(trait), having[trait]) for trait in Trait if trait in query.traits)
    return Filters(sets)


def counts(shelf: Shelf, found: int, filters: Filters, judged: Judgments) -> dict[str, tuple[Count, ...]]:
    """Each facet with the other filters applied, largest first; traits in their own order."""
    labels = shelf.places.labels
    chosen = found & filters.without()
    return {
        "counts_by_unit": _facet(found & filters.without(UNIT), shelf.places.of_unit, labels),
        "counts_by_area": _facet(found & filters.without(AREA), shelf.places.of_area, labels),
        "counts_by_standing": _facet(found & filters.without(STANDING), judged.standings, {}),
        "counts_by_trait": tuple(
            Count(name, name, (chosen & having).bit_count())
            for name, having in traits_in(shelf, judged).items()
        ),
    }


def dropped(found: int, filters: Filters) -> tuple[Count, ...]:
    """How many commitments each filter keeps away, told as what there would be without it."""
    lines = [(name, found & filters.without(name)) for name in filters.sets]
    if len(lines) > 1:
        lines.append((ALL, found))
    return tuple(Count(name, name, left.bit_count()) for name, left in lines if left)


def names_of(shelf: Shelf, query: Query) -> dict[str, str]:
    """The names of the unit and the area ``query`` asks for, by slug and code; none of what is no more."""
    found: dict[str, str] = {}
    if shelf.places.of_area.get(query.area, 0) & shelf.places.live[Kind.COMMITMENT]:
        found[query.area] = shelf.places.labels[query.area]
    if unit := shelf.units.get(query.unit):
        found[query.unit] = unit.name
    return found


def _facet(found: int, sets: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Count, ...]:
    counted = ((code, (found & members).bit_count()) for code, members in sets.items())
    lines = [Count(code, labels.get(code, code), n) for code, n in counted if n]
    return tuple(sorted(lines, key=lambda line: (-line.n, line.label, line.code)))
