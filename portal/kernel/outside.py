"""Speaking with servers that are not ours from within a request, without keeping readers waiting.

A mail server or an identity provider may hang until its time is up. Only so many of a process's threads may
speak with one at a time, and only one more may wait for its turn: there is always a thread for reading.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

SPEAKING, WAITING = 2, 1  # threads of a process; `portal run` has more than both together
PATIENCE = 5.0  # seconds one thread waits for its turn


class OutsideBusy(Exception):
    """All turns are taken; nothing was said to anybody."""


class Ways:
    """The ways out of one process."""

    def __init__(
        self, *, speaking: int = SPEAKING, waiting: int = WAITING, patience: float = PATIENCE
    ) -> None:
        self._turns, self._places = BoundedSemaphore(speaking), BoundedSemaphore(speaking + waiting)
        self._patience = patience

    @contextmanager
    def out(self) -> Iterator[None]:
        """Speak with an outside server as long as this lasts. Raises OutsideBusy."""
        if not self._places.acquire(blocking=False):
            raise OutsideBusy
        try:
            if not self._turns.acquire(timeout=self._patience):
                raise OutsideBusy
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()


WAYS = Ways()
