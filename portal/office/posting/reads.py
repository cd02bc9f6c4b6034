"""Looking up postings, and what is due about boards: publish, put up, take down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act, Actor, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.guidance.reads import bears_duty
from portal.office.posting import rules
from portal.office.posting.tables import Posting
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme


class Task(StrEnum):
    """What has to be done about a board."""

    PUBLISH = "publish"
    PUT_UP = "put_up"
    TAKE_DOWN = "take_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingDue:
    """One thing to do by ``due_on``; ``key`` is the posting's where there is one."""

    task: Task
    programme_ref: str
    programme_name: str
    author_id: int | None
    due_on: date
    is_overdue: bool
    place: str = ""
    key: int | None = None


def postings_of(w: Work, programme_id: int) -> Sequence[Posting]:
    """The postings of a programme, oldest first."""
    return w.session.scalars(
        select(Posting)
        .where(Posting.programme_id == programme_id)
        .order_by(Posting.posted_on, Posting.recorded_at, Posting.id)
    ).all()


def posting(w: Work, programme_id: int, key: int) -> Posting:
    """The posting ``key`` of a programme. Raises Refused when there is none."""
    found = w.session.get(Posting, key)
    if found is None or found.programme_id != programme_id:
        raise Refused(Refusal.NO_SUCH_POSTING)
    return found


def due_for(w: Work, by: Actor, *, calendar: WorkingCalendar) -> list[PostingDue]:
    """What is due in the programmes ``by`` may post, the most urgent first."""
    mine = [p for p in _alive(w) if refusal_of(by, Act.POST, matter(w, p)) is None]
    return _in_order(due for programme in mine for due in _due_in(w, programme, calendar))


def due_anywhere(w: Work, *, calendar: WorkingCalendar) -> list[PostingDue]:
    """What is due in any programme, the most urgent first."""
    return _in_order(due for programme in _alive(w) for due in _due_in(w, programme, calendar))


def _alive(w: Work) -> list[Programme]:
    wanted = Programme.state != "withdrawn"
    return list(w.session.scalars(select(Programme).where(wanted).order_by(Programme.ref)).unique())


def _due_in(w: Work, draft: Programme, calendar: WorkingCalendar) -> Iterable[PostingDue]:
    within, today = w.settings.publish_within_days, w.today
    if draft.issued_on is None:
        decided_on = draft.mandate.decided_on.open(reason=Reason.DRAFT)
        is_waiting = draft.state == "approved" and bears_duty(w, draft)
        if is_waiting and decided_on is not None and decided_on <= today:
            due_on = rules.due_within(decided_on, within, calendar=calendar)
            yield _due(Task.PUBLISH, draft, due_on, today)
        return
    known = postings_of(w, draft.id)
    if not known:
        yield _due(Task.PUT_UP, draft, rules.due_within(draft.issued_on, within, calendar=calendar), today)
    for row in known:
        if rules.is_due_down(row.planned_until, row.taken_down_on, today=today):
            yield _due(Task.TAKE_DOWN, draft, row.planned_until, today, row)


def _due(task: Task, draft: Programme, due_on: date, today: date, row: Posting | None = None) -> PostingDue:
    mandate = draft.mandate
    post, name = (cell.open(reason=Reason.DRAFT) for cell in (mandate.post, mandate.cadre_name))
    return PostingDue(
        task=task,
        programme_ref=draft.ref,
        programme_name=f"{post} – {name}",
        author_id=draft.author_id,
        due_on=due_on,
        is_overdue=due_on < today,
        place=row.place if row else "",
        key=row.id if row else None,
    )


def _in_order(found: Iterable[PostingDue]) -> list[PostingDue]:
    return sorted(found, key=lambda one: (one.due_on, one.programme_ref, one.place))
