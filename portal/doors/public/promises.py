"""Who promised what at one unit, and whether it is late: the answer on the unit's page and on its leaflet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.doors import readings
from portal.doors.readings import Row, Viewpoint
from portal.kernel.text import fold
from portal.record import reads
from portal.record.documents import ProgrammeDoc, UnitDoc
from portal.record.reads import Reader
from portal.record.standing_words import StandingKey

SHOWN = 8  # commitments of one programme on its unit's page; the rest are on the programme's own
_CLOSED = {
    StandingKey.DONE_EARLY,
    StandingKey.DONE_ON_TIME,
    StandingKey.EXCEEDED,
    StandingKey.DONE_LATE,
    StandingKey.ENDED,
}


@dataclass(frozen=True, slots=True)
class Promised:
    """One programme of a unit and its public commitments, what is still open first, by deadline."""

    doc: ProgrammeDoc
    rows: tuple[Row, ...]
    standings: list[tuple[readings.Sign, int]]

    @property
    def count(self) -> int:
        """How many commitments are public."""
        return len(self.rows)

    @property
    def shown(self) -> tuple[Row, ...]:
        """Those on the unit's page."""
        return self.rows[:SHOWN]

    @property
    def late(self) -> int:
        """How many are overdue today."""
        return sum(is_late(row) for row in self.rows)


def promised_at(c: Reader, unit: UnitDoc, view: Viewpoint) -> list[Promised]:
    """The programmes of ``unit`` and of the units it came from, by name, never by result."""
    slugs = [unit.slug, *(old.unit.slug for old in unit.predecessors)]
    found = []
    for doc in sorted(reads.programmes_of(c, slugs), key=_by_given_name):
        rows = [readings.row_of(one, view) for one in reads.commitments_of(c, doc.ref)]
        found.append(Promised(doc, open_first(rows), readings.tally(rows)))
    return found


def open_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """``rows`` by deadline, the earliest first; what is done or has ended comes after the rest."""
    return tuple(sorted(rows, key=lambda row: (row.standing.key in _CLOSED, row.doc.deadline, row.ref)))


def is_late(row: Row) -> bool:
    """Whether the commitment is past its deadline without confirmed completion."""
    return row.standing.key is StandingKey.OVERDUE


def late_in(promised: Sequence[Promised]) -> int:
    """How many commitments of all of them are overdue."""
    return sum(one.late for one in promised)


def _by_given_name(doc: ProgrammeDoc) -> tuple[str, str]:
    """By the last word of the name, as Vietnamese lists of people are (facts §8)."""
    *rest, given = doc.holder.cadre_name.split() or [""]
    return fold(given), fold(" ".join(rest))
