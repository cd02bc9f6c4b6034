"""Erased words leave the office too: every table, held file and waiting letter that keeps them.

Which tables belong to a programme is read from their foreign keys, so that a new one is reached unasked.
What residents said is never touched from here: an officer's erasure must not silence anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Column, ColumnElement, String, Table, delete, or_, select, update

from portal.kernel import shelves
from portal.kernel.db import Base
from portal.kernel.sealed import Reason, Sealed, SealedType
from portal.kernel.work import Work
from portal.office.evidence import store
from portal.office.programme.tables import Mandate, Programme, Typing, Upload, Version
from portal.office.progress.tables import Evidence
from portal.publication.erased import Erased
from portal.publication.lines import refs_of
from portal.record.tables import Citation

# They are emptied or deleted as a whole, below.
_OTHERWISE = {Version.__table__, Typing.__table__, Upload.__table__}
# What the draft itself says: the author mends it, unless the very words were named.
_DRAFT = {"office_programme", "office_mandate", "office_key_task", "office_commitment", "office_milestone"}
# They belong to no programme, and may tell of one: searched for words somebody named, and for nothing else.
_LOOSE = {"office_job", "office_procedure_month"}
_RESIDENTS = "portal.office.moderation"  # the room where their words wait
# Choices out of a list, and whose programme it is: who may not act on it is told by the name.
_KEPT = frozenset(
    {"cadre_name", "direction", "mode", "frequency", "origin", "standard", "track", "state", "fit"}
    | {"feasible"}
)
_PROSE = 200  # characters: plain columns that hold less hold codes and references


@dataclass(frozen=True, slots=True)
class Reached:
    """How much of the office was emptied: frozen versions, texts, files and letters."""

    versions: int = 0
    texts: int = 0
    files: int = 0


def reach(w: Work, programme: Programme, words: Erased, gone_files: frozenset[str]) -> Reached:
    """Empty whatever the office keeps that says ``words``, and let go of ``gone_files``."""
    versions = _empty_versions(w, programme, words)
    _forget_typing(w, programme, words)
    # Held for an hour at most, and nobody can look into a workbook that is packed.
    is_held = or_(Upload.programme_id == programme.id, Upload.programme_id.is_(None))
    w.session.execute(delete(Upload).where(is_held))
    files = _forget_evidence(w, programme, words, gone_files)
    texts = sum(_empty_table(w, programme, mapper.class_, words) for mapper in Base.registry.mappers)
    w.session.flush()
    w.session.expire_all()
    return Reached(versions, texts, files + _forget_papers(w, words))


def _empty_versions(w: Work, programme: Programme, words: Erased) -> int:
    found = w.session.scalars(select(Version).where(Version.programme_id == programme.id))
    keys = [v.id for v in found if words.is_in(v.content.open(reason=Reason.ERASURE))]
    w.session.execute(update(Version).where(Version.id.in_(keys)).values(content=Sealed("")))
    return len(keys)


def _forget_typing(w: Work, programme: Programme, words: Erased) -> None:
    refs = refs_of(programme)
    for row in w.session.scalars(select(Typing)):
        is_here = any(ref in row.place for ref in refs)
        if is_here or words.only_named().is_in(row.content.open(reason=Reason.ERASURE)):
            w.session.delete(row)


def _forget_evidence(w: Work, programme: Programme, words: Erased, gone: frozenset[str]) -> int:
    """Delete previews, files that went with an erased entry, and files that say the words themselves."""
    files = w.settings.instance / "files"
    is_ours = _belongs(Base.metadata.tables[Evidence.__tablename__], programme)
    assert is_ours is not None  # it hangs on a commitment
    rows = w.session.scalars(select(Evidence).where(is_ours)).all()
    cited = set(w.session.scalars(select(Citation.sha256)))
    lost = [
        row
        for row in rows
        if row.kept_at is None
        or (row.sha256 not in cited and (row.sha256 in gone or _says(files, row.sha256, words)))
    ]
    for row in lost:
        w.session.delete(row)
    w.session.flush()
    needed = set(w.session.scalars(select(Evidence.sha256))) | cited
    names = {row.sha256 for row in lost} - needed
    for name in names:
        w.afterwards(partial(store.forget, files, name))
    return len(names)


def _says(files: Path, name: str, words: Erased) -> bool:
    try:
        return words.is_in_file(shelves.read(files, shelves.OFFICE, name))
    except shelves.FileNotKept:
        return False


def _empty_table(w: Work, programme: Programme, kind: type[Any], words: Erased) -> int:
    """Put the mark into each text of the table that says the words; how many."""
    table: Table = kind.__table__
    if table in _OTHERWISE or kind.__module__.startswith(_RESIDENTS):
        return 0
    is_ours = _belongs(table, programme)
    if is_ours is None and table.name not in _LOOSE:
        return 0
    if is_ours is None or table.name in _DRAFT:
        words = words.only_named()
    names = [c.name for c in table.columns if _holds_prose(c, is_plain_too=is_ours is not None)]
    if not (words and names):
        return 0
    query = select(kind) if is_ours is None else select(kind).where(is_ours)
    touched = [_empty(row, name, words) for row in w.session.scalars(query).unique() for name in names]
    if table.name in _DRAFT and any(touched) and programme.state != "withdrawn":
        programme.state = "draft"  # it no longer says what was appraised
    return sum(touched)


def _empty(row: object, name: str, words: Erased) -> bool:
    value = getattr(row, name)
    said = value.open(reason=Reason.ERASURE) if isinstance(value, Sealed) else value
    after = words.without(said)
    if after == said:
        return False
    setattr(row, name, Sealed(after) if isinstance(value, Sealed) else after)
    return True


def _holds_prose(column: Column[Any], *, is_plain_too: bool) -> bool:
    kind = column.type
    if column.name in _KEPT or column.primary_key:
        return False
    if isinstance(kind, SealedType):
        return True
    return is_plain_too and isinstance(kind, String) and (kind.length is None or kind.length >= _PROSE)


def _belongs(
    table: Table, programme: Programme, seen: frozenset[str] = frozenset()
) -> ColumnElement[bool] | None:
    """Which rows of ``table`` belong to ``programme``, by its foreign keys; None where none leads there."""
    if table.name == Programme.__tablename__:
        return table.c.id == programme.id
    if table.name == Mandate.__tablename__:
        return table.c.id == programme.mandate_id
    ways = []
    for key in table.foreign_keys:
        target = key.column.table
        if target.name not in seen | {table.name}:
            further = _belongs(target, programme, seen | {table.name})
            ways += [key.parent.in_(select(key.column).where(further))] if further is not None else []
    return or_(*ways) if ways else None


def _forget_papers(w: Work, words: Erased) -> int:
    """Delete, once this work is done, letters that wait to be sent and files of long work that say it."""
    found = [path for path in _papers(w) if words.is_in_file(_plain(path))]
    for path in found:
        w.afterwards(partial(path.unlink, missing_ok=True))
    return len(found)


def _papers(w: Work) -> Iterator[Path]:
    url = urlsplit(w.settings.mail_url)
    if url.scheme == "file":
        yield from (path for path in Path(unquote(url.path)).glob("*") if path.is_file())
    shelf = w.settings.instance / "files" / shelves.OFFICE
    yield from (path for path in shelf.glob("*/**/*") if path.is_file())


def _plain(path: Path) -> bytes:
    """What a file says; a letter unpacked, with its subject."""
    data = path.read_bytes()
    if path.suffix != ".eml":
        return data
    letter = message_from_bytes(data, policy=default)
    body = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{body.get_content() if body else ''}".encode()
