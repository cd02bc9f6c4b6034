"""Reminding authors of updates that are overdue: once for each due day, in a letter that names nobody."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.mail import Letter, Mailer, MailFault
from portal.kernel.work import Work, work
from portal.office.accounts.tables import Officer
from portal.office.audit.events import RemindedOfUpdates
from portal.office.progress.due import Due, due_in, running
from portal.office.progress.tables import Reminder

SUBJECT = "Nhắc cập nhật tiến độ"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many officers a letter went to, and how many letters could not be handed over."""

    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One officer's letter; nothing in it tells which commitments they are."""

    officer_id: int
    to: str
    dues: tuple[Due, ...]


def remind(post: Mailer, *, calendar: WorkingCalendar) -> Reminded:
    """Write to every author whose updates are overdue and who was not reminded of them yet.

    Runs outside any unit of work. What is noted before a letter is handed over is taken back where it
    could not be: nobody is reminded twice, and no letter holds up the database.
    """
    with work() as w:
        waiting = _waiting(w, calendar)
        for one in waiting:
            _note(w, one)
        address, now = f"{w.settings.base_url.rstrip('/')}/van-phong/tien-do", w.now
    failed = []
    for one in waiting:
        try:
            post.send(Letter(to=one.to, subject=SUBJECT, text=_text(len(one.dues), address)), now=now)
        except MailFault:
            failed.append(one)
    with work() as w:
        for one in failed:
            _take_back(w, one)
    return Reminded(len(waiting) - len(failed), len(failed))


def _waiting(w: Work, calendar: WorkingCalendar) -> list[_Waiting]:
    known = {(row.commitment_id, row.due_on) for row in w.session.scalars(select(Reminder))}
    found: dict[int, list[Due]] = defaultdict(list)
    for due in (due for draft in running(w) for due in due_in(w, draft, calendar=calendar)):
        if due.is_overdue and due.author_id and (due.commitment_id, due.due_on) not in known:
            found[due.author_id].append(due)
    officers = {key: w.session.get_one(Officer, key) for key in found}
    return [
        _Waiting(key, officer.email, tuple(found[key])) for key, officer in officers.items() if officer.active
    ]


def _note(w: Work, one: _Waiting) -> None:
    for due in one.dues:
        w.session.add(
            Reminder(
                commitment_id=due.commitment_id, due_on=due.due_on, officer_id=one.officer_id, sent_at=w.now
            )
        )
    w.tell(RemindedOfUpdates(officer_id=one.officer_id, count=len(one.dues)))


def _take_back(w: Work, one: _Waiting) -> None:
    for due in one.dues:
        found = w.session.get(Reminder, (due.commitment_id, due.due_on))
        if found is not None:
            w.session.delete(found)


def _text(count: int, address: str) -> str:
    """What the letter says: which commitments they are is seen at the desk, not in a mailbox."""
    return (
        "Kính gửi ông/bà,\n\n"
        f"Có {count} cam kết đã quá kỳ cập nhật tiến độ mà chưa có báo cáo. "
        "Nếu chưa có số liệu, ông/bà vẫn báo cáo là chưa có.\n\n"
        f"Đề nghị ông/bà mở văn phòng để cập nhật: {address}\n"
    )
