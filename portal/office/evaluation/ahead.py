"""Periods before re-appointment that are ready to be opened: told to evaluators, opened by one of them.

A period is opened by an evaluator (whoever opens it answers for it), so the clock only says
that the day has come: in the list of what waits, and in a letter.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.mail import Letter
from portal.kernel.policy import Act, Actor, Role, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.evaluation.tables import Period
from portal.office.posting.rules import is_day_to_remind
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.units.reads import line_above
from portal.record.evaluation.periods import PeriodKind, before_reappointment

SUBJECT = "Đến lúc mở kỳ đánh giá trước bổ nhiệm lại"


@dataclass(frozen=True, slots=True)
class Ready:
    """A programme whose period before re-appointment nobody has opened; ``last``: the day it came due."""

    draft: Programme
    first: date
    last: date
    ends_on: date

    @property
    def code(self) -> str:
        """A code that says what the period is, and of which year."""
        return f"BNL-{self.ends_on.year}"


def reappointments_ready(w: Work) -> list[Ready]:
    """Published programmes near the end of their mandate without that period, the soonest first."""
    opened = select(Period.programme_id).where(Period.kind == PeriodKind.REAPPOINTMENT.value)
    wanted = select(Programme).where(
        Programme.state == "published", Programme.id.not_in(opened.where(Period.programme_id.is_not(None)))
    )
    found = [_ready(w, draft) for draft in w.session.scalars(wanted).unique()]
    waiting = [one for one in found if one.last <= w.today <= one.ends_on]
    return sorted(waiting, key=lambda one: (one.ends_on, one.draft.ref))


def _ready(w: Work, draft: Programme) -> Ready:
    starts_on = draft.mandate.starts_on.open(reason=Reason.EVALUATION)
    ends_on = draft.mandate.ends_on.open(reason=Reason.EVALUATION)
    first, last = before_reappointment(starts_on, ends_on, notice_days=w.settings.notice_days)
    return Ready(draft, first, max(first, last), ends_on)


def ready_for(w: Work, by: Actor) -> list[Ready]:
    """Those of them that ``by`` may open."""
    found = reappointments_ready(w)
    return [one for one in found if refusal_of(by, Act.OPEN_PERIOD, matter(w, one.draft)) is None]


def letters(w: Work) -> list[Letter]:
    """Today's letters: one to each evaluator concerned, on the day a period is ready and then once a week."""
    counts: Counter[int] = Counter()
    for one in reappointments_ready(w):
        if is_day_to_remind(one.last, today=w.today):
            counts.update(_evaluators(w, one.draft.mandate.unit_id))
    officers = [(w.session.get_one(Officer, key), count) for key, count in sorted(counts.items())]
    return [_letter(w, officer, count) for officer, count in officers if officer.active]


def _evaluators(w: Work, unit_id: int) -> frozenset[int]:
    held = select(RoleInUnit.officer_id).where(
        RoleInUnit.role == Role.EVALUATOR, RoleInUnit.unit_id.in_(line_above(w.session, unit_id))
    )
    return frozenset(w.session.scalars(held))


def _letter(w: Work, officer: Officer, count: int) -> Letter:
    address = w.settings.base_url.rstrip("/") + "/van-phong"
    said = (
        f"{count} chương trình còn không quá {w.settings.notice_days} ngày là hết nhiệm kỳ, "
        "thời hạn bổ nhiệm mà chưa mở kỳ đánh giá trước bổ nhiệm lại."
    )
    text = f"Kính gửi ông/bà,\n\n{said}\n\nĐề nghị mở danh sách việc đang chờ: {address}\n"
    return Letter(to=officer.email, subject=SUBJECT, text=text)
