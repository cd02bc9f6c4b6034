"""Erased texts leave the files too: the write-ahead log is emptied, tried again where a reader holds it.

On SQLite deleted cells are overwritten at once (``secure_delete``), but old pages stay in the ``-wal``
file until it is truncated. On PostgreSQL they stay until VACUUM, which is the operator's.
"""

from sqlalchemy import select

from portal.kernel.db import db
from portal.kernel.work import work
from portal.office.audit.events import Scrubbed
from portal.office.programme.tables import Programme
from portal.publication.tables import Redaction

_WAITING = (
    select(Redaction)
    .where(Redaction.state == "done", Redaction.scrubbed_at.is_(None))
    .order_by(Redaction.settled_at, Redaction.id)
)


def scrub_waiting() -> None:
    """Empty the log of every erasure whose bytes may still lie there. Runs outside any unit of work."""
    if db.engine.dialect.name != "sqlite":
        return
    with work() as w:
        is_needed = w.session.scalars(_WAITING).first() is not None
    if is_needed and empty_the_log():
        with work() as w:
            for found in w.session.scalars(_WAITING):
                found.scrubbed_at = w.now
                ref = w.session.get_one(Programme, found.programme_id).ref
                w.tell(Scrubbed(programme=ref))


def empty_the_log() -> bool:
    """Whether nothing was left in the write-ahead log; somebody in the middle of reading may hold it."""
    if db.engine.dialect.name != "sqlite":
        return True
    raw = db.engine.raw_connection()
    try:
        is_busy, _, _ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    return not is_busy
