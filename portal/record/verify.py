"""Checking the record from nothing but its rows and the public key: what an outsider would redo."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.record import canon, merkle
from portal.record.append import content_digest, envelope, is_standing, within
from portal.record.checkpoint import is_signed
from portal.record.documents import Act, Kind
from portal.record.tables import Checkpoint, Content, Entry, Latest, Node


@dataclass(slots=True)
class Verified:
    """What was checked and every fault found; an empty ``faults`` means the record is whole."""

    entries: int = 0
    texts: int = 0
    erased: int = 0
    checkpoints: int = 0
    root_hex: str = ""
    faults: list[str] = field(default_factory=list)


def verify(session: Session, *, verifier: str) -> Verified:
    """Recompute every leaf, text digest, node, root, signature and pointer of the record."""
    seen = Verified()
    nodes: dict[tuple[int, int], bytes] = {}
    roots: dict[int, bytes] = {0: merkle.EMPTY_ROOT}
    latest: dict[str, tuple[int, int, str | None, bool]] = {}
    erased = set(session.scalars(select(Entry.cites).where(Entry.act == Act.REDACT)))
    for expected, (entry, content) in enumerate(_rows(session)):
        if entry.position != expected:
            seen.faults.append(f"mục {expected}: thiếu trong sổ / entry {expected} is missing")
            break
        leaf = merkle.leaf_hash(_envelope(entry))
        if leaf != entry.leaf:
            seen.faults.append(f"mục {expected}: đã bị sửa / entry {expected} was altered")
        _check_text(seen, entry, content, erased)
        for level, place, value in merkle.grown(expected, leaf, lambda le, pl: nodes[le, pl]):
            nodes[level, place] = value
        seen.entries = expected + 1
        roots[seen.entries] = merkle.root(seen.entries, lambda le, pl: nodes[le, pl])
        _follow(latest, entry, content)
    seen.root_hex = roots[seen.entries].hex()
    _check_nodes(seen, session, nodes)
    _check_checkpoints(seen, session, roots, verifier)
    _check_latest(seen, session, latest)
    return seen


def _rows(session: Session) -> Iterator[tuple[Entry, Content | None]]:
    joined = (
        select(Entry, Content)
        .outerjoin(Content, Content.position == Entry.position)
        .order_by(Entry.position)
        .execution_options(yield_per=500)
    )
    yield from session.execute(joined)


def _envelope(entry: Entry) -> bytes:
    return envelope(
        kind=entry.kind,
        ref=entry.ref,
        number=entry.number,
        act=entry.act,
        cites=entry.cites,
        at=entry.at,
        digest=entry.digest,
    )


def _check_text(seen: Verified, entry: Entry, content: Content | None, erased: set[Any]) -> None:
    where = entry.position
    if content is None:
        seen.erased += 1
        if where not in erased:
            seen.faults.append(f"mục {where}: mất văn bản / the text of entry {where} is gone")
    elif content_digest(content.salt, content.body) != entry.digest:
        seen.faults.append(f"mục {where}: văn bản bị sửa / the text of entry {where} was altered")
    else:
        seen.texts += 1


def _follow(
    latest: dict[str, tuple[int, int, str | None, bool]], entry: Entry, content: Content | None
) -> None:
    position, _, place, standing = latest.get(entry.ref, (-1, 0, None, False))
    if entry.act != Act.REDACT or entry.cites == position:
        document = canon.decode(Kind(entry.kind), content.body)[0] if content else None
        position = entry.position
        standing = document is not None and is_standing(document)
        place = within(document) if document else None
    latest[entry.ref] = (position, entry.number, place, standing)


def _check_nodes(seen: Verified, session: Session, nodes: dict[tuple[int, int], bytes]) -> None:
    stored = {(n.level, n.place): n.hash for n in session.scalars(select(Node))}
    if stored != nodes:
        seen.faults.append("cây băm không khớp với sổ / the stored tree does not match the log")


def _check_checkpoints(seen: Verified, session: Session, roots: dict[int, bytes], verifier: str) -> None:
    newest = 0
    for point in session.scalars(select(Checkpoint).order_by(Checkpoint.size)):
        seen.checkpoints += 1
        newest = point.size
        if roots.get(point.size) != point.root or not _is_stated(point):
            seen.faults.append(f"mốc {point.size}: sai gốc / checkpoint {point.size} has another root")
        if not is_signed(point.note, verifier):
            seen.faults.append(f"mốc {point.size}: sai chữ ký / checkpoint {point.size} is not signed")
    if newest != seen.entries:
        seen.faults.append("mốc mới nhất không phủ hết sổ / the newest checkpoint misses entries")


def _is_stated(point: Checkpoint) -> bool:
    """Whether the signed note says what the row says."""
    stated = point.note.split("\n")[1:4]
    return stated == [str(point.size), base64.b64encode(point.root).decode(), point.at.isoformat()]


def _check_latest(
    seen: Verified, session: Session, latest: dict[str, tuple[int, int, str | None, bool]]
) -> None:
    stored = {
        row.ref: (row.position, row.number, row.within, row.standing)
        for row in session.scalars(select(Latest))
    }
    if stored != latest:
        seen.faults.append("bảng trỏ không khớp với sổ / record_latest does not match the log")
