"""The process that parses one evidence file, or checks one copy, and ends; `apart` starts it.

In: four bytes of length, a JSON head (what to do, caps), the file. Out: the same with the answer's head
and the copy. Run as ``python -I -m portal.office.evidence.child``.
"""

import dataclasses
import json
import os
import struct
import sys
from typing import Any, NoReturn

from portal.office.evidence import walls
from portal.office.evidence.caps import Caps
from portal.office.evidence.cleaning import CleanFile, prepare
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind

LENGTH = struct.Struct(">I")
# Codecs are loaded at first use, and behind the walls nothing can be loaded.
_CODECS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "ascii", "cp437")


def main() -> None:
    """Read, wall in, do what is asked, answer."""
    given = sys.stdin.buffer.read()
    (length,) = LENGTH.unpack_from(given)
    head = json.loads(given[LENGTH.size : LENGTH.size + length])
    data = given[LENGTH.size + length :]
    del given
    caps = Caps(**head["caps"])
    walls.limit(cpu_seconds=caps.cpu_seconds, memory=caps.memory)
    for codec in _CODECS:
        "a".encode(codec).decode(codec)
    try:
        if "check" in head:
            walls.close_in()
            check_out(data, Kind(head["check"]))
            _answer({}, b"")
        finish = prepare(data, filename=head["filename"], caps=caps)
        walls.close_in()
        _answer(*_kept(finish()))
    except FileRefused as refused:
        _answer({"refused": refused.reason, "detail": refused.detail}, b"")


def _kept(made: CleanFile) -> tuple[dict[str, Any], bytes]:
    fields = {field.name: getattr(made, field.name) for field in dataclasses.fields(made)}
    content = fields.pop("data")
    return fields, content


def _answer(head: dict[str, Any], content: bytes) -> NoReturn:
    said = json.dumps(head).encode()
    for piece in (LENGTH.pack(len(said)), said, content):
        _write(piece)
    os._exit(0)  # nothing more may run: tearing down would want files


def _write(piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    main()
