"""When two published words disagree: worked out by hand, figure by figure."""

import pytest
from commitment_cases import reports, sample

from portal.record.disputes import has_contradicted_figures, is_mostly_not_seen
from portal.record.documents import RatingsDoc
from portal.record.ratings.adding import figures
from portal.record.ratings.figures import Batch, Block, part_of
from portal.record.ratings.showing import Range, tell
from portal.record.ratings.terms import RATED, Answer, Group, Relation, Standing

K = 5

# QH-03 counts streets up to 12 and cannot fall back; AS-03 is a percentage to reach 97 and can.
FIGURES = (
    ("QH-03", "", False),
    ("QH-03", "30/9/26 s 12", False),
    ("QH-03", "30/9/26 c 12", False),
    ("QH-03", "30/9/26 s 8, 30/9/26 c 8", False),
    ("QH-03", "30/9/26 s 8, 30/9/26 c 7", True),
    ("QH-03", "30/9/26 s 12, 31/10/26 c 9", True),  # said done, later confirmed that it was not
    ("QH-03", "30/9/26 s 8, 31/10/26 c 7", False),  # neither says done: they speak of different days
    ("QH-03", "30/9/26 c 9, 31/10/26 s 12", False),  # the newer word is the cadre's; nothing denies it yet
    ("QH-03", "30/9/26 s 12, 31/10/26 c 9, 30/11/26 c 12", False),
    ("QH-03", "30/9/26 s -, 31/10/26 c 9", False),
    ("AS-03", "30/9/26 s 97, 31/10/26 c 95", False),  # a percentage may have fallen meanwhile
    ("AS-03", "30/9/26 s 97, 30/9/26 c 95", True),
)


@pytest.mark.parametrize(("code", "told", "is_disputed"), FIGURES)
def test_figures_that_cannot_both_be_right(code: str, told: str, is_disputed: bool) -> None:
    assert has_contradicted_figures(sample(code, progress=reports(told))) is is_disputed


def rated(done: int, unclear: int, not_seen: int, *, unusual: bool = False) -> RatingsDoc:
    """A release of one block of residents."""
    counts = dict(zip(RATED, (done, unclear, not_seen), strict=True))
    told = tell(counts, k=K)
    block = Block(
        group=Group.RESIDENT,
        standing=Standing.VERIFIED,
        unusual=unusual,
        relations=(Relation.LOCAL,),
        n=told.n,
        parts=tuple(part_of(part, told.n, k=K) for part in told.parts) if told.n else (),
        unknown_least=told.unknown.least,
        unknown_most=told.unknown.most,
    )
    batches = [Batch(number=1, closed_on=reports("30/9/26 s 1")[0].reported_on, blocks=(block,))]
    return RatingsDoc(
        ref="c.2026-q4",
        programme_ref="p",
        commitment_ref="c",
        figures=figures("c", "2026-Q4", batches, k=K),
        min_batch=25,
        min_days=7,
    )


@pytest.mark.parametrize(
    ("counts", "is_disputed"),
    [
        ((8, 8, 60), True),
        ((30, 10, 20), False),
        ((20, 10, 32), False),  # half of them, but chance could be it: the interval begins under 50 %
        ((0, 1, 9), False),  # too few to be told
        ((2, 2, 60), True),
    ],
)
def test_most_of_a_group_see_nothing_done(counts: tuple[int, int, int], is_disputed: bool) -> None:
    assert is_mostly_not_seen(rated(*counts)) is is_disputed


def test_answers_that_came_in_an_unusual_way_are_left_out() -> None:
    assert not is_mostly_not_seen(rated(8, 8, 60, unusual=True))


def test_a_range_counts_by_its_lower_end() -> None:
    part = part_of(Range(answers=(Answer.NOT_SEEN,), least=20, most=40), 40, k=K)
    assert part.low < 50 < part.high
