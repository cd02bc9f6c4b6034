"""Two officers at the valve at the same moment: one wins or both take turns, and the log stays whole."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from changes import PAPER, REASON, changed, reported
from people import CITY, CONG, Person
from sqlalchemy import func, select
from world import World

from portal.kernel.ids import Ids
from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.work import settle
from portal.office.accounts.acts import add_officer
from portal.record import reads
from portal.record.documents import CommitmentDoc
from portal.record.tables import Entry
from portal.record.verify import verify

OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)
ONE, TWO = "01-chu-tich-phuong-nhi-chieu.xlsx", "03-bi-thu-phuong-kinh-mon.xlsx"
ROUNDS = 4


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The sample town with two publishers, on each database; names from real chance, as threads need."""
    with closing(World(tmp_path / "instance", database_url=database_url)) as made:
        settle(made.office, replace(made.office.extensions["house"], ids=Ids()))
        made.settle_in()
        with made.work() as w:
            add_officer(w, email=OTHER.email, name=OTHER.name, role=OTHER.role, unit_code=CITY)
        yield made


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each of ``acts`` gave or raised, all begun at the same moment."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[n] = act()
        except Exception as fault:  # looked at by whoever began it
            outcomes[n] = fault

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert None not in outcomes
    return list(outcomes)


def refusals(outcomes: list[object]) -> list[Refusal]:
    """The rules that refused; anything else that went wrong is a fault of ours."""
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome
    return [outcome.refusal for outcome in outcomes if isinstance(outcome, Refused)]


def revisions(world: World, ref: str) -> int:
    with world.work() as w:
        return w.session.scalar(select(func.count()).select_from(Entry).where(Entry.ref == ref)) or 0


def assert_whole(world: World) -> None:
    with world.work() as w:
        assert verify(w.session, verifier=world.signer.verifier()).faults == []


def test_of_two_first_publications_one_wins(world: World) -> None:
    form = world.read(TWO)
    for _ in range(ROUNDS):
        ref = world.draft(form)
        world.approve(ref)
        outcomes = at_once(lambda r=ref: world.publish(r), lambda r=ref: world.publish(r, by=OTHER))
        assert refusals(outcomes) == [Refusal.NOTHING_CHANGED]
        assert revisions(world, ref) == 1
    assert_whole(world)


def test_of_two_same_corrections_one_wins(world: World) -> None:
    form = world.read(TWO)
    ref = world.draft(form)
    world.approve(ref)
    world.publish(ref)
    for n in range(ROUNDS):
        form = changed(form, 1, indicator=f"Tỷ lệ mới, cách tính thứ {n} (minh họa)")
        world.revise(ref, form)
        world.approve(ref)
        outcomes = at_once(
            lambda: world.publish(ref, reason=REASON), lambda: world.publish(ref, by=OTHER, reason=REASON)
        )
        assert refusals(outcomes) == [Refusal.NOTHING_CHANGED]
    with world.work() as w:
        (corrected,) = [d for d in reads.commitments_of(w.session, ref) if "thứ" in d.indicator]
    assert revisions(world, corrected.ref) == 1 + ROUNDS
    assert_whole(world)


def test_of_two_same_reports_of_progress_one_wins(world: World) -> None:
    form = world.read(TWO)
    ref = world.draft(form)
    world.approve(ref)
    world.publish(ref)
    for n in range(ROUNDS):
        form = reported(form, 1, f"8{n}.5")
        world.revise(ref, form)
        outcomes = at_once(lambda: world.publish(ref), lambda: world.publish(ref, by=OTHER))
        assert refusals(outcomes) == [Refusal.NOTHING_CHANGED]
    assert_whole(world)


def test_publishing_and_withdrawing_take_turns(world: World) -> None:
    form = world.read(TWO)
    for n in range(ROUNDS):
        ref = world.draft(form)
        world.approve(ref)
        world.publish(ref)
        world.revise(ref, changed(form, 1, target=91 + n))
        world.approve(ref)
        outcomes = at_once(
            lambda r=ref: world.publish(r, by=OTHER, reason=REASON, document=PAPER),
            lambda r=ref: world.withdraw(r),
        )
        assert refusals(outcomes) in ([], [Refusal.NOT_APPRAISED])
        with world.work() as w:
            standing = [d for d in reads.commitments_of(w.session, ref) if isinstance(d, CommitmentDoc)]
            shown = reads.revision(w.session, ref)
        # All of it stands or all of it is gone; never a page without its commitments or the reverse.
        assert shown is not None
        assert bool(standing) == (shown.act != "withdraw")
    assert_whole(world)


def test_of_two_withdrawals_one_wins(world: World) -> None:
    form = world.read(TWO)
    for _ in range(ROUNDS):
        ref = world.draft(form)
        world.approve(ref)
        world.publish(ref)
        outcomes = at_once(lambda r=ref: world.withdraw(r), lambda r=ref: world.withdraw(r, by=OTHER))
        assert refusals(outcomes) == [Refusal.ALREADY_WITHDRAWN]
        assert revisions(world, ref) == 2
    assert_whole(world)


def test_two_programmes_go_out_together(world: World) -> None:
    for _ in range(ROUNDS):
        pair = [world.draft(world.read(name)) for name in (ONE, TWO)]
        for ref in pair:
            world.approve(ref)
        outcomes = at_once(
            *(
                lambda r=ref, by=by: world.publish(r, by=by)
                for ref, by in zip(pair, (CONG, OTHER), strict=True)
            )
        )
        assert refusals(outcomes) == []
        assert [revisions(world, ref) for ref in pair] == [1, 1]
    assert_whole(world)
