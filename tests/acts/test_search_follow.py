"""The index follows the log: up to date, rebuilt when in doubt, one writer, whole after any kill."""

import json
import os
import random
import signal
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from paper_log import TODAY, PaperLog, judge, place, promise

from portal.record.documents import CommitmentDoc, Kind
from portal.record.search import Judged, Query, Searcher, Writer, WriterBusy, folder, writer

WORDS = (
    "quy hoạch",
    "thu ngân sách",
    "đất đai",
    "xây dựng",
    "y tế",
    "trường học",
    "môi trường",
    "giao thông",
)


def invented(count: int) -> list[CommitmentDoc]:
    """Seeded promises, some of them corrections of earlier ones."""
    rng = random.Random(7)
    return [promise(f"c{rng.randrange(count)}", " ".join(rng.sample(WORDS, 5))) for _ in range(count)]


def log_of(count: int) -> PaperLog:
    """A unit and ``count`` publications."""
    return PaperLog(place("Phường Minh Họa", "10001"), *invented(count))


def answers(searcher: Searcher) -> list[object]:
    """What a searcher says to a few questions."""
    asked = [Query(), Query(text="quy hoạch"), Query(text="dat dai"), Query(text="y tế", sort="newest")]
    return [searcher.search(query, today=TODAY) for query in asked]


def from_disk(path: Path, log: PaperLog) -> Searcher:
    """A searcher that had to trust the index on disk."""
    searcher = Searcher(path, log, judge)
    assert searcher.doubt is None
    return searcher


def from_log(log: PaperLog) -> Searcher:
    """A searcher without an index."""
    searcher = Searcher(Path("/nonexistent"), log, judge)
    assert searcher.doubt == "no index yet"
    return searcher


def test_following_reaches_the_head_and_answers_as_the_log_does(tmp_path: Path) -> None:
    log = log_of(40)
    assert Writer(tmp_path).follow(log) == log.head()
    assert answers(from_disk(tmp_path, log)) == answers(from_log(log))


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    log = log_of(5)
    Writer(tmp_path).follow(log)
    before = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    Writer(tmp_path).follow(log)
    assert {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == before


def test_small_steps_are_joined_and_answer_the_same(tmp_path: Path) -> None:
    log = PaperLog(place("Phường Minh Họa", "10001"))
    follower = Writer(tmp_path)
    for doc in invented(40):
        log.publish(doc)
        follower.follow(log)
    assert len(list(tmp_path.glob("*.pst"))) <= writer._SEGMENTS + 1
    assert answers(from_disk(tmp_path, log)) == answers(from_log(log))


def test_all_segments_are_joined_when_the_last_ones_are_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_SEGMENTS", 2)
    monkeypatch.setattr(writer, "_SMALL", 0)
    log = log_of(1)
    follower = Writer(tmp_path)
    for doc in invented(4):
        log.publish(doc)
        follower.follow(log)
    assert len(list(tmp_path.glob("*.pst"))) <= 2
    assert answers(from_disk(tmp_path, log)) == answers(from_log(log))


def test_a_searcher_sees_the_tail_at_once_and_without_the_writer(tmp_path: Path) -> None:
    log = log_of(10)
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    assert searcher.search(Query(text="khoáng sản"), today=TODAY).total == 0
    position = log.publish(promise("new", "Cấp phép khoáng sản"))
    found = searcher.search(Query(text="khoáng sản"), today=TODAY)
    assert (found.refs, found.position) == (("new",), position + 1)
    log.publish(promise("new", "Cấp phép xây dựng"))
    assert searcher.search(Query(text="khoáng sản"), today=TODAY).total == 0


def test_a_long_tail_is_exchanged_for_the_newer_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.record.search.searcher._LONGEST_TAIL", 5)
    log = log_of(3)
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    for doc in invented(12):
        log.publish(doc)
        answers(searcher)
    Writer(tmp_path).follow(log)
    log.publish(promise("last", "Đất đai"))
    assert answers(searcher) == answers(from_log(log))
    assert searcher._shelf.tail < 5


def test_a_long_tail_without_an_index_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.record.search.searcher._LONGEST_TAIL", 2)
    log = log_of(3)
    searcher = from_log(log)
    for doc in invented(4):
        log.publish(doc)
        assert answers(searcher) == answers(from_log(log))


def test_a_log_that_gives_less_than_it_promised_ends_the_reading(tmp_path: Path) -> None:
    class Hasty(PaperLog):
        def head(self) -> int:
            return len(self.entries) + 3

    log = Hasty(promise("c", "Quy hoạch"))
    assert from_log(log).search(Query(text="quy hoạch"), today=TODAY).refs == ("c",)


def test_a_log_put_back_to_an_earlier_state_is_noticed(tmp_path: Path) -> None:
    log = log_of(10)
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    del log.entries[6:]
    assert answers(searcher) == answers(from_log(log))
    assert searcher.doubt == "the index is ahead of the log"


@pytest.mark.parametrize("act", ["withdraw", "redact"])
def test_what_is_taken_down_leaves_the_answers_and_the_files(tmp_path: Path, act: str) -> None:
    log = log_of(20)
    position = log.publish(promise("gone", "Bí_mật xylophonist"))
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"xylophonist" in files  # the control: it was there
    if act == "withdraw":
        log.withdraw(Kind.COMMITMENT, "gone")
    else:
        log.redact(position)
    assert searcher.search(Query(text="xylophonist"), today=TODAY).total == 0
    Writer(tmp_path).follow(log)
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"xylophonist" not in files
    assert b"gone" not in files
    assert answers(from_disk(tmp_path, log)) == answers(from_log(log))


def test_erasing_an_old_text_keeps_the_document_and_clears_the_files(tmp_path: Path) -> None:
    log = PaperLog()
    old = log.publish(promise("c", "Việc của xylophonist"))
    log.publish(promise("c", "Việc đã sửa"))
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    log.redact(old)
    Writer(tmp_path).follow(log)
    for one in (searcher, from_disk(tmp_path, log), from_log(log)):
        assert one.search(Query(text="đã sửa"), today=TODAY).refs == ("c",)
    assert not any(b"xylophonist" in p.read_bytes() for p in tmp_path.iterdir())


# --- doubt ------------------------------------------------------------------------------------------


def _damage_a_file(path: Path) -> None:
    target = max(path.glob("*.pst"), key=lambda p: p.stat().st_size)
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(content)


def _cut_a_file(path: Path) -> None:
    target = next(path.glob("*.trm"))
    target.write_bytes(target.read_bytes()[:-7])


def _lose_a_file(path: Path) -> None:
    next(path.glob("*.pst")).unlink()


def _lose_the_manifest(path: Path) -> None:
    (path / folder.MANIFEST).unlink()


def _tear_the_manifest(path: Path) -> None:
    manifest = path / folder.MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-20])


