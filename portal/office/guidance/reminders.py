"""Letters to organisation officers about reviews that are due: on the day, then once a week."""

from collections import Counter

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.mail import Letter
from portal.kernel.policy import Role
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.guidance.reads import reviews_due
from portal.office.posting.rules import is_day_to_remind
from portal.office.units.reads import line_above

SUBJECT = "Kỳ kiểm điểm chương trình hành động đến hạn"


def letters(w: Work, *, calendar: WorkingCalendar) -> list[Letter]:
    """Today's letters: one to each officer who holds the evaluator's role at or above a unit concerned."""
    units = Counter(
        due.unit_id
        for due in reviews_due(w, calendar=calendar)
        if is_day_to_remind(due.due_on, today=w.today)
    )
    counts: Counter[int] = Counter()
    for unit_id, count in units.items():
        for officer_id in _evaluators(w, unit_id):
            counts[officer_id] += count
    officers = [(w.session.get_one(Officer, key), count) for key, count in sorted(counts.items())]
    return [_letter(w, officer, count) for officer, count in officers if officer.active]


def _evaluators(w: Work, unit_id: int) -> frozenset[int]:
    held = select(RoleInUnit.officer_id).where(
        RoleInUnit.role == Role.EVALUATOR, RoleInUnit.unit_id.in_(line_above(w.session, unit_id))
    )
    return frozenset(w.session.scalars(held))


def _letter(w: Work, officer: Officer, count: int) -> Letter:
    address = w.settings.base_url.rstrip("/") + "/van-phong/kiem-diem"
    said = f"{count} kỳ kiểm điểm đã kết thúc mà chưa ghi biên bản."
    text = f"Kính gửi ông/bà,\n\n{said}\n\nĐề nghị mở: {address}\n"
    return Letter(to=officer.email, subject=SUBJECT, text=text)
