"""Draft -> document for what happens after publication: boards, and a post that passes on.

As in ``compose``, each public field is named once.
"""

from collections.abc import Iterable

from portal.kernel.sealed import Reason
from portal.office.movement.tables import MovementItem
from portal.office.posting.tables import Posting
from portal.record.documents import CommitmentDoc, Fate, FateDoc, InheritedDoc, PostingDoc


def compose_postings(rows: Iterable[Posting]) -> tuple[PostingDoc, ...]:
    """What a board says of itself; who signed stays inside."""
    return tuple(
        PostingDoc(
            place=row.place,
            posted_on=row.posted_on,
            planned_until=row.planned_until,
            minutes=row.minutes,
            taken_down_on=row.taken_down_on,
            reason=row.reason,
        )
        for row in rows
    )


def compose_fate(item: MovementItem, *, is_public: bool) -> FateDoc:
    """What became of a commitment; what goes on with it is named once it ``is_public``."""
    fate = Fate(item.fate)
    return FateDoc(
        fate=fate,
        note=(item.reason if fate is Fate.ENDED else item.restated_note).open(reason=Reason.COMPOSE),
        commitment_ref=item.successor_ref if is_public else None,
    )


def compose_inherited(item: MovementItem, old: CommitmentDoc) -> InheritedDoc:
    """The commitment that was taken over, as the public read it, and how its baseline was restated."""
    return InheritedDoc(
        commitment_ref=old.ref,
        holder=old.holder,
        baseline=old.baseline,
        baseline_on=old.baseline_on,
        target=old.target,
        measure_unit=old.measure_unit,
        deadline=old.deadline,
        note=item.restated_note.open(reason=Reason.COMPOSE),
        accepted=item.accepted.open(reason=Reason.COMPOSE),
    )
