"""What the public reads of a post that passed on: endings of the old programme, origins in the new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.kernel.work import Work
from portal.office.movement.reads import movement_of, received
from portal.office.movement.rules import ENDINGS, Move
from portal.office.programme.tables import Programme
from portal.publication.compose_after import compose_fate, compose_inherited
from portal.record import reads
from portal.record.documents import CommitmentDoc, Ending, FateDoc, InheritedDoc, ProgrammeDoc, SuccessorDoc


@dataclass(frozen=True, slots=True, kw_only=True)
class PassingOn:
    """How a programme ended, and what became of each of its commitments, by reference."""

    ending: Ending
    ended_on: date
    continued_by: tuple[SuccessorDoc, ...]
    fates: Mapping[str, FateDoc] = field(default_factory=dict)


def passing_on(w: Work, programme: Programme, *, is_ending: bool = False) -> PassingOn | None:
    """The ending of ``programme``; None while it goes on. Only what is public is ever pointed to."""
    found = movement_of(w, programme.id)
    if found is None or not (is_ending or found.state == "ended"):
        return None
    keys = {item.successor_programme_id for item in found.items if item.successor_programme_id}
    refs = {w.session.get_one(Programme, key).ref for key in keys}
    onward = [item.successor_ref for item in found.items if item.successor_ref]
    public = {r.ref: r.document for r in reads.documents(w.session, [*refs, *onward]).values()}
    pages = [public[ref] for ref in sorted(refs) if ref in public]
    return PassingOn(
        ending=ENDINGS[Move(found.kind)],
        ended_on=found.effective_on,
        continued_by=tuple(
            SuccessorDoc(programme_ref=page.ref, holder=page.holder)
            for page in pages
            if isinstance(page, ProgrammeDoc)
        ),
        fates={
            item.commitment_ref: compose_fate(
                item, is_public=isinstance(public.get(item.successor_ref or ""), CommitmentDoc)
            )
            for item in found.items
        },
    )


def inherited(w: Work, programme: Programme) -> dict[str, tuple[InheritedDoc, ...]]:
    """For each commitment of ``programme`` that goes on with older ones: those, as the public read them."""
    items = received(w, programme.id)
    olds = reads.documents(w.session, [item.commitment_ref for item in items])
    found: dict[str, tuple[InheritedDoc, ...]] = {}
    for item in items:
        old = olds[item.commitment_ref].document if item.commitment_ref in olds else None
        if isinstance(old, CommitmentDoc):
            onward = item.successor_ref or ""  # never empty: what was accepted goes on somewhere
            found[onward] = (*found.get(onward, ()), compose_inherited(item, old))
    return found
