"""One-sidedness that comes all at once: where a batch says something quite unlike all batches before."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.record.ratings.adding import total
from portal.record.ratings.figures import Batch, Part
from portal.record.ratings.terms import COLUMNS, Answer, Group, Standing


class Jump(NamedTuple):
    """In this batch a column said ``answer`` far more or far less than in all batches before."""

    batch: int
    group: Group
    standing: Standing
    answer: Answer


def jumps(batches: Sequence[Batch], *, k: int) -> list[Jump]:
    """Where the released interval of an answer lies wholly off that of all batches before."""
    return [
        Jump(batch.number, *column, now.answers[0])
        for place, batch in enumerate(batches)
        for column in COLUMNS
        for before, now in zip(_parts(batches[:place], column, k), _parts([batch], column, k), strict=False)
        if now.low > before.high or now.high < before.low
    ]


def _parts(batches: Sequence[Batch], column: tuple[Group, Standing], k: int) -> tuple[Part, ...]:
    blocks = (b for batch in batches for b in batch.blocks if (b.group, b.standing) == column)
    return total(blocks, k=k).parts
