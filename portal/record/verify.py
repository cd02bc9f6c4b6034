"""Checking the record from nothing but its rows and the public key: what an outsider would redo.

Rows are read as they are stored, not as our columns understand them: two spellings of one instant
are two different rows, and a row that cannot be understood is a fault and not a crash.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from portal.record import canon, merkle
from portal.record.append import content_digest, envelope, is_standing, within
from portal.record.checkpoint import is_plainly_written, is_signed
from portal.record.documents import Act, Document, Kind
from portal.record.evidence import files_of

Pointer = tuple[str, int, int, str | None, bool]  # kind, position, number, within, standing

_ENTRIES = text(
    "SELECT e.position, e.kind, e.ref, e.number, e.act, e.cites, e.at, e.digest, e.leaf, t.salt, t.body "
    "FROM record_entry e LEFT JOIN record_content t ON t.position = e.position ORDER BY e.position"
).execution_options(yield_per=500)
_ERASED = text("SELECT cites FROM record_entry WHERE act = 'redact'")
_TEXTS = text("SELECT count(*) FROM record_content")
_NODES = text("SELECT level, place, hash FROM record_node")
_CHECKPOINTS = text("SELECT size, root, at, note FROM record_checkpoint ORDER BY size")
_EVIDENCE = text("SELECT sha256, ref, media_type FROM record_evidence")
_POINTERS = text("SELECT ref, kind, position, number, within, standing FROM record_latest")


@dataclass(slots=True)
class Verified:
    """What was checked and every fault found; an empty ``faults`` means the record is whole."""

    entries: int = 0
    texts: int = 0
    erased: int = 0
    taken_down: int = 0  # texts an export leaves out because their document was withdrawn
    checkpoints: int = 0
    root_hex: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Redone:
    """What the log's lines make of themselves, to be compared with what is stored."""

    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=lambda: {0: merkle.EMPTY_ROOT})
    pointers: dict[str, Pointer] = field(default_factory=dict)
    evidence: dict[str, dict[str, str]] = field(default_factory=dict)  # ref -> sha256 -> media type
    # Sizes at which an append surely ended: the next entry has another instant. Of two appends in one
    # second the first one's checkpoint could be taken away unseen; what it stated, the second states too.
    ends: set[int] = field(default_factory=set)
    last_at: str = ""

    def grow(self, position: int, leaf: bytes, at: str) -> None:
        """Take in the next leaf."""
        for level, place, value in merkle.grown(position, leaf, self.node):
            self.nodes[level, place] = value
        self.roots[position + 1] = merkle.root(position + 1, self.node)
        if position and at != self.last_at:
            self.ends.add(position)
        self.last_at = at

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree."""
        return self.nodes[level, place]


def verify(session: Session, *, verifier: str) -> Verified:
    """Recompute every leaf, text digest, node, root, signature and pointer of the record."""
    seen, redone = Verified(), Redone()
    erased = set(session.scalars(_ERASED))
    for expected, row in enumerate(session.execute(_ENTRIES)):
        if row.position != expected:
            seen.faults.append(f"mục {expected}: thiếu trong sổ / entry {expected} is missing")
            break
        leaf = leaf_of(row)
        if leaf is None or leaf != row.leaf:
            seen.faults.append(f"mục {expected}: đã bị sửa / entry {expected} was altered")
        is_sound = _check_text(seen, row, is_erased=expected in erased)
        redone.grow(expected, leaf or b"", row.at)
        seen.entries = expected + 1
        follow(redone, row, is_sound=is_sound and leaf == row.leaf)
    seen.root_hex = redone.roots[seen.entries].hex()
    if session.scalar(_TEXTS) != seen.texts:
        seen.faults.append("có văn bản không thuộc mục nào / a text belongs to no sound entry")
    _check_nodes(seen, session, redone)
    check_checkpoints(seen, session.execute(_CHECKPOINTS), redone, verifier)
    _check_pointers(seen, session, redone)
    _check_evidence(seen, session, redone)
    return seen


def leaf_of(row: Any) -> bytes | None:
    """The leaf of an entry as it is stored; None when its instant is not one we wrote."""
    try:
        at = datetime.fromisoformat(row.at)
    except ValueError:
        return None
    if at.isoformat() != row.at:
        return None
    columns = {name: getattr(row, name) for name in ("kind", "ref", "number", "act", "cites", "digest")}
    return merkle.leaf_hash(envelope(at=at, **columns))


def _check_text(seen: Verified, row: Row[Any], *, is_erased: bool) -> bool:
    """Count the entry's text; whether what is there, or gone, is in order."""
    where = row.position
    if row.body is None:
        seen.erased += 1
        if not is_erased:
            seen.faults.append(f"mục {where}: mất văn bản / the text of entry {where} is gone")
        return is_erased
    seen.texts += 1
    if content_digest(row.salt, row.body) != row.digest:
        seen.faults.append(f"mục {where}: văn bản bị sửa / the text of entry {where} was altered")
        return False
    if is_erased:
        seen.faults.append(f"mục {where}: văn bản phải xóa vẫn còn / the erased text {where} is back")
    return True


