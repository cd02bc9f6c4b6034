"""Where the open files lie and whether they may be given out: one generation at a time, named by a manifest.

The commit point is ``manifest.json``, renamed into place once every file it names is on disk. Whoever
serves asks the log first: as soon as anything was taken down or erased after the files were built, they are
given out no more.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, text

from portal.record.opendata.about_log import GONE
from portal.record.reads import Reader

MANIFEST = "manifest.json"
FOLDER = "open-data"  # beside the search index: made from the record like that one
ARCHIVE = "nam-ro-du-lieu.zip"  # everything in one file
_ROOT = text("SELECT root FROM record_checkpoint WHERE size = :size")
_TAKEN = text(
    "SELECT 1 FROM record_entry WHERE position >= :size AND act IN :gone LIMIT 1"
).bindparams(bindparam("gone", expanding=True, value=list(GONE)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """One file: its size in bytes, its digest, and how many rows it holds (None: it is no table)."""

    size: int
    sha256: str
    rows: int | None = None


class Ready(Enum):
    """Whether the files may be given out."""

    YES = "yes"
    NOT_BUILT = "not_built"
    TAKEN_DOWN = "taken_down"  # something in them was taken down or erased since
    OTHER_LOG = "other_log"  # built from a log that is not, or no longer, this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the newest generation holds, and which state of the log it was built from."""

    generation: str
    size: int
    root: str
    at: str  # ISO 8601; empty: the log was empty
    files: dict[str, Built]

    def instant(self) -> datetime | None:
        """When the log reached this state."""
        return datetime.fromisoformat(self.at) if self.at else None


def written(manifest: Manifest) -> bytes:
    """``manifest`` as it lies on disk."""
    return json.dumps(asdict(manifest), indent=1).encode()


def load(folder: Path) -> Manifest | None:
    """The manifest in ``folder``; None when there is none that can be read."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        files = {name: Built(**one) for name, one in told.pop("files").items()}
        return Manifest(files=files, **told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def readiness(c: Reader, manifest: Manifest | None) -> Ready:
    """Whether the files of ``manifest`` may be given out as the log stands."""
    if manifest is None:
        return Ready.NOT_BUILT
    root = c.execute(_ROOT, {"size": manifest.size}).scalar()
    if manifest.size and (root is None or bytes(root).hex() != manifest.root):
        return Ready.OTHER_LOG
    return Ready.TAKEN_DOWN if is_taken_down_since(c, manifest.size) else Ready.YES


def is_taken_down_since(c: Reader, size: int) -> bool:
    """Whether anything was taken down or erased after the first ``size`` entries."""
    return c.execute(_TAKEN, {"size": size}).scalar() is not None
