"""What becomes of each commitment when a post passes on: carried over, ended or merged, never deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.kernel.policy import Refusal
from portal.record.terms import Ending, Fate


class Move(StrEnum):
    """Why a mandate ends."""

    TRANSFER = "transfer"
    REAPPOINTMENT = "reappointment"
    TERM_END = "term_end"
    UNIT_MERGE = "unit_merge"
    UNIT_SPLIT = "unit_split"


ENDINGS: dict[Move, Ending] = {
    Move.TRANSFER: Ending.TRANSFER,
    Move.REAPPOINTMENT: Ending.TERM_ENDED,
    Move.TERM_END: Ending.TERM_ENDED,
    Move.UNIT_MERGE: Ending.RESTRUCTURE,
    Move.UNIT_SPLIT: Ending.RESTRUCTURE,
}


PASSED_ON = (Fate.CARRIED, Fate.MERGED)  # what a successor goes on with


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is decided of one commitment, as far as the rules must know it."""

    ref: str
    fate: Fate | None = None
    has_reason: bool = False
    has_successor: bool = False
    has_target: bool = False  # the commitment it is merged into
    is_restated: bool = False
    has_note: bool = False
    is_accepted: bool = False


def refusal_to_decide(item: Decided) -> Refusal | None:
    """Why this may not be decided: ending needs a reason, passing on a successor, restating a note."""
    if item.fate is Fate.ENDED:
        return None if item.has_reason else Refusal.NO_REASON
    if item.fate is None or not item.has_successor:
        return Refusal.NO_SUCCESSOR if item.fate else Refusal.NOT_ALL_DECIDED
    if item.fate is Fate.MERGED and not item.has_target:
        return Refusal.NO_MERGE_TARGET
    return Refusal.NOT_RESTATED if item.is_restated and not item.has_note else None


def waits(item: Decided) -> bool:
    """Whether the successor still has to accept the item in writing."""
    return item.fate in PASSED_ON and not item.is_accepted


def refusal_to_end(
    items: Iterable[Decided], effective_on: date, *, today: date
) -> tuple[Refusal, tuple[str, ...]] | None:
    """Why the programme cannot be ended yet, and which commitments stand against it."""
    if effective_on > today:
        return Refusal.MOVES_IN_FUTURE, ()
    known = list(items)
    if undecided := tuple(item.ref for item in known if item.fate is None):
        return Refusal.NOT_ALL_DECIDED, undecided
    if waiting := tuple(item.ref for item in known if waits(item)):
        return Refusal.NOT_TAKEN_OVER, waiting
    return None


def ends_soon(ends_on: date, *, notice_days: int, today: date) -> bool:
    """Whether the report before re-appointment is due: at most ``notice_days`` before the mandate ends."""
    return ends_on - timedelta(days=notice_days) <= today <= ends_on
