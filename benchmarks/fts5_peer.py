"""SQLite FTS5 over the same texts, tuned as well as we know how: what the search is held against.

unicode61 with remove_diacritics 2 does not fold đ, so đ is folded for it beforehand. Facets come
from one grouped pass over the matches, rolled up in Python, which beats three GROUP BY queries.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.record.documents import CommitmentDoc
from portal.record.search import Query
from portal.record.search.terms import words

_TABLES = """
CREATE TABLE doc(id INTEGER PRIMARY KEY, ref TEXT, unit TEXT, area TEXT, standing TEXT, deadline TEXT);
CREATE VIRTUAL TABLE c USING fts5(text, rest, tokenize = 'unicode61 remove_diacritics 2');
"""
_PAGE = """
SELECT doc.ref, highlight(c, 0, '<mark>', '</mark>')
FROM c JOIN doc ON doc.id = c.rowid
WHERE c MATCH :match{filters} ORDER BY {order} LIMIT 10
"""
_GROUPS = """
SELECT unit, area, standing, count(*) FROM c JOIN doc ON doc.id = c.rowid
WHERE c MATCH :match GROUP BY unit, area, standing
"""
_FIELDS = ("unit", "area", "standing")


@dataclass(frozen=True, slots=True)
class Page:
    """What a results page needs."""

    total: int
    rows: list[tuple[str, str]]
    facets: dict[str, Counter[str]]


def build(path: Path, docs: Iterable[CommitmentDoc], standing_of: Callable[[CommitmentDoc], str]) -> None:
    """Fill ``path`` with ``docs`` and optimise it."""
    db = sqlite3.connect(path)
    db.executescript(_TABLES)
    for number, doc in enumerate(docs, 1):
        facts = (doc.ref, doc.holder.unit.slug, doc.areas[0].code, standing_of(doc), doc.deadline.isoformat())
        db.execute("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?)", (number, *facts))
        db.execute("INSERT INTO c(rowid, text, rest) VALUES (?, ?, ?)", (number, *map(_fold_d, _texts(doc))))
    db.executescript("CREATE INDEX by_deadline ON doc(deadline); INSERT INTO c(c) VALUES ('optimize');")
    db.commit()
    db.execute("ANALYZE")
    db.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection with everything in memory that fits."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; PRAGMA query_only = 1;")
    return db


def ask(db: sqlite3.Connection, query: Query) -> Page:
    """The first page of ten with highlights, and counts by unit, area and standing."""
    match = " ".join(f'"{_fold_d(word.exact)}"' for word in words(query.text))
    chosen = {name: value for name in _FIELDS if (value := getattr(query, name))}
    order = "doc.deadline" if query.sort == "deadline" else "rank"
    filters = "".join(f" AND doc.{name} = :{name}" for name in chosen)
    sql = _PAGE.format(filters=filters, order=order)
    rows = db.execute(sql, {"match": match, **chosen}).fetchall()
    groups = db.execute(_GROUPS, {"match": match}).fetchall()
    return _page(rows, groups, chosen)


def _page(
    rows: list[tuple[str, str]], groups: list[tuple[str, str, str, int]], chosen: dict[str, str]
) -> Page:
    total = 0
    facets: dict[str, Counter[str]] = {name: Counter() for name in _FIELDS}
    for *values, n in groups:
        wrong = [
            name for name, value in zip(_FIELDS, values, strict=True) if chosen.get(name, value) != value
        ]
        total += 0 if wrong else n
        for name, value in zip(_FIELDS, values, strict=True):
            if not wrong or wrong == [name]:
                facets[name][str(value)] += n
    return Page(total, rows, facets)


def _texts(doc: CommitmentDoc) -> tuple[str, str]:
    unit = doc.holder.unit
    rest = (
        *(doc.indicator, doc.task_title, doc.deliverable, doc.accountable),
        *(area.label for area in doc.areas),
        *doc.coordinators,
        *(doc.holder.cadre_name, doc.holder.post, unit.name, unit.code),
        f"{doc.deadline:%d/%m/%Y}",
    )
    return doc.text, " \n ".join(rest)


def _fold_d(text: str) -> str:
    return text.replace("đ", "d").replace("Đ", "D")
