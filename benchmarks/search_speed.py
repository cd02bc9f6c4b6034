"""How fast the search is beside SQLite FTS5, in one run, on the same invented texts and questions.

Run: ``python -m benchmarks.search_speed [--count 10000]``. Both sides deliver a whole page: ten
commitments with highlights, the total, and counts by unit, area and standing. Prints milliseconds and
ratios (below 1: ours is faster), writes benchmarks/results/search_speed.json.
"""

import argparse
import json
import random
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import corpus, fts5_peer
from benchmarks.list_log import ListLog
from portal.kernel.text import fold
from portal.record.documents import CommitmentDoc
from portal.record.search import Query, Searcher, Writer, highlight

_HERE = Path(__file__).resolve().parent
_RESULTS = _HERE / "results"
_HOSTILE = _HERE.parent / "samples" / "hostile_queries.json"
_SEED = 2026
_QUESTIONS = 240
_COLD = 60


def questions(docs: Sequence[CommitmentDoc]) -> list[str]:
    """Seeded questions: stretches of the texts, single words, scattered words, names; a third plain."""
    rng = random.Random(_SEED)
    found = []
    while len(found) < _QUESTIONS:
        doc = rng.choice(docs)
        text = rng.choice((doc.text, doc.text, doc.indicator, doc.holder.unit.name, doc.coordinators[0]))
        said = text.replace(";", " ").replace(",", " ").strip(".").split()
        length = rng.choice((1, 2, 2, 3, 3, 4, 5, 6))
        start = rng.randrange(max(1, len(said) - length))
        some = (
            rng.sample(said, min(length, len(said))) if rng.random() < 0.1 else said[start : start + length]
        )
        question = " ".join(some)
        if rng.random() < 0.04:  # a slip of the hand
            place = rng.randrange(len(question))
            question = question[:place] + question[place + 1 :]
        found.append(fold(question) if rng.random() < 0.35 else question)
    return [question for question in found if question.strip()]


def variants(asked: Sequence[str], docs: Sequence[CommitmentDoc]) -> dict[str, list[Query]]:
    """The same questions as a first page, sorted by deadline, and filtered."""
    rng = random.Random(_SEED + 1)
    plain = [Query(text=text) for text in asked]
    filtered = []
    for query in plain:
        doc = rng.choice(docs)
        standing = corpus.standing_of(doc, corpus.TODAY)
        chosen = rng.choice(
            ({"unit": doc.holder.unit.slug}, {"area": doc.areas[0].code}, {"standing": standing})
        )
        filtered.append(replace(query, **chosen))
    return {
        "first page": plain,
        "sorted by deadline": [replace(query, sort="deadline") for query in plain],
        "filtered": filtered,
    }


class Ours:
    """The portal's side of the comparison: search, then texts of the page from SQLite, then marks."""

    def __init__(self, folder: Path, log: ListLog, texts: sqlite3.Connection) -> None:
        self.searcher = Searcher(folder, log, corpus.judge)
        self.searcher.prepare(corpus.TODAY)
        self._texts = texts

    def ask(self, query: Query) -> int:
        """One whole page; returns the total."""
        found = self.searcher.search(query, today=corpus.TODAY)
        marks = ",".join("?" * len(found.refs))
        rows = self._texts.execute(f"SELECT ref, text FROM t WHERE ref IN ({marks})", found.refs).fetchall()
        texts = dict(rows)
        for ref in found.refs:
            highlight(texts[ref], query.text)
        return found.total

    def begin(self, query: Query) -> int:
        """Suggestions while the text of ``query`` is being typed; how many commitments they rest on."""
        return len(self.searcher.begin(query.text, today=corpus.TODAY).refs)


def milliseconds(ask: Callable[[Query], object], queries: Sequence[Query], times: int = 1) -> list[float]:
    """How long each question takes: the best of ``times``, which leaves out the neighbours' noise."""
    return [min(_once(ask, query) for _ in range(times)) for query in queries]


def _once(ask: Callable[[Query], object], query: Query) -> float:
    start = time.perf_counter()
    ask(query)
    return (time.perf_counter() - start) * 1000


