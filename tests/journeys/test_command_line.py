"""The command line as a script uses it: a fresh folder, the sample workbooks, two people, the whole way."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
AUTHOR, APPRAISER, PUBLISHER = "soan@vi-du.example", "tham@vi-du.example", "cong@vi-du.example"


class Shell:
    """A person at the operator's machine, with an installation of their own."""

    def __init__(self, folder: Path) -> None:
        self.instance = folder / "instance"
        self.environ = {
            **os.environ,
            "PORTAL_INSTANCE": str(self.instance),
            "PORTAL_SEARCH_INDEX": str(folder / "index"),
        }

    def portal(self, *words: str, fails: int = 0) -> str:
        """Run a sub-command; what it printed. The exit status must be ``fails``."""
        done = subprocess.run(
            [sys.executable, "-m", "portal", *words], env=self.environ, capture_output=True, text=True
        )
        assert done.returncode == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout if not fails else done.stderr

    def facts(self, *words: str) -> dict[str, Any]:
        """Run a sub-command with ``--json``."""
        found: dict[str, Any] = json.loads(self.portal(*words, "--json"))
        return found


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """An installation with the sample units and three officers."""
    shell = Shell(tmp_path_factory.mktemp("shell"))
    shell.portal("init")
    shell.portal("import-units", str(SAMPLES / "units_kinh_mon.json"))
    for email, role in ((AUTHOR, "author"), (APPRAISER, "appraiser"), (PUBLISHER, "publisher")):
        shell.portal(
            "officer", "add", email, "--role", role, "--unit", "31", "--password", "mot-mat-khau-dai-1"
        )
    return shell


def workbook(number: str) -> str:
    return str(next((SAMPLES / "programmes").glob(f"{number}-*.xlsx")))


def test_a_sound_programme_goes_the_whole_way_and_back(shell: Shell) -> None:
    facts = shell.facts("import-programme", workbook("01"), "--by", AUTHOR)
    assert (facts["tasks"], facts["commitments"], facts["withheld"]) == (6, 6, 1)
    assert facts["unclear"] == []
    ref = facts["programme"]
    opinion = ("--opinion", "Phù hợp thực tế, có tính khả thi.")

    assert "chưa được thẩm định" in shell.portal("publish", ref, "--by", PUBLISHER, fails=1)
    assert "vai trò" in shell.portal("appraise", ref, "--by", AUTHOR, *opinion, fails=1)
    shell.portal("appraise", ref, "--by", APPRAISER, *opinion)
    assert "vai trò" in shell.portal("publish", ref, "--by", AUTHOR, fails=1)
    published = shell.facts("publish", ref, "--by", PUBLISHER)
    assert published["acts"] == ["publish"] * 6  # the programme and its five public commitments

    assert "không khác" in shell.portal("publish", ref, "--by", PUBLISHER, "--reason", "x", fails=1)
    assert "lý do" in shell.portal("withdraw", ref, "--by", PUBLISHER, fails=1)
    gone = shell.facts("withdraw", ref, "--by", PUBLISHER, "--reason", "Đính chính hồ sơ (minh họa)")
    assert gone["acts"] == ["withdraw"] * 6
    shell.portal("follow", "--once")
    shell.portal("record", "verify")


def test_programme_05_is_a_draft_that_names_what_is_not_clear(shell: Shell) -> None:
    facts = shell.facts("import-programme", workbook("05"), "--by", AUTHOR)
    assert [line["row"] for line in facts["unclear"]] == list(range(2, 10))
    assert all(line["criteria"] for line in facts["unclear"])
    shell.portal("appraise", facts["programme"], "--by", APPRAISER, "--opinion", "Cần hoàn thiện thêm.")
    refused = shell.portal("publish", facts["programme"], "--by", PUBLISHER, fails=1)
    assert "chưa đạt tiêu chí" in refused
    assert "Cam kết 8" in refused


def test_programme_06_is_refused_with_every_fault(shell: Shell) -> None:
    faults = shell.portal("import-programme", workbook("06"), "--by", AUTHOR, fails=2).splitlines()
    assert len(faults) == 8
    assert any("31/02/2027" in line and "dòng 2" in line for line in faults)


def test_the_record_can_be_taken_away_and_the_installation_restored(shell: Shell, tmp_path: Path) -> None:
    shell.portal("record", "export", str(tmp_path / "record"))
    assert {p.name for p in (tmp_path / "record").iterdir()} == {
        "log.jsonl",
        "checkpoints.txt",
        "verifier.txt",
    }
    secret = shell.instance / "keys" / "vault" / "2026-Q4.key"
    secret.parent.mkdir(mode=0o700, exist_ok=True)
    secret.write_bytes(b"what links a person to their words" * 3)
    shell.portal("backup", str(tmp_path / "backup.tar"), "--vault", str(tmp_path / "vault.tar"))
    assert secret.read_bytes() not in (tmp_path / "backup.tar").read_bytes()
    assert secret.read_bytes() in (tmp_path / "vault.tar").read_bytes()
    elsewhere = Shell(tmp_path / "elsewhere")
    elsewhere.portal("restore", str(tmp_path / "backup.tar"), "--vault", str(tmp_path / "vault.tar"))
    assert (elsewhere.instance / "keys" / "vault" / secret.name).read_bytes() == secret.read_bytes()
    elsewhere.portal("follow", "--once")
    assert elsewhere.portal("record", "verify") == shell.portal("record", "verify")
    assert "trống" in elsewhere.portal("restore", str(tmp_path / "backup.tar"), fails=1)


def test_the_empty_workbook_is_written_and_an_unknown_setting_stops_everything(
    shell: Shell, tmp_path: Path
) -> None:
    shell.portal("template", str(tmp_path / "mau.xlsx"))
    assert (tmp_path / "mau.xlsx").stat().st_size > 5000
    broken = Shell(tmp_path)
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "settings.toml").write_text("minimum_cel = 5\n")
    assert "minimum_cell" in broken.portal("init", fails=2)


def test_invented_people_speak_about_invented_programmes(shell: Shell, tmp_path: Path) -> None:
    tried = Shell(tmp_path)
    tried.instance.mkdir(mode=0o755)  # as a clone brings it
    tried.portal("init")
    assert tried.instance.stat().st_mode & 0o007 == 0
    tried.portal("import-units", str(SAMPLES / "units_kinh_mon.json"))
    assert "công khai" in tried.portal("sample", "--programmes", "0", "--comments", "1", fails=1)
    assert "10 cam kết, 4 góp ý" in tried.portal("sample", "--programmes", "1", "--comments", "4")
    assert len(json.loads(tried.portal("queue", "--json"))) == 4


def test_every_command_explains_itself_in_both_languages(shell: Shell) -> None:
    listed = shell.portal("--help")
    names = [line.split()[0] for line in listed.split("Commands:\n")[1].splitlines() if line.strip()]
    assert {"init", "run", "import-programme", "publish", "follow", "record", "doctor"} <= set(names)
    for name in names:
        assert " / " in shell.portal(name, "--help")
