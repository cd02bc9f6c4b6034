"""The index folder on disk: what is in it, whether it can be trusted, and who may write to it.

The commit point is ``manifest.json``, renamed into place after every file it names is on disk, with
the log position and fingerprint it was built from. A reader opens only what the manifest names, so
a writer killed at any moment leaves the index as it was before.

Whoosh keeps pickles. Files are opened only when they belong to the folder's owner, not everybody may
write to them, and their checksums are those in the manifest. That finds accidents, not an attacker
who wrote the whole folder: an index folder that came from elsewhere must be deleted, not opened.
"""

import fcntl
import json
import mmap
import os
import re
import secrets
import shutil
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from portal.record.search.log import Log
from portal.record.search.schema import FORMAT, schema

MANIFEST = "manifest.json"
LOCK = "writer.lock"
_OURS = re.compile(r"_?public[0-9a-f]{8}[._].*")  # nothing else in the folder is ever removed


class UntrustedIndex(Exception):
    """The folder cannot be used; ``args[0]`` says why, for the operator."""


class WriterBusy(Exception):
    """Another process is writing this index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the index holds. ``files``: name -> [size in bytes, CRC-32]."""

    format: str
    position: int
    fingerprint: str
    name: str
    generation: int
    files: dict[str, list[int]]


class KeepingStorage(FileStorage):
    """A storage whose committed files outlive Whoosh's own clean-up until the manifest moves on."""

    def __init__(self, path: Path, kept: set[str]) -> None:
        super().__init__(str(path))  # type: ignore[no-untyped-call]
        self._kept = kept

    def delete_file(self, name: str) -> None:
        """Delete ``name`` unless a reader may still open it."""
        if name not in self._kept:
            super().delete_file(name)  # type: ignore[no-untyped-call]


class MappedStorage(FileStorage):
    """A storage for reading that maps files: no copies in memory, no system call for every look."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), readonly=True)  # type: ignore[no-untyped-call]

    def open_file(self, name: str, **kwargs: object) -> StructFile:
        """Map ``name``, which lives on if the writer removes it meanwhile."""
        with open(self._fpath(name), "rb") as file:  # type: ignore[no-untyped-call]
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return StructFile(cast(BinaryIO, content), name)


def load(path: Path) -> Manifest:
    """The manifest in ``path``. Raises UntrustedIndex when missing, torn or of another format."""
    try:
        values = json.loads((path / MANIFEST).read_bytes())
        manifest = Manifest(**values)
    except FileNotFoundError:
        raise UntrustedIndex("no index yet") from None
    except (OSError, ValueError, TypeError) as e:
        raise UntrustedIndex(f"unreadable manifest: {e}") from e
    if manifest.format != FORMAT:
        raise UntrustedIndex(f"made by format {manifest.format}, not {FORMAT}")
    return manifest


def check(path: Path, manifest: Manifest) -> None:
    """Raise UntrustedIndex unless the files named are ours, whole and unchanged."""
    owner = path.stat().st_uid
    _check_owner(path.resolve(), owner)
    for name, (size, crc) in manifest.files.items():
        if name != os.path.basename(name):
            raise UntrustedIndex(f"{name} points outside the folder")
        _check_owner(path / name, owner)
        if [size, crc] != _measure(path / name):
            raise UntrustedIndex(f"{name} is damaged")


def check_log(manifest: Manifest, log: Log) -> None:
    """Raise UntrustedIndex unless the index was built from a beginning of ``log``."""
    if manifest.position > log.head():
        raise UntrustedIndex("the index is ahead of the log")
    if manifest.fingerprint != log.fingerprint(manifest.position):
        raise UntrustedIndex("the index was built from another log")


def open_readers(path: Path, manifest: Manifest) -> list[SegmentReader]:
    """A reader for each segment, oldest first. Raises UntrustedIndex when one does not open."""
    storage = MappedStorage(path)
    shape = schema()
    try:
        toc = TOC.read(storage, manifest.name, gen=manifest.generation, schema=shape)
        return [SegmentReader(storage, shape, segment) for segment in toc.segments]
    except Exception as e:  # damage shows in many ways; all of them mean: rebuild
        raise UntrustedIndex(f"does not open: {e!r}") from e


def seal(path: Path, *, position: int, fingerprint: str, name: str) -> Manifest:
    """Bring the newest generation of ``name`` to disk and make it the index. This is the commit."""
    toc = TOC.read(FileStorage(str(path)), name, schema=schema())
    files = _files(path, name, toc)
    for file in files:
        _sync(path / file)
    manifest = Manifest(
        format=FORMAT,
        position=position,
        fingerprint=fingerprint,
        name=name,
        generation=toc.generation,
        files={file: _measure(path / file) for file in files},
    )
    _replace(path / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    return manifest


def sweep(path: Path, manifest: Manifest | None) -> None:
    """Remove what earlier writers left behind: index files that the manifest does not name."""
    kept = manifest.files if manifest else {}
    for entry in path.iterdir():
        if entry.name in kept or not _OURS.fullmatch(entry.name):
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def new_name() -> str:
    """A name no earlier index in the folder had."""
    return f"public{secrets.token_hex(4)}"


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the folder's write lock. Raises WriterBusy at once; the kernel frees it on a kill."""
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (path / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WriterBusy(str(path)) from None
        yield


def _files(path: Path, name: str, toc: TOC) -> list[str]:
    segments = {f"{segment.segment_id()}." for segment in toc.segments}
    found = [f.name for f in path.iterdir() if any(map(f.name.startswith, segments))]
    return [f"_{name}_{toc.generation}.toc", *sorted(found)]


def _check_owner(path: Path, owner: int) -> None:
    try:
        found = path.lstat()
    except OSError as e:
        raise UntrustedIndex(f"{path.name} is missing") from e
    if found.st_uid != owner or stat.S_ISLNK(found.st_mode):
        raise UntrustedIndex(f"{path.name} belongs to another account")
    if found.st_mode & stat.S_IWOTH:
        raise UntrustedIndex(f"anybody may write to {path.name}")


def _measure(path: Path) -> list[int]:
    size, crc = 0, 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            size += len(block)
            crc = zlib.crc32(block, crc)
    return [size, crc]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)
