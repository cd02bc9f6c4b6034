"""Adding to the log: the only code that writes an entry, its text, its nodes and its checkpoint."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from portal.kernel.work import Work
from portal.record import canon, merkle
from portal.record.checkpoint import Signer
from portal.record.documents import (
    Act,
    CommitmentDoc,
    Document,
    Kind,
    Notice,
    ProgrammeDoc,
    TombstoneDoc,
    UnitDoc,
)
from portal.record.tables import Checkpoint, Content, Entry, Latest, Node

_LOG_LOCK = 0x4E52  # PostgreSQL advisory lock: one appender at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to append. A redaction carries a tombstone and ``cites`` the entry it erases."""

    kind: Kind
    ref: str
    act: Act
    document: Document
    notice: Notice = field(default_factory=Notice)
    cites: int | None = None


def append(w: Work, lines: list[Line], *, signer: Signer) -> list[int]:
    """Append ``lines`` in order, in this unit of work, and sign one checkpoint over the result.

    Returns their positions. Nothing is visible to anybody before the work commits.
    """
    session = w.session
    _lock(session)
    newest = session.scalar(select(func.max(Entry.position)))
    size = 0 if newest is None else newest + 1
    nodes: dict[tuple[int, int], bytes] = {}
    node = _node_reader(session, nodes)
    positions = []
    for offset, line in enumerate(lines):
        position = size + offset
        leaf = _write(w, position, line)
        for level, place, value in merkle.grown(position, leaf, node):
            nodes[level, place] = value
            session.add(Node(level=level, place=place, hash=value))
        positions.append(position)
    size += len(lines)
    root = merkle.root(size, node)
    session.add(Checkpoint(size=size, root=root, at=w.now, note=signer.note(size, root, w.now)))
    session.flush()
    return positions


def _lock(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})


def _node_reader(session: Session, fresh: dict[tuple[int, int], bytes]) -> merkle.NodeAt:
    def node(level: int, place: int) -> bytes:
        if (level, place) not in fresh:
            found = session.scalars(select(Node.hash).where(Node.level == level, Node.place == place)).one()
            fresh[level, place] = found
        return fresh[level, place]

    return node


def _write(w: Work, position: int, line: Line) -> bytes:
    session = w.session
    known = session.get(Latest, line.ref)
    number = known.number + 1 if known else 1
    salt = w.ids.salt()
    body = canon.encode(line.document, line.notice)
    digest = content_digest(salt, body)
    leaf = merkle.leaf_hash(
        envelope(
            kind=line.kind,
            ref=line.ref,
            number=number,
            act=line.act,
            cites=line.cites,
            at=w.now,
            digest=digest,
        )
    )
    session.add(
        Entry(
            position=position,
            kind=line.kind,
            ref=line.ref,
            number=number,
            act=line.act,
            cites=line.cites,
            at=w.now,
            digest=digest,
            leaf=leaf,
        )
    )
    session.flush()
    session.add(Content(position=position, salt=salt, body=body))
    _point(session, known, position, number, line)
    session.flush()
    if line.act is Act.REDACT:
        session.execute(delete(Content).where(Content.position == line.cites))
    return leaf


def _point(session: Session, known: Latest | None, position: int, number: int, line: Line) -> None:
    """Let ``record_latest`` follow; erasing an old revision leaves the newest one in its place."""
    row = known or Latest(ref=line.ref, kind=line.kind)
    row.number = number
    if line.act is not Act.REDACT or known is None or line.cites == known.position:
        row.position = position
        row.standing = is_standing(line.document)
        row.within = within(line.document)
    session.add(row)


def is_standing(document: Document) -> bool:
    """Whether ``document`` can be read, rather than being gone."""
    return not isinstance(document, TombstoneDoc)


def within(document: Document) -> str | None:
    """What page lists ``document``: a commitment's programme, a programme's unit, a unit's parent."""
    match document:
        case CommitmentDoc():
            return document.programme_ref
        case ProgrammeDoc():
            return document.holder.unit.slug
        case UnitDoc():
            return document.parent_slug
    return None


def content_digest(salt: bytes, body: str) -> str:
    """Hex SHA-256 of salt and text: commits to the text, tells nothing once both are erased."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


def envelope(
    *, kind: str, ref: str, number: int, act: str, cites: int | None, at: datetime, digest: str
) -> bytes:
    """The bytes a leaf commits to. Nothing in them is a text somebody may have erased."""
    return json.dumps([kind, ref, number, act, cites, at.isoformat(), digest], separators=(",", ":")).encode()
