"""What people do with a month's results: record it, correct it, take in a whole file, mark it public."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.procedures import rules
from portal.office.procedures.events import ProceduresRecorded
from portal.office.procedures.form import MonthForm
from portal.office.procedures.reads import matter, rows_of, unit_of_slug
from portal.office.procedures.tables import ProcedureRow
from portal.office.programme.typed import refuse_stamps
from portal.office.progress.rules import standing
from portal.office.units.tables import Unit
from portal.record.documents import FigureState


def record(w: Work, slug: str, form: MonthForm, *, by: Actor, replaces: int | None = None) -> ProcedureRow:
    """Record a month of the unit at ``slug``, or correct the row ``replaces``.

    Raises Refused when the month has a row already, lies ahead, or the counts do not add up; when
    ``replaces`` was replaced meanwhile; StampTyped for a stamp of secrecy.
    """
    refuse_stamps(form)
    unit = take(w, slug, by=by, act=Act.REPORT_PROCEDURES)
    _refuse(rules.refusal_of_month(form.month, form.counted_on, today=w.today))
    _refuse(rules.refusal_of_counts(form.state, form.counts))
    known = list(rows_of(w, unit.id))
    old = _to_replace(known, replaces, form.reason)
    if old is not None and old.month != form.month:
        raise Refused(Refusal.OTHER_MONTH)
    if any(row.month == form.month for row in standing(known) if row is not old):
        raise Refused(Refusal.MONTH_REPORTED)
    made = _row(w, unit, form, old, by=by)
    w.session.add(made)
    w.session.flush()
    _tell(w, unit, made, by=by, how="corrected" if old else "reported")
    return made


def record_series(w: Work, slug: str, forms: Iterable[MonthForm], *, by: Actor) -> int:
    """Record a whole series, or none of it; how many months it had."""
    return len([record(w, slug, form, by=by) for form in forms])


def mark(w: Work, slug: str, key: int, *, disclosed: bool, by: Actor) -> ProcedureRow:
    """Mark a month as public or withheld; it goes out, or goes, with the next publication."""
    unit = take(w, slug, by=by, act=Act.DISCLOSE)
    known = rows_of(w, unit.id)
    row = next((one for one in known if one.id == key), None)
    if row is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if row not in standing(known):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if row.disclosed is not disclosed:
        row.disclosed = disclosed
        row.opened_by_id = by.id if disclosed else row.opened_by_id
        _tell(w, unit, row, by=by, how="disclosed" if disclosed else "withheld")
    return row


def take(w: Work, slug: str, *, by: Actor, act: Act) -> Unit:
    """The unit at ``slug``, locked until the work ends. Raises Refused."""
    unit = unit_of_slug(w, slug)
    w.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    require(by, act, matter(w, unit.id))
    return unit


def _row(w: Work, unit: Unit, form: MonthForm, old: ProcedureRow | None, *, by: Actor) -> ProcedureRow:
    return ProcedureRow(
        id=w.ids.key(),
        unit_id=unit.id,
        month=form.month,
        replaces_id=old.id if old else None,
        state=Sealed(FigureState(form.state).value),
        handled=Sealed(form.counts.handled),
        early=Sealed(form.counts.early),
        on_time=Sealed(form.counts.on_time),
        late=Sealed(form.counts.late),
        source=Sealed(form.source),
        counted_on=Sealed(form.counted_on),
        reason=Sealed(form.reason if old else ""),
        reporter_id=by.id,
        recorded_at=w.now,
        # What was public stays public, corrected: a withheld correction would take the figure away.
        disclosed=form.disclosed or (old is not None and old.disclosed),
        opened_by_id=by.id if form.disclosed else (old.opened_by_id if old else None),
    )


def _to_replace(known: list[ProcedureRow], key: int | None, reason: str) -> ProcedureRow | None:
    if key is None:
        return None
    old = next((row for row in known if row.id == key), None)
    if old is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if old not in standing(known):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    return old


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _tell(w: Work, unit: Unit, row: ProcedureRow, *, by: Actor, how: str) -> None:
    w.tell(ProceduresRecorded(by=by.id, unit_id=unit.id, item=str(row.id), how=how))
