"""Signs of manipulation: seen where they are, not seen in ordinary coming and going, blind to answers."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.office.ratings.rules import Terms, count, release
from portal.office.ratings.unusual import Arrival, Watch, marked, marks
from portal.office.ratings.votes import Vote
from portal.record.ratings.figures import Batch
from portal.record.ratings.jumps import Jump, jumps
from portal.record.ratings.terms import Answer, Group, Relation, Sign, Standing

START = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
WATCH = Watch(people=25)
EACH = timedelta(minutes=1)


def arrivals(
    seconds: list[float],
    *,
    name: str = "p",
    new: bool = False,
    standing: Standing = Standing.UNVERIFIED,
) -> list[Arrival]:
    return [
        Arrival(person=f"{name}{i}", standing=standing, at=START + timedelta(seconds=s), is_new=new)
        for i, s in enumerate(seconds)
    ]


def ordinary(seed: int, people: int = 300, *, mean: float = 3600) -> list[float]:
    """People who come independently of one another, on average ``mean`` seconds apart."""
    rng, at = Random(seed), 0.0
    return [at := at + rng.expovariate(1 / mean) for _ in range(people)]


@pytest.mark.parametrize("seed", range(50))
def test_ordinary_coming_and_going_is_not_marked(seed: int) -> None:
    assert marked(arrivals(ordinary(seed)), WATCH) == frozenset()
    assert marked(arrivals(ordinary(seed, mean=20_000), new=True), WATCH) == frozenset()


@pytest.mark.parametrize("seed", range(10))
def test_a_burst_is_marked_and_nobody_else(seed: int) -> None:
    rng = Random(seed)
    burst = arrivals([500_000 + rng.random() * 590 for _ in range(40)], name="bot")
    quiet = [s for s in ordinary(seed) if abs(s - 500_000) > 1300]
    found = marks([*arrivals(quiet), *burst], WATCH)
    assert found[Sign.BURST] == {a.person for a in burst}


def test_a_burst_one_short_is_none() -> None:
    just = [i * 25.0 + (i % 2) * 5 for i in range(24)]
    assert marked(arrivals(just), WATCH) == frozenset()
    assert len(marked(arrivals([*just, 600.0]), WATCH)) == 25
    assert marked(arrivals([*just, 601.0]), WATCH) == frozenset()


def test_many_new_keys_in_a_day_are_marked_old_ones_not() -> None:
    times = ordinary(1, 60, mean=1200)
    new, old = arrivals(times, name="new", new=True), arrivals([t + 7 for t in times], name="old")
    found = marks([*new, *old], WATCH)
    assert found[Sign.NEW_KEYS] == {a.person for a in new}
    assert found[Sign.BURST] == frozenset()


@pytest.mark.parametrize("gap", [61.0, 900.0, 7200.0])
def test_a_program_that_waits_the_same_time_is_marked(gap: float) -> None:
    rng = Random(7)
    even = [50_000 + i * gap + rng.random() for i in range(30)]
    found = marks([*arrivals([3.0, 9000.0, 20_000.5]), *arrivals(even, name="bot")], WATCH)
    assert found[Sign.EVEN_TIMING] == {f"bot{i}" for i in range(30)}


def test_times_that_are_all_the_same_are_a_burst_not_a_rhythm() -> None:
    found = marks(arrivals([60.0] * 30), WATCH)
    assert len(found[Sign.BURST]) == 30
    assert found[Sign.EVEN_TIMING] == frozenset()


def test_a_crowd_of_verified_people_is_a_meeting() -> None:
    assert marked(arrivals([1.0] * 80, standing=Standing.VERIFIED, new=True), WATCH) == frozenset()


def test_one_person_many_times_is_no_crowd() -> None:
    again = [a for i in range(50) for a in arrivals([float(i)])]
    assert marked(again, WATCH) == frozenset()
    assert marked([*reversed(again)], WATCH) == frozenset()


def test_nobody_at_all() -> None:
    assert marks([], WATCH) == dict.fromkeys(Sign, frozenset())


@given(st.lists(st.floats(0, 10_000), min_size=25, max_size=80), st.randoms())
def test_the_order_of_reading_changes_nothing(seconds: list[float], rng: Random) -> None:
    come = arrivals(seconds, new=True)
    mixed = list(come)
    rng.shuffle(mixed)
    assert marks(mixed, WATCH) == marks(come, WATCH)


def test_an_answer_cannot_take_part() -> None:
    assert {field.name for field in fields(Arrival)} == {"person", "standing", "at", "is_new"}


def test_the_marked_are_counted_apart_and_none_is_lost() -> None:
    terms = Terms(k=5, min_batch=16)
    votes = said("p", 10, 10, 0) + said("bot", 30, 0, 0)
    bots = {v.person for v in votes if v.person.startswith("bot")}
    made = release(count(votes, unusual=bots), None, terms=terms, today=date(2026, 11, 24))
    assert made is not None
    assert [(b.unusual, b.n) for b in made.batch.blocks] == [(False, 20), (True, 30)]
    assert len(made.counted) == 50


def said(name: str, *sizes: int) -> list[Vote]:
    answers = [answer for answer, size in zip(Answer, sizes, strict=False) for _ in range(size)]
    return [
        Vote(
            person=f"{name}{i}",
            group=Group.RESIDENT,
            standing=Standing.UNVERIFIED,
            relation=Relation.LOCAL,
            answer=answer,
            order=i,
        )
        for i, answer in enumerate(answers)
    ]


def batches(*sizes: tuple[int, ...]) -> list[Batch]:
    made: list[Batch] = []
    for i, block in enumerate(sizes):
        terms = Terms(k=5, min_batch=16, min_days=0)
        done = release(
            count(said(f"{i}-", *block)), made[-1] if made else None, terms=terms, today=date(2026, 11, 24)
        )
        assert done is not None
        made.append(done.batch)
    return made


def test_a_jump_to_one_side_is_noticed() -> None:
    jumped = jumps(batches((20, 20, 20), (18, 22, 20), (60, 6, 6)), k=5)
    place = (3, Group.RESIDENT, Standing.UNVERIFIED)
    assert jumped == [Jump(*place, a) for a in (Answer.DONE_WELL, Answer.UNCLEAR, Answer.NOT_SEEN)]
    assert jumps(batches((40, 10, 10), (10, 10, 40)), k=5)[0] == Jump(2, *place[1:], Answer.DONE_WELL)


def test_what_chance_may_do_is_no_jump() -> None:
    assert jumps(batches((20, 20, 20), (26, 18, 16), (15, 25, 20)), k=5) == []
    assert jumps(batches((0, 0, 0, 30), (60, 6, 6)), k=5) == []
