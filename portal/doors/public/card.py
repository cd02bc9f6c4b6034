"""What is said of something published where there is room for a few lines: on another site, in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.doors import readings
from portal.doors.charts import SELF
from portal.doors.formats import day, moment, quantity
from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.readings import Reading, Viewpoint
from portal.record.documents import (
    CommitmentDoc,
    FigureState,
    ProgrammeDoc,
    Revision,
    TombstoneDoc,
    UnitDoc,
)
from portal.record.standing_words import ENDING_WORDS

MOST_LINES = 8  # of counts on one card


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer of figures says: never merged with the other."""

    form: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """The few lines. ``state`` is a word, ``form`` the shape beside it; ``source`` tells where and when."""

    kicker: str
    text: str
    by: str
    state: str
    tone: str
    form: str
    detail: str
    layers: tuple[Layer, ...]
    source: str


def card_of(rev: Revision, view: Viewpoint, *, within: Sequence[CommitmentDoc] = ()) -> Card:
    """The card of ``rev``, a unit, programme or commitment, or of what is left of one.

    ``within``: the public commitments of a programme or unit.
    """
    match rev.document:
        case CommitmentDoc() as doc:
            return _of_commitment(rev, doc, view)
        case ProgrammeDoc() as doc:
            return _of_programme(rev, doc, within, view)
        case UnitDoc() as unit:
            kicker = _("Chương trình hành động của cán bộ")
            return _of_many(rev, kicker, unit.name, unit.parent_name, within, view)
    return _of_nothing(rev)


def _of_commitment(rev: Revision, doc: CommitmentDoc, view: Viewpoint) -> Card:
    row = readings.row_of(doc, view)
    late, sign = row.standing.days_late, row.sign
    return Card(
        kicker=_("Cam kết"),
        text=doc.text,
        by=f"{doc.holder.cadre_name}, {doc.holder.post}, {doc.holder.unit.name}",
        state=_(sign.word),
        tone=sign.tone,
        form=sign.form,
        detail=_("quá hạn %(days)s ngày làm việc", days=late)
        if late
        else _("hạn %(day)s", day=day(doc.deadline)),
        layers=tuple(_layer(reading, doc.measure_unit) for reading in row.readings),
        source=f"{_as_of(view)} {_source(rev)}",
    )


def _layer(reading: Reading, unit: str) -> Layer:
    label = _("Cán bộ tự báo cáo") if reading.layer == SELF else _("Đã xác nhận")
    if reading.value is not None and reading.report is not None:
        on = day(reading.report.reported_on)
        return Layer(reading.layer, label, f"{quantity(reading.value, unit, tongue=language())} ({on})")
    is_apart = reading.state is FigureState.NOT_CONNECTED
    return Layer(reading.layer, label, _("Chưa kết nối") if is_apart else _("Chưa có số liệu"))


def _of_programme(rev: Revision, doc: ProgrammeDoc, within: Sequence[CommitmentDoc], view: Viewpoint) -> Card:
    years = {"first": doc.mandate_from.year, "last": doc.mandate_to.year}
    kicker = _("Chương trình hành động %(first)s–%(last)s", **years)
    if doc.ending:
        kicker = f"{kicker}. {_(ENDING_WORDS[doc.ending])}"
    return _of_many(
        rev, kicker, f"{doc.holder.cadre_name}, {doc.holder.post}", doc.holder.unit.name, within, view
    )


def _of_many(
    rev: Revision, kicker: str, text: str, by: str, within: Sequence[CommitmentDoc], view: Viewpoint
) -> Card:
    """Counts of commitments by standing; nobody is compared with anybody."""
    source = _("Nguồn: sổ cái công khai.")
    tally = readings.tally(readings.row_of(doc, view) for doc in within)
    return Card(
        kicker=kicker,
        text=text,
        by=by,
        state=_("%(count)s cam kết công khai", count=len(within)),
        tone="note",
        form="half",
        detail="",
        layers=_counted(tally),
        source=f"{_as_of(view)} {source}",
    )


def _counted(tally: Sequence[tuple[readings.Sign, int]]) -> tuple[Layer, ...]:
    """Every standing with its count; what there is no line for is counted together, never left out."""
    shown = tally if len(tally) <= MOST_LINES else tally[: MOST_LINES - 1]
    lines = [Layer(sign.form, _(sign.word), str(count)) for sign, count in shown]
    if rest := sum(count for sign, count in tally[len(shown) :]):
        lines.append(Layer("no-data", _("Tình trạng khác"), str(rest)))
    return tuple(lines)


def _of_nothing(rev: Revision) -> Card:
    stone = rev.document if isinstance(rev.document, TombstoneDoc) else None
    return Card(
        kicker="",
        text=_("Nội dung này đã được gỡ xuống"),
        by="",
        state=_("Gỡ xuống ngày %(day)s.", day=day(stone.withdrawn_on)) if stone else _("Đã gỡ xuống"),
        tone="neutral",
        form="ended",
        detail="",
        layers=(Layer("ended", _("Lý do"), stone.reason),) if stone else (),
        source=_source(rev),
    )


def _as_of(view: Viewpoint) -> str:
    """Pictures are kept by others for months: they say of which day they are."""
    return _("Tình trạng ngày %(day)s.", day=day(view.today))


def _source(rev: Revision) -> str:
    return _(
        "Cập nhật %(at)s. Nguồn: sổ cái công khai, mục %(position)s.",
        at=moment(rev.at),
        position=rev.position,
    )
