"""What people do about guidance and reviews: write a version, give it a template, record a review."""

from dataclasses import dataclass
from datetime import date

from portal.kernel import rich
from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, require
from portal.kernel.work import Work
from portal.office.audit.events import GuidanceWritten, ReviewRecorded
from portal.office.guidance import rules
from portal.office.guidance.reads import periods_of, reviewed, versions_of
from portal.office.guidance.rules import Every
from portal.office.guidance.tables import Guidance, Review
from portal.office.programme.reads import matter, programme
from portal.office.programme.typed import refuse_stamps
from portal.office.programme.workbook.container import open_package
from portal.office.programme.workbook.faults import WorkbookRefused
from portal.office.units.reads import line_above, unit_of_code

LARGEST_TEMPLATE = 900 * 1024  # bytes, within what any form may send


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceForm:
    """A version as it is written; empty calendar or titles: those of the unit above stay in force."""

    unit_code: str
    title: str
    valid_from: date
    body: str
    review_every: Every | None = None
    duty_titles: tuple[str, ...] = ()


def write(w: Work, form: GuidanceForm, *, by: Actor) -> Guidance:
    """Store the next version of a unit's guidance. Raises Refused, StampTyped."""
    refuse_stamps(form)
    unit = unit_of_code(w.session, form.unit_code, w.today)
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT, form.unit_code)
    require(by, Act.WRITE_GUIDANCE, Matter(unit_ids=frozenset(line_above(w.session, unit.id))))
    known = versions_of(w, [unit.id])
    if refusal := rules.refusal_to_write([one.valid_from for one in known], form.valid_from):
        raise Refused(refusal)
    made = Guidance(
        id=w.ids.key(),
        unit_id=unit.id,
        version=len(known) + 1,
        title=form.title,
        valid_from=form.valid_from,
        body=_cleaned(form.body),
        review_every=form.review_every or "",
        duty_titles=list(form.duty_titles),
        written_by_id=by.id,
        written_at=w.now,
    )
    w.session.add(made)
    w.session.flush()
    w.tell(GuidanceWritten(by=by.id, unit_id=unit.id, version=made.version))
    return made


def give_template(w: Work, key: int, data: bytes, *, filename: str, by: Actor) -> Guidance:
    """Attach the workbook that goes with a version, once. Raises Refused when it is no workbook."""
    found = w.session.get(Guidance, key)
    if found is None:
        raise Refused(Refusal.NO_SUCH_GUIDANCE)
    require(by, Act.WRITE_GUIDANCE, Matter(unit_ids=frozenset(line_above(w.session, found.unit_id))))
    if found.template is not None:
        raise Refused(Refusal.GUIDANCE_OUT_OF_ORDER)
    try:
        package = open_package(data)
    except WorkbookRefused as refused:
        raise Refused(Refusal.NOT_A_WORKBOOK) from refused
    has_macros = any("vbaproject" in name.lower() for name in package.names)
    if len(data) > LARGEST_TEMPLATE or "xl/workbook.xml" not in package.names or has_macros:
        raise Refused(Refusal.NOT_A_WORKBOOK)
    found.template, found.template_name = data, filename[:200]
    w.tell(GuidanceWritten(by=by.id, unit_id=found.unit_id, version=found.version))
    return found


def record_review(w: Work, ref: str, code: str, *, held_on: date, minutes: str, by: Actor) -> Review:
    """Record that a programme was reviewed for the period ``code``. Raises Refused, StampTyped."""
    draft = programme(w, ref)
    require(by, Act.REVIEW, matter(w, draft))
    period = next((p for p in periods_of(w, draft) if p.code == code), None)
    if period is None:
        raise Refused(Refusal.NO_SUCH_PERIOD)
    if refusal := rules.refusal_to_review(period, held_on, reviewed(w, draft), today=w.today):
        raise Refused(refusal)
    made = Review(
        id=w.ids.key(),
        programme_id=draft.id,
        period=code,
        held_on=held_on,
        minutes=minutes,
        recorded_by_id=by.id,
        recorded_at=w.now,
    )
    w.session.add(made)
    w.tell(ReviewRecorded(by=by.id, programme=draft.ref, period=code))
    return made


def _cleaned(body: str) -> str:
    try:
        return rich.clean(body)
    except rich.TooLong as too_long:
        raise Refused(Refusal.TOO_LONG) from too_long
