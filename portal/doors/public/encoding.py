"""Compressing answers: brotli or gzip, whichever the reader takes, harder when the result is kept."""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]

BROTLI, GZIP, PLAIN = "br", "gzip", ""
_TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


@lru_cache(maxsize=256)  # browsers send a handful of these headers
def wanted(accepted: str) -> str:
    """The best encoding an Accept-Encoding header allows; one with q=0 is refused."""
    offered = set()
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "").removeprefix("q=") not in ("0", "0.0", "0.00", "0.000"):
            offered.add(name.strip())
    return next((encoding for encoding in (BROTLI, GZIP) if encoding in offered), PLAIN)


def is_text(content_type: str) -> bool:
    """Whether compressing is worth it."""
    return content_type.startswith(_TEXTS)


def squeeze(body: bytes, encoding: str, *, hard: bool) -> bytes:
    """``body`` in ``encoding``. Gzip without a time stamp: the same page is the same bytes."""
    if encoding == BROTLI:
        squeezed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=7 if hard else 4)
        return squeezed
    return gzip.compress(body, 6 if hard else 4, mtime=0)
