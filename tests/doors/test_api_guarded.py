"""The API under pressure: limits, strangers, faults, and withdrawal."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import api_town
import pytest
import servers
import town
from flask.testing import FlaskClient
from townhall import EARLIER, NOW, make_settings, open_door, write

from portal.doors.public.api import answers
from portal.doors.public.finder import record_log
from portal.kernel.clock import StoppedClock
from portal.kernel.db import db
from portal.migrations.upgrade import upgrade

API = "/api/v1"
# Salts are drawn anew for each log, and with them digests, hashes, signatures and keys.
UNLIKE = re.compile(r'"(digest|root_hex|leaf_hex|signed|verifier)":"[^"]*"|"path":\[[^]]*\]')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Some program."""
    return open_door(api_town.found(tmp_path_factory.mktemp("api"))).test_client()


def test_limits_are_told_and_kept(tmp_path: Path) -> None:
    clock = StoppedClock(NOW)
    client = open_door(api_town.found(tmp_path, api_per_minute=2), clock).test_client()
    first, second, third = (client.get(f"{API}/health") for _ in range(3))
    assert [a.status_code for a in (first, second, third)] == [200, 200, 429]
    assert [a.headers["RateLimit-Remaining"] for a in (first, second, third)] == ["1", "0", "0"]
    assert third.headers["Retry-After"] == third.headers["RateLimit-Reset"] == "60"
    assert third.get_json()["code"] == "too_many_requests"
    assert client.get("/tro-giup").status_code == 200  # pages are not counted
    clock.at += timedelta(seconds=61)
    assert client.get(f"{API}/health").status_code == 200


def test_a_stranger_s_host_and_a_fault_are_told_in_json(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = client.get(f"{API}/units", headers={"Host": "evil.example"})
    assert (told.status_code, told.get_json()["code"]) == (400, "unknown_host")

    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("with a secret")

    monkeypatch.setattr(answers.reads, "checkpoint", break_down)
    broken = client.get(f"{API}/log/checkpoint")
    assert (broken.status_code, broken.get_json()["code"]) == (500, "internal_error")
    assert "secret" not in broken.text


def test_a_withdrawal_acts_at_once(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    upgrade(settings)
    write(settings, town.first_lines(), EARLIER)
    client = open_door(settings).test_client()
    before = client.get(f"{API}/commitments/ckgone")
    described = client.get(f"{API}/openapi.json")
    assert "căn nhà" in before.text
    write(settings, town.later_lines(), NOW)
    again = {"If-None-Match": before.headers["ETag"]}
    assert client.get(f"{API}/commitments/ckgone", headers=again).status_code == 410
    assert "căn nhà" in described.text  # the control: it was the example
    assert "căn nhà" not in client.get(f"{API}/openapi.json").text
    assert all(
        "căn nhà" not in client.get(f"{API}{path}").text for path in ("/changes?limit=100", "/search?q=nhà")
    )


def test_on_postgresql_it_answers_the_same(
    client: FlaskClient, postgres: servers.Postgres, tmp_path: Path
) -> None:
    settings = replace(make_settings(tmp_path), database_url=postgres.database())
    door = open_door(api_town.fill(settings))
    other = door.test_client()
    described = client.get(f"{API}/openapi.json").get_json()
    for path, item in described["paths"].items():
        values = {p["name"]: p["example"] for p in item["get"]["parameters"] if "revision" not in p["name"]}
        asked = f"{API}{path}".format(**values)
        query = {name: value for name, value in values.items() if f"{{{name}}}" not in path}
        for wished in ({}, query):
            here, there = (one.get(asked, query_string=wished) for one in (client, other))
            assert here.status_code == there.status_code == 200, there.text[:300]
            assert UNLIKE.sub("", here.text) == UNLIKE.sub("", there.text)
    with door.app_context():
        record_log().close()
        db.engine.dispose()
