"""Batches of ratings through the valve: the last word counts, once, and nothing moves in between."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from ballots import Ballot, Box
from click.testing import CliRunner
from sqlalchemy import delete, func, select
from world import World

from portal.cli import portal
from portal.inbox.feedback.tables import Rating
from portal.kernel.ids import Ids, seeded
from portal.office.audit.tables import AuditLine
from portal.office.ratings.tables import Counted
from portal.publication.releasing import Matter, open_periods, release_ratings, ripe, settle
from portal.record import reads
from portal.record.documents import CommitmentDoc, RatingsDoc
from portal.record.ratings.figures import RatingFigures, Row
from portal.record.tables import Entry
from portal.record.verify import verify
from portal.record.voice import Answer, Group, Standing

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
WELL, UNCLEAR, NOT_SEEN = Answer.DONE_WELL, Answer.UNCLEAR, Answer.NOT_SEEN


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The sample town on each database."""
    with closing(World(tmp_path / "instance", database_url=database_url).settle_in()) as made:
        yield made


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[World]:
    """The sample town on SQLite, where the database does not matter."""
    with closing(World(tmp_path / "instance").settle_in()) as made:
        yield made


def box_in(world: World) -> Box:
    """The inbox of one published commitment."""
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    world.publish(ref)
    with world.work() as w:
        first = reads.commitments_of(w.session, ref)[0]
    return Box(world, ref, first.ref)


def released(box: Box) -> list[RatingFigures]:
    """What anybody reads, one of each period, the newest first."""
    with box.world.work() as w:
        found = reads.ratings_of(w.session, box.commitment)
    return [r.document.figures for r in found if isinstance(r.document, RatingsDoc)]


def row(found: RatingFigures, group: Group = Group.RESIDENT, standing: Standing = Standing.VERIFIED) -> Row:
    return next(one for one in found.rows if (one.group, one.standing) == (group, standing))


def counts(found: Row) -> dict[Answer, int]:
    """The answers that are told exactly."""
    parts = found.everybody.parts
    return {part.answers[0]: part.least for part in parts if part.least == part.most}


def count_now(box: Box) -> int:
    """Count whatever is ripe; how many batches went out."""
    with box.world.work() as w:
        settle(w)
        matters = ripe(w)
    return sum(_release(box.world, matter) is not None for matter in matters)


def _release(world: World, matter: Matter) -> int | None:
    with world.work() as w:
        return release_ratings(w, matter, signer=world.signer)


def test_the_last_word_of_each_counts_once(world: World) -> None:
    box = box_in(world)
    box.crowd("a", done_well=10, unclear=10, not_seen=9)
    at = world.clock.at
    same = [Ballot("a0", WELL, at=at + timedelta(seconds=1)) for _ in range(200)]
    box.drop(*same, Ballot("a10", NOT_SEEN, at=at + timedelta(seconds=2)))
    box.drop(
        *(Ballot("a11", word, at=at + timedelta(seconds=n)) for n, word in enumerate((NOT_SEEN, None), 1))
    )
    box.drop(*(Ballot("w1", WELL, group, Standing.UNVERIFIED) for group in (Group.CADRE, Group.PARTY_MEMBER)))
    assert count_now(box) == 1
    [found] = released(box)
    assert counts(row(found)) == {WELL: 10, UNCLEAR: 8, NOT_SEEN: 10}
    assert row(found).everybody.n == 28
    assert [one.group for one in found.rows] == [Group.RESIDENT]  # wrong groups: nobody
    with world.work() as w:
        assert w.session.scalar(select(func.count()).select_from(Counted)) == 28
        assert verify(w.session, verifier=world.signer.verifier()).faults == []


