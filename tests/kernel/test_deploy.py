"""The examples in deploy/ name commands and options that exist."""

import re
from pathlib import Path

import click
import pytest

from portal.cli import portal

DEPLOY = Path(__file__).parents[2] / "deploy"
STARTS = [
    (unit.name, call.split())
    for unit in sorted(DEPLOY.glob("systemd/*.service"))
    for call in re.findall(r"/opt/namro/\.venv/bin/portal ([^&'\n]+)", unit.read_text(encoding="utf-8"))
]


def test_every_unit_calls_the_portal() -> None:
    assert {name for name, _ in STARTS} == {unit.name for unit in DEPLOY.glob("systemd/*.service")}


@pytest.mark.parametrize(("unit", "call"), STARTS, ids=[name for name, _ in STARTS])
def test_what_a_unit_calls_exists(unit: str, call: list[str]) -> None:
    context = click.Context(portal)
    command = portal.get_command(context, call[0])
    assert command is not None, unit
    command.make_context(call[0], call[1:])


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    assert portal.get_command(click.Context(portal), "fallow") is None


def test_every_timer_has_its_service() -> None:
    timers = {timer.stem for timer in DEPLOY.glob("systemd/*.timer")}
    assert timers
    assert timers <= {unit.stem for unit in DEPLOY.glob("systemd/*.service")}
