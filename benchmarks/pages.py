"""A commitment page under load: cached, revalidated and uncached, against an empty Flask view and Datasette.

Everything runs on this machine's loopback, in one run, with wrk and 16 connections; the ratios are what
travels. Datasette serves the same commitments from a table of its own, one row a page. The empty view and the
portal run on the same server: in one thread, and in as many as `portal run` has.
"""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.commands.serve import THREADS

HERE = Path(__file__).parent
ROUNDS, SECONDS, CONNECTIONS = 3, 4, 16
EMPTY = """
from flask import Flask
app = Flask(__name__)
@app.get("/")
def empty():
    return ""
"""
AS_SERVED = "_as_served"
TARGETS = {
    "cached": 3.0,
    "uncached": 0.1,
    "cached" + AS_SERVED: 3.0,
    "uncached" + AS_SERVED: 0.1,
    "cached_to_datasette": 20.0,
}


def free_port() -> int:
    """A free loopback port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int, **environ: str) -> Iterator[str]:
    """Run a server until the block ends; its base address once it answers."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(base + "/", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=15)


def granian(target: str, port: int, threads: int) -> list[str]:
    """The same server for the empty view and for the portal."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
        *("--blocking-threads", str(threads), "--host", "127.0.0.1", "--port", str(port), "--no-ws", target),
    ]


def rate(url: str, *headers: str) -> float:
    """Requests a second, the median of a few short rounds after one of warming up."""
    extra = [part for header in headers for part in ("-H", header)]
    rates = []
    for n in range(ROUNDS + 1):
        seconds = SECONDS if n else 1
        out = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *extra, url],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        if n:
            rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]))  # type: ignore[index]  # wrk always says
    return statistics.median(rates)


def portal_instance(folder: Path) -> dict[str, str]:
    """A portal with the sample data; its environment."""
    environ = {"PORTAL_INSTANCE": str(folder), "PORTAL_SEARCH_INDEX": str(folder / "index")}
    for command in (["init"], ["demo"]):
        subprocess.run(
            [sys.executable, "-m", "portal", *command],
            env={**os.environ, **environ},
            check=True,
            capture_output=True,
        )
    return {**environ, "PORTAL_DOOR": "public"}


def commitments(folder: Path) -> list[dict[str, str]]:
    """The sample's public commitments, flat."""
    raw = sqlite3.connect(folder / "portal.sqlite")
    rows = raw.execute(
        "SELECT t.body FROM record_latest l JOIN record_content t ON t.position = l.position "
        "WHERE l.kind = 'commitment'"
    )
    documents = [json.loads(body)["document"] for (body,) in rows]
    return [{k: v if isinstance(v, str) else json.dumps(v) for k, v in d.items()} for d in documents]


@contextmanager
def datasette(folder: Path, rows: list[dict[str, str]]) -> Iterator[str]:
    """Datasette over the same commitments; the address of one row."""
    venv = folder / "peer"
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    subprocess.run([uv, "venv", "-q", str(venv)], check=True)
    lock = HERE.parent / "requirements-bench.lock"
    subprocess.run(
        [uv, "pip", "install", "-q", "-p", str(venv / "bin/python"), "--require-hashes", "-r", str(lock)],
        check=True,
    )
    base = folder / "peer.db"
    with sqlite3.connect(base) as raw:
        names = list(rows[0])
        columns = ", ".join(f'"{n}"' for n in names)
        raw.execute(f"CREATE TABLE commitment ({columns}, PRIMARY KEY (ref))")
        marks = ", ".join("?" for _ in names)
        raw.executemany(f"INSERT INTO commitment VALUES ({marks})", [[r[n] for n in names] for r in rows])
    port = free_port()
    command = [str(venv / "bin/datasette"), "serve", "-i", str(base), "-h", "127.0.0.1", "-p", str(port)]
    with serving(command, port) as address:
        yield f"{address}/peer/commitment/{rows[0]['ref']}"


def measure() -> dict[str, float]:
    """Every rate of one run, in requests a second."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty.py").write_text(EMPTY)
        environ = portal_instance(folder / "portal")
        rows = commitments(folder / "portal")
        page = f"/cam-ket/{rows[0]['ref']}"
        for threads, suffix in ((1, ""), (THREADS, AS_SERVED)):
            with serving(
                granian("empty:app", port := free_port(), threads), port, PYTHONPATH=str(folder)
            ) as base:
                found["empty_flask" + suffix] = rate(base + "/")
            settings = folder / "portal" / "settings.toml"
            settings.write_text("")
            with serving(granian("portal.wsgi:app", port := free_port(), threads), port, **environ) as base:
                found["cached" + suffix] = rate(base + page, "Accept-Encoding: gzip")
                request = urllib.request.Request(base + page, headers={"Accept-Encoding": "gzip"})
                etag = urllib.request.urlopen(request).headers["ETag"]
                found["revalidated" + suffix] = rate(
                    base + page, "Accept-Encoding: gzip", f"If-None-Match: {etag}"
                )
            settings.write_text("page_cache_megabytes = 0\n")
            with serving(granian("portal.wsgi:app", port := free_port(), threads), port, **environ) as base:
                found["uncached" + suffix] = rate(base + page)
        with datasette(folder, rows) as row:
            found["datasette_row"] = rate(row)
    return found


def main() -> None:
    """Measure, print the ratios, write them down."""
    found = measure()
    peer = found["datasette_row"]
    ratios = {
        name + suffix: found[name + suffix] / found["empty_flask" + suffix]
        for suffix in ("", AS_SERVED)
        for name in ("cached", "revalidated", "uncached")
    } | {
        "cached_to_datasette": found["cached"] / peer,
        "uncached_to_datasette": found["uncached"] / peer,
    }
    for name, ratio in ratios.items():
        asked = f"  (asked: at least {TARGETS[name]})" if name in TARGETS else ""
        print(f"{name:24} {ratio:8.2f}{asked}")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    whole = {"requests_a_second": found, "ratios": ratios, "asked": TARGETS}
    (results / "pages.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
