"""What is told of a block: every small block there is, against attackers who know all but the answers."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.record.ratings.showing import LADDER, Range, Told, fewest_raters, tell
from portal.record.ratings.terms import RATED, Answer

Counts = tuple[int, ...]  # one for each answer, in their order
Tell = Callable[[dict[Answer, int], int], Told]
D, U, S, X = Answer

SIZES = [(2, 12), (3, 14), pytest.param(5, 22, marks=pytest.mark.proof)]


def honest(counts: dict[Answer, int], k: int) -> Told:
    return tell(counts, k=k)


def without_merging(counts: dict[Answer, int], k: int) -> Told:
    """The control: small cells are left out, the number of people is not."""
    parts = tuple(Range(answers=(a,), least=counts[a], most=counts[a]) for a in RATED if counts[a] >= k)
    n = sum(counts[a] for a in RATED)
    return Told(n=n, parts=parts, unknown=tell(counts, k=k).unknown)


def all_counts(people: int) -> Iterator[Counts]:
    for d in range(people + 1):
        for u in range(people - d + 1):
            for s in range(people - d - u + 1):
                yield d, u, s, people - d - u - s


def alike(people: int, k: int, tell: Tell) -> list[list[Counts]]:
    """The blocks of so many people, those together of which the same is told."""
    found: dict[Told, list[Counts]] = defaultdict(list)
    for counts in all_counts(people):
        found[tell(dict(zip(Answer, counts, strict=True)), k)].append(counts)
    return list(found.values())


def recovered(people: int, k: int, tell: Tell) -> tuple[int, int]:
    """How often up to k-1 people together know another's answer, and how often a small cell."""
    answers = cells = 0
    for blocks in alike(people, k, tell):
        for known in (c for size in range(k) for c in all_counts(size)):
            fitting = [b for b in blocks if all(x >= y for x, y in zip(b, known, strict=True))]
            if fitting:
                open_to = {i for b in fitting for i in range(4) if b[i] > known[i]}
                answers += len(open_to) < 2
                values = [{b[i] for b in fitting} for i in range(3)]
                cells += sum(len(v) == 1 and min(v) < k for v in values)
    return answers, cells


@pytest.mark.parametrize(("k", "most"), SIZES)
def test_no_block_gives_anything_away(k: int, most: int) -> None:
    for people in range(k, most + 1):
        assert recovered(people, k, honest) == (0, 0), people


@pytest.mark.parametrize("k", [2, 3])
def test_leaving_small_cells_out_gives_much_away(k: int) -> None:
    answers, cells = recovered(3 * k + 2, k, without_merging)
    assert answers >= 10
    assert cells >= 100


@pytest.mark.parametrize("k", [2, 3, 5])
def test_how_many_do_not_know_stays_open_when_few(k: int) -> None:
    """To whoever does not know how many took part, and only that at least 3k + 1 did (rules.Terms)."""
    found: dict[Told, set[int]] = defaultdict(set)
    for people in range(fewest_raters(k), 5 * k + 3):
        for counts in (c for c in all_counts(people) if sum(c[:3]) <= 4 * k):
            found[tell(dict(zip(Answer, counts, strict=True)), k=k)].add(counts[3])
    assert all(len(values) > 1 or min(values) >= k for values in found.values())


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(2, 9))
def test_what_is_told_is_true_and_every_rater_is_in_it(counts: list[int], k: int) -> None:
    there = dict(zip(Answer, counts, strict=True))
    told = tell(there, k=k)
    assert told.unknown.least <= there[X] <= told.unknown.most
    assert (told.n is None) == (sum(counts[:3]) <= 3 * k)
    for part in told.parts:
        assert part.least <= sum(there[a] for a in part.answers) <= part.most
    if told.n is not None:
        assert told.n == sum(counts[:3])
        assert sorted(a for part in told.parts for a in part.answers) == sorted(RATED)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(2, 9))
def test_nothing_exact_is_told_of_k_people_or_fewer(counts: list[int], k: int) -> None:
    assume(sum(counts) >= fewest_raters(k))
    told = tell(dict(zip(Answer, counts, strict=True)), k=k)
    assert all(part.least > k for part in (*told.parts, told.unknown) if part.least == part.most)
    assert all(part.most - part.least == k for part in told.parts if part.least != part.most)


@pytest.mark.parametrize(
    ("counts", "parts"),
    [
        ((20, 9, 6, 0), (((D,), 20, 20), ((U,), 9, 9), ((S,), 6, 6))),
        ((20, 9, 5, 0), (((D,), 20, 20), ((U, S), 14, 14))),
        ((20, 9, 0, 0), (((D,), 20, 20), ((U, S), 9, 9))),
        ((5, 9, 6, 0), (((D, U), 14, 14), ((S,), 6, 6))),
        ((5, 30, 1, 0), (((U,), 30, 30), ((D, S), 6, 6))),
        ((30, 4, 1, 0), (((D,), 30, 35), ((U, S), 0, 5))),
        ((0, 0, 16, 0), (((S,), 11, 16), ((D, U), 0, 5))),
        ((1, 15, 0, 9), (((U,), 11, 16), ((D, S), 0, 5))),
        ((7, 8, 0, 20), ()),
    ],
)
def test_what_is_told_at_five(counts: Counts, parts: tuple[tuple[tuple[Answer, ...], int, int], ...]) -> None:
    told = tell(dict(zip(Answer, counts, strict=True)), k=5)
    assert told.parts == tuple(Range(answers=a, least=x, most=y) for a, x, y in parts)


def test_unknown_is_told_from_six_on() -> None:
    told = [tell({D: 20, S: 20, X: x}, k=5).unknown for x in (0, 5, 6)]
    assert [(t.least, t.most) for t in told] == [(0, 5), (0, 5), (6, 6)]
    assert tell({D: 7, X: 20}, k=5).unknown == Range(answers=(X,), least=12, most=27)


def test_every_line_of_the_ladder_holds_each_rated_answer_once() -> None:
    assert all(sorted(a for part in line for a in part) == sorted(RATED) for line in LADDER)
