"""What a commitment can be filtered by beside its standing: late, disputed, silent, changed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from portal.kernel.calendar import WorkingCalendar
from portal.record.disputes import has_contradicted_figures
from portal.record.documents import CommitmentDoc
from portal.record.standing import Standing, StandingKey, standing


class Trait(StrEnum):
    """Something the record says of a commitment; several may hold at once, whatever its standing.

    late: past the deadline in force or the one first published, unless
    said to be done in time and waiting to be confirmed. disputed: as `record.disputes` says.
    silent: a report is missing longer than the days of grace. changed: its target or deadline is no
    longer the one first published.
    """

    LATE = "late"
    DISPUTED = "disputed"
    SILENT = "silent"
    CHANGED = "changed"


class Judged(NamedTuple):
    """What was made out of one commitment on one day."""

    standing: str
    traits: frozenset[Trait] = frozenset()


Judge = Callable[[CommitmentDoc, date], Judged]


def judge_by(calendar: WorkingCalendar, tolerance: Decimal) -> Judge:
    """The judge every page and every follower uses, so that they never disagree."""

    def judge(doc: CommitmentDoc, day: date) -> Judged:
        seen = standing(doc, today=day, calendar=calendar, tolerance=tolerance)
        return Judged(seen.key, frozenset(_traits(doc, seen, calendar)))

    return judge


def _traits(doc: CommitmentDoc, seen: Standing, calendar: WorkingCalendar) -> list[Trait]:
    holds = {
        Trait.LATE: _is_late(doc, seen, calendar),
        Trait.DISPUTED: has_contradicted_figures(doc),
        Trait.SILENT: seen.is_update_overdue,
        Trait.CHANGED: seen.is_amended,
    }
    return [trait for trait, does_hold in holds.items() if does_hold]


def _is_late(doc: CommitmentDoc, seen: Standing, calendar: WorkingCalendar) -> bool:
    """Whether a deadline was missed; while confirmation is awaited, by the day that awaits it.

    The body that confirms may be slow, and its days are not the cadre's.
    """
    if seen.key is not StandingKey.AWAITING or seen.reached_on is None:
        return bool(seen.days_late) or seen.is_late_against_first
    first = calendar.roll_forward(min(doc.deadline, doc.first_deadline))
    return calendar.working_days_between(first, seen.reached_on) > 0
