"""The words ratings are made of: four answers, three relations, three groups, two standings."""

from collections.abc import Collection
from enum import StrEnum

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


class Sign(StrEnum):
    """What was noticed of the way answers came in; it marks people, never what they said."""

    BURST = "burst"  # many people within minutes
    NEW_KEYS = "new_keys"  # many people within a day, none of whom had taken part before
    EVEN_TIMING = "even_timing"  # one after the other at the same distance, as a program would


def standing_as(group: Group, *, attested: Collection[Group]) -> Standing | None:
    """The standing in which somebody with the ``attested`` capacities may speak as ``group``; None: not."""
    if group in attested:
        return Standing.VERIFIED
    return Standing.UNVERIFIED if (group, Standing.UNVERIFIED) in COLUMNS else None
