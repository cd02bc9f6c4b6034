"""Looking up what is public: every function reads ``record_*`` and returns frozen documents.

``c`` is anything that executes SQL: the door's session or a plain connection.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Integer, String, bindparam, text
from sqlalchemy.sql.elements import TextClause

from portal.record import canon, merkle
from portal.record.documents import (
    Act,
    CommentDoc,
    CommitmentDoc,
    Kind,
    Notice,
    ProgrammeDoc,
    RatingsDoc,
    Revision,
    ThemeDoc,
    UnitDoc,
)


class Reader(Protocol):
    """Anything that executes SQL."""

    def execute(self, statement: Any, parameters: Any = None, /) -> Any:
        """Run ``statement``."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement of the log's size and root."""

    size: int
    root_hex: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Proof that an entry is in the log of ``size``: fold ``path`` into ``leaf_hex``, get the root."""

    position: int
    size: int
    leaf_hex: str
    path: tuple[str, ...]
    root_hex: str


COLUMNS = "e.position, e.kind, e.ref, e.number, e.act, e.at, e.digest, t.body"
# The texts of a document that was taken down are not given out, whichever way an entry is asked for.
_ENTRY = (
    f"SELECT {COLUMNS} FROM record_entry e JOIN record_latest l ON l.ref = e.ref "
    "LEFT JOIN record_content t ON t.position = e.position AND (l.standing OR l.position = e.position)"
)
_LATEST = (
    f"SELECT {COLUMNS} FROM record_latest l JOIN record_entry e ON e.position = l.position "
    "LEFT JOIN record_content t ON t.position = e.position"
)

HEAD = text("SELECT max(size) FROM record_checkpoint")
_CHECKPOINT = text("SELECT size, root, at, note FROM record_checkpoint ORDER BY size DESC LIMIT 1")
NEWEST = text(f"{_LATEST} WHERE l.ref = :ref")
_NUMBERED = text(f"{_ENTRY} WHERE e.ref = :ref AND e.number = :number")
_HISTORY = text(f"{_ENTRY} WHERE e.ref = :ref ORDER BY e.number DESC")
_AT = text(f"{_ENTRY} WHERE e.position = :position")
_SINCE = text(f"{_ENTRY} WHERE e.position >= :position ORDER BY e.position LIMIT :most")
_LATELY = text(f"{_ENTRY} ORDER BY e.position DESC LIMIT :most")
_OF_KIND = text(f"{_LATEST} WHERE l.kind = :kind AND l.standing ORDER BY e.position")
_WITHIN: TextClause = text(
    f"{_LATEST} WHERE l.kind = :kind AND l.within IN :places AND l.standing ORDER BY e.position"
).bindparams(bindparam("places", expanding=True, type_=String))
_MANY: TextClause = text(f"{_LATEST} WHERE l.ref IN :refs").bindparams(
    bindparam("refs", expanding=True, type_=String)
)
_EVIDENCE = text("SELECT media_type FROM record_evidence WHERE sha256 = :sha256 LIMIT 1")
_LEAF = text("SELECT leaf FROM record_entry WHERE position = :position")
_NODE = text("SELECT hash FROM record_node WHERE level = :level AND place = :place").bindparams(
    bindparam("level", type_=Integer)
)


def head(c: Reader) -> int:
    """The number of entries in the log."""
    return int(c.execute(HEAD).scalar() or 0)


def checkpoint(c: Reader) -> Checkpoint | None:
    """The newest signed checkpoint; None while the log is empty."""
    row = c.execute(_CHECKPOINT).first()
    if row is None:
        return None
    return Checkpoint(row.size, bytes(row.root).hex(), datetime.fromisoformat(row.at), row.note)


def revision(c: Reader, ref: str, number: int | None = None) -> Revision | None:
    """The newest revision of ``ref``, a tombstone when it was taken down; or revision ``number``.

    Its document is None when the text was erased or the whole document taken down.
    """
    if number is None:
        return _first(c.execute(NEWEST, {"ref": ref}))
    return _first(c.execute(_NUMBERED, {"ref": ref, "number": number}))


def evidence_type(c: Reader, sha256: str) -> str | None:
    """The media type of the file ``sha256``; None when no standing document cites it."""
    found = c.execute(_EVIDENCE, {"sha256": sha256}).scalar()
    return None if found is None else str(found)


def history(c: Reader, ref: str) -> tuple[Revision, ...]:
    """Every revision of ``ref``, newest first; without texts once the document was taken down."""
    return _all(c.execute(_HISTORY, {"ref": ref}))


def entry(c: Reader, position: int) -> Revision | None:
    """The log's entry at ``position``."""
    return _first(c.execute(_AT, {"position": position}))


def since(c: Reader, position: int, limit: int = 1000) -> tuple[Revision, ...]:
    """The entries from ``position`` on, ascending: what a follower reads."""
    return _all(c.execute(_SINCE, {"position": position, "most": limit}))


def lately(c: Reader, limit: int) -> tuple[Revision, ...]:
    """The newest entries of the log, newest first."""
    return _all(c.execute(_LATELY, {"most": limit}))