def _change(path: Path, **values: object) -> None:
    manifest = path / folder.MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **values}))


def _open_to_everybody(path: Path) -> None:
    next(path.glob("*.pst")).chmod(0o666)


def _link_elsewhere(path: Path) -> None:
    target = next(path.glob("*.pst"))
    moved = target.rename(path / "elsewhere")
    target.symlink_to(moved)


def _seal_rubbish(path: Path) -> None:
    toc = next(path.glob("*.toc"))
    toc.write_bytes(b"rubbish")
    files = json.loads((path / folder.MANIFEST).read_text())["files"]
    _change(path, files={**files, toc.name: [7, zlib.crc32(b"rubbish")]})


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a flipped bit": _damage_a_file,
    "a cut file": _cut_a_file,
    "a lost file": _lose_a_file,
    "no manifest": _lose_the_manifest,
    "a torn manifest": _tear_the_manifest,
    "another format": lambda path: _change(path, format="0"),
    "ahead of the log": lambda path: _change(path, position=10**6),
    "another log": lambda path: _change(path, fingerprint="00" * 32),
    "a file outside": lambda path: _change(path, files={"../x": [1, 1]}),
    "a field too many": lambda path: _change(path, more=1),
    "writable by all": _open_to_everybody,
    "sound checksums over rubbish": _seal_rubbish,
    "a symbolic link": _link_elsewhere,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_doubtful_index_is_told_avoided_and_rebuilt(tmp_path: Path, damage: str) -> None:
    log = log_of(30)
    follower = Writer(tmp_path)
    follower.follow(log)
    assert follower.doubt(log) is None  # the control
    DAMAGE[damage](tmp_path)
    assert follower.doubt(log)
    searcher = Searcher(tmp_path, log, judge)
    assert searcher.doubt == follower.doubt(log)
    assert answers(searcher) == answers(from_log(log))
    Writer(tmp_path).follow(log)
    assert follower.doubt(log) is None
    assert answers(from_disk(tmp_path, log)) == answers(from_log(log))


def test_only_index_files_are_ever_swept(tmp_path: Path) -> None:
    stranger = tmp_path / "thư của tôi.txt"
    stranger.write_text("giữ lại")
    (tmp_path / "public00000000_left.trm").write_text("left by a killed writer")
    (tmp_path / "public00000000.tmp").mkdir()
    Writer(tmp_path).follow(log_of(3))
    assert stranger.exists()
    assert not list(tmp_path.glob("public00000000*"))


# --- one writer, and kills --------------------------------------------------------------------------


def test_two_writers_exclude_each_other(tmp_path: Path) -> None:
    log = log_of(3)
    with folder.only_writer(tmp_path), pytest.raises(WriterBusy):
        Writer(tmp_path).follow(log)
    with folder.only_writer(tmp_path), pytest.raises(WriterBusy):
        Writer(tmp_path).rebuild(log)
    assert Writer(tmp_path).follow(log) == log.head()


