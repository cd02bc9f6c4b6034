"""Hostile uploads: none is kept unsanitised, each within 256 MB and 5 seconds, each told how to mend it."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import papers
import pytest
from hostile_files import hostile_files
from hostile_papers import CLEANED

from portal.office.evidence import apart
from portal.office.evidence.apart import clean_in_child, clean_measured
from portal.office.evidence.caps import MB, Caps
from portal.office.evidence.cleaning import clean
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind
from portal.office.evidence.wording import Reason

HOSTILE = {f"{place:03d}": hostile for place, hostile in enumerate(hostile_files())}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, hostile in HOSTILE.items():
        (folder / name).write_bytes(hostile.make())
    script = Path(__file__).parents[1] / "measure_evidence.py"
    done = subprocess.run([sys.executable, script, folder], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60
    assert len({hostile.name for hostile in HOSTILE.values()}) == len(HOSTILE)


@pytest.mark.parametrize("name", HOSTILE, ids=[hostile.name for hostile in HOSTILE.values()])
def test_hostile_file_is_refused_or_comes_out_clean(name: str, outcomes: dict[str, Any]) -> None:
    found = outcomes[name]
    assert found["outcome"] in HOSTILE[name].may
    if found["outcome"] == CLEANED:
        check_out(bytes.fromhex(found["copy"]), Kind(found["kind"]))
    else:
        assert "Ông/bà" in found["sentence"] or "ông/bà" in found["sentence"]


def test_none_takes_more_than_it_may(outcomes: dict[str, Any]) -> None:
    caps = Caps()
    assert max(found["peak"] for found in outcomes.values()) <= caps.memory == 256 * MB
    # The kernel ends a process at its limit, counted in whole seconds.
    assert max(found["cpu"] for found in outcomes.values()) <= caps.cpu_seconds + 1
    assert max(found["peak"] for found in outcomes.values()) > 150 * MB, "no file tried the limit"


def test_a_parser_that_never_ends_is_ended() -> None:
    endless = papers.pdf(draws=b"0 0 m 500 800 l S\n" * 40_000, pages=60)
    answer, spent = clean_measured(endless, filename="a.pdf", caps=Caps(cpu_seconds=1))
    assert isinstance(answer, FileRefused)
    assert answer.reason is Reason.TOO_HEAVY
    assert spent.exit_code in (-signal.SIGXCPU, -signal.SIGKILL)
    assert spent.cpu_seconds <= 2


def test_memory_is_what_the_caps_say() -> None:
    photo = papers.saved(papers.picture((4000, 3000)), "JPEG")
    with pytest.raises(FileRefused) as caught:
        clean_in_child(photo, filename="a.jpg", caps=Caps(memory=70 * MB))
    assert caught.value.reason is Reason.TOO_HEAVY
    assert clean_in_child(photo, filename="a.jpg").width == 4000


def test_a_child_that_waits_is_ended_by_the_clock() -> None:
    with pytest.raises(FileRefused) as caught:
        clean_in_child(papers.png(), filename="a.png", caps=Caps(wall_seconds=0))
    assert caught.value.reason is Reason.TOO_HEAVY


def test_a_copy_larger_than_it_may_be_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        clean_in_child(papers.png(), filename="a.png", caps=Caps(published_bytes=50))
    assert caught.value.reason is Reason.COPY_TOO_BIG


def test_what_one_process_made_another_must_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = papers.with_chunk(papers.png(), b"tEXt", b"a\0b")
    said: list[dict[str, str]] = []

    def taken_over(task: dict[str, str], data: bytes, caps: Caps) -> Any:
        said.append(task)
        answer, spent = asked(task, data, caps)
        return ((answer[0], forged), spent) if "filename" in task else (answer, spent)

    asked = apart._ask
    monkeypatch.setattr(apart, "_ask", taken_over)
    with pytest.raises(FileRefused) as caught:
        clean_in_child(papers.png(), filename="a.png")
    assert caught.value.reason is Reason.NOT_REBUILT
    assert [list(task) for task in said] == [["filename"], ["check"]]


def test_child_and_parent_give_the_same_copy() -> None:
    for data in (papers.png(), papers.jpeg(), papers.webp(), papers.pdf(), papers.xlsx(), papers.docx()):
        assert clean_in_child(data, filename="a") == clean(data, filename="a")


_WATCHED = """
import os, sys
from portal.office.evidence.apart import clean_measured
written = []
def watch(event, args):
    named = event == "open" and isinstance(args[0], (str, bytes)) and args[0] != os.devnull
    if named and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(args[0])
