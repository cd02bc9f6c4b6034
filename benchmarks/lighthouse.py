"""Lighthouse on five public pages, as a slow phone sees them: scores, bytes, largest paint.

    python -m benchmarks.lighthouse [FOLDER]

FOLDER holds ``node_modules/lighthouse`` (``npm install --prefix FOLDER lighthouse``); without it the program
is looked for on the path. Nothing runs where there is none: this is no part of ``make test``. The load of the
machine is written beside the figures, because the simulated phone shares the processor with everything else.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RESULT = Path(__file__).resolve().parent / "results" / "lighthouse.json"
PATHS = {
    "home": "/",
    "unit": "/don-vi/{unit}",
    "programme": "/chuong-trinh/{programme}",
    "commitment": "/cam-ket/{commitment}",
    "search": "/tim-kiem",
    "results": "/tim-kiem?q=minh+tan",
}
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
FIRST_BYTES, PAINT_MS = 100_000, 1500
# A result is a search engine's own kind of page: it is kept out of them on purpose (robots.txt, noindex).
UNLISTED = {"results": ("is-crawlable",)}


def find_program(folder: str | None) -> str | None:
    """The lighthouse program, if there is one here."""
    inside = Path(folder or "") / "node_modules" / ".bin" / "lighthouse"
    return str(inside) if folder and inside.exists() else shutil.which("lighthouse")


@contextmanager
def serving() -> Iterator[str]:
    """The sample, served as an installation is, on a free port of this machine only."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PORTAL_INSTANCE": folder, "PORTAL_BASE_URL": base}
        env["PORTAL_SEARCH_INDEX"] = f"{folder}/index"
        portal = [sys.executable, "-m", "portal"]
        for made in ("init", "demo"):
            subprocess.run([*portal, made], env=env, check=True, capture_output=True)
        server = subprocess.Popen(
            [*portal, "run", "--port", str(port)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(base)
            yield base
        finally:
            server.terminate()
            server.wait()


def _wait_for(base: str) -> None:
    for _ in range(120):
        try:
            _read(base, "/robots.txt")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the portal did not start")


def _read(base: str, path: str) -> str:
    with urllib.request.urlopen(base + path, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def first_refs(base: str) -> dict[str, str]:
    """A programme and a commitment of the sample, and the unit of that programme."""
    site_map = _read(base, "/sitemap.xml")
    found = {}
    for name, folder in (("programme", "/chuong-trinh/"), ("commitment", "/cam-ket/")):
        found[name] = site_map.split(f"<loc>{base}{folder}", 1)[1].split("<", 1)[0]
    found["unit"] = re.split(
        r'href="/don-vi/([a-z0-9-]+)', _read(base, f"/chuong-trinh/{found['programme']}")
    )[1]
    return found


def look(program: str, chromium: str, address: str) -> dict[str, Any]:
    """What Lighthouse says of ``address``: its phone profile, its simulated slow network."""
    with tempfile.NamedTemporaryFile(suffix=".json") as written:
        subprocess.run(
            [
                *(program, address, "--quiet", "--output=json", f"--output-path={written.name}"),
                *(f"--only-categories={','.join(WANTED)}", "--chrome-flags=--headless=new --no-sandbox"),
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            check=True,
            capture_output=True,
        )
        told: dict[str, Any] = json.loads(Path(written.name).read_text(encoding="utf-8"))
        return told


def sum_up(told: dict[str, Any], unlisted: tuple[str, ...] = ()) -> dict[str, Any]:
    """The figures of one report, and the audits that did not pass."""
    audits = told["audits"]
    weighed = [ref["id"] for c in told["categories"].values() for ref in c["auditRefs"] if ref["weight"]]
    failed = {name for name in weighed if (score := audits[name]["score"]) is not None and score < 0.9}
    return {
        **{name: round(100 * (told["categories"][name]["score"] or 0)) for name in WANTED},
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "bytes": round(audits["total-byte-weight"]["numericValue"]),
        "failed": sorted(failed - set(unlisted)),
        "by_intention": sorted(failed & set(unlisted)),
    }


def measure(program: str, chromium: str) -> dict[str, Any]:
    """Every page, and the load of the machine before and after."""
    before = os.getloadavg()[0]
    with serving() as base:
        refs = first_refs(base)
        pages = {
            name: sum_up(look(program, chromium, base + path.format(**refs)), UNLISTED.get(name, ()))
            for name, path in PATHS.items()
        }
    return {
        "lighthouse": subprocess.run(
            [program, "--version"], check=True, capture_output=True, text=True
        ).stdout.strip(),
        "profile": "phone, simulated slow 4G",
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "wanted": {**WANTED, "bytes": FIRST_BYTES, "largest_paint_ms": PAINT_MS},
        "pages": pages,
    }


def main() -> None:
    """Measure and write the results down."""
    program = find_program(sys.argv[1] if len(sys.argv) > 1 else None)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or chromium is None:
        raise SystemExit("lighthouse and chromium are needed: npm install --prefix FOLDER lighthouse")
    found = measure(program, chromium)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
