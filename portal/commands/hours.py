"""``portal due``: what happens by the clock at the desk's side; ``portal follow`` does it as it goes."""

import logging
import time

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.commands.followers import follow_now
from portal.commands.moderation import figures_due, moderate_due
from portal.commands.office import office_app
from portal.commands.taking_part import take_care
from portal.kernel.work import work
from portal.office.programme.keeping import sweep
from portal.publication.hours import Kept, keep_counts, keep_hours
from portal.settings import Settings, load

log = logging.getLogger(__name__)
EVERY = 15.0  # seconds between looks at the clock, while following
COUNT_EVERY = 3600.0  # seconds between looks at the ratings: batches lie days apart


@click.command()
def due() -> None:
    """Thực hiện các việc đã đến giờ: lịch hẹn công bố, đợt đánh giá. / Carry out what is due."""
    app = office_app(load())
    kept, counted = keep_due(app), count_due(app)
    if any(not one.refusal for one in kept):
        follow_now()
    for one in kept:
        click.echo(f"{one.programme}: {one.refusal or 'đã công bố / published'}")
    click.echo(f"Đến giờ / due: {len(kept)}; đợt đánh giá / batches of ratings: {counted}")


def keep_due(app: Flask) -> list[Kept]:
    """Whatever is due now; typing and uploads that outlived their time go too."""
    with app.app_context():
        with work() as w:
            sweep(w)
        moderate_due()
        take_care()
        return keep_hours()


def count_due(app: Flask) -> int:
    """Count the ratings that are ripe; how many batches went out."""
    with app.app_context():
        figures_due()
        return len(keep_counts())


class Hours:
    """Looks at the clock now and then; a fault of the database is told and tried again."""

    def __init__(self, settings: Settings) -> None:
        self._app = office_app(settings)
        self._next = self._next_count = 0.0

    def look(self) -> None:
        """Carry out what is due, if it is time to look again."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        try:
            keep_due(self._app)
            if time.monotonic() >= self._next_count:
                count_due(self._app)
                self._next_count = time.monotonic() + COUNT_EVERY
        except SQLAlchemyError:
            log.exception("the hours could not be kept; they are tried again")


COMMANDS: tuple[click.Command, ...] = (due,)
