"""From an old unit to those of today, and back, by public documents alone."""

from collections.abc import Iterable, Sequence
from datetime import date

from portal.kernel import succession
from portal.record import reads
from portal.record.documents import Succession, UnitDoc
from portal.record.reads import Reader


def heirs(c: Reader, unit: UnitDoc, on: date) -> tuple[UnitDoc, ...]:
    """The units in force ``on`` that day that ``unit`` became: itself, one to lead to, or a choice.

    Empty when it ended and nothing is recorded as having taken over. One query a generation.
    """
    return succession.heirs(unit, on, successors=lambda units: _linked(c, (u.successors for u in units)))


def _linked(c: Reader, arrows: Iterable[Sequence[Succession]]) -> list[UnitDoc]:
    slugs = list(dict.fromkeys(arrow.unit.slug for some in arrows for arrow in some))
    found = reads.documents(c, slugs)
    documents = (found[slug].document for slug in slugs if slug in found)
    return [document for document in documents if isinstance(document, UnitDoc)]
