"""What the leaflet of a unit says: who promised what, by when, where it stands; cut to one sheet of A4.

How much fits is reckoned here, in lines, the same for the print page and the PDF, and on the safe side:
letters are taken to be wide. What does not fit is counted on the sheet, with the place where it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import shorten

from portal.doors.formats import day, quantity
from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.public.poster import Code, checkpoint_words, draw_code
from portal.doors.public.promises import Promised, late_in
from portal.doors.readings import Reading, Row, Viewpoint
from portal.record.documents import FigureState, UnitDoc
from portal.record.reads import Checkpoint

LINES = 37.0  # of text there is room for between the head and the foot
_HEAD, _SPACE = 1.7, 0.75  # lines a name takes, and the space around one commitment
_TEXT, _FIGURE, _STATE = 43, 11, 17  # small letters that surely fit on a line of each column
_WIDE = 1.45  # a capital takes as much room as so many small letters
_LONGEST = 125  # letters of one commitment; the page has it whole
_SAMPLE = "minh họa"


@dataclass(frozen=True, slots=True)
class Item:
    """One commitment on the leaflet; ``said`` and ``sure`` are the two layers, never merged."""

    text: str
    deadline: str
    said: str
    sure: str
    standing: str
    form: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who promised, and those commitments of theirs that fit."""

    cadre: str
    post: str
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Everything on the sheet but its fixed words."""

    unit: str
    parent: str
    people: tuple[Person, ...]
    cadres: int
    count: int
    late: int
    left_out: int
    address: str
    code: Code
    checkpoint: str
    as_of: str
    is_invented: bool


def gather(
    unit: UnitDoc, promised: Sequence[Promised], checkpoint: Checkpoint, view: Viewpoint, *, address: str
) -> Leaflet:
    """The leaflet of ``unit``; ``address`` is where its QR code leads."""
    people = fit(promised)
    count = sum(one.count for one in promised)
    return Leaflet(
        unit=unit.name,
        parent=unit.parent_name,
        people=people,
        cadres=len(promised),
        count=count,
        late=late_in(promised),
        left_out=count - sum(len(person.items) for person in people),
        address=address,
        code=draw_code(address),
        checkpoint=checkpoint_words(checkpoint),
        as_of=day(view.today),
        is_invented=any(is_invented(one) for one in promised),
    )


def fit(promised: Sequence[Promised], *, lines: float = LINES) -> tuple[Person, ...]:
    """Who and what fits into ``lines``: everybody's first commitment before anybody's second."""
    taken: dict[str, list[Item]] = {}
    for turn in range(max((one.count for one in promised), default=0)):
        for one in promised:
            if turn >= one.count:
                continue
            item = _item(one.rows[turn])
            cost = height(item) + (0 if one.doc.ref in taken else _HEAD)
            if cost > lines:
                return _people(promised, taken)
            lines -= cost
            taken.setdefault(one.doc.ref, []).append(item)
    return _people(promised, taken)


def height(item: Item) -> float:
    """The lines ``item`` takes at most, the space around it included."""
    state = f"{item.deadline}\n{item.standing}"
    columns = ((item.text, _TEXT), (item.said, _FIGURE), (item.sure, _FIGURE), (state, _STATE))
    return max(lines_of(text, width) for text, width in columns) + _SPACE


def is_invented(one: Promised) -> bool:
    """Whether the texts of a programme say that its figures are invented."""
    docs = [row.doc for row in one.rows]
    texts = [one.doc.preface, *(d.text for d in docs), *(d.baseline_source for d in docs)]
    texts += [f"{report.note} {report.source}" for d in docs for report in d.progress]
    return any(_SAMPLE in text.casefold() for text in texts)


def lines_of(text: str, room: int) -> int:
    """The lines ``text`` takes where ``room`` small letters fit on one; a longer word is broken."""
    lines = 0
    for part in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in part.split():
            width = sum(_WIDE if letter.isupper() or letter in "%@…" else 1.0 for letter in word)
            if used + width > room and used:
                lines, used = lines + 1, 0.0
            broken = max(0, ceil(width / room) - 1)
            lines, used = lines + broken, used + width - room * broken + 1
    return lines


def _people(promised: Sequence[Promised], taken: dict[str, list[Item]]) -> tuple[Person, ...]:
    return tuple(
        Person(one.doc.holder.cadre_name, one.doc.holder.post, tuple(items), one.count - len(items))
        for one in promised
        if (items := taken.get(one.doc.ref))
    )


def _item(row: Row) -> Item:
    days = row.standing.days_late
    word = _(row.sign.word)
    late = _("quá %(days)s ngày làm việc", days=days)
    return Item(
        text=shorten(row.doc.text, _LONGEST, placeholder=" …"),
        deadline=day(row.doc.deadline),
        said=_figure(row.readings[0], row),
        sure=_figure(row.readings[1], row),
        standing=f"{word} ({late})" if days else word,
        form=row.sign.form,
    )


def _figure(reading: Reading, row: Row) -> str:
    """The newest figure of a layer and its day; zero, no data and not connected told apart."""
    if reading.report is None or reading.value is None:
        unplugged = reading.state is FigureState.NOT_CONNECTED
        return _("Chưa kết nối") if unplugged else _("Chưa có")
    figure = quantity(reading.value, shorten(row.doc.measure_unit, 22, placeholder="…"), tongue=language())
    return f"{figure}\n{day(reading.report.reported_on)}"
