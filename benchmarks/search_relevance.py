"""How good the search is: nDCG@10 over our own judgments, typed with accents and without.

Run: ``python -m benchmarks.search_relevance [--verbose]``. Writes benchmarks/results/search_relevance.json.
The peer is SQLite FTS5 (bm25) over the same searched texts, accents and đ folded for it.
"""

import json
import math
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import mean

from benchmarks.list_log import ListLog
from benchmarks.sample_town import commitments, units
from portal.kernel.text import fold
from portal.record.documents import CommitmentDoc
from portal.record.search import Judged, Query, Searcher, Writer
from portal.record.search.terms import words

_HERE = Path(__file__).resolve().parent
_TODAY = date(2026, 11, 24)
_DEPTH = 10

Ask = Callable[[str], Sequence[str]]


def ndcg(refs: Sequence[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, gain 2**grade - 1."""
    ideal = sorted(grades.values(), reverse=True)[:_DEPTH]
    got = [grades.get(ref, 0) for ref in refs[:_DEPTH]]
    return _dcg(got) / _dcg(ideal)


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**g - 1) / math.log2(place + 2) for place, g in enumerate(grades))


def judgments() -> list[dict[str, object]]:
    """The judged queries; grades by reference."""
    found = json.loads((_HERE / "judgments.json").read_text("utf-8"))["queries"]
    for query in found:
        query["grades"] = {ref: int(g) for g, refs in query["grades"].items() for ref in refs}
    return list(found)


def ours(folder: Path) -> Ask:
    """The portal's search over the sample town."""
    log = ListLog([*units().values(), *commitments()])
    Writer(folder).follow(log)
    searcher = Searcher(folder, log, lambda _doc, _today: Judged("on_track"))
    return lambda text: searcher.search(Query(text=text), today=_TODAY).refs


def peer() -> Ask:
    """FTS5: all words, else any word, by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE c USING fts5(ref UNINDEXED, body)")
    db.executemany("INSERT INTO c VALUES (?, ?)", [(doc.ref, _text(doc)) for doc in commitments()])
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


def measure(ask: Ask, form: str) -> dict[str, float]:
    """nDCG@10 for every query, by its accented spelling; ``form``: q or plain."""
    # the file of judgments holds what its name says
    return {str(j["q"]): ndcg(ask(str(j[form])), dict(j["grades"])) for j in judgments()}  # type: ignore[call-overload]


def main() -> None:
    """Print the table, write the JSON."""
    with tempfile.TemporaryDirectory() as folder:
        us, them = ours(Path(folder)), peer()
        accented, plain = measure(us, "q"), measure(us, "plain")
        peer_accented, peer_plain = measure(them, "q"), measure(them, "plain")
    kinds = defaultdict(list)
    for j in judgments():
        kinds[str(j["kind"])].append(str(j["q"]))
    print(f"nDCG@{_DEPTH}, {len(accented)} câu hỏi{'':21}có dấu  không dấu | FTS5 có dấu  không dấu")
    for kind, queries in kinds.items():
        row = [mean(table[q] for q in queries) for table in (accented, plain, peer_accented, peer_plain)]
        print(f"  {kind:30} {len(queries):4} " + "      ".join(f"{value:.3f}" for value in row))
    summary = {
        "queries": len(accented),
        "accented": round(mean(accented.values()), 4),
        "unaccented": round(mean(plain.values()), 4),
        "difference": round(abs(mean(accented.values()) - mean(plain.values())), 4),
        "fts5_accented": round(mean(peer_accented.values()), 4),
        "fts5_unaccented": round(mean(peer_plain.values()), 4),
    }
    print(json.dumps(summary, indent=1))
    if "--verbose" in sys.argv:
        for q, value in sorted(accented.items(), key=lambda item: item[1]):
            if min(value, plain[q]) < 0.95:
                print(f"  {value:.2f} {plain[q]:.2f}  {q}")
    results = _HERE / "results"
    results.mkdir(exist_ok=True)
    (results / "search_relevance.json").write_text(json.dumps(summary, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
