"""What was promised and what happened, on one time line: the revisions of the log and their reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.kernel.clock import day
from portal.record.documents import Act, CommitmentDoc, ProgressDoc, Revision

_EDGE = 2.5  # per cent kept free at both ends, so that a mark is never cut


class What(StrEnum):
    """The kinds of things that happen to a commitment. Their words are in the template."""

    PROMISED = "promised"
    CHANGED = "changed"
    CORRECTED = "corrected"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REDACTED = "redacted"
    FIRST_DEADLINE = "first_deadline"
    DEADLINE = "deadline"


LANES = {
    What.REPORTED: "self",
    What.CONFIRMED: "sure",
    What.FIRST_DEADLINE: "line",
    What.DEADLINE: "line",
}
"""Where a thing is drawn; all others have the lane of the promise itself."""

_ACTS = {
    Act.PUBLISH: What.PROMISED,
    Act.AMEND: What.CHANGED,
    Act.CORRECT: What.CORRECTED,
    Act.WITHDRAW: What.WITHDRAWN,
    Act.REDACT: What.REDACTED,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on one day; ``at`` in per cent of the line.

    ``revision``: what the log says of it; ``report``: what was reported.
    """

    on: date
    what: What
    revision: Revision | None = None
    report: ProgressDoc | None = None
    at: float = 0.0

    @property
    def lane(self) -> str:
        """The lane it is drawn in."""
        return LANES.get(self.what, "promise")


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that happened, the earliest first, and where today is."""

    happenings: tuple[Happening, ...]
    today: float
    first: date
    last: date
    unit: str  # of measure, for the figures reported


def line_of(history: Sequence[Revision], *, today: date) -> Line | None:
    """The time line of one commitment. ``history``: its revisions, the newest first.

    Once it was taken down nothing of its text is on it, only that it was promised, changed and
    withdrawn, and when. None when ``history`` holds nothing that happened to a commitment.
    """
    found = [*_published(history), *_told(history[0].document)]
    if not found:
        return None
    found.sort(key=lambda one: one.on)
    first, last = found[0].on, max(found[-1].on, today)
    length = (last - first).days or 1

    def place(on: date) -> float:
        share = (on - first).days / length
        return round(_EDGE + share * (100 - 2 * _EDGE), 1)

    newest = history[0].document
    unit = newest.measure_unit if isinstance(newest, CommitmentDoc) else ""
    placed = tuple(replace(one, at=place(one.on)) for one in found)
    return Line(placed, place(min(today, last)), first, last, unit)


def _published(history: Sequence[Revision]) -> Iterator[Happening]:
    for revision in reversed(history):
        if what := _ACTS.get(revision.act):
            yield Happening(day(revision.at), what, revision=revision)


def _told(newest: object) -> Iterator[Happening]:
    """What the newest text says: reports, confirmed or not, the ending, both deadlines."""
    if not isinstance(newest, CommitmentDoc):
        return
    for report in newest.progress:
        what = What.CONFIRMED if report.confirmation else What.REPORTED
        yield Happening(report.reported_on, what, report=report)
    if newest.ending and newest.ended_on:
        yield Happening(newest.ended_on, What.ENDED)
    if newest.first_deadline != newest.deadline:
        yield Happening(newest.first_deadline, What.FIRST_DEADLINE)
    yield Happening(newest.deadline, What.DEADLINE)
