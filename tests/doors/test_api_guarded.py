"""The API under pressure: limits, strangers, faults, and withdrawal."""

from datetime import timedelta
from pathlib import Path

import api_town
import pytest
import town
from flask import Flask
from townhall import EARLIER, NOW, make_settings, open_door, write

from portal.doors.public.api import answers
from portal.kernel.clock import StoppedClock
from portal.migrations.upgrade import upgrade

API = "/api/v1"


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


def test_a_stranger_s_host_and_a_fault_are_told_in_json(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
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