@pytest.mark.parametrize("each", [60, pytest.param(2500, marks=pytest.mark.proof)])
def test_parallel_duplicates_count_once(world: World, each: int) -> None:
    """Four workers append the same people's words at the same moment; four clocks then look at once."""
    box = box_in(world)
    workers = [Box(world, box.programme, box.commitment) for _ in range(4)]
    for number, worker in enumerate(workers):
        worker.ids = Ids(seeded(f"worker {number}"))

    def drop(worker: Box) -> None:
        for n in range(each):
            worker.drop(Ballot(f"p{n % 30}", (WELL, UNCLEAR, NOT_SEEN)[n % 3]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(drop, workers))
        counted = list(pool.map(lambda _: _release(world, Matter(box.commitment, "2026-Q4")), workers))
    assert sum(position is not None for position in counted) == 1
    [found] = released(box)
    assert counts(row(found)) == {WELL: 10, UNCLEAR: 10, NOT_SEEN: 10}


def test_what_was_counted_is_never_counted_again(world: World) -> None:
    box = box_in(world)
    box.crowd("a", done_well=10, unclear=10, not_seen=10)
    assert count_now(box) == 1
    before = released(box)
    box.drop(*(Ballot(f"a{n}", NOT_SEEN) for n in range(30)))  # too late: these were counted
    box.crowd("b", done_well=12, unclear=6, not_seen=6)  # one short of a batch
    world.later(days=8)
    assert count_now(box) == 0
    assert released(box) == before
    box.drop(Ballot("b24", WELL))
    assert count_now(box) == 1
    [found] = released(box)
    assert counts(row(found)) == {WELL: 23, UNCLEAR: 16, NOT_SEEN: 16}
    assert [batch.number for batch in found.batches] == [1, 2]
    assert found.batches[0] == before[0].batches[0]


def test_a_batch_waits_for_its_days(lite: World) -> None:
    box = box_in(lite)
    box.crowd("a", done_well=30)
    assert count_now(box) == 1
    box.crowd("b", done_well=30)
    lite.later(days=6)
    assert count_now(box) == 0
    lite.later(days=1)
    assert count_now(box) == 1


def test_a_closed_period_stays_closed(lite: World) -> None:
    box = box_in(lite)
    lite.clock.at = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)  # the last evening of the quarter
    box.crowd("a", done_well=20, unclear=9)
    late = lite.clock.at + timedelta(days=1)
    box.drop(*(Ballot(f"late{n}", NOT_SEEN, at=late, period="2026-Q4") for n in range(9)))
    lite.later(days=3)  # the quarter is over and not settled: what came in time is counted
    assert count_now(box) == 1
    [found] = released(box)
    assert (found.period, row(found).everybody.n) == ("2026-Q4", 29)
    lite.later(days=8)
    box.drop(*(Ballot(f"b{n}", NOT_SEEN, at=datetime(2026, 12, 1, tzinfo=UTC)) for n in range(40)))
    lite.later(days=5)  # settled
    with lite.work() as w:
        assert ripe(w) == []
    assert count_now(box) == 0
    assert _release(lite, Matter(box.commitment, "2026-Q4")) is None  # not even by name
    assert released(box) == [found]
    with lite.work() as w:
        assert w.session.scalars(select(Counted)).all() == []
        told = w.session.scalars(select(AuditLine).where(AuditLine.event == "RatingsSettled")).all()
        assert [line.facts for line in told] == [{"period": "2026-Q4"}]
    box.crowd("a", not_seen=30)  # the same people, a new period: a figure of its own
    assert count_now(box) == 1
    assert [one.period for one in released(box)] == ["2027-Q1", "2026-Q4"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-12-31", ["2026-Q4"]),
        ("2027-01-01", ["2027-Q1", "2026-Q4"]),
        ("2027-01-14", ["2027-Q1", "2026-Q4"]),
        ("2027-01-15", ["2027-Q1"]),
    ],
)
def test_a_period_is_settled_so_many_days_after_its_end(day: str, codes: list[str]) -> None:
    assert [p.code for p in open_periods(datetime.fromisoformat(day).date(), 14)] == codes


def test_of_a_commitment_taken_down_nothing_more_goes_out(lite: World) -> None:
    box = box_in(lite)
    box.crowd("a", done_well=30)
    lite.withdraw(box.programme)
    with lite.work() as w:
        assert ripe(w) == [Matter(box.commitment, "2026-Q4")]
    assert count_now(box) == 0
    assert released(box) == []


