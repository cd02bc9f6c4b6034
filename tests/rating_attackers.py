"""Two attackers on ratings: one who concludes, and one who may only be answered by another possible world.

Both know who acted when, in which column and with which relation, everything ever shown, the rules, and
the answers of up to k-1 people. What the first concludes is surely so (a test holds it against the
truth), so his finds on the controls are true finds. For the second, an answer counts as recovered unless
a *witness* is found: another town of the same acts and the same known answers, put through the real
rules, of which exactly the same is shown and in which the answer differs. So where he recovers nothing,
nothing can be recovered by any reasoning whatever.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rating_town import Act, Shown, Town, blocks, run

from portal.record.ratings.figures import Block
from portal.record.ratings.terms import RATED, Answer, Relation

ANSWERS = frozenset(Answer)


@dataclass(frozen=True)
class Statement:
    """Of the acts in the bit set ``acts``, between ``least`` and ``most`` gave one of ``answers``."""

    acts: int
    answers: frozenset[Answer]
    least: int
    most: int


def bits(acts: Iterable[int]) -> int:
    return sum(1 << act for act in acts)


def statements(town: Town) -> list[Statement]:
    """Everything shown of ``town``, said about the acts that the attackers know to be in each block."""
    counting = run(town)
    told = [(batch.number, block) for batch, _ in counting.tables for block in batch.blocks]
    members = [(bits(acts), *there) for acts, there in zip(blocks(town, counting), told, strict=True)]
    said = [one for acts, _, block in members for one in _of_block(acts, block)]
    for figures in counting.shown.figures:
        for row in figures.rows:
            acts = sum(
                acts
                for acts, number, block in members
                if number <= len(figures.batches)
                and (block.group, block.standing) == (row.group, row.standing)
                and block.n is not None
            )
            said += [Statement(acts, frozenset(p.answers), p.least, p.most) for p in row.everybody.parts]
    return said


def _of_block(acts: int, block: Block) -> Iterator[Statement]:
    yield Statement(acts, frozenset({Answer.UNKNOWN}), block.unknown_least, block.unknown_most)
    for part in block.parts:
        yield Statement(acts, frozenset(part.answers), part.least, part.most)
    if block.n is not None:
        yield Statement(acts, frozenset(RATED), block.n, block.n)


def deduce(said: Collection[Statement], known: dict[int, Answer], count: int) -> dict[int, frozenset[Answer]]:
    """What each of ``count`` acts may have answered, as far as differences and exclusion tell."""
    possible = {act: frozenset({known[act]}) if act in known else ANSWERS for act in range(count)}
    everything = closed(said)
    changed = True
    while changed:
        changed = False
        for one in everything:
            for act, left in _narrowed(one, possible):
                if left != possible[act]:
                    possible[act] = left
                    changed = True
    return possible


def closed(said: Collection[Statement], *, most: int = 4000) -> list[Statement]:
    """``said`` with complements and with differences of what is nested, twice over."""
    found = _tightest([*said, *map(_complement, said)])
    for _ in range(2):
        found = _tightest([*found, *islice(_differences(found), most)])
    return found


def cells(said: Collection[Statement], k: int) -> list[Statement]:
    """The cells of fewer than ``k`` people that are known exactly: one answer, someone in it or not."""
    return [
        one
        for one in closed(said)
        if len(one.answers) == 1 and one.least == one.most < k and one.acts and one.answers <= set(RATED)
    ]


def _complement(one: Statement) -> Statement:
    people = one.acts.bit_count()
    return Statement(one.acts, ANSWERS - one.answers, people - one.most, people - one.least)


def _differences(said: Collection[Statement]) -> Iterator[Statement]:
    by_answers: dict[frozenset[Answer], list[Statement]] = {}
    for one in said:
        by_answers.setdefault(one.answers, []).append(one)
    for alike in by_answers.values():
        for whole in alike:
            for part in alike:
                if part.acts != whole.acts and part.acts & whole.acts == part.acts and part.acts:
                    left = whole.acts ^ part.acts
                    yield _bounded(left, whole.answers, whole.least - part.most, whole.most - part.least)


def _bounded(acts: int, answers: frozenset[Answer], least: int, most: int) -> Statement:
    return Statement(acts, answers, max(0, least), min(acts.bit_count(), most))


def _tightest(said: Iterable[Statement]) -> list[Statement]:
    found: dict[tuple[int, frozenset[Answer]], Statement] = {}
    for one in said:
        place = (one.acts, one.answers)
        old = found.get(place, one)
        found[place] = Statement(*place, max(old.least, one.least), min(old.most, one.most))
    return list(found.values())


def _narrowed(
    one: Statement, possible: dict[int, frozenset[Answer]]
) -> Iterator[tuple[int, frozenset[Answer]]]:
    acts = [act for act in possible if one.acts >> act & 1]
    surely = sum(possible[act] <= one.answers for act in acts)
    perhaps = [act for act in acts if possible[act] & one.answers and not possible[act] <= one.answers]
    if surely + len(perhaps) == one.least:
        yield from ((act, possible[act] & one.answers) for act in perhaps)
    elif surely == one.most:
        yield from ((act, possible[act] - one.answers) for act in perhaps)


def witness(town: Town, act: int, known: Collection[str], shown: Shown) -> Town | None:
    """A town with the same answers known, of which ``shown`` is shown, in which ``act`` says otherwise."""
    return _same_looks(_others(town, act, known), shown)


def witness_of_count(
    town: Town, block: Sequence[int], answer: Answer, known: Collection[str], shown: Shown
) -> Town | None:
    """A town of which ``shown`` is shown, in which not as many in ``block`` gave ``answer``."""
    return _same_looks(_other_counts(town, block, answer, known), shown)


def _same_looks(others: Iterable[Town], shown: Shown) -> Town | None:
    return next((other for other in others if run(other).shown == shown), None)


def _others(town: Town, act: int, known: Collection[str]) -> Iterator[Town]:
    said, here = town.answers[act], town.acts[act]
    unknown = [i for i in range(len(town.acts)) if town.acts[i].person not in known]
    unknown.sort(key=lambda i: (town.acts[i].column != here.column, town.acts[i].relation != here.relation))
    for i in kinds(town, unknown):
        if town.answers[i] is not said and not town.acts[i].withdraws:
            yield town.with_answers({act: town.answers[i], i: said})
    for answer in Answer:
        if answer is not said:
            yield town.with_answers({act: answer})


def _other_counts(town: Town, block: Sequence[int], answer: Answer, known: Collection[str]) -> Iterator[Town]:
    for i in kinds(town, [i for i in block if town.acts[i].person not in known]):
        for other in Answer if town.answers[i] is answer else (answer,):
            if other is not town.answers[i]:
                yield town.with_answers({i: other})
    if answer is Answer.UNKNOWN:  # how many took part is not shown: one more may have
        epoch = max(town.acts[i].epoch for i in block)
        for relation in Relation:
            yield town.with_one_more_like(block[0], answer, relation=relation, epoch=epoch)


def kinds(town: Town, acts: Iterable[int]) -> list[int]:
    """One of each kind of ``acts``: the rules see no names, so two of a kind can stand for one another."""
    courses = _courses(town.acts)
    return list({_kind(town, courses[act], act): act for act in acts}.values())


def _kind(town: Town, course: tuple[int, ...], act: int) -> object:
    """All that tells ``act`` from others: the whole course of its person, and its place in it."""
    known = tuple((a.epoch, a.column, a.relation, a.withdraws) for a in (town.acts[i] for i in course))
    return known, tuple(town.answers[i] for i in course), course.index(act), _is_unusual(town, act)


def _is_unusual(town: Town, act: int) -> bool:
    return town.acts[act].person in town.unusual


@lru_cache(maxsize=2)
def _courses(acts: tuple[Act, ...]) -> list[tuple[int, ...]]:
    """For each act all the acts of its person."""
    found: dict[str, list[int]] = {}
    for i, act in enumerate(acts):
        found.setdefault(act.person, []).append(i)
    return [tuple(found[act.person]) for act in acts]
