"""Looks for stamps of secrecy in everything a file says, seen or unseen, and names only the place."""

import re
from functools import lru_cache

from portal.office.evidence.faults import FileRefused
from portal.office.evidence.wording import Reason
from portal.office.programme.stamps import find_stamp, find_stamp_in_name

_SHORTEST = 3
_NO_WORDS = re.compile(r"[\W\d_]*")
_BETWEEN = re.compile('[\x00-\x1f\ufffd<>"=]+')
_MOST_BYTES = 128 * 1024  # of one note; stamps stand at the head of a text, junk is endless

_find = lru_cache(maxsize=4096)(find_stamp)


def refuse_stamp(text: str, where: str) -> None:
    """Raise `FileRefused` when ``text`` carries a stamp."""
    if len(text) >= _SHORTEST and not _NO_WORDS.fullmatch(text) and _find(text):
        raise FileRefused(Reason.STAMP, where=where)


def refuse_stamp_in_name(name: str, where: str) -> None:
    """As `refuse_stamp` for the name of a file, a sheet or a part."""
    if find_stamp_in_name(name):
        raise FileRefused(Reason.STAMP, where=where)


def refuse_stamp_in_bytes(content: bytes, where: str) -> None:
    """As `refuse_stamp` for bytes of unknown coding: UTF-8, and UTF-16 at either parity."""
    head = content[:_MOST_BYTES]
    texts = (
        head.decode("utf-8", "replace"),
        head.decode("utf-16-le", "replace"),
        head[1:].decode("utf-16-le", "replace"),
        head.decode("utf-16-be", "replace"),
    )
    for text in texts:
        refuse_stamp(_BETWEEN.sub("\n", text), where)