def test_words_on_what_was_never_public_go_nowhere(lite: World) -> None:
    box = box_in(lite)
    Box(lite, box.programme, "nosuchone").crowd("a", done_well=30)
    Box(lite, "another", box.commitment).crowd("b", done_well=30)
    assert count_now(box) == 0


def test_a_crowd_that_comes_at_once_is_counted_apart(lite: World) -> None:
    box, at = box_in(lite), lite.clock.at
    stranger = partial(Ballot, standing=Standing.UNVERIFIED)
    fast = [stranger(f"u{n}", WELL, at=at + timedelta(seconds=3 * n)) for n in range(50)]
    slow = [stranger(f"s{n}", NOT_SEEN, at=at - timedelta(hours=25 * n, minutes=n * n)) for n in range(1, 31)]
    box.drop(*fast, *slow)
    count_now(box)
    [found] = released(box)
    told = row(found, standing=Standing.UNVERIFIED)
    assert told.has_unusual
    assert (told.everybody.n, told.without_unusual.n) == (80, 30)


def test_slips_typed_in_a_row_are_no_crowd(lite: World) -> None:
    box = box_in(lite)
    box.drop(*(Ballot(f"s{n}", standing=Standing.UNVERIFIED, via="slip") for n in range(60)))
    count_now(box)
    assert not row(released(box)[0], standing=Standing.UNVERIFIED).has_unusual


def test_the_least_cell_of_a_period_stays(tmp_path: Path) -> None:
    with closing(World(tmp_path / "instance").settle_in()) as first:
        box = box_in(first)
        box.crowd("a", done_well=30)
        count_now(box)
    with closing(World(tmp_path / "instance", minimum_cell=9, seed="again")) as second:
        second.later(days=8)
        again = Box(second, box.programme, box.commitment)
        again.ids = box.ids
        again.crowd("b", done_well=30)
        count_now(again)
        assert [one.least_cell for one in released(again)] == [5]
        other = next(c for c in _commitments(second, box.programme) if c.ref != box.commitment)
        fresh = Box(second, box.programme, other.ref)
        fresh.crowd("b", done_well=30)
        count_now(fresh)
        assert [one.least_cell for one in released(fresh)] == [9]


def _commitments(world: World, programme: str) -> tuple[CommitmentDoc, ...]:
    with world.work() as w:
        return reads.commitments_of(w.session, programme)


def test_figure_and_memory_go_together(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that fails after the figure was appended leaves neither the figure nor the memory."""
    box = box_in(lite)
    box.crowd("a", done_well=30)

    def fail(**_: object) -> None:
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr("portal.publication.releasing.RatingsReleased", fail)
        with pytest.raises(RuntimeError):
            count_now(box)
    assert released(box) == []
    with lite.work() as w:
        assert w.session.scalars(select(Counted)).all() == []
    assert count_now(box) == 1


def test_the_audit_tells_what_went_out_and_not_how_many(lite: World) -> None:
    box = box_in(lite)
    box.crowd("a", done_well=30)
    count_now(box)
    with lite.work() as w:
        [line] = w.session.scalars(select(AuditLine).where(AuditLine.event == "RatingsReleased"))
        assert line.facts == {
            "programme": box.programme, "commitment": box.commitment, "period": "2026-Q4", "batch": 1,
            "position": w.session.scalar(select(func.max(Entry.position))),
        }  # fmt: skip
        w.session.execute(delete(Rating))  # retention may empty the inbox; the figure stays
    assert len(released(box)) == 1


def test_due_counts_from_the_command_line(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    box = box_in(lite)
    box.drop(*(Ballot(f"a{n}", at=datetime.now(UTC)) for n in range(30)))
    monkeypatch.setenv("PORTAL_INSTANCE", str(lite.settings.instance))
    monkeypatch.setenv("PORTAL_SEARCH_INDEX", str(lite.settings.search_index))
    done = CliRunner().invoke(portal, ["due"], catch_exceptions=False)
    assert "đợt đánh giá / batches of ratings: 1" in done.output
