"""Cleans every file in a folder, each in its own child, and prints what became of it and what it took.

A process of its own because the kernel counts a parent's size into its child's peak: this one is small.
Usage: ``measure_evidence.py FOLDER``; prints a JSON object by file name.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from portal.office.evidence.apart import clean_measured
from portal.office.evidence.faults import FileRefused


def measure(path: Path) -> dict[str, Any]:
    """What became of one file."""
    answer, spent = clean_measured(path.read_bytes(), filename="minh-chung")
    took = {"cpu": spent.cpu_seconds, "peak": spent.peak_bytes}
    if isinstance(answer, FileRefused):
        return took | {"outcome": answer.reason, "sentence": answer.sentence}
    return took | {"outcome": "cleaned", "copy": answer.data.hex(), "kind": answer.kind}


def main() -> None:
    """Measure all, two at a time, and print."""
    paths = sorted(Path(sys.argv[1]).iterdir())
    with ThreadPoolExecutor(2) as two:
        found = dict(zip((path.name for path in paths), two.map(measure, paths), strict=True))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
