"""Reading from the record what a dossier is made of, as the log stood at a checkpoint.

Later entries change nothing; only what was lawfully taken down or erased since can no longer be read.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, bindparam, text
from sqlalchemy.sql.elements import TextClause

from portal.record import merkle, reads
from portal.record.documents import (
    CommentDoc,
    CommitmentDoc,
    ExplanationDoc,
    Kind,
    ModerationDoc,
    ProgrammeDoc,
    RatingsDoc,
    Revision,
    ThemeDoc,
)
from portal.record.evaluation.compiling import Source
from portal.record.evaluation.document import explanation_ref
from portal.record.reads import Reader, as_revision

_TELLING = ("publish", "amend", "correct", "withdraw")  # acts that change what was promised
_ENTRY = (
    "SELECT e.position, e.kind, e.ref, e.number, e.act, e.at, e.digest, t.body "
    "FROM record_latest l JOIN record_entry e ON e.ref = l.ref "
    "LEFT JOIN record_content t ON t.position = e.position AND (l.standing OR l.position = e.position) "
)
# An erasure is an entry of its own and never the newest text.
_AS_OF = (
    "e.position = (SELECT max(x.position) FROM record_entry x "
    "WHERE x.ref = l.ref AND x.position < :size AND x.act <> 'redact') ORDER BY e.position"
)


def _listed(statement: str, name: str) -> TextClause:
    return text(statement).bindparams(bindparam(name, expanding=True, type_=String))


_ONE = text(f"{_ENTRY} WHERE l.ref = :ref AND {_AS_OF}")
_WITHIN = _listed(f"{_ENTRY} WHERE l.kind = :kind AND l.within IN :places AND {_AS_OF}", "places")
_LEDGER = _listed(
    f"{_ENTRY} JOIN record_latest c ON c.ref = l.within "
    f"WHERE l.kind = 'moderation' AND c.kind = 'comment' AND c.within IN :places AND {_AS_OF}",
    "places",
)
_HISTORY = _listed(
    f"{_ENTRY} WHERE l.ref IN :refs AND e.position < :size AND e.act IN {_TELLING} ORDER BY e.position",
    "refs",
)
_GONE = _listed(
    "SELECT count(DISTINCT e.ref) FROM record_entry e "
    "WHERE e.position >= :size AND e.act IN ('withdraw', 'redact') "
    "AND (e.ref IN :refs OR e.ref IN (SELECT l.ref FROM record_latest l WHERE l.within IN :refs)) "
    "AND EXISTS (SELECT 1 FROM record_entry x WHERE x.ref = e.ref AND x.position < :size)",
    "refs",
)


def root_at(c: Reader, size: int) -> str:
    """Hex root hash of the first ``size`` entries."""
    return merkle.root(size, reads.node_reader(c)).hex()


def gather(c: Reader, programme: str, code: str, *, size: int) -> Source | None:
    """What the dossier of ``programme`` in the period ``code`` is made of; None when it is not public."""
    found = _revision(c, programme, size)
    if found is None or not isinstance(found.document, ProgrammeDoc):
        return None
    commitments = [
        r for r in _within(c, Kind.COMMITMENT, [programme], size) if isinstance(r.document, CommitmentDoc)
    ]
    refs = [r.ref for r in commitments] or [""]
    explained = _revision(c, explanation_ref(programme, code), size)
    return Source(
        programme=found,
        commitments=commitments,
        comments=[d for d in _documents(_within(c, Kind.COMMENT, refs, size)) if isinstance(d, CommentDoc)],
        ledger=[d for d in _documents(_ledger(c, refs, size)) if isinstance(d, ModerationDoc)],
        themes=[d for d in _documents(_within(c, Kind.THEME, [programme], size)) if isinstance(d, ThemeDoc)],
        ratings=[r for r in _within(c, Kind.RATINGS, refs, size) if isinstance(r.document, RatingsDoc)],
        explanation=explained.document
        if explained and isinstance(explained.document, ExplanationDoc)
        else None,
        history=_rows(c, _HISTORY, {"refs": [programme, *refs], "size": size}),
    )


def taken_away_since(c: Reader, refs: Sequence[str], *, size: int) -> int:
    """How many documents of before the checkpoint were taken down or erased since.

    ``refs`` and what lies within them: a comment that no theme quotes was counted all the same.
    """
    return int(c.execute(_GONE, {"refs": list(refs), "size": size}).scalar() or 0)


def _revision(c: Reader, ref: str, size: int) -> Revision | None:
    found = _rows(c, _ONE, {"ref": ref, "size": size})
    return found[0] if found else None


def _within(c: Reader, kind: Kind, places: Sequence[str], size: int) -> list[Revision]:
    return _rows(c, _WITHIN, {"kind": kind.value, "places": list(places), "size": size})


def _ledger(c: Reader, places: Sequence[str], size: int) -> list[Revision]:
    return _rows(c, _LEDGER, {"places": list(places), "size": size})


def _rows(c: Reader, statement: TextClause, asked: dict[str, Any]) -> list[Revision]:
    return [as_revision(row) for row in c.execute(statement, asked)]


def _documents(revisions: Sequence[Revision]) -> list[object]:
    return [revision.document for revision in revisions]
