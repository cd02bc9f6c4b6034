"""What is kept for one officer only: typing not saved yet, and a workbook between preview and confirmation.

Sealed, never older than its time, never with a stamp of secrecy, and nobody else gets it back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.programme.tables import Typing, Upload
from portal.office.programme.typed import StampTyped, stamped

TYPING_LASTS = timedelta(days=30)  # a holiday and a transfer of duties
UPLOAD_LASTS = timedelta(hours=1)
LONGEST_TYPING = 400_000  # characters: every field of the longest form full

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """Typing that was kept: the form's fields as they were sent, and when."""

    texts: tuple[tuple[str, str], ...]
    at: datetime


def keep_typing(w: Work, officer_id: int, place: str, texts: Pairs) -> None:
    """Keep what was typed into the form at ``place``, instead of what was kept before.

    Raises StampTyped, with what was kept before still there, and ValueError when it is too much.
    """
    if names := stamped(dict(texts)):
        raise StampTyped(names)
    content = json.dumps([list(pair) for pair in texts], ensure_ascii=False)
    if len(content) > LONGEST_TYPING:
        raise ValueError("more was typed than any form can hold")
    sweep(w)
    row = w.session.get(Typing, (officer_id, place))
    if row is None:
        row = Typing(officer_id=officer_id, place=place)
        w.session.add(row)
    row.kept_at, row.content = w.now, Sealed(content)
    w.session.flush()


def kept_typing(w: Work, officer_id: int, place: str) -> Kept | None:
    """What ``officer_id`` typed into the form at ``place`` and has not saved, if anything."""
    row = w.session.get(Typing, (officer_id, place))
    if row is None or row.kept_at < w.now - TYPING_LASTS:
        return None
    pairs = json.loads(row.content.open(reason=Reason.DRAFT))
    return Kept(tuple((name, text) for name, text in pairs), row.kept_at)


def forget_typing(w: Work, officer_id: int, place: str) -> None:
    """Let go of what was typed into the form at ``place``: it is saved, or no longer wanted."""
    w.session.execute(delete(Typing).where(Typing.officer_id == officer_id, Typing.place == place))


def hold_upload(w: Work, officer_id: int, data: bytes, *, programme_id: int | None) -> int:
    """Hold a sound workbook until its officer confirms the preview; its key. The file's name is not kept."""
    sweep(w)
    w.session.execute(delete(Upload).where(Upload.officer_id == officer_id))
    row = Upload(
        id=w.ids.key(), officer_id=officer_id, programme_id=programme_id, kept_at=w.now, content=Sealed(data)
    )
    w.session.add(row)
    w.session.flush()
    return row.id


def held_upload(w: Work, officer_id: int, key: int, *, programme_id: int | None) -> bytes:
    """The workbook held under ``key``. Raises Refused when it is another's, another draft's, or gone."""
    row = w.session.get(Upload, key)
    is_theirs = row is not None and (row.officer_id, row.programme_id) == (officer_id, programme_id)
    if row is None or not is_theirs or row.kept_at < w.now - UPLOAD_LASTS:
        raise Refused(Refusal.UPLOAD_GONE)
    return row.content.open(reason=Reason.DRAFT)


def hold_on(w: Work, officer_id: int, key: int) -> None:
    """Let the workbook held under ``key`` wait for its officer from now on, if it still does."""
    row = w.session.get(Upload, key)
    if row is not None and row.officer_id == officer_id:
        row.kept_at = w.now


def let_go(w: Work, officer_id: int) -> None:
    """Delete whatever workbook is held for ``officer_id``."""
    w.session.execute(delete(Upload).where(Upload.officer_id == officer_id))


def sweep(w: Work) -> None:
    """Delete what has outlived its time, whoever it belongs to."""
    w.session.execute(delete(Typing).where(Typing.kept_at < w.now - TYPING_LASTS))
    w.session.execute(delete(Upload).where(Upload.kept_at < w.now - UPLOAD_LASTS))
