"""Shelves: what is kept is whole, named by its content, readable by whom it should be, and removable."""

import hashlib
import os
import stat
from pathlib import Path

import papers
import pytest

from portal.kernel import shelves
from portal.kernel.shelves import OFFICE, RECORD, FileNotKept
from portal.office.evidence import store
from portal.office.evidence.cleaning import clean
from portal.office.evidence.kinds import Kind

DATA = b"minh chung (so lieu minh hoa)"
NAME = hashlib.sha256(DATA).hexdigest()


def test_a_file_is_named_by_what_it_holds(tmp_path: Path) -> None:
    assert shelves.put(tmp_path, OFFICE, DATA) == NAME
    assert shelves.put(tmp_path, OFFICE, DATA) == NAME
    assert os.listdir(tmp_path / OFFICE) == [NAME]
    assert shelves.read(tmp_path, OFFICE, NAME) == DATA


def test_a_changed_file_is_never_handed_out_and_is_mended_by_putting_it_again(tmp_path: Path) -> None:
    shelves.put(tmp_path, OFFICE, DATA)
    (tmp_path / OFFICE / NAME).write_bytes(b"other")
    with pytest.raises(FileNotKept):
        shelves.read(tmp_path, OFFICE, NAME)
    with pytest.raises(FileNotKept):
        shelves.publish(tmp_path, NAME)
    shelves.put(tmp_path, OFFICE, DATA)
    assert shelves.read(tmp_path, OFFICE, NAME) == DATA


@pytest.mark.parametrize("name", ["", "..", "../office/" + NAME, NAME.upper(), NAME + "\n", NAME[:-1], "a/b"])
def test_only_names_that_were_given_out_are_looked_for(tmp_path: Path, name: str) -> None:
    shelves.put(tmp_path, OFFICE, DATA)
    for act in (shelves.read, shelves.remove):
        with pytest.raises(FileNotKept):
            act(tmp_path, OFFICE, name)


def test_the_record_is_public_and_the_office_is_not(tmp_path: Path) -> None:
    shelves.put(tmp_path, OFFICE, DATA)
    shelves.publish(tmp_path, NAME)
    modes = {shelf: stat.S_IMODE((tmp_path / shelf / NAME).stat().st_mode) for shelf in (OFFICE, RECORD)}
    assert modes == {OFFICE: 0o600, RECORD: 0o644}
    assert stat.S_IMODE((tmp_path / OFFICE).stat().st_mode) == 0o700
    assert not os.path.samefile(tmp_path / OFFICE / NAME, tmp_path / RECORD / NAME)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        shelves.put(tmp_path, OFFICE, DATA)
    assert os.listdir(tmp_path / OFFICE) == []


def test_a_withdrawn_file_is_gone_from_both_shelves(tmp_path: Path) -> None:
    made = clean(papers.png(), filename="a")
    name = store.keep(tmp_path, made)
    assert name == made.sha256
    store.publish(tmp_path, name)
    store.forget(tmp_path, name)
    assert [os.listdir(tmp_path / shelf) for shelf in (OFFICE, RECORD)] == [[], []]
    store.forget(tmp_path, name)
    with pytest.raises(FileNotKept):
        store.publish(tmp_path, name)


def test_a_file_is_served_to_be_saved_never_to_be_run() -> None:
    said = store.headers(NAME, Kind.PDF)
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert said["Content-Disposition"] == f'attachment; filename="minh-chung-{NAME[:12]}.pdf"'
    assert said["Content-Type"] == "application/pdf"
    assert said["Cache-Control"] == "no-cache"
