"""Two towns that differ only in single ratings answer with the same bytes, until a batch is released."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ballots import Ballot, Box
from crawl import responses
from world import World

from portal.kernel.ids import Ids, seeded
from portal.publication.releasing import release_ratings, ripe
from portal.record import reads
from portal.record.voice import Answer, Relation

WELL, NOT_SEEN = Answer.DONE_WELL, Answer.NOT_SEEN


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Box, Box]]:
    """One town with one released batch, told on twice with the same chance."""
    with closing(World(tmp_path / "base").settle_in()) as base:
        ref = base.bring_in(base.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        with base.work() as w:
            commitment = reads.commitments_of(w.session, ref)[0].ref
        box = Box(base, ref, commitment)
        box.crowd("a", done_well=20, unclear=9, not_seen=2)
        release(box)
    for name in ("one", "other"):
        shutil.copytree(tmp_path / "base", tmp_path / name)
    with (
        closing(World(tmp_path / "one", seed="on")) as one,
        closing(World(tmp_path / "other", seed="on")) as two,
    ):
        made = Box(one, ref, commitment), Box(two, ref, commitment)
        for again in made:
            again.ids = Ids(seeded("told on"))
        yield made


def release(box: Box) -> int:
    with box.world.work() as w:
        return sum(release_ratings(w, matter, signer=box.world.signer) is not None for matter in ripe(w))


def pages(box: Box) -> dict[str, bytes]:
    """Every public answer, but for the form, whose token is fresh for whoever asks."""
    return {a: body for a, body in responses(box.world.reader()) if not a.endswith("/gop-y")}


def difference(one: Box, other: Box) -> list[str]:
    first, second = (pages(box) for box in (one, other))
    assert len(first) > 30
    return sorted(a for a in first.keys() | second.keys() if first.get(a) != second.get(a))


def test_a_single_rating_changes_no_public_byte_between_releases(pair: tuple[Box, Box]) -> None:
    one, other = pair
    one.drop(Ballot("new"), *(Ballot(f"b{n}", WELL) for n in range(20)))
    other.drop(*(Ballot(f"b{n}", NOT_SEEN, relation=Relation.AFFECTED) for n in range(24)))
    other.drop(Ballot("a0", NOT_SEEN), Ballot("a1", None))  # these were counted
    for box in pair:
        box.world.later(days=8)
        assert release(box) == 0
        box.world.follow()
    assert difference(one, other) == []


def test_a_release_is_seen(pair: tuple[Box, Box]) -> None:
    """The control: enough of these ratings for a batch, and the pages differ."""
    one, other = pair
    one.drop(*(Ballot(f"b{n}", WELL) for n in range(30)))
    other.drop(*(Ballot(f"b{n}", NOT_SEEN) for n in range(30)))
    for box in pair:
        box.world.later(days=8)
        assert release(box) == 1
    assert f"/cam-ket/{one.commitment}/danh-gia" in difference(one, other)
