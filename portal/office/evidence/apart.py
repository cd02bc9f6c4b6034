"""Cleans a file in a process of its own, so that no file can harm the portal, whatever its parser does.

The process may use 256 MB and 5 seconds of processor time, and after loading its parser can open no
file and no connection (`walls`). When it is killed, the file is refused with a sentence.
"""

import dataclasses
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any

from portal.office.evidence.caps import MB, Caps
from portal.office.evidence.child import LENGTH
from portal.office.evidence.cleaning import CleanFile, made_file
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind
from portal.office.evidence.wording import Dropped, Reason

_COMMAND = (sys.executable, "-I", "-m", "portal.office.evidence.child")
_LONGEST_HEAD = 64 * 1024
# How many files one worker has parsed at once: each may take 256 MB, the others wait their turn.
_TURNS = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What parsing took. ``peak_bytes`` may show the parent's own size where that is larger."""

    cpu_seconds: float
    peak_bytes: int
    exit_code: int  # negative: the signal that ended it


def clean_in_child(data: bytes, *, filename: str, caps: Caps | None = None) -> CleanFile:
    """As `cleaning.clean`, walled off. Raises `FileRefused`; nothing is written to disk."""
    answer, _ = clean_measured(data, filename=filename, caps=caps)
    if isinstance(answer, FileRefused):
        raise answer
    return answer


def clean_measured(
    data: bytes, *, filename: str, caps: Caps | None = None
) -> tuple[CleanFile | FileRefused, Spent]:
    """The copy or the refusal, and the most that one process took.

    One process makes the copy and another checks it: a parser that was taken over by the file it read
    cannot vouch for what it hands out.
    """
    caps = caps or Caps()
    if len(data) > caps.file_bytes:
        refused = FileRefused(Reason.TOO_BIG, limit=caps.file_bytes // MB)
        return refused, Spent(cpu_seconds=0, peak_bytes=0, exit_code=0)
    with _TURNS:
        answer, spent = _ask({"filename": filename}, data, caps)
        if isinstance(answer, FileRefused):
            return answer, spent
        made = _made(*answer)
        checked, spent_too = _ask({"check": made.kind}, made.data, caps)
    return (checked if isinstance(checked, FileRefused) else made), _most(spent, spent_too)


def _ask(
    task: dict[str, str], data: bytes, caps: Caps
) -> tuple[tuple[dict[str, Any], bytes] | FileRefused, Spent]:
    said, spent = _run(_question(task, data, caps), caps)
    return _understood(said, spent, caps), spent


def _most(one: Spent, other: Spent) -> Spent:
    return Spent(
        cpu_seconds=max(one.cpu_seconds, other.cpu_seconds),
        peak_bytes=max(one.peak_bytes, other.peak_bytes),
        exit_code=min(one.exit_code, other.exit_code),
    )


def _question(task: dict[str, str], data: bytes, caps: Caps) -> int:
    """An open, unnamed file in memory holding what the child is asked: nothing touches a disk."""
    head = json.dumps(task | {"caps": dataclasses.asdict(caps)}).encode()
    question = os.memfd_create("evidence", os.MFD_CLOEXEC)
    with open(question, "wb", closefd=False) as file:
        file.writelines((LENGTH.pack(len(head)), head, data))
    os.lseek(question, 0, os.SEEK_SET)
    return question


def _run(question: int, caps: Caps) -> tuple[bytes, Spent]:
    most = LENGTH.size + _LONGEST_HEAD + caps.published_bytes
    try:
        process = subprocess.Popen(
            _COMMAND, stdin=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", env={}
        )
    finally:
        os.close(question)
    timer = threading.Timer(caps.wall_seconds, process.kill)
    timer.start()
    assert process.stdout is not None
    with process.stdout as answer:
        said = answer.read(most + 1)
    if len(said) > most:
        process.kill()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return said, Spent(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * 1024,
        exit_code=process.returncode,
    )


def _understood(said: bytes, spent: Spent, caps: Caps) -> tuple[dict[str, Any], bytes] | FileRefused:
    if spent.exit_code < 0:
        return FileRefused(Reason.TOO_HEAVY)
    if spent.exit_code > 0 or len(said) < LENGTH.size:
        return FileRefused(Reason.NOT_REBUILT)
    (length,) = LENGTH.unpack_from(said)
    head: dict[str, Any] = json.loads(said[LENGTH.size : LENGTH.size + length])
    content = said[LENGTH.size + length :]
    if "refused" in head:
        return FileRefused(Reason(head["refused"]), **head["detail"])
    if len(content) > caps.published_bytes:
        return FileRefused(Reason.COPY_TOO_BIG, limit=caps.published_bytes // MB)
    return head, content


def _made(head: dict[str, Any], content: bytes) -> CleanFile:
    """The clean file, its digest taken anew."""
    facts = {name: int(head[name]) for name in ("width", "height", "pages", "cells")}
    return made_file(Kind(head["kind"]), content, map(Dropped, head["dropped"]), **facts)
