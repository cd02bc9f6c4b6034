"""The log as a follower sees it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from portal.record.documents import Revision

_BATCH = 1000


class Log(Protocol):
    """The append-only log of the record. Its methods may be called from any thread."""

    def head(self) -> int:
        """The number of entries: the position the next one will get."""

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """At most ``limit`` revisions from ``position`` on, ascending.

        A revision whose text was erased or taken down since has no document.
        """

    def fingerprint(self, size: int) -> str:
        """Hex root hash of the first ``size`` entries; tells one log from another."""


def read(log: Log, start: int, stop: int) -> Iterator[Revision]:
    """The revisions from ``start`` up to, not including, ``stop``."""
    while start < stop:
        batch = log.since(start, min(_BATCH, stop - start))
        if not batch:
            return
        yield from batch
        start = batch[-1].position + 1


def still_readable(log: Log, position: int) -> bool:
    """Whether the entry at ``position`` still has its text.

    A redaction may have erased an older revision and left the newest one in its place.
    """
    found = log.since(position, 1)
    return bool(found) and found[0].position == position and found[0].document is not None
