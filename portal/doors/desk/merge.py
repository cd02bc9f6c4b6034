"""Two people at one form: which fields each of them changed, and what to ask where both did.

The form carries a short digest of every field as it was given out, so that the three texts can be told
apart without keeping the first one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.office.programme.typed import pasted

BASE, PICK, ASKED, VERSION = "base-", "pick-", "clash", "version"
_DIGITS = 16
UNDECIDED = (
    "Người khác cũng đã sửa mục này. Ông/bà chọn giữ bản nào; có thể sửa bản của mình cho đủ ý cả hai."
)


class Pick(StrEnum):
    """Whose text of a field is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field whose stored text is not the one that was given out or typed.

    ``pick`` is whose text to keep as far as that is plain; None where both changed it.
    """

    theirs: str
    pick: Pick | None


def bases(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What the form carries along to know later which of its fields were changed."""
    return {BASE + name: _digest(texts.get(name, "")) for name in names}


def clashes(
    mine: Mapping[str, str], theirs: Mapping[str, str], names: Iterable[str], sent: Mapping[str, str]
) -> dict[str, Clash]:
    """The fields ``names`` in which my form differs from what is stored now, and whose change each is."""
    return {
        name: _clash(mine.get(name, ""), theirs.get(name, ""), sent.get(BASE + name, ""))
        for name in names
        if pasted(mine.get(name, "")) != pasted(theirs.get(name, ""))
    }


def _clash(mine: str, theirs: str, base: str) -> Clash:
    if _digest(mine) == base:
        return Clash(theirs, Pick.THEIRS)  # only they changed it
    return Clash(theirs, Pick.MINE if _digest(theirs) == base else None)


def picked(sent: Mapping[str, str], name: str) -> Pick | None:
    """Whose text the officer chose for ``name``."""
    chosen = sent.get(PICK + name, "")
    return Pick(chosen) if chosen in list(Pick) else None


def undecided(sent: Mapping[str, str]) -> list[str]:
    """The fields that had to be chosen and were not."""
    return [name for name in sent.get(ASKED, "").split() if picked(sent, name) is None]


def _digest(text: str) -> str:
    return hashlib.sha256(pasted(text).encode()).hexdigest()[:_DIGITS]
