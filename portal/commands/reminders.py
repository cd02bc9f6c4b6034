"""``portal remind``: letters about what is due: updates, boards, reviews, answers, periods. Run it daily."""

import click

from portal.commands.office import office_app
from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.mail import Mailer, MailFault, mailer
from portal.kernel.work import house, work
from portal.office.evaluation import ahead as evaluation
from portal.office.guidance import reminders as guidance
from portal.office.posting import reminders as posting
from portal.office.progress.reminding import Reminded, remind
from portal.office.replies import reminders as replies
from portal.publication.hours import sender_of
from portal.settings import Settings, load


@click.command("remind")
def remind_command() -> None:
    """Gửi thư nhắc việc đến hạn; chạy mỗi ngày một lần. / Write about what is due; run it once a day."""
    settings = load()
    with office_app(settings).app_context():
        authors, others = remind_authors(settings), remind_of_boards_and_reviews(settings)
    failed = authors.failed + others.failed
    click.echo(f"Đã gửi / sent: {authors.sent + others.sent}; chưa gửi được / failed: {failed}")
    raise SystemExit(1 if failed else 0)


def remind_authors(settings: Settings) -> Reminded:
    """Write to the authors of ``settings``' installation; inside its application context."""
    return remind(_post(settings), calendar=_calendar(settings))


def remind_of_boards_and_reviews(settings: Settings) -> Reminded:
    """Write about boards to take down, reviews not held, answers owed, periods to open, on their days."""
    calendar = _calendar(settings)
    with work() as w:
        letters = [
            *posting.letters(w, calendar=calendar),
            *guidance.letters(w, calendar=calendar),
            *replies.letters(w),
            *evaluation.letters(w),
        ]
        now = w.now
    post, failed = _post(settings), 0
    for letter in letters:
        try:
            post.send(letter, now=now)
        except MailFault:
            failed += 1
    return Reminded(len(letters) - failed, failed)


def _post(settings: Settings) -> Mailer:
    return mailer(settings.mail_url, sender=sender_of(settings), ids=house().ids)


def _calendar(settings: Settings) -> WorkingCalendar:
    holidays = vietnam().holidays | set(settings.holidays)
    swapped = vietnam().swapped_working_days | set(settings.swapped_working_days)
    return WorkingCalendar(holidays, swapped)


COMMANDS: tuple[click.Command, ...] = (remind_command,)
