"""``make proof``: the zero-claims at their large sizes, in chunks of under 30 minutes, figures as JSON.

``CHUNK=name`` runs one chunk only. Each chunk runs whole test files, so the positive controls beside a
claim run with it; what it found lies in ``benchmarks/results/proof-<name>.json``.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
MINUTES = 30

# A chunk is a list of test files. Files with large sizes that no chunk names are the chunk "rest".
CHUNKS: dict[str, tuple[str, ...]] = {
    "dye": ("tests/valve/test_dye.py",),
    "pairs": ("tests/valve/test_pairs.py",),
    "kill": ("tests/valve/test_kill.py",),
    "tampering": ("tests/valve/test_wall_tampering.py",),
    "hostile": (
        "tests/browser/test_hostile_texts_in_browser.py",
        "tests/browser/test_hostile_texts_at_the_desk.py",
    ),
    "withdrawal": ("tests/valve/test_withdrawal_reach.py",),
    "dossiers": ("tests/acts/test_dossier_compiled.py",),
    "populations": ("tests/rules/test_ratings_attack.py",),
    "api": ("tests/doors/test_api_schema.py",),
    "counting": ("tests/rules/test_ratings_rules.py", "tests/rules/test_ratings_showing.py"),
}


def chunks(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """Every chunk, the rest included."""
    named = {file for files in CHUNKS.values() for file in files}
    large = {
        str(file.relative_to(root))
        for file in sorted((root / "tests").rglob("test_*.py"))
        if "mark.proof" in file.read_text(encoding="utf-8")
    }
    rest = tuple(sorted(large - named))
    return {**CHUNKS, **({"rest": rest} if rest else {})}


def run(name: str, files: Iterable[str]) -> bool:
    """Run one chunk and write down what it found; whether all of it held."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-o", "addopts=-q --strict-markers -p no:cacheprovider"]
        command += ["-m", "proof or not proof", "--numprocesses", "auto", f"--junitxml={report}", *files]
        done = subprocess.run(command, cwd=ROOT, check=False)
        cases = list(ET.parse(report).getroot().iter("testcase"))
    seconds = time.monotonic() - begun
    failed = [
        _name(case) for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    skipped = [_name(case) for case in cases if case.find("skipped") is not None]
    figures = {
        "chunk": name,
        "files": list(files),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "minutes": round(seconds / 60, 1),
        "tests": len(cases),
        "failed": failed,
        "skipped": skipped,
        "longest": [
            [round(float(case.get("time", 0))), _name(case)]
            for case in sorted(cases, key=lambda case: -float(case.get("time", 0)))[:5]
        ],
    }
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    (results / f"proof-{name}.json").write_text(text, encoding="utf-8")
    print(f"== {name}: {len(cases)} tests, {len(failed)} failed, {figures['minutes']} minutes", flush=True)
    return done.returncode == 0 and not failed and seconds < MINUTES * 60


def _name(case: ET.Element) -> str:
    return f"{case.get('classname')}::{case.get('name')}"


def main() -> None:
    """Run the chunks asked for; exit 1 when anything did not hold or took too long."""
    known = chunks()
    wanted = [name for name in os.environ.get("CHUNK", "").split() if name] or list(known)
    held = [run(name, known[name]) for name in wanted]
    raise SystemExit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
