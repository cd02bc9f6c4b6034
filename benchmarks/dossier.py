"""How long a large dossier takes: 200 commitments and 20,000 contributions, from the record to its files.

Run: ``python -m benchmarks.dossier [--commitments 200] [--comments 20000] [--postgresql URL]``. The record
is invented (số liệu minh họa). Prints seconds of one processor, and the ratio to reading the same texts
once and parsing them as bare JSON, in the same run; writes benchmarks/results/dossier.json. Asked: under
5 s on two cores.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE.parent / "tests"))  # the invented record is that of the tests

from dossier_town import Q4, fill  # noqa: E402  # found by the line above
from world import World  # noqa: E402  # found by the line above

from portal.doors.looks import find_folder  # noqa: E402  # after the invented record
from portal.kernel.calendar import vietnam  # noqa: E402  # after the invented record
from portal.office.evaluation import files  # noqa: E402  # after the invented record
from portal.record import reads  # noqa: E402  # after the invented record
from portal.record.evaluation import dossier_text  # noqa: E402  # after the invented record
from portal.record.evaluation.compiling import Frame, compile_dossier  # noqa: E402  # after the invented record
from portal.record.evaluation.dossier import Dossier  # noqa: E402  # after the invented record
from portal.record.evaluation.gathering import gather, root_at  # noqa: E402  # after the invented record

T = TypeVar("T")
_TEMPLATE = find_folder("templates") / "dossier" / "ban-tong-hop.docx"


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """How much of one processor ``call`` took, in seconds, and what it gave.

    Others may be busy on the machine; nothing here waits for anything but its own reading.
    """
    begun = time.process_time()
    made = call()
    return round(time.process_time() - begun, 3), made


def measure(world: World, ref: str) -> tuple[dict[str, Any], Dossier]:
    """Seconds for each part of a dossier, each from cold."""
    with world.work() as w:
        size = reads.head(w.session)
        bare, _ = timed(
            lambda: [json.loads(b) for b in w.session.scalars(text("SELECT body FROM record_content"))]
        )
        gathered, source = timed(lambda: gather(w.session, ref, Q4.code, size=size))
        assert source is not None
        root = root_at(w.session, size)
        frame = Frame(period=Q4, frozen_on=date(2027, 1, 4), log_size=size, root_hex=root, calendar=vietnam())
        compiled, made = timed(lambda: compile_dossier(source, frame))
    encoded, said = timed(lambda: dossier_text.encode(made))
    written = {
        ending: timed(lambda kind=ending: files.file_of(made, kind, template=_TEMPLATE))[0]
        for ending in files.endings()
    }
    whole = gathered + compiled + encoded
    found = {
        "entries": size,
        "seconds": {"gather": gathered, "compile": compiled, "encode": encoded, "whole": round(whole, 3)},
        "bare_json_seconds": bare,
        "times_bare_json": round(whole / bare, 2),
        "files_seconds": written,
        "characters": len(said),
    }
    return found, made


def main() -> None:
    """Measure, print and write down."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--commitments", type=int, default=200)
    wanted.add_argument("--comments", type=int, default=20_000)
    wanted.add_argument("--postgresql", default="")
    asked = wanted.parse_args()
    changed = {"database_url": asked.postgresql} if asked.postgresql else {}
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(World(Path(folder), seed="benchmark", **changed)) as world,
    ):
        ref = fill(world, 1, commitments=asked.commitments, comments=asked.comments)
        found, _ = measure(world, ref)
    found = {"commitments": asked.commitments, "comments": asked.comments, **found}
    print(json.dumps(found, indent=1))
    if not asked.postgresql:
        (_HERE / "results" / "dossier.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
