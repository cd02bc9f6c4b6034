"""schemathesis, with every check it has, against the served API; and proof that it can find fault."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import api_town
import pytest
from flask import Flask
from servers import free_port
from townhall import open_door
from werkzeug.serving import WSGIRequestHandler, make_server

TOOL = Path(sys.executable).parent / "schemathesis"
# A valid reference may be of something that was taken down: then 410 is the right answer.
EXPECTED = '["2xx", "3xx", "404", "410"]'
CONFIG = f"[checks.positive_data_acceptance]\nexpected-statuses = {EXPECTED}\n"


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask, port: int) -> Iterator[None]:
    """``app`` on this machine's ``port``."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def attack(
    app: Flask, port: int, folder: Path, *, examples: int, seconds: int, only: tuple[str, ...] = ()
) -> dict[str, Any]:
    """How schemathesis ended, what it said, how many cases it tried; ``only``: arguments that narrow it."""
    (folder / "schemathesis.toml").write_text(CONFIG, encoding="utf-8")
    report = folder / "events.ndjson"
    command = [
        str(TOOL), "--config-file", str(folder / "schemathesis.toml"), "--no-color",
        "run", f"http://127.0.0.1:{port}/api/v1/openapi.json", "--checks", "all",
        "--max-examples", str(examples), "--seed", "1", "--continue-on-failure", "--warnings", "off",
        "--report", "ndjson", "--report-ndjson-path", str(report), *only,
    ]  # fmt: skip
    with served(app, port):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
        )
    cases = report.read_text(encoding="utf-8").count('"status_code"') if report.exists() else 0
    return {"code": done.returncode, "said": done.stdout[-6000:] + done.stderr[-2000:], "cases": cases}


@pytest.fixture
def api(tmp_path: Path) -> tuple[Flask, int]:
    """A door with a document of every kind, and the port it says it is at."""
    if not TOOL.exists():
        told = "schemathesis is not installed: the API is NOT checked. Run `make setup`."
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    settings = api_town.found(tmp_path / "town", api_per_minute=10**6, base_url=site)
    return open_door(settings), port


@pytest.mark.parametrize(
    ("examples", "least", "seconds"),
    [(3, 300, 120), pytest.param(100, 3000, 1500, marks=pytest.mark.proof)],
)
def test_schemathesis_finds_no_fault(
    api: tuple[Flask, int], tmp_path: Path, examples: int, least: int, seconds: int
) -> None:
    found = attack(*api, tmp_path, examples=examples, seconds=seconds)
    assert found["code"] == 0, found["said"]
    assert found["cases"] >= least


def test_schemathesis_would_find_one(api: tuple[Flask, int], tmp_path: Path) -> None:
    app, port = api
    whole = app.wsgi_app

    def lying(environ: Any, start_response: Any) -> Any:
        """Health is told as a word."""
        if environ["PATH_INFO"] != "/api/v1/health":
            return whole(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"ok": "yes"}).encode()]

    app.wsgi_app = lying  # type: ignore[method-assign]
    found = attack(app, port, tmp_path, examples=1, seconds=120, only=("--include-path", "/health"))
    assert found["code"] == 1
    assert "GET /health" in found["said"]
