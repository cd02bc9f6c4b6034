"""How long the moderator's queue takes with a thousand cases and with a million: the ratio, in one run.

Run: ``python -m benchmarks.queue [--large 1000000]``. Both databases are real ones of the portal, and all
cases are one officer's. Asked for turn by turn: the next case, the first page, a page half way down, and
taking in an inbox with nothing new. The control pages by OFFSET, as is often done. Ratios are of medians;
asked is below 2. Writes benchmarks/results/queue.json.
"""

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.kernel.clock import StoppedClock
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.work import House, Work, settle, work
from portal.migrations.upgrade import upgrade
from portal.office.audit.acts import record_events
from portal.office.moderation import reads
from portal.office.moderation.intake import take_in
from portal.office.moderation.rules import CaseState
from portal.office.moderation.tables import Case
from portal.publication.signing import signer_of
from portal.settings import Settings

RESULTS = Path(__file__).parent / "results" / "queue.json"
SMALL, LARGE, TURNS, ASKED = 1_000, 1_000_000, 60, 2.0
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OFFICER = 1
_STATES = ("waiting", "waiting", "waiting", "refusal_proposed", "appealed", "shown", "shown", "shown")
_WORDS = "Đường vào ngõ vẫn ngập mỗi khi mưa lớn, đề nghị làm rõ (số liệu minh họa)."

Question = Callable[[Work], object]


def cases(count: int) -> Iterator[tuple[Any, ...]]:
    """``count`` cases, deadlines a second apart, keys in no order."""
    for n in range(count):
        key = (n * 2_654_435_761) % (1 << 40) + 1
        due = NOW + timedelta(seconds=n)
        yield (
            key, f"r{n}", f"{n:064x}", key, "ct0", f"ck{n % 200}", "opinion", "Người dân", 0, _WORDS, "[]",
            key, NOW.isoformat(), NOW.date().isoformat(), due.isoformat(), 0, _STATES[n % len(_STATES)],
            OFFICER, "", "", 1,
        )  # fmt: skip


_INSERT = (
    "INSERT INTO office_case (id, ref, code, comment_key, programme, commitment, kind, shown_as, "
    "has_personal, words, signals, cluster, received_at, received_on, due_at, is_breached, state, "
    f"assigned_id, note, plea, version) VALUES ({', '.join('?' * 21)})"
)


def office(folder: Path, count: int) -> Flask:
    """The desk's side over a database with ``count`` cases."""
    file = folder / "portal.sqlite"
    settings = Settings(instance=folder, database_url=f"sqlite:///{file}", search_index=folder / "index")
    upgrade(settings)
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.executemany(_INSERT, cases(count))
    raw.close()
    app = Flask(f"queue-{count}")
    configure(app, settings, DoorRole.DESK)
    settle(app, House(settings, StoppedClock(NOW), record_events=record_events))
    return app


def questions(count: int) -> dict[str, Question]:
    """What is asked of a desk with ``count`` cases."""
    waiting, middle = (CaseState.WAITING,), reads.Place(NOW + timedelta(seconds=count // 2), 0)
    by_offset = (
        select(Case)
        .where(Case.assigned_id == OFFICER, Case.state == "waiting")
        .order_by(Case.due_at, Case.id)
        .limit(reads.PAGE)
        .offset(count * 3 // 16)  # three in eight wait; half of these lie before the middle
    )
    return {
        "next case": lambda w: reads.next_case(w, OFFICER),
        "first page": lambda w: reads.queue(w, OFFICER, waiting),
        "page half way down": lambda w: reads.queue(w, OFFICER, waiting, after=middle),
        "looking into the inbox": lambda w: take_in(w, signer=signer_of(w.settings)),
        "control: the same page by OFFSET": lambda w: w.session.scalars(by_offset).all(),
    }


def timed(app: Flask, ask: Question) -> float:
    """Milliseconds of ``ask``, the transaction around it left out."""
    with app.app_context(), work() as w:
        start = time.perf_counter()
        ask(w)
        return (time.perf_counter() - start) * 1000


def compare(small: Flask, large: Flask, sizes: Sequence[int]) -> dict[str, dict[str, float]]:
    """Medians and ratios, both sides asked turn by turn."""
    found: dict[str, dict[str, float]] = {}
    ask_small, ask_large = questions(sizes[0]), questions(sizes[1])
    for name in ask_small:
        pairs = [(timed(small, ask_small[name]), timed(large, ask_large[name])) for _ in range(TURNS)]
        few, many = (statistics.median(side) for side in zip(*pairs, strict=True))
        found[name] = {"small_ms": round(few, 3), "large_ms": round(many, 3), "ratio": round(many / few, 2)}
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE)
    sizes = (SMALL, parser.parse_args().large)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        small, large = office(Path(one), sizes[0]), office(Path(other), sizes[1])
        found = compare(small, large, sizes)
        for app in (small, large):
            with app.app_context():
                db.engine.dispose()
    for name, row in found.items():
        print(f"{name:35} {row['small_ms']:9.3f} ms {row['large_ms']:9.3f} ms   x {row['ratio']}")
    kept = {"cases": list(sizes), "asked_below": ASKED, "questions": found}
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
