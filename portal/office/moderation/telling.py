"""Letters about moderation: to an author who asked for them, and to the level above when a clock ran out.

A letter names no programme, no cadre and no word: whoever reads the mailbox learns that there is a receipt.
"""

from collections.abc import Sequence

from sqlalchemy import select

from portal.inbox.feedback.acts import ANSWER_TO, MAIL
from portal.inbox.feedback.tables import Comment
from portal.kernel.boxes import BoxFault, unseal
from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.work import Work
from portal.office.moderation.tables import Case
from portal.publication.hours import sender_of

BREACH_SUBJECT = "Có ý kiến quá hạn kiểm duyệt"
AUTHOR_SUBJECT = "Biên nhận của ông/bà có nội dung mới"


def tell_author(w: Work, case: Case) -> None:
    """Have the author, who asked for it, told that the receipt says something new.

    The address is opened once the decision is committed, where this machine holds the key for mail; no
    officer and no page ever sees it.
    """
    box = w.session.scalar(select(Comment.answer_to).where(Comment.key == case.comment_key))
    keys = w.settings.instance / "keys"
    if box and (keys / f"{MAIL}.key").exists():
        w.afterwards(lambda: _answer(w, box))


def _answer(w: Work, box: bytes) -> None:
    text = (
        "Kính gửi ông/bà,\n\n"
        "Biên nhận ông/bà đang giữ có nội dung mới. Đề nghị ông/bà mở địa chỉ sau và nhập mã biên nhận:\n"
        f"{w.settings.base_url.rstrip('/')}/bien-nhan\n"
    )
    try:
        address = unseal(w.settings.instance / "keys", MAIL, ANSWER_TO, box).decode()
    except BoxFault:
        return  # the receipt says it too
    _send(w, [Letter(to=address, subject=AUTHOR_SUBJECT, text=text)])


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
    try:
        post = mailer(w.settings.mail_url, sender=sender_of(w.settings), ids=w.ids)
        for letter in letters:
            post.send(letter, now=w.now)
    except MailFault:
        return  # the page says it too
