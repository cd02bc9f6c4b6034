"""Signing in and standing, by rule: what a code looks like, when it holds, who speaks as what."""

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CODE_MINUTES = 10
CODE_TRIES = 5
LETTER_LENGTH = 12  # letters of a 32-letter alphabet: 60 bits
LONGEST_ADDRESS = 254

_ADDRESS = re.compile(r"[^\s@\"'<>(),;:\\]+@[^\s@\"'<>(),;:\\]+\.[^\s@\"'<>(),;:\\.]{2,}")
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def tidy_address(typed: str) -> str | None:
    """The address as it is signed in with: the host in lower case, the rest too (people type both).

    None for what is no address.
    """
    address = typed.strip().casefold()
    is_one = len(address) <= LONGEST_ADDRESS and address.isprintable() and _ADDRESS.fullmatch(address)
    return address if is_one else None


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def tidy_code(typed: str) -> str | None:
    """Six digits, from what was typed with any spaces; None for anything else."""
    bare = re.sub(r"[\s\-.]", "", typed)
    return bare if re.fullmatch(r"[0-9]{6}", bare) else None


def letter_as_printed(chance: str) -> str:
    """A letter's code as people read it: groups of four capitals."""
    return "-".join(chance[at : at + 4] for at in range(0, LETTER_LENGTH, 4)).upper()


def tidy_letter(typed: str) -> str | None:
    """A letter's code as printed, from what was typed; None for what cannot be one."""
    bare = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_LOOKS_LIKE)
    return letter_as_printed(bare) if re.fullmatch(rf"[0-9A-HJKMNP-TV-Z]{{{LETTER_LENGTH}}}", bare) else None


@dataclass(frozen=True, slots=True)
class Capacity:
    """A capacity that was attested for a unit, until a day."""

    group: str
    unit: str
    until: date


def groups_here(held: Iterable[Capacity], *, places: Collection[str], today: date) -> frozenset[str]:
    """The groups somebody verifiably belongs to in one of ``places``: a unit, those above and below it."""
    return frozenset(c.group for c in held if c.unit in places and c.until >= today)


def lasts_until(today: date, days: int) -> date:
    """The last of ``days`` days from ``today`` on."""
    return today + timedelta(days=days)
