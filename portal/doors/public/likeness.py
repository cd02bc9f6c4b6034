"""Which commitments may stand beside one: same area, same unit of measure, same direction, nothing else.

They stand in the order of their places or of their deadlines, never of their results.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.doors.public.finder import searcher
from portal.doors.readings import Viewpoint
from portal.kernel.text import fold
from portal.record import reads
from portal.record.documents import CommitmentDoc
from portal.record.reads import Reader
from portal.record.search import Sort

MOST = 500  # commitments of one area that are looked at, those with the earliest deadline
BY_PLACE, BY_DEADLINE = "don_vi", "han"


@dataclass(frozen=True, slots=True)
class Alike:
    """What may stand beside a commitment, the commitment itself among it.

    ``is_cut``: an area held more than was looked at.
    """

    docs: tuple[CommitmentDoc, ...]
    is_cut: bool


def alike(c: Reader, doc: CommitmentDoc, view: Viewpoint, *, order: str = BY_PLACE) -> Alike:
    """The standing commitments like ``doc``, in ``order``."""
    found, is_cut = {doc.ref: doc}, False
    for area in doc.areas:
        refs = searcher(view).browse(today=view.today, area=area.code, sort=Sort.DEADLINE, n=MOST)
        is_cut = is_cut or len(refs) == MOST
        for rev in reads.documents(c, refs).values():
            if isinstance(rev.document, CommitmentDoc) and is_like(doc, rev.document):
                found[rev.ref] = rev.document
    return Alike(in_order(found.values(), order), is_cut)


def is_like(one: CommitmentDoc, other: CommitmentDoc) -> bool:
    """Whether the two share an area, the unit of measure and the direction."""
    shared = {area.code for area in one.areas} & {area.code for area in other.areas}
    return bool(shared) and _measure(one) == _measure(other)


def _measure(doc: CommitmentDoc) -> tuple[str, str]:
    return " ".join(doc.measure_unit.casefold().split()), doc.direction


def in_order(docs: Iterable[CommitmentDoc], order: str) -> tuple[CommitmentDoc, ...]:
    """``docs`` by the proper name of the place, or by deadline."""
    place = {d.ref: (fold(d.holder.unit.name.split(" ", 1)[-1]), d.holder.unit.name) for d in docs}
    if order == BY_DEADLINE:
        return tuple(sorted(docs, key=lambda d: (d.deadline, place[d.ref], d.ref)))
    return tuple(sorted(docs, key=lambda d: (place[d.ref], d.deadline, d.ref)))
