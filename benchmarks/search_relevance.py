"""How good the search is: nDCG@10 over our own judgments, typed with accents and without.

Run: ``python -m benchmarks.search_relevance [--verbose] [--pool QUERY]``. Writes
benchmarks/results/search_relevance.json. Queries held out were not looked at while ranking was tuned.
The peer is SQLite FTS5 (bm25) over the same searched texts, accents and đ folded for it.
"""

import json
import math
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import mean

from benchmarks.judged import Judged, documents, judgments, promises
from benchmarks.list_log import ListLog
from portal.kernel.text import fold
from portal.record.documents import CommitmentDoc
from portal.record.search import Judged as Standing
from portal.record.search import Query, Searcher, Writer
from portal.record.search.terms import words

_HERE = Path(__file__).resolve().parent
_TODAY = date(2026, 11, 24)
_DEPTH = 10

Ask = Callable[[str], Sequence[str]]
Measured = list[tuple[Judged, tuple[float, float, float, float]]]


def ndcg(refs: Sequence[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, gain 2**grade - 1."""
    ideal = sorted(grades.values(), reverse=True)[:_DEPTH]
    got = [grades.get(ref, 0) for ref in refs[:_DEPTH]]
    return _dcg(got) / _dcg(ideal)


def _dcg(grades: Sequence[int]) -> float:
    return math.fsum((2**g - 1) / math.log2(place + 2) for place, g in enumerate(grades))


def ours(name: str, folder: Path) -> Ask:
    """The portal's search over the corpus ``name``."""
    log = ListLog(documents(name))
    Writer(folder).follow(log)
    searcher = Searcher(folder, log, lambda _doc, _today: Standing("on_track"))
    return lambda text: searcher.search(Query(text=text), today=_TODAY).refs


def peer(name: str) -> Ask:
    """FTS5: all words, else any word, by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE c USING fts5(ref UNINDEXED, body)")
    db.executemany("INSERT INTO c VALUES (?, ?)", [(doc.ref, _text(doc)) for doc in promises(name)])
    sql = "SELECT ref FROM c WHERE c MATCH ? ORDER BY rank LIMIT 10"

    def ask(text: str) -> list[str]:
        terms = [f'"{word.folded}"' for word in words(text)]
        rows = db.execute(sql, (" ".join(terms),)).fetchall()
        return [ref for (ref,) in rows or db.execute(sql, (" OR ".join(terms),))]

    return ask


def _text(doc: CommitmentDoc) -> str:
    unit = doc.holder.unit
    parts = (
        *(doc.text, doc.indicator, doc.task_title, doc.deliverable, doc.accountable),
        *(area.label for area in doc.areas),
        *doc.coordinators,
        *(doc.holder.cadre_name, doc.holder.post, unit.name, unit.code),
        f"{doc.deadline:%d/%m/%Y}",
    )
    return " ".join(word.folded for part in parts for word in words(fold(part)))


def measure() -> Measured:
    """For every query: ours with accents and without, the peer's the same."""
    found: Measured = []
    for name in ("samples", "town"):
        with tempfile.TemporaryDirectory() as folder:
            us, them = ours(name, Path(folder)), peer(name)
            for j in judgments():
                if j.corpus == name:
                    asked = ((us, j.q), (us, j.plain), (them, j.q), (them, j.plain))
                    scores = [ndcg(ask(text), j.grades) for ask, text in asked]
                    found.append((j, (scores[0], scores[1], scores[2], scores[3])))
    return found


def row_of(measured: Iterable[tuple[Judged, tuple[float, ...]]]) -> dict[str, float]:
    """The means of some queries, and the mean difference between the two ways of typing."""
    rows = list(measured)
    accented, plain, peer_accented, peer_plain = (mean(s[n] for _, s in rows) for n in range(4))
    return {
        "queries": len(rows),
        "accented": round(accented, 4),
        "unaccented": round(plain, 4),
        "difference": round(abs(accented - plain), 4),
        "fts5_accented": round(peer_accented, 4),
        "fts5_unaccented": round(peer_plain, 4),
    }


def _show(name: str, row: dict[str, float]) -> None:
    print(
        f"{name:44}{row['queries']:4}   {row['accented']:.3f}  {row['unaccented']:.3f}"
        f"  | {row['fts5_accented']:.3f}  {row['fts5_unaccented']:.3f}"
    )


def main() -> None:
    """Print the table, write the JSON."""
    if "--pool" in sys.argv:
        _pool(sys.argv[sys.argv.index("--pool") + 1])
        return
    measured = measure()
    classes = defaultdict(list)
    for j, scores in measured:
        classes[f"{j.corpus}: {j.kind}"].append((j, scores))
    groups = {
        "all": measured,
        "all but the unseen": [m for m in measured if not m[0].is_unseen],
        "tuned on": [m for m in measured if not (m[0].is_held_out or m[0].is_fresh or m[0].is_unseen)],
        "held out": [m for m in measured if m[0].is_held_out],
        "thirty samples": [m for m in measured if m[0].corpus == "samples"],
        "town of 630": [m for m in measured if m[0].corpus == "town"],
        "fresh": [m for m in measured if m[0].is_fresh],
        "everyday, unseen": [m for m in measured if m[0].is_unseen],
        "town, held out": [m for m in measured if m[0].corpus == "town" and m[0].is_held_out],
    }
    print(f"nDCG@{_DEPTH}{'':42}có dấu  không  | FTS5: có dấu  không")
    summary = {name: row_of(some) for name, some in groups.items()}
    by_class = {name: row_of(some) for name, some in sorted(classes.items())}
    for name, row in (*summary.items(), *by_class.items()):
        _show(name, row)
    if "--verbose" in sys.argv:
        for j, scores in sorted(measured, key=lambda m: min(m[1][:2])):
            if min(scores[:2]) < 0.9 and not (j.is_held_out or j.is_unseen):
                print(f"  {scores[0]:.2f} {scores[1]:.2f} | {scores[2]:.2f}  {j.corpus}  {j.q}")
    results = _HERE / "results"
    results.mkdir(exist_ok=True)
    content = json.dumps({**summary, "classes": by_class}, indent=1, ensure_ascii=False)
    (results / "search_relevance.json").write_text(content + "\n", "utf-8")


def _pool(text: str) -> None:
    """Show what both machines answer, with the grade given: the pool one judges."""
    docs = {doc.ref: doc for doc in promises("town")}
    grades = next((j.grades for j in judgments() if j.corpus == "town" and text in (j.q, j.plain)), {})
    with tempfile.TemporaryDirectory() as folder:
        for name, ask in (("ours", ours("town", Path(folder))), ("fts5", peer("town"))):
            print(name)
            for ref in ask(text):
                print(f"  {grades.get(ref, 0)} {ref:9} {docs[ref].text[:150]}")


if __name__ == "__main__":
    main()
