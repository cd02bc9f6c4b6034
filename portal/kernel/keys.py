"""Secrets of this installation: 32 random bytes a purpose, in ``instance/keys``, made at first use."""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def key(folder: Path, name: str) -> bytes:
    """The secret called ``name`` in ``folder``; made at first use, readable by its owner only.

    Several processes may start at once: the first file in place is the one all of them read.
    """
    path = folder / f"{name}.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(path, secrets.token_bytes(KEY_BYTES))
    found = path.read_bytes()
    if len(found) < KEY_BYTES:
        raise ValueError(f"{path.name} is damaged: restore it from a backup")
    return found


def derived(root: bytes, purpose: str) -> bytes:
    """A secret of its own for ``purpose``, from ``root``: what leaks for one says nothing of another."""
    return hmac.digest(root, purpose.encode(), "sha256")


def digest(root: bytes, text: str) -> str:
    """``text`` as 64 hex digits that nobody without ``root`` can compute or reverse."""
    return hmac.new(root, text.encode(), hashlib.sha256).hexdigest()


def _put(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(partial, path)  # fails where another process was first, and that one counts
    partial.unlink()