def unit(c: Reader, slug: str) -> UnitDoc | None:
    """The unit with this address."""
    found = revision(c, slug)
    return found.document if found and isinstance(found.document, UnitDoc) else None


def units(c: Reader) -> tuple[UnitDoc, ...]:
    """Every unit, old ones included."""
    return tuple(d for d in _documents(c.execute(_OF_KIND, {"kind": Kind.UNIT})) if isinstance(d, UnitDoc))


def units_of_code(c: Reader, code: str) -> tuple[UnitDoc, ...]:
    """Every unit that has or had this code (codes are recycled)."""
    return tuple(u for u in units(c) if u.code == code)


def programmes_of(c: Reader, slugs: Iterable[str]) -> tuple[ProgrammeDoc, ...]:
    """The programmes published for these units."""
    rows = c.execute(_WITHIN, {"kind": Kind.PROGRAMME, "places": list(slugs)})
    return tuple(d for d in _documents(rows) if isinstance(d, ProgrammeDoc))


def programmes(c: Reader) -> tuple[ProgrammeDoc, ...]:
    """Every standing programme, oldest first."""
    rows = c.execute(_OF_KIND, {"kind": Kind.PROGRAMME})
    return tuple(d for d in _documents(rows) if isinstance(d, ProgrammeDoc))


def commitments(c: Reader) -> tuple[CommitmentDoc, ...]:
    """Every standing commitment, oldest first."""
    rows = c.execute(_OF_KIND, {"kind": Kind.COMMITMENT})
    return tuple(d for d in _documents(rows) if isinstance(d, CommitmentDoc))


def procedures_of(c: Reader, slug: str) -> Revision | None:
    """The published results of administrative procedures of the unit at ``slug``."""
    return _first(c.execute(_WITHIN, {"kind": Kind.PROCEDURES, "places": [slug]}))


def commitments_of(c: Reader, programme_ref: str) -> tuple[CommitmentDoc, ...]:
    """The public commitments of one programme."""
    rows = c.execute(_WITHIN, {"kind": Kind.COMMITMENT, "places": [programme_ref]})
    return tuple(d for d in _documents(rows) if isinstance(d, CommitmentDoc))


def ratings_of(c: Reader, commitment_ref: str) -> tuple[Revision, ...]:
    """The released ratings of one commitment, one revision a period, the newest period first."""
    found = _all(c.execute(_WITHIN, {"kind": Kind.RATINGS, "places": [commitment_ref]}))
    return tuple(
        sorted((r for r in found if isinstance(r.document, RatingsDoc)), key=lambda r: r.ref, reverse=True)
    )


def comments_on(c: Reader, commitment_refs: Iterable[str]) -> tuple[CommentDoc, ...]:
    """Every comment and stub on these commitments, oldest first."""
    rows = c.execute(_WITHIN, {"kind": Kind.COMMENT, "places": list(commitment_refs)})
    return tuple(d for d in _documents(rows) if isinstance(d, CommentDoc))


def themes_of(c: Reader, programme_ref: str) -> tuple[ThemeDoc, ...]:
    """What comments on one programme have in common, in the order it was published."""
    rows = c.execute(_WITHIN, {"kind": Kind.THEME, "places": [programme_ref]})
    return tuple(d for d in _documents(rows) if isinstance(d, ThemeDoc))


def documents(c: Reader, refs: Sequence[str]) -> dict[str, Revision]:
    """The newest revision of each of ``refs`` that exists."""
    if not refs:
        return {}
    return {r.ref: r for r in _all(c.execute(_MANY, {"refs": list(refs)}))}


def inclusion(c: Reader, position: int) -> Inclusion | None:
    """Proof that the entry at ``position`` is in the log as it stands; None when there is none."""
    size = head(c)
    leaf = c.execute(_LEAF, {"position": position}).scalar()
    if leaf is None or position >= size:
        return None
    node = node_reader(c)
    path = merkle.inclusion(position, size, node)
    return Inclusion(
        position,
        size,
        bytes(leaf).hex(),
        tuple(step.hex() for step in path),
        merkle.root(size, node).hex(),
    )


def node_reader(c: Reader) -> merkle.NodeAt:
    """Reads stored subtree hashes."""

    def node(level: int, place: int) -> bytes:
        return bytes(c.execute(_NODE, {"level": level, "place": place}).scalar_one())

    return node


def as_revision(row: Sequence[Any]) -> Revision:
    """The revision in a row of one of the statements above, `NEWEST` for instance."""
    position, kind_code, ref, number, act, at, digest, body = row
    kind = Kind(kind_code)
    document, notice = (None, Notice()) if body is None else canon.decode(kind, body)
    return Revision(
        position=position,
        kind=kind,
        ref=ref,
        number=number,
        act=Act(act),
        at=datetime.fromisoformat(at),
        digest=digest,
        document=document,
        notice=notice,
    )


def _first(result: Any) -> Revision | None:
    row = result.first()
    return None if row is None else as_revision(row)


def _all(result: Any) -> tuple[Revision, ...]:
    return tuple(as_revision(row) for row in result)


def _documents(result: Any) -> Iterable[object]:
    return (as_revision(row).document for row in result)
