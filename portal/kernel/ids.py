"""Names that tell nothing: opaque references, salts and keys, all from one source of chance."""

import hashlib
import secrets
from collections.abc import Callable

# Crockford's base 32 in lower case: no i, l, o, u, so a reference survives being read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_REF_LENGTH = 10  # 50 bits: no gap, order or count can be read from a reference

Chance = Callable[[int], bytes]


class Ids:
    """Makes opaque names from a source of random bytes."""

    def __init__(self, chance: Chance = secrets.token_bytes) -> None:
        self._chance = chance

    def ref(self) -> str:
        """A public reference: ten characters, 50 random bits, stable once given."""
        return "".join(ALPHABET[byte & 31] for byte in self._chance(_REF_LENGTH))

    def key(self) -> int:
        """A primary key: 62 random bits, made here because the inbox refuses RETURNING."""
        return int.from_bytes(self._chance(8), "big") >> 2

    def salt(self) -> bytes:
        """Sixteen bytes that make a digest of a short text unguessable."""
        return self._chance(16)


def seeded(seed: str) -> Chance:
    """A reproducible source of bytes, for tests and invented data only."""
    state = hashlib.shake_256(seed.encode())
    taken = 0

    def chance(size: int) -> bytes:
        nonlocal taken
        taken += size
        return state.digest(taken)[-size:]

    return chance
