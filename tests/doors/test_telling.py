"""What operators are told: one line an event, numbers by route; never who asked, nor for what."""

import http.client
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from patients import fill
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from servers import free_port
from world import NOW, World

from portal.commands.doctor.patient import Patient
from portal.commands.metrics import House, registry_of
from portal.kernel.telling import KNOWN, Lines, keep_known, request_id
from portal.kernel.witness import ROUTE, Seen, tell_log, watch
from portal.wsgi import build

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
# What a request may carry and no log may: planted in every place a browser fills.
SECRETS = {
    "address": "203.0.113.77", "agent": "PlantedAgent/7.7", "mail": "nguoi.kin.dao@vi-du.example",
    "code": "KINM-ATMA-7777", "query": "cauhoikinxyz", "referer": "noiden-kinxyz", "word": "matkhaukinxyz",
    "path": "duongdankinxyz", "cookie": "banhquykinxyz",
}  # fmt: skip
CARRIED = {
    "User-Agent": SECRETS["agent"], "X-Forwarded-For": SECRETS["address"],
    "Cookie": f"gop-y={SECRETS['cookie']}", "Referer": f"https://vi-du.example/{SECRETS['referer']}",
    "Content-Type": "application/x-www-form-urlencoded",
}  # fmt: skip


@contextmanager
def served(world: World, log: Path, **environ: str) -> Iterator[int]:
    """Both doors on two workers; what they tell goes into ``log``."""
    port = free_port()
    command = [sys.executable, "-m", "portal", "run", "--port", str(port), "--workers", "2", "--no-follower"]
    places = {
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
    }
    with log.open("wb") as out:
        running = subprocess.Popen(command, env={**os.environ, **places, **environ}, stdout=out, stderr=out)
        try:
            for _ in range(900):
                if running.poll() is not None or status(port, "/tinh-trang") == 200:
                    break
                time.sleep(0.1)
            assert running.poll() is None, log.read_text()
            yield port
        finally:
            running.terminate()
            running.wait(timeout=60)


def status(port: int, path: str, body: str = "", headers: dict[str, str] | None = None) -> int:
    """What the service answers; 0 when nothing does."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        try:
            line.request("POST" if body else "GET", path, body or None, headers or {})
            return line.getresponse().status
        except OSError:
            return 0


def scraped(port: int) -> dict[str, list[Any]]:
    """The samples of each family."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", "/metrics")
        text = line.getresponse().read().decode()
    assert all(secret not in text for secret in SECRETS.values())
    return {family.name: list(family.samples) for family in text_string_to_metric_families(text)}


def ask_for_everything(port: int) -> list[int]:
    """Requests with every secret in them, at both doors; what came back."""
    form = urlencode({"email": SECRETS["mail"], "code": SECRETS["code"], "password": SECRETS["word"]})
    asked = [
        (f"/tim-kiem?q={SECRETS['query']}", ""), (f"/{SECRETS['path']}", ""),
        (f"/cam-ket/{SECRETS['path']}", ""),
        (f"/api/v1/commitments?unit={SECRETS['query']}", ""), (f"/api/v1/{SECRETS['path']}", ""),
        (f"/bien-nhan/{SECRETS['code']}", ""), ("/dang-nhap", form), ("/bien-nhan", form),
        ("/van-phong/dang-nhap", form), (f"/van-phong/{quote(SECRETS['mail'])}?q={SECRETS['query']}", ""),
    ]  # fmt: skip
    found = [status(port, path, body, CARRIED) for path, body in asked for _ in range(3)]
    return [*found, *(status(port, "/") for _ in range(6))]  # without a cookie, so that it may be kept


def test_neither_log_nor_metrics_tell_who_asked_for_what(tmp_path: Path) -> None:
    world = World(tmp_path / "instance").settle_in()
    world.bring_in(world.read(BOOK))
    told, numbers = tmp_path / "log", free_port()
    (tmp_path / "instance" / "settings.toml").write_text(
        f'proxy_hops = 1\nmetrics_port = {numbers}\nlog_level = "info"\n'
    )
    with served(world, told) as port:
        answers = ask_for_everything(port)
        with world.work() as w:  # from here on every look at a document fails, with a traceback
            raw = w.session.connection().connection.dbapi_connection
            raw.set_authorizer(None)
            raw.execute("ALTER TABLE record_latest RENAME TO elsewhere")
            raw.execute("ALTER TABLE office_officer RENAME TO elsewhere_too")
        answers += ask_for_everything(port)
        assert {200, 404} <= set(answers)
        assert answers.count(500) >= 3
        found = scraped(numbers)
        assert status(port, "/metrics") == 404
    text = told.read_text(encoding="utf-8")
    assert [name for name, secret in SECRETS.items() if secret in text or quote(secret) in text] == []
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert all(set(line) <= KNOWN for line in lines)
    assert [line for line in text.splitlines() if line and not line.startswith(("{", "→"))] == []
    requests = [line for line in lines if line["event"] == "request"]
    assert {"/api/v1/commitments", "/tim-kiem", "/bien-nhan/<code>", "/van-phong/dang-nhap", "-"} <= {
        one["route"] for one in requests
    }
    assert {"hit", "miss", ""} == {one["cache"] for one in requests}
    failed = [line for line in lines if line["event"] == "request failed"]
    assert any("OperationalError" in one["errors"] for one in failed)
    assert all(one["frames"] and one["request"] in {r["request"] for r in requests} for one in failed)

    # Two workers, one sum: every request with an answer was counted, by route and status.
    counts = [s for s in found["namro_request_seconds"] if s.name.endswith("_count")]
    searches = sum(s.value for s in counts if s.labels["route"] == "/tim-kiem")
    assert searches == sum(one["route"] == "/tim-kiem" for one in requests) == 6
    assert {s.labels["door"] for s in counts} == {"public", "desk"}
    assert found["namro_log_entries"][0].value > 20
    assert {s.labels["follower"] for s in found["namro_follower_lag_entries"]} == {"search", "open_data"}
    world.close()


