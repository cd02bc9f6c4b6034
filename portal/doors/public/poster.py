"""What a poster of a programme says: gathered from the record alone, the same for print page and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from portal.doors import readings
from portal.doors.formats import day, moment, quantity
from portal.doors.language import language
from portal.doors.language import say as _
from portal.record.documents import CommitmentDoc, Direction, ProgrammeDoc, Track
from portal.record.reads import Checkpoint
from portal.record.standing import ENDING_WORDS

SIZES = ("a4", "a3")
ROOT_SHOWN = 16  # hex digits of the log's root: 64 bits tell any two logs apart, and can be copied by hand
_QUIET = 4  # modules of white around the code, ISO/IEC 18004


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment on the poster."""

    text: str
    goal: str
    accountable: str
    deadline: str
    standing: str
    form: str  # the shape beside the word


@dataclass(frozen=True, slots=True)
class Section:
    """A key task and its public commitments."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as one path over a square of ``side`` modules, quiet zone included."""

    path: str
    side: int


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything on the sheet but its fixed words."""

    title: str
    cadre: str
    post: str
    unit: str
    term: str
    basis: str
    appraised: str
    ending: str
    sections: tuple[Section, ...]
    count: int
    withheld: int
    address: str
    code: Code
    checkpoint: str
    as_of: str


def gather(
    doc: ProgrammeDoc,
    commitments: Sequence[CommitmentDoc],
    checkpoint: Checkpoint,
    view: readings.Viewpoint,
    *,
    address: str,
) -> Poster:
    """The poster of ``doc``; ``address`` is where its QR code leads."""
    rows = {c.ref: readings.row_of(c, view) for c in commitments}
    sections = [
        Section(task.title, tuple(_line(rows[ref]) for ref in task.commitments if ref in rows))
        for task in doc.tasks
    ]
    years = {"first": doc.mandate_from.year, "last": doc.mandate_to.year}
    return Poster(
        title=_("Chương trình hành động %(first)s–%(last)s", **years),
        cadre=doc.holder.cadre_name,
        post=doc.holder.post,
        unit=", ".join(name for name in (doc.holder.unit.name, doc.holder.unit.parent_name) if name),
        term=f"{day(doc.mandate_from)} – {day(doc.mandate_to)}",
        basis=_basis(doc),
        appraised=f"{doc.appraised.body}, {day(doc.appraised.appraised_on)}",
        ending=_ending(doc),
        sections=tuple(section for section in sections if section.lines),
        count=len(rows),
        withheld=doc.withheld_count or 0,
        address=address,
        code=draw_code(address),
        checkpoint=checkpoint_words(checkpoint),
        as_of=day(view.today),
    )


def draw_code(address: str) -> Code:
    """The QR code of ``address``; a quarter of it may be smudged (level Q), as on a wall it will be."""
    rows = [bytes(row) for row in segno.make(address, error="q", micro=False).matrix]
    path = "".join(_run(x, y, rows) for y in range(len(rows)) for x in range(len(rows)) if rows[y][x])
    return Code(path, len(rows) + 2 * _QUIET)


def _run(x: int, y: int, rows: Sequence[bytes]) -> str:
    """A bar where dark modules begin; nothing inside one."""
    row = rows[y]
    if x and row[x - 1]:
        return ""
    end = row.find(0, x)
    width = (len(row) if end < 0 else end) - x
    return f"M{x + _QUIET} {y + _QUIET}h{width}v1h-{width}z"


def _line(row: readings.Row) -> Line:
    doc = row.doc
    late = row.standing.days_late
    word, overdue = _(row.sign.word), _("quá %(days)s ngày làm việc", days=late)
    return Line(
        text=doc.text,
        goal=_goal(doc),
        accountable=doc.accountable,
        deadline=day(doc.deadline),
        standing=f"{word} ({overdue})" if late else word,
        form=row.sign.form,
    )


def _goal(doc: CommitmentDoc) -> str:
    """From where to where, in the words of the commitment's own page."""
    if doc.target is None:
        return doc.deliverable
    goal = quantity(doc.target, doc.measure_unit, tongue=language())
    base = "" if doc.baseline is None else quantity(doc.baseline, doc.measure_unit, tongue=language())
    if doc.direction is Direction.DOWN and base:
        return _("Giảm từ %(base)s xuống %(goal)s", base=base, goal=goal)
    if doc.direction is Direction.UP and base:
        return _("Tăng từ %(base)s lên %(goal)s", base=base, goal=goal)
    if doc.direction is Direction.KEEP:
        return _("Duy trì ở mức %(goal)s", goal=goal)
    if doc.direction is Direction.DONE:
        return _("Hoàn thành %(goal)s", goal=goal)
    return _("Đạt %(goal)s", goal=goal)


def _basis(doc: ProgrammeDoc) -> str:
    decision = doc.decision
    nominated = doc.track is Track.NOMINATION
    name = _("Kết quả bầu cử, phê chuẩn") if nominated else _("Quyết định bổ nhiệm")
    return f"{name} {decision.number}, {day(decision.decided_on)}, {decision.issuer}"


def _ending(doc: ProgrammeDoc) -> str:
    if doc.ending is None:
        return ""
    word = _(ENDING_WORDS[doc.ending])
    return f"{word}, {day(doc.ended_on)}" if doc.ended_on else word


def checkpoint_words(found: Checkpoint) -> str:
    """The size and root of the log, short enough to be copied by hand."""
    return _(
        "Sổ cái công khai: %(size)s mục, gốc %(root)s, ký lúc %(at)s",
        size=found.size,
        root=" ".join(found.root_hex[n : n + 4] for n in range(0, ROOT_SHOWN, 4)),
        at=moment(found.at),
    )
