"""Receipt codes such as ``GY.20261123.7KQ2-M4TX-9BH``: 55 random bits a person can read out on the phone."""

import re
from datetime import date

from portal.kernel.ids import ALPHABET, Ids
from portal.kernel.keys import digest

_LENGTH = 11
_SHAPE = re.compile(rf"GY(\d{{8}})([0-9A-Z]{{{_LENGTH}}})")
# Letters that look like digits are read as the digits they look like (Crockford's base 32).
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(ids: Ids, today: date) -> str:
    """A fresh code for something received ``today``."""
    return _printed(f"{today:%Y%m%d}", (ids.ref() + ids.ref())[:_LENGTH].upper())


def tidy_code(typed: str) -> str | None:
    """The code as printed, from what was ``typed`` in any case, with any spaces and dashes; None: no code."""
    bare = re.sub(r"[\s.\-–—_]", "", typed).upper()
    found = _SHAPE.fullmatch(bare[:10] + bare[10:].translate(_LOOKS_LIKE))
    if not found or any(c.lower() not in ALPHABET for c in found[2]):
        return None
    return _printed(found[1], found[2])


def code_digest(secret: bytes, code: str) -> str:
    """What the database keeps of ``code``: nobody without ``secret`` can find it again."""
    return digest(secret, code)


def _printed(day: str, chance: str) -> str:
    return f"GY.{day}.{chance[:4]}-{chance[4:8]}-{chance[8:]}"
