"""The attackers of ``test_ratings_attack`` on what really went out: inbox, counting, valve, record.

What the record says of a town is held against what the pure rules show of it. Where the two are the
same, every proof about the rules is one about the record.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from ballots import Ballot, Box
from rating_town import START, Town, run, town_at_random
from world import World

from portal.kernel.clock import day
from portal.office.ratings import rules
from portal.publication.releasing import Matter, release_ratings
from portal.record import reads
from portal.record.documents import RatingsDoc
from portal.record.ratings.figures import RatingFigures
from portal.record.ratings.showing import Range, Told, tell
from portal.record.ratings.terms import RATED, Answer

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
PERIOD = "2027-Q1"
FIRST = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)  # the day on which the first batch may close
SEEDS = range(4)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, list[Box]]]:
    """A town hall, and the inbox of each commitment of one programme."""
    folder = tmp_path_factory.mktemp("attacked")
    with closing(World(folder, rating_unusual=10**6).settle_in()) as world:
        ref = world.draft(world.read(BOOK))
        world.approve(ref)
        world.publish(ref)
        with world.work() as w:
            boxes = [Box(world, ref, c.ref) for c in reads.commitments_of(w.session, ref)]
        yield world, boxes


def tell_exactly(counts: dict[Answer, int], *, k: int) -> Told:
    """The control: every cell, whoever is in it."""
    honest = tell(counts, k=k)
    if honest.n is None:
        return honest
    return replace(honest, parts=tuple(Range(answers=(a,), least=counts[a], most=counts[a]) for a in RATED))


def told_by_the_record(box: Box, town: Town) -> tuple[RatingFigures, ...]:
    """Everything anybody can ever read about ``town``, rated on one commitment: after each batch."""
    world = box.world
    for epoch in range(town.epochs):
        closes = FIRST + timedelta(days=town.terms.min_days * epoch)
        acts = [(i, act) for i, act in enumerate(town.acts) if act.epoch == epoch]
        box.drop(*(_ballot(town, i, closes + timedelta(seconds=i - len(town.acts))) for i, _ in acts))
        world.clock.at = closes
        with world.work() as w:
            release_ratings(w, Matter(box.commitment, PERIOD), signer=world.signer)
    with world.work() as w:
        [newest] = reads.ratings_of(w.session, box.commitment)
        revisions = reads.history(w.session, newest.ref)
    return tuple(r.document.figures for r in reversed(revisions) if isinstance(r.document, RatingsDoc))


def _ballot(town: Town, i: int, at: datetime) -> Ballot:
    act = town.acts[i]
    answer = None if act.withdraws else town.answers[i]
    return Ballot(act.person, answer, *act.column, act.relation, at=at)


def in_the_town(found: RatingFigures) -> RatingFigures:
    """``found`` under the names and on the days that ``rating_town`` gives."""
    batches = tuple(
        replace(batch, closed_on=START + (batch.closed_on - day(FIRST))) for batch in found.batches
    )
    return replace(found, commitment="CK", period="2026Q4", batches=batches)


def a_town(seed: int) -> Town:
    terms = rules.Terms(k=5, min_batch=25)
    return replace(town_at_random(seed, terms=terms), unusual=frozenset())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_record_tells_what_the_rules_show_and_nothing_else(
    published: tuple[World, list[Box]], seed: int
) -> None:
    town, box = a_town(seed), published[1][seed]
    shown = run(town).shown.figures[1:]  # before the first batch there is no document
    assert shown, "a town of which nothing is released tells nothing; take another seed"
    assert tuple(map(in_the_town, told_by_the_record(box, town))) == shown


def test_a_counting_that_tells_more_is_seen(
    published: tuple[World, list[Box]], monkeypatch: pytest.MonkeyPatch
) -> None:
    town, box = a_town(0), published[1][len(SEEDS)]
    honest = run(town).shown.figures[1:]
    monkeypatch.setattr(rules, "tell", tell_exactly)
    assert tuple(map(in_the_town, told_by_the_record(box, town))) != honest


def test_the_days_fit_the_period() -> None:
    longest = FIRST + timedelta(days=7 * 5)
    assert date(2027, 1, 1) <= day(FIRST - timedelta(days=1)) <= day(longest) <= date(2027, 3, 31)
