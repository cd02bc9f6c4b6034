"""What an office has only written of replies and themes is nowhere in public, nor who has rated."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ballots import Ballot, Box
from crawl import everything
from dye import Dye, Search
from people import CONG
from published_comments import DIEU, comments, group, publish, write
from world import World, who

from portal.office.replies.form import ReplyForm, ThemeForm
from portal.publication.replying import return_reply
from portal.publication.theming import add
from portal.record import reads


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path).settle_in()) as made:
        yield made


def written(world: World) -> tuple[str, int, Dye]:
    """A programme with everything an office can write about comments, nothing of it published yet."""
    ref, dye = world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx")), Dye(7)
    some = comments(world, ref, 4)
    waiting = write(world, ref, some[1], dye.text())
    returned = write(world, ref, some[0], dye.text())
    with world.work() as w:
        return_reply(w, ref, returned, ReplyForm(text=dye.text()), by=who(w, CONG))
    theme = group(world, ref, some[:2], title=dye.text(), by=DIEU)
    with world.work() as w:
        add(w, ref, theme, ThemeForm(title=dye.text(), comments=some[2:3]), by=who(w, DIEU))
        commitment = reads.commitments_of(w.session, ref)[0].ref
    people = [dye.text().replace(" ", "") for _ in range(30)]
    dye.secrets[-30:] = people
    Box(world, ref, commitment).drop(*(Ballot(person) for person in people))
    world.follow()
    return ref, waiting, dye


def test_nothing_shows_until_a_second_person_lets_it_out(world: World) -> None:
    _, _, dye = written(world)
    assert shown(world, dye.secrets) == set()


def test_what_is_let_out_is_seen(world: World) -> None:
    ref, waiting, dye = written(world)
    publish(world, ref, waiting)
    world.follow()
    assert shown(world, dye.secrets) == {dye.secrets[0]}


def shown(world: World, secrets: list[str]) -> set[str]:
    search = Search(secrets)
    return {secret for _, heap in everything(world) for secret in search.found_in(heap)}
