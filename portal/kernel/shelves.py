"""Files kept by what they hold: a shelf is a folder whose files are named by their SHA-256.

Two shelves: `OFFICE` holds clean copies not yet published, readable by the desk alone; `RECORD` holds
what the record shows, readable by the public door too. A name says nothing about a file; a file that
no longer fits its name is never handed out.
"""

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

OFFICE, RECORD = "office", "record"
_MODES = {OFFICE: (0o700, 0o600), RECORD: (0o755, 0o644)}  # folder, file; the public may read the record
_NAME = re.compile(r"[0-9a-f]{64}")


class FileNotKept(Exception):
    """No file of that name is on the shelf, or what lies there is not what was put there."""


def put(files: Path, shelf: str, data: bytes) -> str:
    """Keep ``data`` on a shelf under the folder ``files``; its name. On disk when this returns.

    Putting the same bytes twice keeps one file.
    """
    name = hashlib.sha256(data).hexdigest()
    folder_mode, file_mode = _MODES[shelf]
    folder = files / shelf
    folder.mkdir(parents=True, exist_ok=True, mode=folder_mode)
    if _fits(folder / name):
        return name
    partial = folder / f".{name}.{secrets.token_hex(8)}"
    try:
        _write(partial, data, file_mode)
        os.replace(partial, folder / name)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    _settle(folder)
    return name


def read(files: Path, shelf: str, name: str) -> bytes:
    """The file called ``name``. Raises `FileNotKept` when it is missing or was changed."""
    path = _path(files, shelf, name)
    try:
        data = path.read_bytes()
    except OSError as missing:
        raise FileNotKept(name) from missing
    if hashlib.sha256(data).hexdigest() != name:
        raise FileNotKept(name)
    return data


def publish(files: Path, name: str) -> str:
    """Copy a file from the office's shelf to the record's. Raises `FileNotKept`.

    A copy, not a link: the public may read the one and not the other.
    """
    return put(files, RECORD, read(files, OFFICE, name))


def remove(files: Path, shelf: str, name: str) -> bool:
    """Take a file off a shelf, for good; False when none was there."""
    path = _path(files, shelf, name)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _settle(path.parent)
    return True


def served_headers(name: str, *, media_type: str, extension: str) -> dict[str, str]:
    """The headers a kept file is served with: never run, never guessed at, never framed as a page.

    ``no-cache``: a browser asks again every time, so that a file taken down is gone everywhere.
    """
    return {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="minh-chung-{name[:12]}.{extension}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
        "ETag": f'"{name}"',
    }


def _path(files: Path, shelf: str, name: str) -> Path:
    if shelf not in _MODES or not _NAME.fullmatch(name):
        raise FileNotKept(name)
    return files / shelf / name


def _fits(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    return False


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)  # whatever the umask says
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the folder's entries durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
