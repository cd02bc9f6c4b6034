"""The grounds for withholding that may be named in public: a fixed list, never the officer's own words.

A reason typed into a draft may itself say what must stay inside, so only its code goes out.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.kernel import text

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: its code, the words the public reads, other words officers type for it."""

    code: str
    label: str
    also: tuple[str, ...]


@cache
def grounds() -> tuple[Ground, ...]:
    """Every ground, in display order."""
    rows = json.loads(Path(__file__).with_name("bases.json").read_text(encoding="utf-8"))
    return tuple(Ground(row["code"], row["label"], tuple(row["also"])) for row in rows)


def basis_of(typed: str) -> str:
    """The code of the ground an officer typed; ``other`` when it is not literally one of the list."""
    wanted = text.key(typed)
    for ground in grounds():
        if wanted in {text.key(words) for words in (ground.code, ground.label, *ground.also)}:
            return ground.code
    return OTHER


def label(code: str) -> str:
    """The words the public reads for the ground ``code``. Raises KeyError when there is none."""
    return {ground.code: ground.label for ground in grounds()}[code]
