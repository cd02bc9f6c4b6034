"""Open data at the public door: never a file with something that was taken down, not even a "you have it"."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import town
from archives import unpacked
from figured import kinds_shown, unexplained
from open_files import DAY, built, settings_with_everything
from reader import Reader
from townhall import NOW, make_settings, open_door, write

from portal.commands import opendata
from portal.commands.followers import public_log
from portal.migrations.upgrade import upgrade
from portal.record.documents import Act, CommitmentDoc, Kind, Notice, TombstoneDoc
from portal.record.opendata import following, shelf
from portal.record.opendata.following import FollowerBusy
from portal.record.opendata.shelf import ARCHIVE, MANIFEST, Ready
from portal.settings import Settings

WORDS = "Trồng 500 cây xanh xylophon (minh họa)"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_with_everything(tmp_path / "instance")
    write(made, [town.line(Kind.COMMITMENT, promise())], NOW)
    return made


@pytest.fixture
def reader(settings: Settings) -> Reader:
    return Reader(open_door(settings).test_client())


def promise(**changed: object) -> CommitmentDoc:
    values = {"ref": "ckcay", "text": WORDS, **changed}
    return replace(town.commitments()["QH-01"], **values)  # type: ignore[arg-type]


def take_down(settings: Settings) -> None:
    stone = TombstoneDoc(ref="ckcay", withdrawn_on=DAY, reason="Công bố nhầm (minh họa).")
    write(settings, [town.line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason=stone.reason))], NOW)


def inside(name: str, data: bytes) -> bytes:
    return b"".join(one for _, one in unpacked(name, data))


def addresses(reader: Reader) -> list[str]:
    return [link for link in reader.open("/du-lieu").links() if link.startswith("/du-lieu/")]


def test_before_the_first_run_the_page_says_that_there_is_nothing_yet(reader: Reader) -> None:
    assert "đang được làm" in reader.open("/du-lieu").text
    assert addresses(reader) == []
    assert reader.get("/du-lieu/units.csv").status_code == 503
    reader.open("/en/du-lieu")


def test_the_page_lists_every_file_and_says_how_far_it_reaches(settings: Settings, reader: Reader) -> None:
    folder, manifest = built(settings)
    listed = {address.rpartition("/")[2] for address in addresses(reader)}
    assert listed == set(manifest.files) == {path.name for path in folder.iterdir()}
    english = reader.open("/en/du-lieu").text
    assert f"Files up to entry{manifest.size}" in english
    assert "CC BY 4.0" in english
    assert unexplained(reader.open("/en/du-lieu")) == []
    assert {"so-cai", "so-du-lieu"} <= kinds_shown(reader.open("/en/du-lieu"))
    for address in addresses(reader):
        found = reader.get(address)
        assert (found.status_code, found.headers["Content-Disposition"]) == (
            200, f'attachment; filename="{address.rpartition("/")[2]}"',
        )  # fmt: skip
        assert found.data == (folder / address.rpartition("/")[2]).read_bytes()
        assert found.headers["Cache-Control"] == "no-cache"
        assert "Last-Modified" not in found.headers  # two states of one second must not look alike
    write(settings, [town.line(Kind.COMMITMENT, promise(text=f"{WORDS} 2"), Act.CORRECT)], NOW)
    assert f"sổ cái nay có {manifest.size + 1} mục" in reader.open("/du-lieu").text
    assert reader.get("/du-lieu/units.csv").status_code == 200  # nothing was taken down


def test_part_of_a_file_and_its_head_alone(settings: Settings, reader: Reader) -> None:
    folder, _ = built(settings)
    whole = (folder / "units.csv").read_bytes()
    part = reader.get("/du-lieu/units.csv", Range="bytes=3-12")
    assert (part.status_code, part.data) == (206, whole[3:13])
    head = reader.client.head("/du-lieu/units.csv")
    assert (head.status_code, head.content_length, head.data) == (200, len(whole), b"")
    again = reader.get("/du-lieu/units.csv", **{"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("no.csv", "manifest.json", "..%2Fmanifest.json", "units.csv/"):
        assert reader.get(f"/du-lieu/{name}").status_code == 404


def test_what_was_taken_down_is_given_out_no_more(settings: Settings, reader: Reader) -> None:
    built(settings)
    found = {address: reader.get(address) for address in addresses(reader)}
    holding = [address for address, one in found.items() if WORDS.encode() in inside(address, one.data)]
    assert {f"/du-lieu/{n}" for n in ("commitments.csv", "commitments.json", ARCHIVE)} <= set(holding)
    take_down(settings)
    for address, one in found.items():
        for asked in ({}, {"If-None-Match": one.headers["ETag"]}, {"Range": "bytes=0-9"}):
            late = reader.get(address, **asked)
            assert (late.status_code, late.headers["Retry-After"]) == (503, "60"), address
            assert late.headers["Cache-Control"] == "no-store"
    page = reader.open("/du-lieu")
    assert "không được đưa ra nữa" in page.text
    assert addresses(reader) == []
    reader.open("/du-lieu/units.csv", status=503)
    assert "no longer given out" in reader.open("/en/du-lieu").text
    folder, manifest = built(settings)  # one run of the follower
    for address, one in found.items():
        fresh = reader.get(address, **{"If-None-Match": one.headers["ETag"]})
        assert WORDS.encode() not in inside(address, fresh.data)
        assert fresh.status_code == 200 or address not in holding
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [manifest.generation]


def test_without_the_look_at_the_log_the_old_file_would_go_out(
    settings: Settings, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    built(settings)
    take_down(settings)
    monkeypatch.setattr(shelf, "is_taken_down_since", lambda c, size: False)
    assert WORDS.encode() in reader.get("/du-lieu/commitments.csv").data


def test_files_of_another_log_are_not_given_out(settings: Settings, reader: Reader) -> None:
    """A database restored from an older copy, or a folder from elsewhere."""
    _, manifest = built(settings)
    folder = opendata.folder_of(settings)
    for wrong in (replace(manifest, root="0" * 64), replace(manifest, size=manifest.size + 9)):
        (folder / MANIFEST).write_bytes(shelf.written(wrong))
        assert reader.get("/du-lieu/units.csv").status_code == 503
    (folder / MANIFEST).write_text("{torn")
    assert reader.get("/du-lieu/units.csv").status_code == 503
    _, again = built(settings)
    assert again == manifest
    assert reader.get("/du-lieu/units.csv").status_code == 200


def test_a_file_that_vanishes_while_it_is_asked_for_is_a_matter_of_minutes(
    settings: Settings, reader: Reader
) -> None:
    folder, _ = built(settings)
    (folder / "units.csv").unlink()
    assert reader.get("/du-lieu/units.csv").status_code == 503


Run = Callable[..., int]


@pytest.fixture
def run(settings: Settings) -> Run:
    def follow(pause: float = 0) -> int:
        with public_log(settings) as log:
            return following.follow(
                log, opendata.folder_of(settings), opendata.about_of(settings), pause=pause
            )

    return follow


def test_new_entries_wait_a_little_and_what_is_gone_never(settings: Settings, run: Run) -> None:
    size = run()
    write(settings, [town.line(Kind.COMMITMENT, promise(text=f"{WORDS} 2"), Act.CORRECT)], NOW)
    assert run(pause=600) == size
    assert run() == size + 1
    take_down(settings)
    assert run(pause=600) == size + 2


def test_a_follower_that_dies_leaves_what_was_there_and_the_next_one_tidies(
    settings: Settings, run: Run, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = run()
    write(settings, [town.line(Kind.COMMITMENT, promise(text=f"{WORDS} 2"), Act.CORRECT)], NOW)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("portal.record.opendata.building._pack", die)
        with pytest.raises(KeyboardInterrupt):
            run()
        assert reader.get("/du-lieu/units.csv").status_code == 200
        take_down(settings)
        with pytest.raises(KeyboardInterrupt):
            run()
    old = opendata.folder_of(settings).rglob("commitments.csv")
    assert [path for path in old if WORDS.encode() in path.read_bytes()] == []  # gone even so
    assert run() == size + 2
    assert reader.get("/du-lieu/units.csv").status_code == 200


def test_two_followers_do_not_meet(settings: Settings, run: Run) -> None:
    with public_log(settings) as log, following.only_follower(opendata.folder_of(settings)):
        with pytest.raises(FollowerBusy):
            run()
        assert opendata.build_now(settings, log) is None


def test_an_empty_log_makes_empty_tables(tmp_path: Path) -> None:
    bare = make_settings(tmp_path / "bare")
    upgrade(bare)
    _, manifest = built(bare)
    assert manifest.size == manifest.files["units.csv"].rows == 0
    assert Reader(open_door(bare).test_client()).open("/du-lieu").h1 == "Dữ liệu mở"


def test_beside_the_follower_the_files_are_kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the disk is told and tried again."""
    tried, done = [], threading.Event()
    honest = following.follow

    def faulty(*args: object, **more: object) -> int:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("no space left")
        size = honest(*args, **more)  # type: ignore[arg-type]
        done.set()
        return size

    monkeypatch.setattr(opendata, "follow", faulty)
    monkeypatch.setattr(opendata, "_PAUSE", 0.01)
    with public_log(settings) as log, opendata.keeping(settings, log):
        assert done.wait(30)
    manifest = shelf.load(opendata.folder_of(settings))
    with public_log(settings) as log, log.snapshot() as c:
        assert shelf.readiness(c, manifest) is Ready.YES
