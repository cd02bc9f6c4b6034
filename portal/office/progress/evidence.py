"""What people do with evidence files: look at the clean copy, keep it or not, mark it public, remove it.

Only clean copies come here; what was sent is never stored (see `portal.office.evidence.store`).
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from portal.kernel import shelves
from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.audit.events import ProgressRecorded
from portal.office.evidence import store
from portal.office.evidence.cleaning import CleanFile
from portal.office.programme.tables import Commitment, Programme
from portal.office.programme.typed import refuse_stamps
from portal.office.progress.acts import remember_reporter, take
from portal.office.progress.tables import Evidence

PREVIEW_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """What is said of a file; ``report`` is the key of the report it proves, None: the whole commitment."""

    description: str
    disclosed: bool
    report: int | None = None


def hold(w: Work, ref: str, made: CleanFile, form: FileForm, *, by: Actor) -> Evidence:
    """Hold a clean copy until somebody has looked at it. The same file twice is one file.

    Raises Refused, and StampTyped for a stamp in the description.
    """
    refuse_stamps(form)
    draft, commitment = take(w, ref, by=by, act=Act.REPORT_PROGRESS)
    if form.report is not None and form.report not in [report.id for report in commitment.progress]:
        raise Refused(Refusal.NO_SUCH_ITEM)
    _sweep(w)
    if any(one.sha256 == made.sha256 and one.kept_at for one in commitment.evidence):
        raise Refused(Refusal.EVIDENCE_KNOWN)
    row = Evidence(
        id=w.ids.key(),
        commitment_id=commitment.id,
        progress_id=form.report,
        sha256=made.sha256,
        kind=made.kind,
        media_type=made.media_type,
        size=len(made.data),
        dropped=list(made.dropped),
        description=Sealed(form.description),
        added_by_id=by.id,
        added_at=w.now,
        disclosed=form.disclosed,
    )
    w.session.add(row)
    files = files_of(w)
    store.keep(files, made)
    # Somebody may be removing the same file at this moment; after the commit the row protects it.
    w.afterwards(lambda: store.keep(files, made))
    _tell(w, draft, row, by=by, how="previewed")
    w.session.expire(commitment)
    return row


def keep(w: Work, ref: str, key: int, *, by: Actor) -> Evidence:
    """Keep a file that was previewed."""
    draft, _, row = find(w, ref, key, by=by, act=Act.REPORT_PROGRESS)
    if row.kept_at is None:
        row.kept_at = w.now
        remember_reporter(w, draft, by)
        _tell(w, draft, row, by=by, how="kept")
    return row


def remove(w: Work, ref: str, key: int, *, by: Actor) -> None:
    """Remove a file for good; not while it is marked public and was kept: it may be out there."""
    draft, commitment, row = find(w, ref, key, by=by, act=Act.REPORT_PROGRESS)
    if row.kept_at is not None and (row.disclosed or is_shown(w, row)):
        raise Refused(Refusal.EVIDENCE_IS_PUBLIC)
    _tell(w, draft, row, by=by, how="removed")
    w.session.delete(row)
    w.session.flush()
    _let_go(w, [row.sha256])
    w.session.expire(commitment)


def mark(w: Work, ref: str, key: int, *, disclosed: bool, by: Actor) -> Evidence:
    """Mark a file as public or withheld; it goes out, or goes, with the next publication."""
    draft, _, row = find(w, ref, key, by=by, act=Act.DISCLOSE)
    if row.disclosed is not disclosed:
        row.disclosed = disclosed
        _tell(w, draft, row, by=by, how="disclosed" if disclosed else "withheld")
    return row


def find(w: Work, ref: str, key: int, *, by: Actor, act: Act) -> tuple[Programme, Commitment, Evidence]:
    """The file with this key of the commitment ``ref``, when ``by`` may ``act``. Raises Refused."""
    draft, commitment = take(w, ref, by=by, act=act)
    row = next((one for one in commitment.evidence if one.id == key), None)
    if row is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return draft, commitment, row


def is_shown(w: Work, row: Evidence) -> bool:
    """Whether the copy lies on the shelf of what is public."""
    try:
        shelves.read(files_of(w), shelves.RECORD, row.sha256)
    except shelves.FileNotKept:
        return False
    return True


def files_of(w: Work) -> Path:
    """The folder of both shelves."""
    return w.settings.instance / "files"


def _sweep(w: Work) -> None:
    """Forget previews nobody said yes to."""
    old = w.session.scalars(
        select(Evidence).where(Evidence.kept_at.is_(None), Evidence.added_at < w.now - PREVIEW_LASTS)
    ).all()
    for row in old:
        w.session.delete(row)
    w.session.flush()
    _let_go(w, [row.sha256 for row in old])


def _let_go(w: Work, names: list[str]) -> None:
    """Take copies off the office's shelf that no row needs any more."""
    needed = set(w.session.scalars(select(Evidence.sha256).where(Evidence.sha256.in_(names))))
    files = files_of(w)
    for name in set(names) - needed:
        w.afterwards(partial(shelves.remove, files, shelves.OFFICE, name))


def _tell(w: Work, draft: Programme, row: Evidence, *, by: Actor, how: str) -> None:
    w.tell(ProgressRecorded(by=by.id, programme=draft.ref, what="evidence", item=str(row.id), how=how))
    w.session.flush()
