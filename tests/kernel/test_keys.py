"""Keys: made once, for all processes the same, readable by the owner only."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from portal.kernel.keys import KEY_BYTES, derived, digest, key


def read(folder: str, answers: "multiprocessing.Queue[bytes]") -> None:
    """One of several processes that start at once."""
    answers.put(key(Path(folder), "desk"))


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[bytes] = spawn.Queue()
    workers = [spawn.Process(target=read, args=(str(tmp_path / "keys"), answers)) for _ in range(4)]
    for worker in workers:
        worker.start()
    assert len({answers.get(timeout=60) for _ in workers}) == 1
    for worker in workers:
        worker.join()


def test_a_key_is_for_its_owner_only(tmp_path: Path) -> None:
    made = key(tmp_path / "keys", "desk")
    assert len(made) == KEY_BYTES
    assert stat.S_IMODE((tmp_path / "keys" / "desk.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["desk.key"]


def test_another_purpose_is_another_key(tmp_path: Path) -> None:
    root = key(tmp_path, "desk")
    assert key(tmp_path, "limits") != root
    assert len({root, derived(root, "a"), derived(root, "b")}) == 3
    assert digest(root, "x") != digest(derived(root, "a"), "x")


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "desk.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="damaged"):
        key(tmp_path, "desk")
