"""The follower that keeps the open files: builds a generation beside the old one, then changes over."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from portal.record import reads
from portal.record.log import RecordLog
from portal.record.opendata.about import About
from portal.record.opendata.building import build
from portal.record.opendata.shelf import MANIFEST, Manifest, Ready, load, readiness, written

_LOCK = "follower.lock"
_FRESH = ".fresh-"


class FollowerBusy(Exception):
    """Another process is building the files."""


def follow(log: RecordLog, folder: Path, about: About, *, pause: float = 0) -> int:
    """Bring the files in ``folder`` up to ``log``; the log's size they now say.

    ``pause``: seconds that files stay before newer entries make new ones; what was taken down or erased
    never waits. Raises FollowerBusy.
    """
    with only_follower(folder), log.snapshot() as c:
        manifest, fresh = load(folder), as_of(c, about)
        if manifest and manifest.generation == fresh.generation():
            return manifest.size
        is_ready = readiness(c, manifest) is Ready.YES
        if manifest and is_ready and _age(folder) < pause:
            return manifest.size
        _sweep(folder, manifest if is_ready else None)  # what was taken down goes at once
        _change_over(folder, _built(c, folder, fresh))
        return fresh.size


def as_of(c: Connection, about: About) -> About:
    """``about`` with the state of the log that ``c`` sees."""
    checkpoint = reads.checkpoint(c)
    if checkpoint is None:
        return about
    return replace(
        about, size=checkpoint.size, root=checkpoint.root_hex, at=checkpoint.at, note=checkpoint.note
    )


def _built(c: Connection, folder: Path, about: About) -> Manifest:
    """A whole generation, on disk under its final name but not yet named by the manifest."""
    generation = about.generation()
    fresh = folder / f"{_FRESH}{generation}"
    fresh.mkdir()
    files = build(c, fresh, about)
    for path in fresh.iterdir():
        path.chmod(0o644)  # the public door may run as another account
        _sync(path)
    fresh.chmod(0o755)
    _sync(fresh)
    fresh.replace(folder / generation)
    return Manifest(
        generation=generation,
        size=about.size,
        root=about.root,
        at=about.at.isoformat() if about.at else "",
        files=files,
    )


def _change_over(folder: Path, manifest: Manifest) -> None:
    """Let the manifest name the new generation, and remove the old one. This is the commit."""
    partial = folder / f"{_FRESH}{MANIFEST}"
    partial.write_bytes(written(manifest))
    partial.chmod(0o644)
    _sync(partial)
    partial.replace(folder / MANIFEST)
    _sync(folder)
    _sweep(folder, manifest)


def _sweep(folder: Path, manifest: Manifest | None) -> None:
    """Remove every generation but the one ``manifest`` names, halves of one included."""
    kept = manifest.generation if manifest else ""
    for path in folder.iterdir():
        if path.is_dir() and path.name != kept:
            shutil.rmtree(path)


def _age(folder: Path) -> float:
    return time.time() - (folder / MANIFEST).stat().st_mtime


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_follower(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises FollowerBusy at once; the kernel frees it on a kill."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FollowerBusy(str(folder)) from None
        yield
