"""Letters to authors about boards: publish within the days, put a copy up, take it down.

On the day something is due and then once a week, if called once a day. A letter names no cadre and no
programme: a mailbox may be read by others.
"""

from collections import Counter, defaultdict

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.mail import Letter
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.posting.reads import Task, due_anywhere
from portal.office.posting.rules import is_day_to_remind

SUBJECT = "Việc công bố, niêm yết đến hạn"
_WORDS = {
    Task.PUBLISH: "chương trình đã có quyết định, cần công bố đúng hạn",
    Task.PUT_UP: "chương trình đã công bố, cần niêm yết",
    Task.TAKE_DOWN: "bản niêm yết đã hết thời gian, cần gỡ và ghi biên bản",
}


def letters(w: Work, *, calendar: WorkingCalendar) -> list[Letter]:
    """Today's letters, one to each officer concerned."""
    tasks: dict[int, Counter[Task]] = defaultdict(Counter)
    for due in due_anywhere(w, calendar=calendar):
        if due.author_id is not None and is_day_to_remind(due.due_on, today=w.today):
            tasks[due.author_id][due.task] += 1
    officers = [(w.session.get_one(Officer, key), count) for key, count in sorted(tasks.items())]
    return [_letter(w, officer, count) for officer, count in officers if officer.active]


def _letter(w: Work, officer: Officer, count: Counter[Task]) -> Letter:
    lines = [f"- {count[task]} {_WORDS[task]}" for task in Task if count[task]]
    address = w.settings.base_url.rstrip("/") + "/van-phong/niem-yet"
    text = "\n".join(["Kính gửi ông/bà,", "", "Các việc đến hạn:", *lines, "", f"Đề nghị mở: {address}", ""])
    return Letter(to=officer.email, subject=SUBJECT, text=text)
