"""A town that rates one commitment: who acts when (which attackers may know) apart from what is answered."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from portal.office.ratings.rules import Column, Table, Terms, count, release
from portal.office.ratings.votes import Vote
from portal.record.ratings.adding import figures
from portal.record.ratings.figures import Batch, RatingFigures
from portal.record.ratings.jumps import Jump, jumps
from portal.record.ratings.terms import COLUMNS, Answer, Group, Relation, Standing

START = date(2026, 10, 1)
WRONG = (Group.CADRE, Standing.UNVERIFIED)


@dataclass(frozen=True)
class Act:
    """Somebody speaks or takes a word back."""

    person: str
    epoch: int
    column: tuple[Group, Standing]
    relation: Relation
    withdraws: bool = False


@dataclass(frozen=True)
class Town:
    acts: tuple[Act, ...]  # in the order of their epochs
    answers: tuple[Answer, ...]  # one for each act; of no meaning where it withdraws
    epochs: int
    unusual: frozenset[str]
    terms: Terms

    def with_answers(self, changed: dict[int, Answer]) -> "Town":
        """The same people at the same times, some answers being others."""
        return replace(self, answers=tuple(changed.get(i, a) for i, a in enumerate(self.answers)))

    def with_one_more_like(self, act: int, answer: Answer, *, relation: Relation, epoch: int) -> "Town":
        """Somebody new in the column of the person of ``act``."""
        new = replace(self.acts[act], person="one more", relation=relation, epoch=epoch)
        unusual = self.unusual | {"one more"} if self.acts[act].person in self.unusual else self.unusual
        end = bisect_right(self.acts, epoch, key=_epoch)
        acts = (*self.acts[:end], new, *self.acts[end:])
        answers = (*self.answers[:end], answer, *self.answers[end:])
        return replace(self, acts=acts, answers=answers, unusual=unusual)


@dataclass(frozen=True)
class Shown:
    """All that anybody can ever read about a town; a batch bears its day, so nothing new shows in between."""

    figures: tuple[RatingFigures, ...]  # before the first batch and after each
    jumps: tuple[Jump, ...]


@dataclass(frozen=True)
class Counting:
    """What was shown, and what the office had on the table when it closed each batch."""

    shown: Shown
    tables: tuple[tuple[Batch, Table], ...]


def run(town: Town) -> Counting:
    """The town's period from its first day to its last."""
    batches: list[Batch] = []
    tables: list[tuple[Batch, Table]] = []
    after = [figures("CK", "2026Q4", batches, k=town.terms.k)]
    counted: frozenset[str] = frozenset()
    votes = votes_until(town, town.epochs)
    for epoch in range(town.epochs):
        until = bisect_right(town.acts, epoch, key=_epoch)
        table = count(votes[:until], counted=counted, unusual=town.unusual)
        day = START + timedelta(days=town.terms.min_days * epoch)
        made = release(table, batches[-1] if batches else None, terms=town.terms, today=day)
        if made is not None:
            batches.append(made.batch)
            tables.append((made.batch, table))
            counted |= made.counted
            after.append(figures("CK", "2026Q4", batches, k=town.terms.k))
    return Counting(Shown(tuple(after), tuple(jumps(batches, k=town.terms.k))), tuple(tables))


def votes_until(town: Town, epoch: int) -> list[Vote]:
    acts = zip(town.acts, town.answers, strict=True)
    return [_vote(act, answer, i) for i, (act, answer) in enumerate(acts) if act.epoch <= epoch]


def _epoch(act: Act) -> int:
    return act.epoch


def _vote(act: Act, answer: Answer, order: int) -> Vote:
    return Vote(
        person=act.person,
        group=act.column[0],
        standing=act.column[1],
        relation=act.relation,
        answer=None if act.withdraws else answer,
        order=order,
    )


def blocks(town: Town, counting: Counting) -> list[list[int]]:
    """The acts counted in each block, in the order in which the blocks were released."""
    found = []
    for batch, table in counting.tables:
        epoch = (batch.closed_on - START).days // town.terms.min_days
        last = {act.person: i for i, act in enumerate(town.acts) if _stands(act) and act.epoch <= epoch}
        for block in batch.blocks:
            there = table.waiting[Column(block.group, block.standing, block.unusual)]
            found.append([last[p] for r in block.relations for p in there.get(r, {})])
    return found


def _stands(act: Act) -> bool:
    return act.withdraws or act.column != WRONG


def town_at_random(seed: int, *, terms: Terms | None = None) -> Town:
    """Small and skewed columns, some unanimous; people who change their mind, their column, or withdraw."""
    rng = Random(seed)
    terms = terms or Terms(k=5, min_batch=rng.choice((16, 18, 25)))
    epochs = rng.randint(2, 5)
    acts: list[tuple[Act, Answer]] = []
    for column in (*COLUMNS, WRONG):
        acts += _column(rng, column, epochs, rng.choice((0, 2, terms.min_batch, terms.min_batch + 9, 60, 90)))
    acts += [_again(rng, act, epochs) for act, _ in acts if rng.random() < rng.choice((0, 0.04, 0.2))]
    acts.sort(key=lambda pair: pair[0].epoch)
    unusual = rng.choice((frozenset(), _crowd(rng, [act for act, _ in acts])))
    return Town(tuple(a for a, _ in acts), tuple(b for _, b in acts), epochs, unusual, terms)


def _column(
    rng: Random, column: tuple[Group, Standing], epochs: int, people: int
) -> list[tuple[Act, Answer]]:
    relations = rng.choices(list(Relation), k=rng.randint(1, 3))
    lean = rng.choices(list(Answer), (3, 3, 3, 1), k=4)
    weights = [1.0, *(rng.choice((0, 0.02, 0.1, 0.3, 1)) for _ in lean[1:])]
    return [
        (
            Act(f"{column[0]}-{column[1]}-{i}", rng.randrange(epochs), column, rng.choice(relations)),
            rng.choices(lean, weights)[0],
        )
        for i in range(people)
    ]


def _again(rng: Random, act: Act, epochs: int) -> tuple[Act, Answer]:
    column, relation = rng.choice((act.column, rng.choice(COLUMNS))), rng.choice(list(Relation))
    again = Act(act.person, rng.randrange(act.epoch, epochs), column, relation, rng.random() < 0.3)
    return again, rng.choice(list(Answer))


def _crowd(rng: Random, acts: Sequence[Act]) -> frozenset[str]:
    open_to_all = {act.person for act in acts if act.column[1] is Standing.UNVERIFIED}
    return frozenset(person for person in sorted(open_to_all) if rng.random() < 0.8)
