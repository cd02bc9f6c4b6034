"""A commitment as its pages show it: two layers of figures, a standing, days, a drawing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from portal.doors import charts
from portal.kernel.calendar import WorkingCalendar
from portal.record.attainment import has_figure, latest, reports, share_done
from portal.record.documents import CommitmentDoc, Direction, FigureState, ProgressDoc
from portal.record.standing import TONE, WORDS, Layer, Standing, StandingKey, standing

LAYERS = {charts.SELF: Layer.SELF_REPORTED, charts.SURE: Layer.CONFIRMED}

FORMS: dict[StandingKey, str] = {
    StandingKey.NOT_DUE: "not-yet",
    StandingKey.ON_TRACK: "going",
    StandingKey.BEHIND: "slow",
    StandingKey.RUNNING: "half",
    StandingKey.AWAITING: "open-check",
    StandingKey.DONE_EARLY: "check",
    StandingKey.DONE_ON_TIME: "check",
    StandingKey.EXCEEDED: "double",
    StandingKey.DONE_LATE: "late-check",
    StandingKey.OVERDUE: "overdue",
    StandingKey.PAUSED: "pause",
    StandingKey.ENDED: "ended",
    StandingKey.NO_DATA: "no-data",
    StandingKey.NOT_CONNECTED: "unplugged",
}
"""The shape each standing wears beside its word and colour."""

# No data and not connected must never be taken for each other (facts R40).
_OWN_TONE = {StandingKey.NOT_CONNECTED: "apart"}


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where commitments are seen: a day, its calendar, how far behind is still on track."""

    today: date
    calendar: WorkingCalendar
    tolerance: Decimal

    def standing(self, doc: CommitmentDoc) -> Standing:
        """The one standing shown for ``doc``."""
        return standing(doc, today=self.today, calendar=self.calendar, tolerance=self.tolerance)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest report of one layer; ``state`` tells zero, no data and not connected apart."""

    layer: str
    report: ProgressDoc | None
    state: FigureState
    value: Decimal | None
    ratio: Decimal | None  # share of the way from baseline to target; None where there is none


@dataclass(frozen=True, slots=True)
class Sign:
    """A standing as it is shown: word, colour and shape. ``word`` is Vietnamese, to be translated."""

    key: StandingKey
    word: str
    tone: str
    form: str


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment in a list. ``text`` may carry the marks of a search."""

    doc: CommitmentDoc
    text: str | Markup
    standing: Standing
    sign: Sign
    readings: tuple[Reading, ...]
    line: charts.Track | None

    @property
    def ref(self) -> str:
        """The commitment's reference."""
        return self.doc.ref


def read_layer(doc: CommitmentDoc, layer: str) -> Reading:
    """What ``layer`` says now."""
    report = latest(doc, LAYERS[layer])
    if report is None:
        return Reading(layer, None, FigureState.NO_DATA, None, None)
    if not has_figure(report):
        state = FigureState.NO_DATA if report.state is FigureState.FIGURE else report.state
        return Reading(layer, report, state, None, None)
    ratio = share_done(doc, report) if shows_a_way(doc) else None
    return Reading(layer, report, FigureState.FIGURE, report.value, ratio)


def shows_a_way(doc: CommitmentDoc) -> bool:
    """Whether there is a way from baseline to target to draw, rather than done or kept."""
    return doc.direction in (Direction.UP, Direction.DOWN) and doc.target is not None


def row_of(doc: CommitmentDoc, view: Viewpoint, *, text: str | Markup = "") -> Row:
    """``doc`` as one line of a list, as seen from ``view``."""
    readings = tuple(read_layer(doc, layer) for layer in LAYERS)
    stands = view.standing(doc)
    drawn = charts.draw_track([(r.layer, r.ratio) for r in readings if r.ratio is not None])
    return Row(doc, text or doc.text, stands, sign_of(stands.key, stands.word), readings, drawn)


def sign_of(key: StandingKey, word: str = "") -> Sign:
    """How the standing ``key`` is shown; ``word`` when it says more exactly what ended."""
    return Sign(key, word or WORDS[key], _OWN_TONE.get(key, TONE[key]), FORMS[key])


def tally(rows: Iterable[Row]) -> list[tuple[Sign, int]]:
    """How many ``rows`` share each standing, in the fixed order of the words."""
    count = Counter(row.standing.key for row in rows)
    return [(sign_of(key), count[key]) for key in StandingKey if key in count]


def draw_course(doc: CommitmentDoc, *, today: date) -> charts.Timeline | None:
    """The reports over time; None when there is nothing to draw."""
    if not shows_a_way(doc) or doc.baseline is None or doc.baseline_on is None or doc.target is None:
        return None
    marks = [
        charts.Mark(layer, report.reported_on, report.value)
        for layer, of in LAYERS.items()
        for report in reports(doc, of)
        if report.value is not None
    ]
    return charts.draw_timeline(
        marks,
        baseline=doc.baseline,
        target=doc.target,
        first=doc.baseline_on,
        last=doc.deadline,
        today=today,
    )
