"""Looking up the recorded months of a unit, and which units an officer may look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.procedures.rules import Counts
from portal.office.procedures.tables import ProcedureRow
from portal.office.progress.rules import replaced_by, standing
from portal.office.units.reads import line_above
from portal.office.units.tables import Unit
from portal.record.documents import FigureState


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One recorded month, opened; ``replaced``: what it stands in the place of."""

    id: int
    month: date
    state: FigureState
    counts: Counts
    source: str
    counted_on: date
    reason: str
    disclosed: bool
    reporter: str
    recorded_at: datetime
    replaced: "MonthRow | None" = None


def unit_of_slug(w: Work, slug: str) -> Unit:
    """The unit at ``slug``. Raises Refused when there is none."""
    found = w.session.scalar(select(Unit).where(Unit.slug == slug))
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


def rows_of(w: Work, unit_id: int) -> Sequence[ProcedureRow]:
    """Every row ever recorded of a unit, oldest month first."""
    wanted = select(ProcedureRow).where(ProcedureRow.unit_id == unit_id)
    return w.session.scalars(wanted.order_by(ProcedureRow.month, ProcedureRow.recorded_at)).all()


def months_of(w: Work, unit_id: int) -> list[MonthRow]:
    """The rows that stand, newest month first, each with what it replaced."""
    known = rows_of(w, unit_id)
    older = replaced_by(known)
    opened = {row.id: _opened(w, row, None) for row in known}
    found = [
        _opened(w, row, opened[older[row.id].id] if row.id in older else None) for row in standing(known)
    ]
    return sorted(found, key=lambda one: one.month, reverse=True)


def matter(w: Work, unit_id: int) -> Matter:
    """A unit's results as the policy sees them: everybody who recorded or opened some of them wrote them."""
    known = rows_of(w, unit_id)
    writers = {row.reporter_id for row in known} | {row.opened_by_id for row in known}
    return Matter(
        unit_ids=frozenset(line_above(w.session, unit_id)),
        writer_ids=frozenset(one for one in writers if one is not None),
    )


def units_for(w: Work, by: Actor, act: Act, *, on: date) -> list[Unit]:
    """The units in force for which ``by`` may do ``act``, by name."""
    found = w.session.scalars(select(Unit).order_by(Unit.name)).all()
    return [
        unit
        for unit in found
        if (unit.valid_to is None or unit.valid_to >= on)
        and refusal_of(by, act, Matter(unit_ids=frozenset(line_above(w.session, unit.id)))) is None
    ]


def _opened(w: Work, row: ProcedureRow, replaced: MonthRow | None) -> MonthRow:
    reason = Reason.DRAFT
    reporter = w.session.get_one(Officer, row.reporter_id)
    return MonthRow(
        id=row.id,
        month=row.month,
        state=FigureState(row.state.open(reason=reason)),
        counts=Counts(
            handled=row.handled.open(reason=reason),
            early=row.early.open(reason=reason),
            on_time=row.on_time.open(reason=reason),
            late=row.late.open(reason=reason),
        ),
        source=row.source.open(reason=reason),
        counted_on=row.counted_on.open(reason=reason),
        reason=row.reason.open(reason=reason),
        disclosed=row.disclosed,
        reporter=reporter.name or reporter.email,
        recorded_at=row.recorded_at,
        replaced=replaced,
    )
