"""Letters about moderation: to an author who asked for them, and to the level above when a clock ran out.

A letter names no programme, no cadre and no word: whoever reads the mailbox learns that there is a receipt.
"""

from collections.abc import Sequence

from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.work import Work
from portal.office.moderation.tables import Case
from portal.publication.hours import sender_of

BREACH_SUBJECT = "Có ý kiến quá hạn kiểm duyệt"


def tell_author(w: Work, case: Case) -> None:
    """Have the author told that the receipt says something new; by whoever can open the address."""


def tell_of_breach(w: Work, people: Sequence[str], count: int) -> None:
    """Write to the level above that ``count`` cases are past their deadline, once this is committed."""
    text = (
        "Kính gửi ông/bà,\n\n"
        f"Có {count} ý kiến của người dân đã quá hạn kiểm duyệt và vừa được giao lại. "
        "Đề nghị ông/bà mở văn phòng để xem và phân công:\n"
        f"{w.settings.base_url.rstrip('/')}/van-phong/kiem-duyet\n"
    )
    letters = [Letter(to=email, subject=BREACH_SUBJECT, text=text) for email in people]
    w.afterwards(lambda: _send(w, letters))


def _send(w: Work, letters: Sequence[Letter]) -> None:
    post = mailer(w.settings.mail_url, sender=sender_of(w.settings), ids=w.ids)
    for letter in letters:
        try:
            post.send(letter, now=w.now)
        except MailFault:
            return  # the desk's page says it too
