"""The words ratings are made of: four answers, three relations, three groups, two standings."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.record.voice import Answer as Answer
from portal.record.voice import Group as Group
from portal.record.voice import Relation as Relation
from portal.record.voice import Standing as Standing

RATED = (Answer.DONE_WELL, Answer.UNCLEAR, Answer.NOT_SEEN)

# Anybody may say to be a resident. Membership and office are attested by their body or not claimed at
# all: an unproved "party member" would be worthless as a figure and sensitive as a datum (facts §5.3).
COLUMNS = (
    (Group.RESIDENT, Standing.VERIFIED),
    (Group.RESIDENT, Standing.UNVERIFIED),
    (Group.PARTY_MEMBER, Standing.VERIFIED),
    (Group.CADRE, Standing.VERIFIED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One word on one commitment in one period."""

    person: str  # the opaque key
    group: Group
    standing: Standing
    relation: Relation
    answer: Answer | None  # None: the person takes the word back
    order: int  # of receipt; greater is later, no two alike


def standing_as(group: Group, *, attested: Collection[Group]) -> Standing | None:
    """The standing in which somebody with the ``attested`` capacities may speak as ``group``; None: not."""
    if group in attested:
        return Standing.VERIFIED
    return Standing.UNVERIFIED if (group, Standing.UNVERIFIED) in COLUMNS else None
