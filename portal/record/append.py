"""Adding to the log: the only code that writes an entry, its text, its nodes and its checkpoint."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from portal.kernel.work import Work
from portal.record import canon, merkle
from portal.record.checkpoint import Signer
from portal.record.documents import (
    Act,
    CommentDoc,
    CommitmentDoc,
    Document,
    DossierDoc,
    ExplanationDoc,
    Kind,
    ModerationDoc,
    Notice,
    ProceduresDoc,
    ProgrammeDoc,
    QuotationDoc,
    RatingsDoc,
    ThemeDoc,
    TombstoneDoc,
    UnitDoc,
)
from portal.record.evidence import cited_by, follow_evidence
from portal.record.tables import Checkpoint, Content, Entry, Latest, Node

_TOGETHER = 500  # refs a query
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
    start = 0 if newest is None else newest + 1
    known = _latest(session, {line.ref for line in lines})
    nodes: dict[tuple[int, int], bytes] = {}
    node = _node_reader(session, nodes)
    rows = _Rows()
    for position, line in enumerate(lines, start):
        leaf = _write(w, rows, known, position, line)
        for level, place, value in merkle.grown(position, leaf, node):
            nodes[level, place] = value
            rows.nodes.append({"level": level, "place": place, "hash": value})
    size = start + len(lines)
    root = merkle.root(size, node)
    _store(session, rows, known.values())
    follow_evidence(w, cited_by(rows.documents))
    session.add(Checkpoint(size=size, root=root, at=w.now, note=signer.note(size, root, w.now)))
    session.flush()
    return list(range(start, size))


@dataclass(slots=True)
class _Rows:
    """What one append stores, gathered so that each table is written once."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)  # the newest of each ref


def take_turn(session: Session) -> None:
    """Wait until nobody else is appending, and see what they did; whoever decides by the record begins so.

    SQLite has let only one work begin anyway. On PostgreSQL whatever was read before is read again.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.flush()
        _lock(session)
        session.expire_all()


def _lock(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})


def _latest(session: Session, refs: set[str]) -> dict[str, Latest]:
    found: dict[str, Latest] = {}
    ordered = sorted(refs)
    for some in (ordered[n : n + _TOGETHER] for n in range(0, len(ordered), _TOGETHER)):
        found.update((row.ref, row) for row in session.scalars(select(Latest).where(Latest.ref.in_(some))))
    return found


def _node_reader(session: Session, fresh: dict[tuple[int, int], bytes]) -> merkle.NodeAt:
    def node(level: int, place: int) -> bytes:
        if (level, place) not in fresh:
            found = session.scalars(select(Node.hash).where(Node.level == level, Node.place == place)).one()
            fresh[level, place] = found
        return fresh[level, place]

    return node


def _write(w: Work, rows: _Rows, known: dict[str, Latest], position: int, line: Line) -> bytes:
    """Gather what ``line`` stores; its leaf."""
    pointer = known.get(line.ref) or Latest(ref=line.ref, kind=line.kind, number=0, position=-1)
    salt, body = w.ids.salt(), canon.encode(line.document, line.notice)
    entry: dict[str, Any] = {
        "kind": line.kind,
        "ref": line.ref,
        "number": pointer.number + 1,
        "act": line.act,
        "cites": line.cites,
        "at": w.now,
        "digest": content_digest(salt, body),
    }
    leaf = merkle.leaf_hash(envelope(**entry))
    rows.entries.append({"position": position, "leaf": leaf, **entry})
    rows.contents.append({"position": position, "salt": salt, "body": body})
    if line.act is Act.REDACT and line.cites is not None:
        rows.erased.append(line.cites)
    if _point(pointer, position, line):
        rows.documents[line.ref] = line.document
    known[line.ref] = pointer
    return leaf


def _point(pointer: Latest, position: int, line: Line) -> bool:
    """Let ``record_latest`` follow; false where erasing an old revision leaves the newest in its place."""
    pointer.number += 1
    if line.act is Act.REDACT and line.cites != pointer.position:
        return False
    pointer.position = position
    pointer.standing = is_standing(line.document)
    pointer.within = within(line.document)
    return True


def _store(session: Session, rows: _Rows, pointers: Iterable[Latest]) -> None:
    session.execute(insert(Entry), rows.entries)
    session.execute(insert(Content), rows.contents)
    session.execute(insert(Node), rows.nodes)
    session.add_all(pointers)
    session.flush()
    if rows.erased:
        session.execute(delete(Content).where(Content.position.in_(rows.erased)))


def is_standing(document: Document) -> bool:
    """Whether ``document`` can be read, rather than being gone."""
    return not isinstance(document, TombstoneDoc)


def within(document: Document) -> str | None:
    """What page lists ``document``: a comment's commitment, that one's programme, its unit, a unit's parent.

    A ledger line lies within the comment or stub it tells of.
    """
    match document:
        case CommentDoc() | RatingsDoc():
            return document.commitment_ref
        case CommitmentDoc() | ThemeDoc() | DossierDoc() | ExplanationDoc() | QuotationDoc():
            return document.programme_ref
        case ModerationDoc():
            return document.comment_ref
        case ProgrammeDoc():
            return document.holder.unit.slug
        case ProceduresDoc():
            return document.unit.slug
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
