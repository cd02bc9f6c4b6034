"""Blocks added up over relations and batches: the totals a reader looks at first."""

from collections.abc import Iterable, Sequence

from portal.record.ratings.figures import Batch, Block, Part, RatingFigures, Row, Total, part_of
from portal.record.ratings.showing import Range
from portal.record.ratings.terms import COLUMNS, RATED, Answer, Group, Standing


def figures(commitment: str, period: str, batches: Sequence[Batch], *, k: int) -> RatingFigures:
    """All that is released of ``commitment`` in ``period``; ``k`` is the least cell of the batches."""
    blocks = [block for batch in batches for block in batch.blocks]
    rows = [_row(column, [b for b in blocks if (b.group, b.standing) == column], k) for column in COLUMNS]
    return RatingFigures(
        commitment=commitment,
        period=period,
        least_cell=k,
        rows=tuple(row for row in rows if row is not None),
        batches=tuple(batches),
    )


def total(blocks: Iterable[Block], *, k: int) -> Total:
    """``blocks`` added up. A person is in one block of a period only, so nobody is added twice."""
    given = list(blocks)
    told = [block for block in given if block.n is not None]
    n = sum(block.n or 0 for block in told)
    return Total(
        n=n,
        parts=tuple(_part(answer, told, n, k) for answer in RATED) if told else (),
        unknown_least=sum(block.unknown_least for block in given),
        unknown_most=sum(block.unknown_most for block in given),
    )


def _row(column: tuple[Group, Standing], blocks: list[Block], k: int) -> Row | None:
    if not blocks:
        return None
    return Row(
        group=column[0],
        standing=column[1],
        everybody=total(blocks, k=k),
        without_unusual=total((block for block in blocks if not block.unusual), k=k),
        has_unusual=any(block.unusual for block in blocks),
    )


def _part(answer: Answer, blocks: list[Block], n: int, k: int) -> Part:
    parts = [part for block in blocks for part in block.parts if answer in part.answers]
    least = sum(part.least for part in parts if part.answers == (answer,))
    most = sum(part.most for part in parts)
    return part_of(Range(answers=(answer,), least=least, most=most), n, k=k)
