"""The same people rating again and again at the same moment, on both databases: nobody counts twice."""

import random
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from story import ONE, ref_of
from takers import Taker
from world import World

from portal.inbox.feedback.tables import Rating
from portal.office.ratings.rules import count
from portal.office.ratings.votes import Vote
from portal.record.voice import Answer, Group, Relation, Standing

PEOPLE, HANDS = 10, 8  # accounts; requests under way at one moment
ANSWERS = [a.value for a in Answer]


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    mail = (tmp_path / "mail").as_uri()
    made = World(
        tmp_path / "instance", database_url=database_url, mail_url=mail, feedback_per_day=100_000
    ).settle_in()
    with closing(made):
        yield made


def votes(world: World) -> list[Vote]:
    """The inbox as the counting reads it, in the order of receipt."""
    with world.work() as w:
        rows = w.session.scalars(select(Rating).order_by(Rating.at, Rating.key)).all()
        return [
            Vote(
                person=r.person, group=Group(r.group), standing=Standing(r.standing), order=n,
                relation=Relation(r.relation), answer=Answer(r.answer) if r.answer else None,
            )
            for n, r in enumerate(rows)
        ]  # fmt: skip


def send_all(takers: list[Taker], place: str, total: int) -> list[int]:
    """``total`` ratings by the same few people, many at once; the statuses."""
    dice, lock, statuses = random.Random(total), threading.Lock(), list[int]()
    tokens = {t.address: Taker.token(t.get(place)) for t in takers}
    cookies = {t.address: t.client.get_cookie("gop-y") for t in takers}
    todo = [(dice.choice(takers), dice.choice(ANSWERS), dice.random() < 0.1) for _ in range(total)]

    def work() -> None:
        while True:
            with lock:
                if not todo:
                    return
                taker, answer, claims = todo.pop()
                machine = f"198.51.{dice.randrange(256)}.{dice.randrange(256)}"
            client = taker.client.application.test_client()
            client.set_cookie("gop-y", cookies[taker.address].value)  # type: ignore[union-attr]  # signed in
            form = {"rating": answer, "csrf_token": tokens[taker.address]}
            form |= {"group": "party_member"} if claims else {}
            status = client.post(place, data=form, environ_overrides={"REMOTE_ADDR": machine}).status_code
            with lock:
                statuses.append(status)

    hands = [threading.Thread(target=work) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return statuses


@pytest.mark.parametrize("total", [200, pytest.param(10_000, marks=pytest.mark.proof)])
def test_duplicates_at_once_count_once_and_no_group_is_claimed(world: World, total: int) -> None:
    place = f"/cam-ket/{ref_of(world, world.bring_in(world.read(ONE)), number=1)}/gop-y"
    takers = [
        Taker(world.public, world.settings, f"n{n}@thu.example", REMOTE_ADDR=f"203.0.113.{n}").sign_in()
        for n in range(PEOPLE)
    ]
    statuses = send_all(takers, place, total)
    assert set(statuses) == {303, 422}  # taken in; claimed a group nobody attested
    found = votes(world)
    assert len(found) == statuses.count(303)  # nothing acknowledged is lost
    assert {v.group for v in found} == {Group.RESIDENT}
    waiting = count(found).waiting
    people = [person for relations in waiting.values() for keys in relations.values() for person in keys]
    assert len(people) == len(set(people)) == PEOPLE
    # The control: counted by rows, the same votes would be many more people.
    assert len(found) > 10 * PEOPLE
