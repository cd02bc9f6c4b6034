"""Who holds a post, where that is posted up, and what happens when the post passes to somebody else.

Parts of the public documents; see ``documents`` for what they have in common.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.terms import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLink:
    """Enough of a unit to name it and to link to its page."""

    slug: str
    code: str
    name: str
    parent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The post-holder a programme or commitment belongs to: person x post x unit."""

    cadre_name: str
    post: str
    unit: UnitLink


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingDoc:
    """One paper copy on a board (niêm yết): where, from when, until when, and when it came down."""

    place: str
    posted_on: date
    planned_until: date
    minutes: str = ""  # number and date of the minutes of putting it up
    taken_down_on: date | None = None
    reason: str = ""  # of taking it down before the planned day


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessorDoc:
    """Whose public programme goes on with commitments of one that ended."""

    programme_ref: str
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class FateDoc:
    """What became of a commitment when its programme ended; ``commitment_ref`` once that is public."""

    fate: Fate
    note: str
    commitment_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InheritedDoc:
    """The commitment that was taken over, with its own figures: they stay beside the restated ones.

    ``note`` says how the baseline was restated (sum, weighted average, unchanged); ``accepted`` is the
    document in which the successor accepted the item.
    """

    commitment_ref: str
    holder: Holder
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    measure_unit: str
    deadline: date
    note: str
    accepted: str