def summary(spent: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    parts = quantiles(spent, n=20, method="inclusive")
    return {"p50": round(parts[9], 3), "p95": round(parts[18], 3), "max": round(max(spent), 3)}


def compare(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, Any]:
    """Both sides and the ratio ours / theirs."""
    a, b = summary(ours), summary(theirs)
    ratio = {key: round(a[key] / b[key], 3) for key in ("p50", "p95")}
    return {"ours_ms": a, "fts5_ms": b, "ratio": ratio}


def text_table(path: Path, docs: Sequence[CommitmentDoc]) -> sqlite3.Connection:
    """The texts by reference, as a page would read them."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t(ref TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID")
    db.executemany("INSERT INTO t VALUES (?, ?)", ((doc.ref, doc.text) for doc in docs))
    db.commit()
    return db


def warm(ours: Ours, peer: sqlite3.Connection, asked: dict[str, list[Query]]) -> dict[str, Any]:
    """Every question once to fill caches, then measured, both sides in turn."""
    found = {}
    for name, queries in asked.items():
        for query in queries:
            ours.ask(query)
            fts5_peer.ask(peer, query)
        us = milliseconds(ours.ask, queries, times=3)
        them = milliseconds(lambda query: fts5_peer.ask(peer, query), queries, times=3)
        found[name] = compare(us, them)
    return found


def cold(folder: Path, log: ListLog, texts: sqlite3.Connection, peer: Path, asked: Sequence[Query]) -> Any:
    """A new searcher and a new connection for every question; the opening itself is not counted."""
    us, them = [], []
    for query in asked:
        us.append(_once(Ours(folder, log, texts).ask, query))
        db = fts5_peer.connect(peer)
        them.append(_once(lambda asked, db=db: fts5_peer.ask(db, asked), query))
        db.close()
    return compare(us, them)


def hostile(ours: Ours) -> dict[str, Any]:
    """The slowest of the hostile questions, each asked for the first time."""
    entries = json.loads(_HOSTILE.read_text("utf-8"))
    texts = [entry if isinstance(entry, str) else entry[0] * entry[1] for entry in entries]
    spent = [(_once(ours.ask, Query(text=text)), text[:40]) for text in texts]
    worst, text = max(spent)
    typed = [_once(ours.begin, Query(text=text)) for text in texts]
    return {
        "questions": len(texts),
        "worst_ms": round(worst, 1),
        "worst": ascii(text),
        "suggestions_worst_ms": round(max(typed), 1),
    }


def agreement(ours: Ours, peer: sqlite3.Connection, queries: Sequence[Query]) -> float:
    """The share of questions with the same total; ours also reads slips, abbreviations and old names."""
    same = sum(ours.ask(query) == fts5_peer.ask(peer, query).total for query in queries)
    return round(same / len(queries), 3)


def upkeep(folder: Path, log: ListLog, ours: Ours, doc: CommitmentDoc) -> dict[str, float]:
    """Milliseconds: to look when nothing is new, to see a write, to bring the index up to one write."""
    writer = Writer(folder)
    writer.follow(log)
    empty = Query(size=1)
    looks = milliseconds(ours.ask, [empty] * 50)
    seen, followed = [], []
    for n in range(10):
        log.publish(replace(doc, ref=f"fresh{n}"))
        seen += milliseconds(lambda _: ours.searcher.prepare(corpus.TODAY), [empty])
        followed += milliseconds(lambda _: writer.follow(log), [empty])
    return {
        "browse_everything_nothing_new": summary(looks)["p50"],
        "see_one_write": summary(seen)["p50"],
        "follow_one_write": summary(followed)["p50"],
    }


def memory(folder: Path, log: ListLog, queries: Sequence[Query]) -> float:
    """Megabytes of Python objects a searcher holds after all questions."""
    tracemalloc.start()
    searcher = Searcher(folder, log, corpus.judge)
    for query in queries:
        searcher.search(query, today=corpus.TODAY)
    held = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    return round(held, 1)


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Everything, in one run."""
    units = corpus.units(_SEED, 114)
    docs = list(corpus.commitments(_SEED, count, units))
    log = ListLog([*units, *docs])
    start = time.perf_counter()
    Writer(folder / "index").rebuild(log)
    built = time.perf_counter()
    fts5_peer.build(folder / "fts5.sqlite", docs, lambda doc: corpus.standing_of(doc, corpus.TODAY))
    texts = text_table(folder / "texts.sqlite", docs)
    asked = variants(questions(docs), docs)
    opened = time.perf_counter()
    ours = Ours(folder / "index", log, texts)
    ready = time.perf_counter()
    peer = fts5_peer.connect(folder / "fts5.sqlite")
    first = asked["first page"]
    return {
        "commitments": count,
        "questions": len(first),
        "warm": warm(ours, peer, asked),
        "cold first page": cold(folder / "index", log, texts, folder / "fts5.sqlite", first[:_COLD]),
        "hostile": hostile(ours),
        "same total": agreement(ours, peer, first),
        "upkeep_ms": upkeep(folder / "index", log, ours, docs[0]),
        "memory_mb": memory(folder / "index", log, first),
        "build_s": round(built - start, 1),
        "open_and_prepare_ms": round((ready - opened) * 1000),
        "note": "Văn bản do máy ghép (số liệu minh họa); tỷ lệ dưới 1 là nhanh hơn FTS5 trong cùng lần chạy.",
    }


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options.parse_args().count, Path(folder))
    text = json.dumps(found, indent=1, ensure_ascii=False)
    print(text)
    _RESULTS.mkdir(exist_ok=True)
    (_RESULTS / "search_speed.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
