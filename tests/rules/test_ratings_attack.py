"""Attackers on released ratings recover nobody; on the same towns without suppression they recover many."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from rating_attackers import (
    Statement,
    bits,
    cells,
    deduce,
    kinds,
    statements,
    witness,
    witness_of_count,
)
from rating_town import Act, Town, blocks, run, town_at_random, votes_until

from portal.office.ratings import rules
from portal.office.ratings.rules import Column, Table, Terms, last_words
from portal.record.ratings.showing import Range, Told, tell
from portal.record.ratings.terms import COLUMNS, RATED, Answer, Relation

TOWNS = [*range(40), *(pytest.param(s, marks=pytest.mark.proof) for s in range(40, 1000))]


@pytest.mark.parametrize("seed", TOWNS)
def test_nobody_is_recovered(seed: int) -> None:
    town = town_at_random(seed)
    counting = run(town)
    counted = blocks(town, counting)
    for act in kinds(town, (i for i, act in enumerate(town.acts) if not act.withdraws)):
        for known in colluders(town, act, counted):
            assert witness(town, act, known, counting.shown), (town.acts[act], known)
    for acts in counted:
        sizes = Counter(town.answers[act] for act in acts)
        for answer in RATED if is_full_to_the_brim(town, acts) else Answer:
            for known in colluders_in(town, acts, answer) if sizes[answer] < town.terms.k else ():
                assert witness_of_count(town, acts, answer, known, counting.shown), (answer, sizes, known)
    assert recovered(town, statements(town)) == (0, 0)


def test_the_towns_are_worth_attacking() -> None:
    told = [b for s in range(40) for batch in run(town_at_random(s)).tables for b in batch[0].blocks]
    assert len(told) > 120
    ways = Counter((b.n is None, b.unusual, *(part.answers for part in b.parts)) for b in told)
    assert len(ways) >= 10, ways
    assert sum(len(run(town_at_random(s)).tables) > 1 for s in range(40)) > 20


@pytest.mark.parametrize("towns", [40, pytest.param(1000, marks=pytest.mark.proof)])
@pytest.mark.parametrize("control", ["live", "threshold"])
def test_without_suppression_conclusions_recover_many(control: str, towns: int) -> None:
    shown = {"live": live, "threshold": threshold}[control]
    found = [recovered(town, shown(town)) for town in map(town_at_random, range(towns))]
    assert sum(answers for answers, _ in found) > 12 * towns
    assert sum(small for _, small in found) > 12 * towns


def test_blocks_told_exactly_recover_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches alone do not protect: it takes ``tell`` as well."""
    monkeypatch.setattr(rules, "tell", tell_everything)
    found = [recovered(town, statements(town)) for town in map(town_at_random, range(40))]
    assert sum(answers for answers, _ in found) > 100
    assert sum(small for _, small in found) > 100


def test_a_witness_is_missed_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "tell", tell_everything)
    missed = 0
    for town in map(town_at_random, range(10)):
        counting = run(town)
        alike = [acts for acts in blocks(town, counting) if len({town.answers[i] for i in acts}) == 1]
        missed += sum(witness(town, acts[0], (), counting.shown) is None for acts in alike)
    assert missed > 0


@pytest.mark.parametrize("looks_at_answers", [False, True])
def test_a_decision_that_looks_at_answers_betrays_the_last_to_come(
    monkeypatch: pytest.MonkeyPatch, looks_at_answers: bool
) -> None:
    """Had the last one not said "not seen", enough others would have, and the batch been closed before."""
    first = [Answer.DONE_WELL] * 10 + [Answer.UNCLEAR] * 10 + [Answer.NOT_SEEN] * 5
    people = [*((answer, 0) for answer in first), (Answer.NOT_SEEN, 1)]
    acts = tuple(Act(f"p{i}", epoch, COLUMNS[0], Relation.LOCAL) for i, (_, epoch) in enumerate(people))
    min_batch = 25 if looks_at_answers else 26
    town = Town(acts, tuple(a for a, _ in people), 2, frozenset(), Terms(k=5, min_batch=min_batch))
    if looks_at_answers:
        monkeypatch.setattr(rules, "_full", only_what_splits)
    assert len(run(town).tables) == 1
    assert (witness(town, 25, (), run(town).shown) is None) == looks_at_answers


