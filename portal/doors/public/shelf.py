"""A bounded store of answers of one generation: least recently used out first, counted in bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

_OVERHEAD = 1024  # bytes an entry costs beside its body: key, headers, bookkeeping


class Shelf(Generic[T]):
    """Holds values of the newest generation seen; putting a newer one clears it. Thread-safe."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._generation: Hashable = None
        self._held: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many values are held."""
        return len(self._held)

    def find(self, key: Hashable, generation: Hashable) -> T | None:
        """The value under ``key`` if it was put in ``generation``."""
        with self._lock:
            if generation != self._generation:
                return None
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, generation: Hashable, value: T, size: int) -> None:
        """Keep ``value``, which weighs ``size`` bytes; too heavy a value is not kept."""
        size += _OVERHEAD
        if size > self.most_bytes // 8:
            return
        with self._lock:
            if generation != self._generation:
                self._held.clear()
                self.bytes, self._generation = 0, generation
            self._drop(key)
            self._held[key] = (value, size)
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._held)))

    def _drop(self, key: Hashable) -> None:
        old = self._held.pop(key, None)
        if old is not None:
            self.bytes -= old[1]
