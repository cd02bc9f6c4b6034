"""One pass over the log writes every file of a generation; the same log gives the same bytes."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, text

from portal.kernel.clock import VIETNAM
from portal.record.opendata.about import About
from portal.record.opendata.book import BookWriter
from portal.record.opendata.catalogue import TABLES
from portal.record.opendata.dictionary import DICTIONARY, entries
from portal.record.opendata.papers import SUMS, papers
from portal.record.opendata.shelf import ARCHIVE, Built
from portal.record.opendata.table import Seen, Table
from portal.record.opendata.writers import CsvWriter, JsonWriter, Writer
from portal.record.reads import COLUMNS, as_revision

_ROOM = "nam-ro-du-lieu"  # the one folder inside the archive
FORMATS: dict[str, Callable[[Path, Table, About], Writer]] = {
    "csv": CsvWriter,
    "json": JsonWriter,
    "xlsx": BookWriter,
}

# What is part of something that was taken down is taken down with it (a comment on a commitment, say); but a
# line of the moderation ledger tells of a decision, not of the comment.
_HOUSED = "(p.ref IS NULL OR p.standing OR l.kind = 'moderation')"
_EVERY = text(
    f"SELECT {COLUMNS}, e.leaf, e.cites, "
    f"(l.standing AND l.position = e.position AND {_HOUSED}) AS is_current "
    "FROM record_entry e JOIN record_latest l ON l.ref = e.ref LEFT JOIN record_latest p ON p.ref = l.within "
    "LEFT JOIN record_content t ON t.position = e.position "
    f"AND CASE WHEN l.standing THEN {_HOUSED} ELSE l.position = e.position END "
    "WHERE e.position < :size ORDER BY e.position"
).execution_options(yield_per=500)
_OURS = COLUMNS.count(",") + 1


def build(c: Connection, folder: Path, about: About) -> dict[str, Built]:
    """Write every file of the log as ``c`` sees it into ``folder``; what was written, by name."""
    rows = _tables(c, folder, about)
    for name, said in papers(about, rows).items():
        (folder / name).write_text(said, encoding="utf-8", newline="")
    counted = {f"{table.name}.{ending}": n for table, n in rows.items() for ending in FORMATS}
    built = {path.name: _measured(path, counted.get(path.name)) for path in sorted(folder.iterdir())}
    sums = "".join(f"{one.sha256}  {name}\n" for name, one in built.items())
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="")
    _pack(folder, [*built, SUMS], about)
    return built | {name: _measured(folder / name) for name in (SUMS, ARCHIVE)}


def _tables(c: Connection, folder: Path, about: About) -> dict[Table, int]:
    """Write the tables, all of them in one pass; how many rows each has."""
    rows: dict[Table, int] = {}
    with ExitStack() as open_files:
        writers = {table: _open(open_files, folder, table, about) for table in (*TABLES, DICTIONARY)}
        rows = dict.fromkeys(writers, 0)
        for row in entries():
            rows[DICTIONARY] += 1
            for writer in writers[DICTIONARY]:
                writer.add(row)
        for seen in _everything(c, about.size):
            for table in TABLES:
                for row in table.rows(seen):
                    rows[table] += 1
                    for writer in writers[table]:
                        writer.add(row)
    return rows


def _open(held: ExitStack, folder: Path, table: Table, about: About) -> Sequence[Writer]:
    made = [kind(folder / f"{table.name}.{ending}", table, about) for ending, kind in FORMATS.items()]
    return [held.enter_context(closing(writer)) for writer in made]


def _everything(c: Connection, size: int) -> Iterator[Seen]:
    for row in c.execute(_EVERY, {"size": size}):
        yield Seen(
            revision=as_revision(row[:_OURS]),
            leaf=bytes(row.leaf),
            cites=row.cites,
            is_current=bool(row.is_current),
        )


def _measured(path: Path, rows: int | None = None) -> Built:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Built(path.stat().st_size, digest, rows)


def _pack(folder: Path, names: Sequence[str], about: About) -> None:
    """Pack ``names`` in this order, all dated by the log."""
    at = about.at.astimezone(VIETNAM) if about.at else None
    date_time = (at - timedelta(seconds=at.second % 2)).timetuple()[:6] if at else (1980, 1, 1, 0, 0, 0)
    with ZipFile(folder / ARCHIVE, "w", ZIP_DEFLATED) as archive:
        for name in names:
            info = ZipInfo(f"{_ROOM}/{name}", date_time)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            info.create_system = 3  # the same on every machine
            with (folder / name).open("rb") as read, archive.open(info, "w", force_zip64=True) as written:
                shutil.copyfileobj(read, written, 1 << 20)
