"""Two worlds that differ only in what is withheld answer every public request with the same bytes."""

import shutil
from pathlib import Path

import pytest
from crawl import responses
from dye import dyed
from hearing import appraise_each, ask_for_erasure, present
from withheld_months import withhold_months
from world import World

from portal.kernel.sealed import Reason
from portal.publication import compose

SAMPLES = ("01-chu-tich-phuong-nhi-chieu.xlsx", "02-pho-chu-tich-phuong-kinh-mon.xlsx", "04-chu-tich-xa.xlsx")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The sample units and the cast, before any programme."""
    return World(tmp_path_factory.mktemp("base")).settle_in()


def told(base: World, folder: Path, seed: int, secrets: int) -> World:
    """The world in which the items chosen by ``seed`` are withheld and say ``secrets``."""
    shutil.copytree(base.settings.instance, folder)
    world = World(folder, seed=f"pair {seed}")
    for name in SAMPLES:
        form, dye = dyed(world.read(name), seed, secrets=secrets)
        ref = world.draft(form)
        present(world, ref, dye)
        appraise_each(world, ref, form, dye)
        if any(c.disclosed for c in form.commitments):
            world.publish(ref)
            ask_for_erasure(world, ref, dye)
        if name == SAMPLES[0]:
            withhold_months(world, dye)
    world.follow()
    world.make_open_data()
    return world


def difference(one: World, other: World) -> list[str]:
    first, second = dict(responses(one.reader())), dict(responses(other.reader()))
    assert len(first) > 60
    return sorted(a for a in first.keys() | second.keys() if first.get(a) != second.get(a))


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(s, marks=pytest.mark.proof) for s in range(3, 40))]
)
def test_what_is_withheld_changes_no_public_byte(base: World, tmp_path: Path, seed: int) -> None:
    one = told(base, tmp_path / "one", seed, 1000 + seed)
    other = told(base, tmp_path / "other", seed, 2000 + seed)
    assert difference(one, other) == []


def test_a_valve_that_leaks_a_length_is_seen(
    base: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leak only the length of the withheld texts: the pair above goes red."""
    honest = compose.compose_programme

    def leaking(draft, setting):  # type: ignore[no-untyped-def]
        document = honest(draft, setting)
        hidden = [c for t in draft.tasks for c in t.commitments if not c.disclosed]
        size = sum(ord(c.text.open(reason=Reason.COMPOSE)[4]) for c in hidden)
        object.__setattr__(document, "preface", f"{document.preface} {size}")
        return document

    monkeypatch.setattr("portal.publication.lines.compose_programme", leaking)
    one, other = told(base, tmp_path / "one", 1, 1001), told(base, tmp_path / "other", 1, 2001)
    assert difference(one, other)
