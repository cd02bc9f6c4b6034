"""What goes out to who follows holds nothing withheld: letters, feeds, calendars of a dyed programme."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from crawl import letters, responses
from dye import Dye, Search, dyed
from world import World

from portal.commands.letters import Postman

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
MATTERS = ("don-vi/phuong-nhi-chieu", "tim-kiem?don_vi=phuong-nhi-chieu")
OURS = ("/feeds/", "/en/feeds/", "/lich/", "/en/lich/", "/theo-doi")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, mail_url=(tmp_path / "mail").as_uri(), seed="following").settle_in()
    yield made
    made.close()


def follow(world: World) -> None:
    """Two readers follow the ward before anything is published."""
    door = world.public.test_client()
    for n, matter in enumerate(MATTERS):
        door.post("/theo-doi", data={"email": f"doc{n}@example.vn", "muc": matter, "nhip": "instant"})
    for _, heap in letters(world):
        for link in {part.split()[0] for part in heap.decode().split("http://127.0.0.1:8000")[1:]}:
            if link.startswith("/theo-doi/xac-nhan/"):
                door.post(link)
    deliver(world)


def deliver(world: World) -> int:
    postman = Postman(world.settings, world.clock)
    sent = postman.write_round().sent
    postman.close()
    return sent


def told(world: World) -> dict[str, bytes]:
    """Every letter, feed, calendar and page of following."""
    found = {address: heap for address, heap in responses(world.reader()) if address.startswith(OURS)}
    return {**found, **{f"letter {n}": heap for n, (_, heap) in enumerate(letters(world))}}


def publish(world: World, seed: int, *, leak: bool) -> Dye:
    """A programme with secrets in every withheld field; ``leak``: and one in a public text."""
    form, dye = dyed(world.read(BOOK), seed)
    if leak:
        secret, open_one = dye.text(), next(c for c in form.commitments if c.disclosed)
        changed = replace(open_one, text=f"{open_one.text} {secret}")
        form = replace(form, commitments=tuple(changed if c is open_one else c for c in form.commitments))
    ref = world.draft(form)
    world.approve(ref)
    world.publish(ref)
    world.follow()
    return dye


def test_no_secret_is_in_a_letter_a_feed_or_a_calendar(world: World) -> None:
    follow(world)
    dye = publish(world, 4, leak=False)
    assert deliver(world) == len(MATTERS)
    heaps = told(world)
    for kind in OURS:
        assert any(address.startswith(kind) for address in heaps), kind
    assert len(dye.secrets) > 20
    search = Search([*dye.secrets, *dye.figures])
    assert {where: hits for where, heap in heaps.items() if (hits := search.found_in(heap))} == {}


def test_the_control_a_secret_in_a_public_text_is_found_in_each(world: World) -> None:
    follow(world)
    dye = publish(world, 4, leak=True)
    assert deliver(world) == len(MATTERS)
    search = Search(dye.secrets)
    found = {where for where, heap in told(world).items() if search.found_in(heap.replace(b"\r\n ", b""))}
    for kind in ("letter", "/feeds/don-vi", "/feeds/tim-kiem", "/feeds/cam-ket", "/lich/", "/theo-doi"):
        assert any(where.startswith(kind) for where in found), kind