sys.addaudithook(watch)
data = sys.stdin.buffer.read()
clean_measured(data, filename="a")
if sys.argv[1] == "control":
    open(sys.argv[2], "wb").close()
print(len(written))
"""


@pytest.mark.parametrize(("how", "opened"), [("as it is", "0"), ("control", "1")])
def test_no_file_is_opened_for_writing(how: str, opened: str, tmp_path: Path) -> None:
    for data in (papers.png(), papers.png()[:-9]):
        done = subprocess.run(
            [sys.executable, "-I", "-c", _WATCHED, how, tmp_path / "x"],
            input=data,
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().strip() == opened


_WALLED = """
import os, socket, sys
from portal.office.evidence import walls
if sys.argv[1] == "walled":
    walls.limit(cpu_seconds=5, memory=256 << 20)
    print("filter", walls.close_in(), flush=True)
TRIES = {
    "read": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "write": lambda: os.open("/dev/shm/evidence-wall", os.O_WRONLY | os.O_CREAT),
    "list": lambda: os.listdir("/"),
    "connect": lambda: socket.socket(),
    "fork": lambda: os.fork() or os._exit(0),
    "kill": lambda: os.kill(os.getppid(), 0),
    "memory": lambda: bytearray(300 << 20),
}
for name, attempt in TRIES.items():
    try:
        attempt()
        print(name, "done", flush=True)
    except (OSError, MemoryError):
        print(name, "refused", flush=True)
"""


def _tried(how: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", _WALLED, how], capture_output=True, text=True, check=True
    )
    return dict(line.split() for line in done.stdout.splitlines())


def test_behind_the_walls_nothing_can_be_opened_or_reached() -> None:
    walled, free = _tried("walled"), _tried("free")
    names = set(free)
    assert {free[name] for name in names} == {"done"}, "the control must be able to do all of it"
    if walled.pop("filter") == "False":
        pytest.skip("this kernel or processor has no system-call filter; only the limits stand")
    assert {walled[name] for name in names} == {"refused"}


@pytest.mark.parametrize("name", ["bao-cao-TOI-MAT.pdf", "kế hoạch mật.xlsx", "TUYET MAT.png"])
def test_a_stamp_in_the_name_refuses(name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        clean(papers.png(), filename=name)
    assert caught.value.reason is Reason.STAMP
    assert "tên tệp" in caught.value.sentence
    assert "mật.xlsx" not in caught.value.sentence


def test_the_kind_is_told_by_content_never_by_name() -> None:
    assert clean(papers.png(), filename="bang-tinh.xlsx").kind is Kind.PNG
    with pytest.raises(FileRefused):
        clean(b"MZ" + bytes(100), filename="anh.png")


_CHANGED = {
    "pdf that acts": (Kind.PDF, lambda d: d.replace(b"/Catalog", b"/Catalog/OpenAction 9 0 R")),
    "pdf with properties": (Kind.PDF, lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 9 0 R")),
    "pdf with words": (Kind.PDF, lambda d: d.replace(b"/Catalog", b"/Catalog(word)")),
    "png with a note": (Kind.PNG, lambda d: papers.with_chunk(d, b"tEXt", b"a\0b")),
    "jpeg with a comment": (Kind.JPEG, lambda d: papers.with_segment(d, 0xFE, b"x")),
    "jpeg with something behind": (Kind.JPEG, lambda d: d + papers.jpeg()),
    "workbook with properties": (Kind.XLSX, lambda d: _added(d, "docProps/core.xml", "<a/>")),
    "workbook with a formula": (Kind.XLSX, lambda d: _added(d, "xl/worksheets/sheet2.xml", "<f/>")),
    "document with a comment": (Kind.DOCX, lambda d: _added(d, "word/media/image1.png", "x")),
    "document that leads outside": (
        Kind.DOCX,
        lambda d: _added(d, "word/styles.xml", '<styles><a TargetMode="External"/></styles>'),
    ),
}
_SOUND = {
    Kind.PDF: papers.pdf(),
    Kind.PNG: papers.png(),
    Kind.JPEG: papers.jpeg(),
    Kind.XLSX: papers.xlsx(),
    Kind.DOCX: papers.docx(),
}


def _added(data: bytes, name: str, content: str) -> bytes:
    return papers.zipped(papers.unzipped(data) | {name: content})


@pytest.mark.parametrize("name", _CHANGED)
def test_the_last_gate_stops_what_a_builder_should_never_write(name: str) -> None:
    kind, change = _CHANGED[name]
    copy = clean(_SOUND[kind], filename="a").data
    check_out(copy, kind)
    with pytest.raises(FileRefused) as caught:
        check_out(change(copy), kind)
    assert caught.value.reason is Reason.NOT_REBUILT
