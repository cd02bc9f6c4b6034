"""An exported record is checked from its files alone; whatever byte is changed is found out."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import story
from click.testing import CliRunner
from sqlalchemy.orm import Session
from walls import engine_as
from world import World

from portal.cli import portal
from portal.kernel.grants import DoorRole
from portal.record.checkpoint import load_signer
from portal.record.export import export, written
from portal.record.verify_export import verify_export

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A record with everything in it: published, amended, withdrawn, erased."""
    with closing(World(tmp_path_factory.mktemp("told") / "instance")) as world:
        story.tell(world)
        yield world


@pytest.fixture
def folder(told: World, tmp_path: Path) -> Path:
    engine = engine_as(DoorRole.PUBLIC, told.settings.database_url)
    with Session(engine) as session:
        export(session, tmp_path / "out", verifier=told.signer.verifier())
    engine.dispose()
    return tmp_path / "out"


def lines_of(folder: Path) -> Lines:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def rewrite(folder: Path, lines: Lines) -> None:
    text = "".join(written(line) + "\n" for line in lines)
    (folder / "log.jsonl").write_text(text, encoding="utf-8")


def test_a_whole_export_holds(told: World, folder: Path) -> None:
    seen = verify_export(folder, verifier=told.signer.verifier())
    assert seen.faults == []
    assert seen.entries == seen.texts + seen.erased + seen.taken_down == len(lines_of(folder))
    assert min(seen.erased, seen.taken_down, seen.checkpoints, seen.texts) > 0


def test_any_changed_byte_is_found_out(folder: Path, tmp_path: Path) -> None:
    rng, missed = random.Random(5), []
    for name in ("log.jsonl", "checkpoints.txt"):
        whole = (folder / name).read_bytes()
        for place in (0, len(whole) - 1, *rng.sample(range(len(whole)), 40)):
            other = bytes([whole[place] ^ (1 << rng.randrange(8))])
            (folder / name).write_bytes(whole[:place] + other + whole[place + 1 :])
            if not verify_export(folder).faults:
                missed.append((name, place))
        (folder / name).write_bytes(whole)
    assert missed == []
    assert verify_export(folder).faults == []


def first(lines: Lines, **wanted: object) -> dict[str, Any]:
    return next(one for one in lines if all(one[name] == value for name, value in wanted.items()))


def lose_text(lines: Lines) -> None:
    first(lines, act="publish", kind="unit").update(text=None, salt=None)


def lose_stone(lines: Lines) -> None:
    first(lines, act="withdraw").update(text=None, salt=None)


def lose_text_alone(lines: Lines) -> None:
    first(lines, act="publish", kind="unit").update(text=None)


def other_text(lines: Lines) -> None:
    line = first(lines, act="publish", kind="programme")
    line["text"] = line["text"].replace("minh", "mình")


def no_salt(lines: Lines) -> None:
    first(lines, act="publish", kind="unit").update(salt=None)


def text_comes_back(lines: Lines) -> None:
    lines[first(lines, act="redact")["cites"]].update(text="{}", salt="00")


def other_act(lines: Lines) -> None:
    first(lines, act="withdraw").update(act="correct")


def other_instant(lines: Lines) -> None:
    lines[0].update(at="yesterday")


def lose_an_entry(lines: Lines) -> None:
    del lines[4]


def lose_the_last(lines: Lines) -> None:
    del lines[-1]


def lose_all(lines: Lines) -> None:
    lines.clear()


def other_member(lines: Lines) -> None:
    lines[2]["note"] = ""


def other_type(lines: Lines) -> None:
    lines[2]["number"] = "1"


def no_hex(lines: Lines) -> None:
    lines[2]["leaf"] = "z" * 64


FORGERIES = (
    lose_text, lose_stone, lose_text_alone, other_text, no_salt, text_comes_back, other_act, other_instant,
    lose_an_entry, lose_the_last, lose_all, other_member, other_type, no_hex,
)  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda f: f.__name__)
def test_a_forged_log_is_found_out(folder: Path, forge: Callable[[Lines], None]) -> None:
    lines = lines_of(folder)
    rewrite(folder, lines)
    assert verify_export(folder).faults == []  # written anew, it is the same
    forge(lines)
    rewrite(folder, lines)
    assert verify_export(folder).faults != []


@pytest.mark.parametrize("text", ["", "[1]\n", '{"a": 1}\n', "\udcff"])
def test_what_is_no_log_is_said_to_be_none(folder: Path, text: str) -> None:
    (folder / "log.jsonl").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert verify_export(folder).faults != []


@pytest.mark.parametrize("text", ["", "a\nb\n", "a\nb\nc\nd\n\ne\n"])
def test_what_are_no_checkpoints_are_said_to_be_none(folder: Path, text: str) -> None:
    (folder / "checkpoints.txt").write_text(text, encoding="utf-8")
    assert verify_export(folder).faults != []


def test_signed_by_somebody_else_it_is_another_record(told: World, folder: Path, tmp_path: Path) -> None:
    """Whoever forges all three files has to have another key, and that is what a kept copy shows."""
    stranger = load_signer(tmp_path / "keys", "namro.example/so-cai").verifier()
    assert verify_export(folder, verifier=stranger).faults != []
    (folder / "verifier.txt").write_text(stranger)
    assert verify_export(folder).faults != []
    assert verify_export(folder, verifier=told.signer.verifier()).faults != []


def test_the_command_says_so(
    told: World, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no instance anywhere near."""
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "nowhere"))
    held = CliRunner().invoke(portal, ["record", "verify", str(folder), "--verifier", told.signer.verifier()])
    assert (held.exit_code, "✗" in held.output) == (0, False)
    assert told.signer.verifier() in held.output
    other = shutil.copytree(folder, tmp_path / "other")
    rewrite(other, lines_of(folder)[:-1])
    caught = CliRunner().invoke(portal, ["record", "verify", str(other)])
    assert (caught.exit_code, "✗" in caught.output) == (1, True)
    none = CliRunner().invoke(portal, ["record", "verify", str(tmp_path)])
    assert none.exit_code != 0
    assert "log.jsonl" in none.output
    assert not (tmp_path / "nowhere").exists()
