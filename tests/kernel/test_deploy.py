"""The examples in deploy/ name commands and options that exist."""

import re
import shutil
import subprocess
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


def test_the_proxy_leads_on_to_its_own_name_whatever_a_client_claims() -> None:
    site = (DEPLOY / "nginx" / "namro.conf").read_text(encoding="utf-8")
    led = re.findall(r"return 30\d (\S+);", site)
    assert led == ["https://$server_name$request_uri"]


WEAKEST = 30  # tenths of systemd's exposure, 0 to 100: "OK" begins at 50, "exposed" at 75


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with programs and accounts this machine has."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze: no systemd on this machine")
    for unit in DEPLOY.glob("systemd/*"):
        text = unit.read_text(encoding="utf-8").replace(
            "/opt/namro/.venv/bin/portal", shutil.which("true") or ""
        )
        text = re.sub(r"^(User|Group)=.*$", r"\1=root", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text.replace("EnvironmentFile=/", "EnvironmentFile=-/"))
    return tmp_path


def analysed(*words: object) -> tuple[int, str]:
    """What systemd itself says."""
    done = subprocess.run(["systemd-analyze", *map(str, words)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_systemd_understands_every_unit(units: Path) -> None:
    assert analysed("verify", "--man=no", *sorted(units.iterdir())) == (0, "")
    broken = units / "namro-desk.service"
    broken.write_text(broken.read_text().replace("ProtectProc=invisible", "ProtectProc=gone"))
    assert "gone" in analysed("verify", "--man=no", broken)[1]  # the control


@pytest.mark.parametrize("unit", sorted({name for name, _ in STARTS}))
def test_every_service_is_walled_in(units: Path, unit: str) -> None:
    judged = ("security", "--offline=yes", "--no-pager", f"--threshold={WEAKEST}")
    assert analysed(*judged, units / unit)[0] == 0, analysed(*judged, units / unit)[1][-200:]
    bare = units / unit
    bare.write_text(
        bare.read_text().replace("CapabilityBoundingSet=\n", "").replace("NoNewPrivileges=yes\n", "")
    )
    assert analysed(*judged, bare)[0] != 0  # the control


def test_the_public_door_cannot_reach_what_is_not_public() -> None:
    public, desk = ((DEPLOY / "systemd" / f"namro-{door}.service").read_text() for door in ("public", "desk"))
    assert "InaccessiblePaths=-/var/lib/namro/files/office" in public
    assert "InaccessiblePaths=-/var/lib/namro/keys/vault" in desk
