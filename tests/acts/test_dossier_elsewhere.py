"""A dossier recomputed on another machine: an exported record, another folder, clock, language and hash."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from dossier_town import Q4, fill
from test_dossier_compiled import compiled, head
from world import World

from portal.office.evaluation import files
from portal.record.checkpoint import load_verifier
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier
from portal.record.export import export
from portal.record.exported import NotAnExport, opened
from portal.record.reads import head as head_of

HOUSE = Path(__file__).parents[2]
COMPILE = f"""
import sys
from pathlib import Path
from portal.kernel.clock import VIETNAM
from portal.record.evaluation import compiling, dossier_text
from portal.record.evaluation.gathering import gather, root_at
from portal.record.exported import opened

if sys.argv[3:]:  # the control: a day told by this machine's own clock
    compiling.day = lambda at: at.astimezone().date()
made = dossier_text.decode(Path(sys.argv[2]).read_text(encoding="utf-8"))
size = made.checkpoint.log_size
with opened(Path(sys.argv[1])) as c:
    source = gather(c, made.programme.ref, "{Q4.code}", size=size)
    frame = compiling.Frame(
        period=made.period, frozen_on=made.frozen_on, log_size=size, root_hex=root_at(c, size),
        calendar=compiling.calendar_of(made.calendar),
    )
    again = dossier_text.encode(compiling.compile_dossier(source, frame))
print(dossier_text.digest(again))
"""
PLACES = {
    "new york": {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
    "auckland": {"TZ": "Pacific/Auckland", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4294967295"},
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dossier]:
    """The exported record of a town that went on, and the dossier of its programme in a file."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with closing(World(folder / "instance", seed="elsewhere")) as world:
        ref = fill(world, 5, commitments=8, comments=40)
        made = compiled(world, ref, head(world))
        fill(world, 6)  # what came later
        with world.work() as w:
            export(w.session, folder / "log", verifier=load_verifier(world.settings.instance / "keys"))
    (folder / "made.txt").write_text(dossier_text.encode(made), encoding="utf-8")
    (folder / "made.json").write_bytes(files.as_json(made))
    return folder, made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in somebody else's folder."""
    home = tmp_path_factory.mktemp("nguoi-khac")
    for name in ("portal", "templates"):
        shutil.copytree(HOUSE / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    return home


def run(house: Path, place: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in ``house`` and nothing of this process's surroundings."""
    environ = {"HOME": str(house), "PYTHONPATH": str(house), "PATH": "/usr/bin:/bin", **PLACES[place]}
    return subprocess.run(
        [sys.executable, *words], cwd=house, env=environ, capture_output=True, text=True, encoding="utf-8",
        errors="replace", timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_the_same_bytes_in_another_place(kept: tuple[Path, Dossier], house: Path, place: str) -> None:
    folder, made = kept
    asked = ("-c", COMPILE, str(folder / "log"), str(folder / "made.txt"))
    told = run(house, place, *asked)
    assert told.stdout.strip() == dossier_text.digest(dossier_text.encode(made)), told.stderr
    if place == "new york":
        other = run(house, place, *asked, "sabotage")
        assert len(other.stdout.strip()) == 64
        assert other.stdout != told.stdout


def test_a_file_is_checked_by_an_exported_record_alone(kept: tuple[Path, Dossier], house: Path) -> None:
    folder, _ = kept
    program = "from portal.cli import portal; portal()"
    asked = ("-c", program, "dossier", "verify", str(folder / "made.json"))
    told = run(house, "new york", *asked, "--record", str(folder / "log"))
    # Nobody froze this one: what can be recomputed holds, and that the record knows it not is said.
    assert told.returncode == 1
    assert "byte for byte" in told.stdout
    assert [line.split()[0] for line in told.stdout.splitlines()[:4]] == ["✓", "✗", "✓", "✓"]
    assert not (house / "instance").exists()
    lost = run(house, "new york", *asked, "--record", str(house))
    assert (lost.returncode, "no exported record" in lost.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("log.jsonl", "Ngập úng", "Khô ráo"),
        ("log.jsonl", '"act": "publish"', '"act": "correct"'),
        ("log.jsonl", '"position": 1,', '"position": 2,'),
        ("log.jsonl", "{", "["),
        ("checkpoints.txt", "namro.example", "other.example"),
        ("verifier.txt", "+", "-"),
    ],
)
def test_a_changed_export_is_not_read(
    kept: tuple[Path, Dossier], tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(kept[0] / "log", tmp_path / "log")
    file = tmp_path / "log" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(NotAnExport), opened(tmp_path / "log"):
        pass
    with opened(kept[0] / "log") as c:  # the control: unchanged it is read
        assert head_of(c) > 0
