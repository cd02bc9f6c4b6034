"""Which votes count, when a batch is closed, and who is in which block of it.

**The scheme.** In a period a person counts once on a commitment, in exactly one block. A block is all the
people of one column (group, standing, usual or not) and of one or more relations who wait to be counted
when it closes. Whether and how blocks close depends on the day and on how many people wait, *never on
what anybody answered*. Of a closed block ``showing.tell`` tells what is safe, once; nothing counted is
ever counted again. A word may be changed or taken back until the block it is in has closed.

**Why nobody's answer can be recovered**, by attackers who know who took part, when and in which column,
every figure ever released, these rules, and the answers of up to k-1 people (one of them and k-2 who
collude). Take a person p they do not know. Not yet counted, withdrawn, or an earlier word of p: no figure
depends on it. Counted: in one block only. By claim 1 of ``showing`` there is a block of the same people
of which the same is told and in which p answered otherwise. Put it in place of the true one. No decision
to close anything changes, for none depends on answers; no other block changes, for no other holds these
people's words on this commitment in this period; totals, filters, shares, intervals, differences between
releases and figures without the unusual part are computed from what is told, so none of them changes
either. Hence everything the attackers see is the same, and p's answer is not certain. Cells: claim 2.

This needs no limit on how many releases, filters or aggregates there are. Its price: a small column waits,
and after its block closed a word cannot be changed within the period (a figure that followed one person's
change of mind would tell it). Its limit: whoever fills all but one place of an *unverified* block with
accounts of his own knows more than k-1 answers. No rule of counting helps against that; it is why
verified and unverified people are never in one block.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from portal.office.ratings.votes import Vote
from portal.record.ratings.figures import Batch, Block, part_of
from portal.record.ratings.showing import fewest_raters, tell
from portal.record.ratings.terms import COLUMNS, Answer, Group, Relation, Standing


class Column(NamedTuple):
    """People who may ever stand in one figure."""

    group: Group
    standing: Standing
    unusual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The settings of counting. Raises ValueError when they could not protect anybody."""

    LEAST: ClassVar[int] = 5

    k: int = 5  # the least cell
    min_batch: int = 25  # people, those who say they do not know included
    min_days: int = 7  # between two batches of one commitment

    def __post_init__(self) -> None:
        if self.k < self.LEAST:
            raise ValueError(f"the least cell is {self.k}, must be at least {self.LEAST}")
        if self.min_batch < fewest_raters(self.k):
            raise ValueError(f"a batch of {self.min_batch} is too small for a least cell of {self.k}")


@dataclass(frozen=True, slots=True)
class Table:
    """The people who wait to be counted, by column and relation, each with the last word."""

    waiting: Mapping[Column, Mapping[Relation, Mapping[str, Answer]]]

    def size(self, column: Column, relation: Relation) -> int:
        """How many people wait there."""
        return len(self.waiting.get(column, {}).get(relation, {}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A batch to publish, and the people counted in it, whom the office must remember for the period."""

    batch: Batch
    counted: frozenset[str]


def count(votes: Iterable[Vote], *, counted: Collection[str] = (), unusual: Collection[str] = ()) -> Table:
    """Who waits to be counted on one commitment in one period.

    Of one person the word received last counts, in whatever order ``votes`` come and however often the
    same is there. Words in a capacity nobody may speak in count for nothing; ``counted`` people are
    done with for this period.
    """
    waiting: dict[Column, dict[Relation, dict[str, Answer]]] = {}
    for person, vote in last_words(votes).items():
        if vote.answer is not None and person not in counted:
            column = Column(vote.group, vote.standing, person in unusual)
            waiting.setdefault(column, {}).setdefault(vote.relation, {})[person] = vote.answer
    return Table(waiting)


def last_words(votes: Iterable[Vote]) -> dict[str, Vote]:
    """The word of each person that stands; one taken back stands as such."""
    last: dict[str, Vote] = {}
    for vote in votes:
        if _may_stand(vote) and (vote.person not in last or vote.order > last[vote.person].order):
            last[vote.person] = vote
    return last


def release(table: Table, previous: Batch | None, *, terms: Terms, today: date) -> Release | None:
    """The next batch; None while too few people wait or the ``previous`` batch is too recent."""
    if is_too_soon(previous, terms=terms, today=today):
        return None
    closing = [(column, relations) for column in _columns() for relations in _full(table, column, terms)]
    if not closing:
        return None
    number = 1 if previous is None else previous.number + 1
    blocks = tuple(_block(table, column, relations, terms.k) for column, relations in closing)
    people = frozenset(p for column, relations in closing for p in _people(table, column, relations))
    return Release(batch=Batch(number=number, closed_on=today, blocks=blocks), counted=people)


def is_too_soon(previous: Batch | None, *, terms: Terms, today: date) -> bool:
    """Whether the ``previous`` batch is so recent that none may close ``today``, whoever waits."""
    return previous is not None and (today - previous.closed_on).days < terms.min_days


def _may_stand(vote: Vote) -> bool:
    return vote.answer is None or (vote.group, vote.standing) in COLUMNS


def _columns() -> list[Column]:
    return [Column(*column, unusual) for column in COLUMNS for unusual in (False, True)]


def _full(table: Table, column: Column, terms: Terms) -> list[tuple[Relation, ...]]:
    """The relations that have enough people are blocks of their own, the others one block if together."""
    alone: list[tuple[Relation, ...]] = [(r,) for r in Relation if table.size(column, r) >= terms.min_batch]
    others = tuple(r for r in Relation if (r,) not in alone)
    together = sum(table.size(column, r) for r in others)
    return [*alone, others] if together >= terms.min_batch else alone


def _people(table: Table, column: Column, relations: tuple[Relation, ...]) -> dict[str, Answer]:
    there = table.waiting[column]
    return {person: answer for r in relations for person, answer in there.get(r, {}).items()}


def _block(table: Table, column: Column, relations: tuple[Relation, ...], k: int) -> Block:
    answers = list(_people(table, column, relations).values())
    told = tell({answer: answers.count(answer) for answer in Answer}, k=k)
    return Block(
        group=column.group,
        standing=column.standing,
        unusual=column.unusual,
        relations=relations,
        n=told.n,
        parts=() if told.n is None else tuple(part_of(part, told.n, k=k) for part in told.parts),
        unknown_least=told.unknown.least,
        unknown_most=told.unknown.most,
    )
