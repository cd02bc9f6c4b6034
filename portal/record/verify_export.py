"""Checking an exported record from nothing but its three files: no database, no running portal.

Every line must be spelled to the byte as we write it, so a changed byte is either another value, which a
hash or a signature gives away, or another spelling.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from portal.record.append import content_digest
from portal.record.documents import Act
from portal.record.export import CHECKPOINTS, LOG, VERIFIER, written
from portal.record.verify import Redone, Verified, check_checkpoints, follow, leaf_of

_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("kind", "ref", "act", "at", "digest", "leaf"), str),
    **dict.fromkeys(("salt", "text"), (str, type(None))),
    **dict.fromkeys(("position", "number"), int),
    "cites": (int, type(None)),
}
_NOTE = 7  # lines of a signed note, the empty one at its end among them


def verify_export(folder: Path, *, verifier: str = "") -> Verified:
    """Recompute every leaf, text digest, root and signature of the record in ``folder``.

    ``verifier``: the key somebody kept from elsewhere; without it the key in the folder is believed, and
    whoever reads must compare that. Raises OSError when a file is missing.
    """
    seen, redone = Verified(), Redone()
    without: dict[int, str] = {}  # entries that come without their text -> ref
    erased: set[int] = set()
    for line in _lines(folder / LOG, seen):
        is_sound = _check_line(seen, line)
        redone.grow(seen.entries, bytes.fromhex(line.leaf), line.at)
        if line.body is None:
            without[seen.entries] = line.ref
        if line.act == Act.REDACT:
            erased.add(line.cites)
        follow(redone, line, is_sound=is_sound)
        seen.entries += 1
    seen.texts = seen.entries - len(without)
    seen.root_hex = redone.roots[seen.entries].hex()
    _check_texts(seen, redone, without, erased)
    kept = (folder / VERIFIER).read_text(encoding="utf-8").strip()
    if verifier and verifier != kept:
        seen.faults.append("khóa trong thư mục khác khóa đã giữ / the key in the folder is another")
    check_checkpoints(seen, _points(folder / CHECKPOINTS, seen), redone, verifier or kept)
    return seen


def _lines(path: Path, seen: Verified) -> Iterator[Any]:
    """The lines of the log, as far as they can be read."""
    with path.open("rb") as log:
        for number, raw in enumerate(log):
            try:
                yield _read(raw, number)
            except ValueError:
                seen.faults.append(f"dòng {number + 1}: không đọc được / line {number + 1} cannot be read")
                return


def _read(raw: bytes, number: int) -> Any:
    """One line of the log. Raises ValueError when we did not write it so, or it stands elsewhere."""
    told = json.loads(raw)
    is_ours = isinstance(told, dict) and told.keys() == _TYPES.keys()
    if not is_ours or not all(isinstance(told[name], kind) for name, kind in _TYPES.items()):
        raise ValueError("other members")
    if (written(told) + "\n").encode() != raw or told["position"] != number:
        raise ValueError("another spelling, or another place")
    bytes.fromhex(told["leaf"] + (told["salt"] or ""))  # raises ValueError
    return SimpleNamespace(**told, body=told["text"])


def _check_line(seen: Verified, line: Any) -> bool:
    """Whether the line says what its hashes commit to."""
    leaf = leaf_of(line)
    if leaf is None or leaf.hex() != line.leaf:
        seen.faults.append(f"mục {line.position}: đã bị sửa / entry {line.position} was altered")
        return False
    salt = line.salt or ""
    if line.body is None and not salt:
        return True
    if line.body is None or content_digest(bytes.fromhex(salt), line.body) != line.digest:
        seen.faults.append(
            f"mục {line.position}: văn bản bị sửa / the text of entry {line.position} was altered"
        )
        return False
    return True


def _check_texts(seen: Verified, redone: Redone, without: dict[int, str], erased: set[int]) -> None:
    """A text may be missing when it was erased, or when its document was taken down by a later entry."""
    for position, ref in without.items():
        _, newest, _, _, standing = redone.pointers[ref]
        if position in erased:
            seen.erased += 1
        elif not standing and newest != position:
            seen.taken_down += 1
        else:
            seen.faults.append(f"mục {position}: mất văn bản / the text of entry {position} is gone")
    for position in sorted(erased - without.keys()):
        seen.faults.append(f"mục {position}: văn bản phải xóa vẫn còn / the erased text {position} is back")


def _points(path: Path, seen: Verified) -> Iterator[Any]:
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")  # no newline is another
    if lines == [""]:
        return
    for n in range(0, len(lines), _NOTE):
        some = lines[n : n + _NOTE]
        try:
            size, root = int(some[1]), base64.b64decode(some[2])
            yield SimpleNamespace(size=size, root=root, at=some[3], note="\n".join(some))
        except (IndexError, ValueError):
            seen.faults.append(f"mốc ở dòng {n + 1}: không đọc được / checkpoint at line {n + 1} unreadable")
