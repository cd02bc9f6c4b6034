"""Counting and closing: one person once, the last word, wrong groups nothing, decisions blind to answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rating_town import Act, Town, blocks, run, town_at_random

from portal.office.ratings.rules import Column, Table, Terms, count, release
from portal.office.ratings.votes import Vote
from portal.record.ratings.adding import total
from portal.record.ratings.terms import COLUMNS, Answer, Group, Relation, Standing, standing_as

TERMS = Terms(k=5, min_batch=16, min_days=7)
TODAY = date(2026, 11, 24)
RESIDENT = Column(Group.RESIDENT, Standing.VERIFIED, False)


class TinyTerms(Terms):
    """Settings far below what is allowed, so that every town there is can be tried."""

    LEAST = 2


def vote(person: str, answer: Answer | None = Answer.DONE_WELL, *, order: int = 0, **other: Any) -> Vote:
    standard = {
        "group": Group.RESIDENT,
        "standing": Standing.VERIFIED,
        "relation": Relation.LOCAL,
    }
    return Vote(person=person, answer=answer, order=order, **(standard | other))


def crowd(people: int, name: str = "p", **other: Any) -> list[Vote]:
    answers = list(Answer)
    return [vote(f"{name}{i}", answers[i % 4], order=i, **other) for i in range(people)]


def waiting(table: Table) -> dict[str, Answer]:
    return {
        person: answer
        for relations in table.waiting.values()
        for people in relations.values()
        for person, answer in people.items()
    }


votes = st.builds(
    Vote,
    person=st.sampled_from("abcdef"),
    group=st.sampled_from(Group),
    standing=st.sampled_from(Standing),
    relation=st.sampled_from(Relation),
    answer=st.none() | st.sampled_from(Answer),
    order=st.integers(0, 10**6),
)
many_votes = st.lists(votes, max_size=40, unique_by=lambda v: v.order)


@given(many_votes, st.randoms())
def test_order_of_reading_and_duplicates_change_nothing(given_votes: list[Vote], rng: Any) -> None:
    again = given_votes * 3
    rng.shuffle(again)
    assert count(again) == count(given_votes)


@given(many_votes)
def test_one_person_counts_once_with_the_last_word(given_votes: list[Vote]) -> None:
    table = count(given_votes)
    sound = [v for v in given_votes if v.answer is None or (v.group, v.standing) in COLUMNS]
    last = {v.person: v for v in sorted(sound, key=lambda v: v.order)}
    expected = {person: v.answer for person, v in last.items() if v.answer is not None}
    assert waiting(table) == expected
    assert sum(table.size(c, r) for c in table.waiting for r in Relation) == len(expected)
    for person, v in last.items():
        if v.answer is not None:
            assert person in table.waiting[Column(v.group, v.standing, False)][v.relation]


@given(many_votes, st.sets(st.sampled_from("abcdef")))
def test_the_counted_are_done_with(given_votes: list[Vote], counted: set[str]) -> None:
    everybody = waiting(count(given_votes))
    left = waiting(count(given_votes, counted=counted))
    assert left == {person: a for person, a in everybody.items() if person not in counted}


def test_ten_thousand_duplicates_count_once() -> None:
    assert waiting(count([vote("a", order=i) for i in range(10_000)])) == {"a": Answer.DONE_WELL}


def test_wrong_groups_count_for_nothing_and_do_not_undo_a_right_word() -> None:
    wrong = [
        vote("a", order=2, group=group, standing=Standing.UNVERIFIED)
        for group in (Group.CADRE, Group.PARTY_MEMBER)
    ]
    assert waiting(count(wrong)) == {}
    assert waiting(count([vote("a", Answer.NOT_SEEN, order=1), *wrong])) == {"a": Answer.NOT_SEEN}


def test_a_word_taken_back_is_no_word_and_may_be_given_again() -> None:
    back = [vote("a", order=1), vote("a", None, order=2)]
    assert waiting(count(back)) == {}
    assert waiting(count([*back, vote("a", Answer.UNCLEAR, order=3)])) == {"a": Answer.UNCLEAR}


@pytest.mark.parametrize(
    ("group", "attested", "standing"),
    [
        (Group.RESIDENT, (), Standing.UNVERIFIED),
        (Group.RESIDENT, (Group.RESIDENT,), Standing.VERIFIED),
        (Group.PARTY_MEMBER, (Group.RESIDENT,), None),
        (Group.PARTY_MEMBER, (Group.RESIDENT, Group.PARTY_MEMBER), Standing.VERIFIED),
        (Group.CADRE, (), None),
        (Group.CADRE, (Group.CADRE,), Standing.VERIFIED),
    ],
)
def test_capacities_are_attested_or_not_claimed(
    group: Group, attested: tuple[Group, ...], standing: Standing | None
) -> None:
    assert standing_as(group, attested=attested) is standing


def test_settings_that_protect_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        Terms(k=4)
    with pytest.raises(ValueError, match="too small"):
        Terms(k=5, min_batch=15)


def closed(given_votes: Iterable[Vote], **other: Any) -> list[tuple[Relation, ...]]:
    made = release(count(given_votes, **other), None, terms=TERMS, today=TODAY)
    return [] if made is None else [block.relations for block in made.batch.blocks]


def test_too_few_people_are_no_batch() -> None:
    assert closed(crowd(15)) == []
    assert closed(crowd(16)) == [(Relation.AFFECTED, Relation.LOCAL, Relation.INTERESTED)[1:2]]


def test_relations_with_too_few_are_put_together() -> None:
    affected = crowd(16, "a", relation=Relation.AFFECTED)
    local, interested = crowd(9, "b"), crowd(7, "c", relation=Relation.INTERESTED)
    assert closed([*affected, *local, *interested]) == [
        (Relation.AFFECTED,),
        (Relation.LOCAL, Relation.INTERESTED),
    ]
    assert closed([*affected, *local]) == [(Relation.AFFECTED,)]
    assert closed([*local, *interested]) == [tuple(Relation)]


def test_columns_are_never_put_together() -> None:
    people = [
        *crowd(15, "a"),
        *crowd(15, "b", standing=Standing.UNVERIFIED),
        *crowd(15, "c", group=Group.PARTY_MEMBER),
        *crowd(15, "d", group=Group.CADRE),
    ]
    assert closed(people) == []
    assert closed(crowd(30), unusual={f"p{i}" for i in range(15)}) == []
    assert len(closed(crowd(32), unusual={f"p{i}" for i in range(16)})) == 2


def test_the_next_batch_waits_its_days_and_holds_only_the_new() -> None:
    first = release(count(crowd(20)), None, terms=TERMS, today=TODAY)
    assert first is not None
    assert first.counted == {f"p{i}" for i in range(20)}
    later = count([*crowd(20), *crowd(16, "q")], counted=first.counted)
    soon, due = TODAY + timedelta(days=6), TODAY + timedelta(days=7)
    assert release(later, first.batch, terms=TERMS, today=soon) is None
    second = release(later, first.batch, terms=TERMS, today=due)
    assert second is not None
    assert (second.batch.number, second.batch.closed_on) == (2, due)
    assert second.counted == {f"q{i}" for i in range(16)}


@given(st.integers(0, 10**6), st.randoms())
def test_no_answer_takes_part_in_any_decision(seed: int, rng: Any) -> None:
    town = town_at_random(seed)
    other = replace(town, answers=tuple(rng.choices(list(Answer), k=len(town.answers))))
    assert blocks(town, run(town)) == blocks(other, run(other))


@given(st.integers(0, 10**6))
def test_nobody_is_in_two_blocks_and_what_was_released_stays(seed: int) -> None:
    town = town_at_random(seed)
    counting = run(town)
    people = Counter(town.acts[i].person for acts in blocks(town, counting) for i in acts)
    assert set(people.values()) <= {1}
    for earlier, later in zip(counting.shown.figures, counting.shown.figures[1:], strict=False):
        assert later.batches[: len(earlier.batches)] == earlier.batches


@given(st.integers(0, 10**6))
def test_rows_add_up_to_the_truth(seed: int) -> None:
    town = town_at_random(seed)
    counting = run(town)
    told = [block for batch, _ in counting.tables for block in batch.blocks]
    truth = list(zip(blocks(town, counting), told, strict=True))
    for row in counting.shown.figures[-1].rows:
        here = [(acts, b) for acts, b in truth if (b.group, b.standing) == (row.group, row.standing)]
        assert row.has_unusual == any(b.unusual for _, b in here)
        for shown, inside in (
            (row.everybody, here),
            (row.without_unusual, [(acts, b) for acts, b in here if not b.unusual]),
        ):
            rated = Counter(town.answers[i] for acts, b in inside if b.n is not None for i in acts)
            assert shown.n == rated.total() - rated[Answer.UNKNOWN]
            assert all(p.least <= rated[p.answers[0]] <= p.most for p in shown.parts)
            unknown = sum(town.answers[i] is Answer.UNKNOWN for acts, _ in inside for i in acts)
            assert shown.unknown_least <= unknown <= shown.unknown_most


def test_a_total_of_no_told_block_has_no_shares() -> None:
    everybody_unsure = [vote(f"p{i}", Answer.UNKNOWN, order=i) for i in range(20)]
    made = release(count(everybody_unsure), None, terms=TERMS, today=TODAY)
    assert made is not None
    added = total(made.batch.blocks, k=5)
    assert (added.n, added.parts, added.unknown_least, added.unknown_most) == (0, (), 5, 20)


def test_up_to_six_people_of_each_group_release_nothing() -> None:
    """Every table of up to six people in one group, beside six of every other."""
    others = [
        v
        for i, (group, standing) in enumerate(COLUMNS[1:])
        for v in crowd(6, f"other{i}", group=group, standing=standing)
    ]
    for people in range(7):
        for answers in (
            product(Answer, repeat=people) if people < 6 else [tuple(Answer) + (Answer.UNKNOWN,) * 2]
        ):
            mine = [vote(f"p{i}", answer, order=i) for i, answer in enumerate(answers)]
            assert release(count([*mine, *others]), None, terms=TERMS, today=TODAY) is None


RETURNING = (*((f"p{i}", 0) for i in range(6)), ("p6", 1), ("p0", 1))
ARRIVALS = [
    tuple((f"p{i}", i // 4) for i in range(7)),
    pytest.param(tuple((f"p{i}", i // 5) for i in range(8)), marks=pytest.mark.proof),
    pytest.param(RETURNING, marks=pytest.mark.proof),
]


@pytest.mark.parametrize("arrivals", ARRIVALS)
def test_in_every_possible_town_nobody_is_recovered(arrivals: tuple[tuple[str, int], ...]) -> None:
    """All worlds with these arrivals, those together that look the same: every answer stays open."""
    acts = tuple(Act(person, epoch, COLUMNS[0], Relation.LOCAL) for person, epoch in arrivals)
    worlds: dict[Any, list[tuple[Answer, ...]]] = {}
    for answers in product(Answer, repeat=len(acts)):
        town = Town(acts, answers, 2, frozenset(), TinyTerms(k=2, min_batch=7))
        worlds.setdefault(run(town).shown, []).append(answers)
    assert len(worlds) > 1
    for alike in worlds.values():
        for mine, person in enumerate(arrivals):
            for answer in {world[mine] for world in alike}:
                fitting = [world for world in alike if world[mine] is answer]
                for other, (name, _) in enumerate(arrivals):
                    assert name == person[0] or len({world[other] for world in fitting}) > 1