def follow(redone: Redone, row: Any, *, is_sound: bool) -> None:
    """Let the pointer of the entry's document follow, and the files it cites, as ``append`` does."""
    pointers = redone.pointers
    kind, position, _, place, standing = pointers.get(row.ref, (row.kind, -1, 0, None, False))
    if row.act != Act.REDACT or row.cites == position:
        document = _document(row) if is_sound else None
        position = row.position
        standing = document is not None and is_standing(document)
        place = within(document) if document else None
        redone.evidence[row.ref] = files_of(document)
    pointers[row.ref] = (kind, position, row.number, place, standing)


def _document(row: Any) -> Document | None:
    """The document of a sound entry; None when it was erased, or is none that we wrote."""
    if row.body is None:
        return None
    try:
        return canon.decode(Kind(row.kind), row.body)[0]
    except Exception:  # a forged text may make the reader raise anything; its pointer then differs
        return None


def _check_nodes(seen: Verified, session: Session, redone: Redone) -> None:
    stored = {(row.level, row.place): row.hash for row in session.execute(_NODES)}
    if stored != redone.nodes:
        seen.faults.append("cây băm không khớp với sổ / the stored tree does not match the log")


def check_checkpoints(seen: Verified, points: Iterable[Any], redone: Redone, verifier: str) -> None:
    """Compare signed statements (size, root, at, note) with what the log makes of itself."""
    sizes = set()
    for point in points:
        sizes.add(point.size)
        if redone.roots.get(point.size) != point.root or not _is_stated(point):
            seen.faults.append(f"mốc {point.size}: sai gốc / checkpoint {point.size} has another root")
        if not (is_plainly_written(point.note) and is_signed(point.note, verifier)):
            seen.faults.append(f"mốc {point.size}: sai chữ ký / checkpoint {point.size} is not signed")
    seen.checkpoints = len(sizes)
    if max(sizes, default=0) != seen.entries:
        seen.faults.append("mốc mới nhất không phủ hết sổ / the newest checkpoint misses entries")
    for size in sorted(redone.ends - sizes):
        seen.faults.append(f"mốc {size}: bị mất / checkpoint {size} is gone")


def _is_stated(point: Any) -> bool:
    """Whether the signed note says what the row says."""
    stated: list[str] = point.note.split("\n")[1:4]
    return stated == [str(point.size), base64.b64encode(point.root).decode(), point.at]


def _check_pointers(seen: Verified, session: Session, redone: Redone) -> None:
    stored = {row.ref: tuple(row)[1:] for row in session.execute(_POINTERS)}
    if stored != redone.pointers:
        seen.faults.append("bảng trỏ không khớp với sổ / record_latest does not match the log")


def _check_evidence(seen: Verified, session: Session, redone: Redone) -> None:
    stored = {tuple(row) for row in session.execute(_EVIDENCE)}
    cited = {
        (sha256, ref, media_type)
        for ref, files in redone.evidence.items()
        for sha256, media_type in files.items()
    }
    if stored != cited:
        seen.faults.append("bảng tệp minh chứng không khớp với sổ / record_evidence does not match the log")
