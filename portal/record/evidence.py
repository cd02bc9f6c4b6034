"""Evidence files of the record: which standing document cites which, and the shelf that follows the log.

The shelf is a cache like the index: a file lies on it while some standing document cites it.
"""

import fcntl
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.kernel import shelves
from portal.kernel.work import Work
from portal.record.documents import CommitmentDoc, Document
from portal.record.tables import Citation

log = logging.getLogger(__name__)

Cited = Mapping[str, Mapping[str, str]]  # ref -> sha256 -> media type

# The ending of a public file's address, by media type; nothing else is ever served.
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def cited_by(documents: Mapping[str, Document]) -> Cited:
    """The files each of ``documents`` cites; a tombstone cites none."""
    return {ref: files_of(document) for ref, document in documents.items()}


def files_of(document: Document | None) -> dict[str, str]:
    """The files ``document`` cites: digest -> media type."""
    if not isinstance(document, CommitmentDoc):
        return {}
    return {file.sha256: file.media_type for file in document.evidence}


def follow_evidence(w: Work, cited: Cited) -> None:
    """Let ``record_evidence`` follow the newest documents, and the shelf once that is committed."""
    before = set(w.session.scalars(select(Citation.sha256).where(Citation.ref.in_(cited))))
    rows = [
        {"sha256": sha256, "ref": ref, "media_type": media_type}
        for ref, files in cited.items()
        for sha256, media_type in files.items()
    ]
    touched = before | {row["sha256"] for row in rows}
    if not touched:
        return
    w.session.execute(delete(Citation).where(Citation.ref.in_(cited)))
    if rows:
        w.session.execute(insert(Citation), rows)
    w.afterwards(lambda: settle_shelf(w.session, w.settings.instance / "files", touched))


def settle_shelf(session: Session, files: Path, touched: Iterable[str] | None = None) -> list[str]:
    """Put on the record's shelf what is cited and take off what is not; the files that are missing.

    ``touched`` None looks at everything. Doing it twice changes nothing; under a lock, so that nobody
    takes off what somebody else has just published.
    """
    with _alone(files):
        cited = set(session.scalars(select(Citation.sha256)))
        session.rollback()
        names = cited | set(_on_shelf(files)) if touched is None else set(touched)
        for name in names - cited:
            shelves.remove(files, shelves.RECORD, name)
        return [name for name in sorted(names & cited) if not _put(files, name)]


def _put(files: Path, name: str) -> bool:
    try:
        shelves.publish(files, name)
    except shelves.FileNotKept:
        try:
            shelves.read(files, shelves.RECORD, name)
        except shelves.FileNotKept:
            log.error("evidence file %s is cited but not kept", name)
            return False
    return True


def _on_shelf(files: Path) -> list[str]:
    folder = files / shelves.RECORD
    return [path.name for path in folder.iterdir() if len(path.name) == 64] if folder.is_dir() else []


@contextmanager
def _alone(files: Path) -> Iterator[None]:
    files.mkdir(parents=True, exist_ok=True, mode=0o755)
    with (files / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
