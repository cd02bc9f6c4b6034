"""What time it is, for everybody: instants in UTC, days in Asia/Ho_Chi_Minh."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Something that can tell the present instant."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC, to the second (nobody's milliseconds are kept)."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass
class StoppedClock:
    """A clock that stands where it was put; for tests and for reproducing a run."""

    at: datetime

    def now(self) -> datetime:
        """The instant it was put at."""
        return self.at


@lru_cache(maxsize=64)  # every request of one second asks the same
def day(instant: datetime) -> date:
    """The calendar day of ``instant`` in Vietnam."""
    return instant.astimezone(VIETNAM).date()
