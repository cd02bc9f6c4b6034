"""Near-duplicate texts and unusual bursts, from keyed hashes that mean nothing once the key is gone.

A print holds keyed hashes of word shingles (HMAC-SHA512, RFC 2104). Two prints of one key can be
compared; without the key neither words nor texts can be tried against them, and after its day the
key is refused here and destroyed by whoever holds it.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from portal.inbox.recognition.phrases import units_of
from portal.inbox.recognition.view import view

_SHINGLE = 3  # words
_SKETCH = 64  # smallest hashes kept: the resemblance of shorter texts is exact
_BAND_HASHES = 2
_BANDS = 8
_BYTES = 4
NEAR = 0.5  # resemblance from which two texts are near duplicates


class KeyExpired(ValueError):
    """The key's time has passed: nothing may be hashed with it any more."""


@dataclass(frozen=True, slots=True)
class NearKey:
    """A secret for comparing texts until ``expires``."""

    secret: bytes
    expires: datetime


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a text: a sketch to compare, and bands to look likely twins up by."""

    sketch: tuple[int, ...]
    bands: tuple[str, ...]


def fingerprint(text: str, key: NearKey, *, now: datetime) -> Print:
    """The print of ``text``; case, accents, spacing, teencode and signs make no difference.

    Raises `KeyExpired`.
    """
    if now >= key.expires:
        raise KeyExpired("the key for comparing texts has expired")
    words = [unit.plain for unit in units_of(view(text))]
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
    digests = [hmac.digest(key.secret, shingle.encode(), "sha512") for shingle in shingles]
    columns = [min(_part(digest, at) for digest in digests) for at in range(_BANDS * _BAND_HASHES)]
    bands = (columns[at * _BAND_HASHES : (at + 1) * _BAND_HASHES] for at in range(_BANDS))
    named = tuple(f"{at}:" + "".join(f"{value:08x}" for value in band) for at, band in enumerate(bands))
    return Print(tuple(sorted({_part(digest, 0) for digest in digests})[:_SKETCH]), named)


def resemblance(left: Print, right: Print) -> float:
    """The share of shingles two texts have in common, 0 to 1 (Broder's resemblance, bottom-k estimate)."""
    union = sorted({*left.sketch, *right.sketch})[:_SKETCH]
    common = {*left.sketch} & {*right.sketch}
    return sum(value in common for value in union) / len(union)


def is_near(left: Print, right: Print) -> bool:
    """Whether two texts are the same but for small changes."""
    return resemblance(left, right) >= NEAR


def may_be_near(left: Print, right: Print) -> bool:
    """Whether they share a band, as a look-up by index would find: the first sieve before `is_near`."""
    return not {*left.bands}.isdisjoint(right.bands)


def _part(digest: bytes, at: int) -> int:
    return int.from_bytes(digest[at * _BYTES : (at + 1) * _BYTES], "big")


@dataclass(frozen=True, slots=True)
class BurstRule:
    """When a window counts as unusual: at least ``floor``, and ``spreads`` spreads above the usual count."""

    floor: int = 10
    spreads: float = 6.0


@dataclass(frozen=True, slots=True)
class Burst:
    """A window's count beside what is usual there, and the count from which it would be unusual."""

    count: int
    usual: float
    limit: float

    @property
    def is_unusual(self) -> bool:
        """Whether the window stands out."""
        return self.count >= self.limit


def burst(earlier: Sequence[int], count: int, *, rule: BurstRule = BurstRule()) -> Burst:
    """Whether ``count`` contributions in one window are unusual beside the ``earlier`` windows.

    The usual count is the median; its spread is the median absolute deviation (times 1.4826, the
    standard deviation of a normal law), at least that of a Poisson law with this mean, at least 1.
    Earlier bursts move neither by much. Nothing is deleted for it: a figure with a banner follows.
    """
    usual = float(median(earlier)) if earlier else 0.0
    deviation = float(median([abs(value - usual) for value in earlier])) if earlier else 0.0
    spread = max(1.4826 * deviation, usual**0.5, 1.0)
    return Burst(count, usual, max(float(rule.floor), usual + rule.spreads * spread))