def only_what_splits(table: Table, column: Column, terms: Terms) -> list[tuple[Relation, ...]]:
    said = Counter(table.waiting.get(column, {}).get(Relation.LOCAL, {}).values())
    splits = len(tell(said, k=terms.k).parts) == 3
    return [(Relation.LOCAL,)] if splits and said.total() >= terms.min_batch else []


def recovered(town: Town, said: list[Statement]) -> tuple[int, int]:
    """How many answers and how many small cells follow from ``said``; each is held against the truth."""
    rng = Random(len(town.acts))
    people = sorted({act.person for act in town.acts})
    known = set(rng.sample(people, min(len(people), town.terms.k - 1)))
    words = {i: town.answers[i] for i, act in enumerate(town.acts) if act.person in known}
    possible = deduce(said, words, len(town.acts))
    assert all(town.answers[act] in left for act, left in possible.items()), "a false conclusion"
    small = cells(said, town.terms.k)
    for cell in small:
        assert cell.least == sum(town.answers[i] in cell.answers for i in members(cell.acts))
    return sum(len(left) == 1 for act, left in possible.items() if act not in words), len(small)


def members(acts: int) -> Iterator[int]:
    return (i for i in range(acts.bit_length()) if acts >> i & 1)


def colluders(town: Town, act: int, counted: list[list[int]]) -> Iterator[frozenset[str]]:
    """Whom it pays best to have on one's side: those who answered otherwise, the rarest answers first."""
    me = town.acts[act]
    block = next((acts for acts in counted if act in acts), range(len(town.acts)))
    otherwise = [i for i in block if town.answers[i] is not town.answers[act]]
    sizes = Counter(town.answers[i] for i in block)
    rated_first = sorted(otherwise, key=lambda i: (town.answers[i] is Answer.UNKNOWN, sizes[town.answers[i]]))
    yield first_people(town, rated_first)
    yield first_people(town, sorted(otherwise, key=lambda i: sizes[town.answers[i]]))
    yield first_people(town, sorted(otherwise, key=lambda i: abs(town.acts[i].epoch - me.epoch)))


def colluders_in(town: Town, acts: list[int], answer: Answer) -> Iterator[frozenset[str]]:
    sizes = Counter(town.answers[i] for i in acts)
    rarest = sorted(acts, key=lambda i: sizes[town.answers[i]])
    yield first_people(town, [i for i in acts if town.answers[i] is answer])
    yield first_people(town, [i for i in rarest if town.answers[i] is answer] + rarest)
    yield first_people(town, [i for i in rarest if town.answers[i] is not answer])


def is_full_to_the_brim(town: Town, acts: list[int]) -> bool:
    """Whether whoever knows the rules can tell how many people are in a block (showing, claim 2)."""
    sizes = Counter(town.acts[i].relation for i in acts)
    return len(sizes) > 1 and set(sizes.values()) == {town.terms.min_batch - 1}


def first_people(town: Town, acts: list[int]) -> frozenset[str]:
    people = list(dict.fromkeys(town.acts[i].person for i in acts))
    return frozenset(people[: town.terms.k - 1])


def live(town: Town) -> list[Statement]:
    """The control: every cell and every total, after every epoch."""
    return [one for epoch in range(town.epochs) for one in tables(town, epoch)]


def threshold(town: Town) -> list[Statement]:
    """The control that is often taken for protection: cells under k are left out, totals are not."""
    return [one for one in live(town) if not 0 < one.least < town.terms.k or is_total(town, one)]


def tables(town: Town, epoch: int) -> Iterator[Statement]:
    words = [v for v in last_words(votes_until(town, epoch)).values() if v.answer is not None]
    for column in COLUMNS:
        inside = [v for v in words if (v.group, v.standing) == column]
        for relation in (None, *Relation):
            acts = [v.order for v in inside if relation in (None, v.relation)]
            for answer in Answer:
                size = sum(town.answers[i] is answer for i in acts)
                yield Statement(bits(acts), frozenset({answer}), size, size)


def is_total(town: Town, one: Statement) -> bool:
    return len({town.acts[i].relation for i in members(one.acts)}) > 1


def tell_everything(counts: dict[Answer, int], *, k: int) -> Told:
    parts = tuple(Range(answers=(a,), least=counts[a], most=counts[a]) for a in RATED)
    unknown = counts[Answer.UNKNOWN]
    n = sum(part.most for part in parts)
    return Told(
        n=n if n >= k else None,
        parts=parts if n >= k else (),
        unknown=Range(answers=(Answer.UNKNOWN,), least=unknown, most=unknown),
    )
