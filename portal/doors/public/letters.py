"""The one letter the public door sends: the code to sign in with. Its subject tells nothing."""

from portal.doors.language import say as _
from portal.inbox.signin.rules import CODE_MINUTES
from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.work import house


def send_code(address: str, code: str) -> bool:
    """Send ``code`` to ``address``; False when no mail server took it."""
    here = house()
    settings = here.settings
    host = settings.base_url.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    post = mailer(settings.mail_url, sender=settings.office_email or f"khong-tra-loi@{host}", ids=here.ids)
    # Neither the subject nor the first line says what it is about: a mailbox may be read by others.
    letter = Letter(
        to=address,
        subject=_("Mã của ông/bà"),
        text=_(
            "Mã của ông/bà là %(code)s\n\nMã dùng được một lần, trong %(minutes)s phút. "
            "Nếu ông/bà không yêu cầu mã này, xin bỏ qua thư; không ai vào được khi không có mã.\n",
            code=code,
            minutes=CODE_MINUTES,
        ),
    )
    try:
        post.send(letter, now=here.clock.now())
    except MailFault:
        return False
    return True
