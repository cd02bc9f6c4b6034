"""The files jobs make: under names that say nothing, readable by the desk alone, gone after their time."""

import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path

FOLDER = Path("files") / "office" / "jobs"
_NAME = re.compile(r"[0-9a-f]{32}")


def new_name() -> str:
    """A name nobody can guess."""
    return secrets.token_hex(16)


def put(instance: Path, name: str, data: bytes) -> None:
    """Keep ``data`` under ``name``; on disk when this returns."""
    path = _path(instance, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read(instance: Path, name: str) -> bytes | None:
    """The file called ``name``; None when it is gone, or the name is none of ours."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return _path(instance, name).read_bytes()
    except FileNotFoundError:
        return None


def sweep(instance: Path, kept: Collection[str]) -> int:
    """Delete every file but the ``kept`` ones; how many went."""
    folder = instance / FOLDER
    gone = [path for path in folder.glob("*") if path.name not in kept] if folder.is_dir() else []
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _path(instance: Path, name: str) -> Path:
    return instance / FOLDER / name
