"""Letters to authors about answers that are owed: when the duty began, before it lapses, and once it has.

If called once a day. A letter names no cadre, no programme and no theme: a mailbox may be read by others.
"""

from collections import Counter

from portal.kernel.mail import Letter
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.replies.reads import owed
from portal.office.replies.rules import Duty, is_day_to_write

SUBJECT = "Có nhóm góp ý chờ giải trình"


def letters(w: Work) -> list[Letter]:
    """Today's letters, one to each author concerned."""
    counts: Counter[int] = Counter()
    for theme, draft in owed(w):
        if is_day_to_write(Duty(theme.asked_on, theme.due_on), today=w.today) and draft.author_id is not None:
            counts[draft.author_id] += 1
    officers = [(w.session.get_one(Officer, key), count) for key, count in sorted(counts.items())]
    return [_letter(w, officer, count) for officer, count in officers if officer.active]


def _letter(w: Work, officer: Officer, count: int) -> Letter:
    address = w.settings.base_url.rstrip("/") + "/van-phong"
    said = (
        f"Có {count} nhóm góp ý của người dân mà đơn vị phải giải trình trong thời hạn. "
        "Quá hạn mà chưa trả lời, trang công khai ghi “Quá hạn giải trình”."
    )
    return Letter(
        to=officer.email,
        subject=SUBJECT,
        text=f"Kính gửi ông/bà,\n\n{said}\n\nĐề nghị ông/bà mở văn phòng để xem và trả lời: {address}\n",
    )
