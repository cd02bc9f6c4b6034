"""Where clean copies of evidence are kept. The original is never stored, sealed or otherwise.

Keeping it would keep exactly what cleaning takes out: positions, authors, hidden words. Whoever sent it
still has it, and the copy's digest stands in the record.
"""

from pathlib import Path

from portal.kernel import shelves
from portal.office.evidence.cleaning import EXTENSIONS, MEDIA_TYPES, CleanFile
from portal.office.evidence.kinds import Kind


def keep(files: Path, made: CleanFile) -> str:
    """Put a clean copy on the office's shelf under ``files``; its name, which is its SHA-256."""
    return shelves.put(files, shelves.OFFICE, made.data)


def publish(files: Path, sha256: str) -> str:
    """Copy a kept file to the record's shelf. Raises `shelves.FileNotKept`."""
    return shelves.publish(files, sha256)


def forget(files: Path, sha256: str) -> None:
    """Take a file off both shelves: withdrawn, redacted, or a draft thrown away."""
    for shelf in (shelves.RECORD, shelves.OFFICE):
        shelves.remove(files, shelf, sha256)


def headers(sha256: str, kind: Kind) -> dict[str, str]:
    """The headers a copy is served with, by either door."""
    return shelves.served_headers(sha256, media_type=MEDIA_TYPES[kind], extension=EXTENSIONS[kind])
