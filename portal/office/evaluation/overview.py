"""Units side by side for organisation officers: what is overdue, at risk, unpublished or without data.

Units of one kind stand together, in the order of their names: no ranking, no total over units.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act, Actor, Role, refusal_of
from portal.kernel.work import Work
from portal.office.guidance.reads import reviews_due_for
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.units.reads import units_under
from portal.office.units.tables import Unit
from portal.record import reads
from portal.record.standing import overall
from portal.record.standing_words import StandingKey

_AT_RISK = frozenset({StandingKey.BEHIND, StandingKey.OVERDUE})
_NO_DATA = frozenset({StandingKey.NO_DATA, StandingKey.NOT_CONNECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit: counts of its own, never a share or a mark. ``has_none``: no programme at all."""

    name: str
    slug: str
    published: int
    unpublished: int
    commitments: int
    at_risk: int
    without_data: int
    overdue_reviews: int

    @property
    def has_none(self) -> bool:
        """Whether there is no programme to say anything about."""
        return not self.published and not self.unpublished


def overview(w: Work, by: Actor, *, calendar: WorkingCalendar) -> dict[str, list[UnitLine]]:
    """The units in force that ``by`` looks after, by kind of unit, each kind by name."""
    found: dict[str, list[UnitLine]] = defaultdict(list)
    reviews = [one.unit_id for one in reviews_due_for(w, by, calendar=calendar) if one.is_overdue]
    drafts = _drafts(w, by)
    for unit in sorted(_units(w, by), key=lambda unit: (unit.unit_type, unit.name)):
        line = _line(w, unit, drafts[unit.id], reviews.count(unit.id), calendar)
        found[unit.unit_type].append(line)
    return dict(found)


def _units(w: Work, by: Actor) -> Iterable[Unit]:
    known = units_under(w.session, by.roles.get(Role.EVALUATOR, frozenset()))
    return [unit for unit in known if unit.valid_to is None or unit.valid_to >= w.today]


def _drafts(w: Work, by: Actor) -> dict[int, list[Programme]]:
    found: dict[int, list[Programme]] = defaultdict(list)
    for draft in w.session.scalars(select(Programme).where(Programme.state != "withdrawn")).unique():
        if refusal_of(by, Act.REVIEW, matter(w, draft)) is None:
            found[draft.mandate.unit_id].append(draft)
    return found


def _line(w: Work, unit: Unit, drafts: list[Programme], overdue: int, calendar: WorkingCalendar) -> UnitLine:
    issued = [draft for draft in drafts if draft.issued_on is not None]
    documents = [one for draft in issued for one in reads.commitments_of(w.session, draft.ref)]
    keys = [overall(one, today=w.today, calendar=calendar).key for one in documents]
    return UnitLine(
        name=unit.name,
        slug=unit.slug,
        published=len(issued),
        unpublished=len(drafts) - len(issued),
        commitments=len(documents),
        at_risk=sum(key in _AT_RISK for key in keys),
        without_data=sum(key in _NO_DATA for key in keys),
        overdue_reviews=overdue,
    )
