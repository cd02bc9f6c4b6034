"""How often somebody is written to, and when a letter that did not go out is tried again."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from portal.kernel.clock import VIETNAM

LINK_DAYS = 3  # in which the link in the mail must be used
MORNING = 7  # o'clock in Vietnam, when digests go out
MONDAY = 0
PAUSE = timedelta(minutes=10)  # between two letters "at once", so that one busy hour is not thirty letters
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(days=1)


class Rhythm(StrEnum):
    """As soon as something happens, each morning, or each Monday morning; only if something happened."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


def first_letter(rhythm: Rhythm, now: datetime) -> datetime:
    """When somebody who begins to follow ``now`` is written to at the earliest."""
    return now if rhythm is Rhythm.INSTANT else next_letter(rhythm, now)


def next_letter(rhythm: Rhythm, now: datetime) -> datetime:
    """When somebody who was written to ``now`` is written to again at the earliest."""
    if rhythm is Rhythm.INSTANT:
        return now + PAUSE
    local = now.astimezone(VIETNAM)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    if rhythm is Rhythm.WEEKLY:
        morning += timedelta(days=(MONDAY - morning.weekday()) % 7)
    return morning.astimezone(UTC)


def retry_at(failures: int, now: datetime) -> datetime:
    """When a letter that failed ``failures`` times is tried again: later and later, at most a day."""
    doubled: int = 2 ** min(failures - 1, 16)
    return now + min(LONGEST_RETRY, FIRST_RETRY * doubled)