def test_the_same_error_told_plainly_would_tell_everything() -> None:
    """The positive control: Flask's own way, and a plain formatter, quote the address and the message."""
    record = logging.LogRecord("flask.app", 40, "/x/flask/app.py", 1, "on %s", ("/bien-nhan/KINM",), None)
    try:
        raise KeyError(SECRETS["mail"])
    except KeyError as error:
        record.exc_info = (KeyError, error, error.__traceback__)
    plain, ours = logging.Formatter().format(record), Lines().format(record)
    assert (SECRETS["mail"] in plain, "KINM" in plain) == (True, True)
    assert (SECRETS["mail"] in ours, "KINM" in ours) == (False, False)
    told = json.loads(ours)
    assert (told["event"], told["errors"]) == ("library", ["KeyError"])
    assert told["where"].endswith("app.py:1")
    assert keep_known(None, "", {"event": "x", "email": "y"}) == {"event": "x"}


def test_a_door_names_its_routes_to_the_witness_alone() -> None:
    """Hit and miss are told apart, and the header that names the route ends at the witness."""
    app, seen = Flask("door"), list[Seen]()

    @app.get("/cam-ket/<ref>")
    def page(ref: str) -> str:
        return ref

    watch(app, "public", [seen.append])
    client = app.test_client()
    answer = client.get("/cam-ket/abc?q=1")
    assert ROUTE not in answer.headers
    client.open("/nowhere", method="PROPFIND")
    assert [(s.route, s.method, s.status, s.cache) for s in seen] == [
        ("/cam-ket/<ref>", "GET", "200", "miss"),
        ("-", "OTHER", "404", "miss"),
    ]
    assert request_id.get() == ""


def test_where_only_failures_are_told_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The default: an ordinary request leaves no line, one that failed does, and bears its number."""
    monkeypatch.setattr(logging.getLogger("portal"), "level", logging.WARNING)
    logging.getLogger("portal").manager._clear_cache()  # type: ignore[attr-defined]
    app, numbers = Flask("door"), list[str]()

    @app.get("/cam-ket/<ref>")
    def page(ref: str) -> str:
        numbers.append(request_id.get())
        if ref == "bad":
            raise KeyError(SECRETS["mail"])
        return ref

    watch(app, "public", [tell_log])
    client = app.test_client()
    assert ROUTE not in client.get("/cam-ket/abc").headers
    assert capsys.readouterr().err == ""
    assert client.get("/cam-ket/bad").status_code == 500
    told = capsys.readouterr()
    line = json.loads(next(one for one in told.err.splitlines() if '"event": "request"' in one))
    assert (line["status"], line["request"]) == (500, numbers[1])
    assert len(set(numbers)) == 2
    logging.getLogger("portal").error("told between requests")
    assert keep_known(None, "", {"event": "x"}) == {"event": "x"}
    assert SECRETS["mail"] not in told.err + told.out


def test_a_door_without_a_witness_is_as_it_was(tmp_path: Path) -> None:
    """Served pages differ by nothing, whether somebody watches or not."""
    world = World(tmp_path / "instance").settle_in()
    answers = []
    for tells in ((), (lambda _: None,)):
        app = build(world.settings, "public", tells=tells)
        answers += [app.test_client().get(path) for path in ("/", "/")]  # type: ignore[attr-defined]
        with app.app_context():  # type: ignore[attr-defined]
            app.extensions["record_log"].close()  # type: ignore[attr-defined]
    assert len({(a.status, a.data, tuple(sorted(a.headers.items()))) for a in answers}) == 1
    world.close()


@pytest.mark.parametrize("has_desk", [True, False])
def test_queues_are_the_desks_alone(tmp_path: Path, has_desk: bool) -> None:
    world = World(tmp_path / "instance").settle_in()
    database = world.settings.instance / "portal.sqlite"
    fill(database, "office_job", state="waiting", about="{}", asked_at=NOW.isoformat())
    fill(database, "door_follow", told=0, next_at=NOW.isoformat())
    with closing(House(world.settings, has_desk=has_desk)) as house:
        text = generate_latest(registry_of(house)).decode()
    assert ('namro_queue_size{queue="jobs",state="waiting"} 1.0' in text) is has_desk
    assert 'namro_queue_size{queue="letters",state="waiting"} 1.0' in text
    assert 'namro_queue_oldest_seconds{queue="letters"' in text
    assert "namro_readable 1.0" in text
    with closing(Patient(world.settings, world.clock.at)) as patient:
        entries = patient.public("SELECT count(*) FROM record_entry")[0][0]
    assert f"namro_log_entries {float(entries)}" in text
    assert f'namro_follower_lag_entries{{follower="search"}} {float(entries)}' in text  # it never ran
    world.close()
