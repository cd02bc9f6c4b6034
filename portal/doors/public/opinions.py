"""Released ratings as their page shows them: counts, shares and intervals in the language of the visitor."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.doors.language import ENGLISH, language
from portal.doors.language import say as _
from portal.inbox.feedback.periods import period_called
from portal.record.documents import RatingsDoc
from portal.record.ratings import wording
from portal.record.ratings.figures import Batch, Block, Part, Row, Total, part_of
from portal.record.ratings.jumps import jumps
from portal.record.ratings.showing import tell
from portal.record.ratings.terms import COLUMNS, Answer, Group, Standing
from portal.record.ratings.wording import NOTICES, Notice, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: how many, which share, how sure; the figures again for the drawing, in per cent."""

    label: str
    people: str
    share: str
    interval: str
    least: int
    most: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Sum:
    """People added up; no ``lines`` where too few had an opinion, and ``instead`` says so."""

    n: int
    lines: tuple[Line, ...]
    unknown: str
    instead: str = ""
    note: str = ""  # why not every answer is told by itself


@dataclass(frozen=True, slots=True)
class Side:
    """One group in one standing. ``everybody`` None: not enough people yet.

    ``without``: the same without the unusual part, where there is one.
    """

    anchor: str
    name: str
    everybody: Sum | None
    without: Sum | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One batch: when, who, and what they said, each block told once and for all."""

    number: int
    closed_on: date
    blocks: tuple[tuple[str, Sum], ...]
    is_a_jump: bool


@dataclass(frozen=True, slots=True)
class Period:
    """All of one quarter."""

    code: str
    first: date
    last: date
    is_over: bool
    sides: tuple[Side, ...]
    batches: tuple[Counted, ...]


def in_words(words: Words) -> str:
    """``words`` in the language of the request."""
    return words[1] if language() == ENGLISH else words[0]


def told(notice: Notice, **values: object) -> str:
    """The notice, with ``values`` in it."""
    return in_words(NOTICES[notice]).format(**values)


def example(counts: dict[Answer, int], *, k: int) -> tuple[Line, ...]:
    """What would be told of a block with these ``counts``: the worked example of the method page."""
    found = tell(counts, k=k)
    return tuple(_line(part_of(part, found.n, k=k)) for part in found.parts if found.n)


def period_shown(doc: RatingsDoc, *, today: date) -> Period:
    """``doc`` as its page shows it."""
    figures = doc.figures
    quarter = period_called(figures.period)
    rows = {(row.group, row.standing): row for row in figures.rows}
    jumped = {jump.batch for jump in jumps(figures.batches, k=figures.least_cell)}
    return Period(
        code=figures.period,
        first=quarter.first,
        last=quarter.last,
        is_over=today > quarter.last,
        sides=tuple(_side(doc, *column, rows.get(column)) for column in COLUMNS),
        batches=tuple(_batch(batch, doc, batch.number in jumped) for batch in figures.batches),
    )


def _side(doc: RatingsDoc, group: Group, standing: Standing, row: Row | None) -> Side:
    name = f"{in_words(wording.GROUP_WORDS[group])}, {in_words(wording.STANDING_WORDS[standing]).lower()}"
    anchor = f"{doc.figures.period.lower()}-{group}-{standing}".replace("_", "-")
    k = doc.figures.least_cell
    if row is None:
        return Side(anchor, name, None)
    without = _sum(row.without_unusual, k) if row.has_unusual else None
    return Side(anchor, name, _sum(row.everybody, k), without)


def _sum(total: Total, k: int) -> Sum:
    return _summed(total.n, total.parts, total.unknown_least, total.unknown_most, k)


def _summed(n: int, parts: Iterable[Part], least: int, most: int, k: int) -> Sum:
    lines = tuple(_line(part) for part in parts)
    if lines:
        return Sum(n, lines, _range(least, most))
    return Sum(n, (), _range(least, most), in_words(wording.few_opinions(most, k=k)))


def _line(part: Part) -> Line:
    return Line(
        label=in_words(wording.label(part)),
        people=in_words(wording.count_in_words(part)),
        share=_per_cent(part.percent_least, part.percent_most),
        interval=_per_cent(part.low, part.high),
        least=part.percent_least,
        most=part.percent_most,
        low=part.low,
        high=part.high,
    )


def _batch(batch: Batch, doc: RatingsDoc, is_a_jump: bool) -> Counted:
    blocks = tuple((_who(block), _of_block(block, doc.figures.least_cell)) for block in batch.blocks)
    return Counted(batch.number, batch.closed_on, blocks, is_a_jump)


def _of_block(block: Block, k: int) -> Sum:
    found = _summed(block.n or 0, block.parts, block.unknown_least, block.unknown_most, k)
    return replace(found, note=_note(block))


def _note(block: Block) -> str:
    if not any(len(part.answers) > 1 for part in block.parts):
        return ""
    first = block.parts[0]
    if first.least == first.most:
        return told(Notice.MERGED)
    values = {"least": first.least, "most": first.most, "n": first.n}
    return told(Notice.NEARLY_ALL, **values, answer=in_words(wording.label(first)))


def _who(block: Block) -> str:
    relations = " / ".join(in_words(wording.RELATION_WORDS[one]).lower() for one in block.relations)
    name = f"{in_words(wording.GROUP_WORDS[block.group])}, "
    name += f"{in_words(wording.STANDING_WORDS[block.standing]).lower()} ({relations})"
    return name + "; " + _("đến theo cách bất thường") if block.unusual else name


def _range(least: int, most: int) -> str:
    return str(most) if least == most else _("từ %(least)s đến %(most)s", least=least, most=most)


def _per_cent(least: int, most: int) -> str:
    return f"{most}%" if least == most else f"{least}–{most}%"
