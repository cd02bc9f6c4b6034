"""The folder of a static copy: whole or not there at all, with a digest of every file in it."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUMS = "SHA256SUMS"
README = "DOC-TRUOC.txt"
_HERE = Path(__file__).parent


class Occupied(Exception):
    """Something that is no static copy lies where the copy should."""


@contextmanager
def whole_or_nothing(folder: Path, *, replace: bool = False) -> Iterator[Path]:
    """A fresh folder to write into, which becomes ``folder`` when all went well. Raises Occupied.

    ``replace``: an older copy that lies there makes room; anything else never does.
    """
    folder = folder.absolute()
    if folder.exists() and any(folder.iterdir()) and not (replace and (folder / SUMS).is_file()):
        raise Occupied(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder.with_name(f".{folder.name}.{word}-{os.getpid()}") for word in ("fresh", "old"))
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def finish(folder: Path, *, address: str) -> int:
    """Add what the copy says of itself and the digests; how many files there are."""
    said = (_HERE / "readme.txt").read_text(encoding="utf-8").format(address=address)
    (folder / README).write_text(said, encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with (folder / SUMS).open("w", encoding="utf-8") as sums:
        for path in files:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            sums.write(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return len(files) + 1
