"""Letters the desk sends within a request, once what they tell of is stored."""

from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.work import house
from portal.publication.hours import sender_of


def hand_over(letter: Letter) -> bool:
    """Send ``letter``; False when the mail server did not take it, so that the officer is told."""
    here = house()
    try:
        post = mailer(here.settings.mail_url, sender=sender_of(here.settings), ids=here.ids)
        post.send(letter, now=here.clock.now())
    except MailFault:
        return False
    return True
