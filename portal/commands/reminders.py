"""``portal remind``: letters about updates that are overdue; once a day is enough."""

import click

from portal.commands.office import office_app
from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.mail import mailer
from portal.kernel.work import house
from portal.office.progress.reminding import Reminded, remind
from portal.publication.hours import sender_of
from portal.settings import Settings, load


@click.command("remind")
def remind_command() -> None:
    """Gửi thư nhắc cập nhật tiến độ đã quá kỳ. / Write to authors whose updates are overdue."""
    settings = load()
    with office_app(settings).app_context():
        done = remind_authors(settings)
    click.echo(f"Đã gửi / sent: {done.sent}; chưa gửi được / failed: {done.failed}")
    raise SystemExit(1 if done.failed else 0)


def remind_authors(settings: Settings) -> Reminded:
    """Write to the authors of ``settings``' installation; inside its application context."""
    post = mailer(settings.mail_url, sender=sender_of(settings), ids=house().ids)
    holidays = vietnam().holidays | set(settings.holidays)
    swapped = vietnam().swapped_working_days | set(settings.swapped_working_days)
    return remind(post, calendar=WorkingCalendar(holidays, swapped))


COMMANDS: tuple[click.Command, ...] = (remind_command,)