def in_child(work: Callable[[], None]) -> int:
    """Fork a process that does ``work`` and nothing else; returns its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_ten_kills_while_following_leave_a_sound_index(tmp_path: Path) -> None:
    log = log_of(120)
    rng = random.Random(1)

    def keep_following() -> None:
        for size in range(1, log.head() + 1, 3):
            shorter = PaperLog()
            shorter.entries = log.entries[:size]
            Writer(tmp_path).follow(shorter)

    found_sound = 0
    for _ in range(10):
        Writer(tmp_path).rebuild(PaperLog())
        child = in_child(keep_following)
        time.sleep(rng.uniform(0.02, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found_sound += Writer(tmp_path).doubt(log) is None
        assert answers(Searcher(tmp_path, log, judge)) == answers(from_log(log))
        Writer(tmp_path).follow(log)
        assert answers(from_disk(tmp_path, log)) == answers(from_log(log))
    assert found_sound == 10


def _die_at(call: int) -> None:
    """Let this process be killed just before its ``call``-th durable step."""
    left = [call]

    def watched(step: Callable[..., object]) -> Callable[..., object]:
        def doomed(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **named)

        return doomed

    for name in ("fsync", "rename", "replace", "remove", "unlink", "rmdir"):
        setattr(os, name, watched(getattr(os, name)))


@pytest.mark.parametrize("kind", ["grows", "must forget"])
def test_a_kill_before_any_step_of_a_commit_leaves_the_old_index_or_the_new(
    tmp_path: Path, kind: str
) -> None:
    log = log_of(12)
    longer = PaperLog(*(e.document for e in log.entries if e.document))
    longer.publish(promise("last", "Đất đai"))
    if kind == "must forget":
        longer.withdraw(Kind.COMMITMENT, "last")
        longer.withdraw(Kind.COMMITMENT, log.entries[-1].ref)
    kills = 0
    for call in range(1, 200):
        Writer(tmp_path).rebuild(log)

        def follow(call: int = call) -> None:
            _die_at(call)
            Writer(tmp_path).follow(longer)

        _, status = os.waitpid(in_child(follow), 0)
        assert Writer(tmp_path).doubt(longer) is None
        assert answers(from_disk(tmp_path, longer)) == answers(from_log(longer))
        if not os.WIFSIGNALED(status):
            break
        kills += 1
    assert kills > 5
    assert folder.load(tmp_path).position == longer.head()


def test_many_threads_ask_while_the_log_grows(tmp_path: Path) -> None:
    log = log_of(20)
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    done = threading.Event()
    totals: list[list[int]] = [[] for _ in range(4)]
    faults: list[BaseException] = []

    def ask(mine: list[int]) -> None:
        try:
            while not done.is_set():
                mine.append(searcher.search(Query(text="khoáng sản"), today=TODAY).total)
        except BaseException as e:  # the test looks at it
            faults.append(e)

    threads = [threading.Thread(target=ask, args=(mine,)) for mine in totals]
    for thread in threads:
        thread.start()
    for n in range(60):
        log.publish(promise(f"k{n}", "Khoáng sản"))
        searcher.search(Query(), today=TODAY)
    done.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert all(mine == sorted(mine) for mine in totals)
    assert searcher.search(Query(text="khoáng sản"), today=TODAY).total == 60


def test_a_standing_follows_the_day_and_is_worked_out_once_a_document(tmp_path: Path) -> None:
    log = log_of(10)
    Writer(tmp_path).follow(log)
    calls: list[str] = []

    def counted(doc: CommitmentDoc, today: date) -> Judged:
        calls.append(doc.ref)
        return judge(doc, today)

    searcher = Searcher(tmp_path, log, counted)
    searcher.prepare(TODAY)
    asked = len(calls)
    assert asked > 0
    searcher.search(Query(), today=TODAY)
    assert len(calls) == asked
    log.publish(promise("one", "Thêm một"))
    searcher.search(Query(), today=TODAY)
    assert len(calls) == asked + 1
    later = TODAY.replace(year=2030)
    late = searcher.search(Query(standing="overdue"), today=later)
    assert late.total == searcher.search(Query(), today=later).total
    assert searcher.search(Query(standing="overdue"), today=TODAY).total == 0
    for year in range(2031, 2036):
        searcher.prepare(TODAY.replace(year=year))
    assert searcher.search(Query(standing="overdue"), today=TODAY).total == 0


def test_a_corrected_promise_keeps_its_first_publication(tmp_path: Path) -> None:
    log = PaperLog(promise("old", "Việc"), promise("young", "Việc"))
    Writer(tmp_path).follow(log)
    log.publish(replace(promise("old", "Việc khác"), measure_unit="%"))
    Writer(tmp_path).follow(log)
    searcher = from_disk(tmp_path, log)
    assert searcher.search(Query(sort="newest"), today=TODAY).refs == ("young", "old")
    assert searcher.search(Query(sort="updated"), today=TODAY).refs == ("old", "young")
