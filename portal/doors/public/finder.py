"""The searcher of this process: opened at the first question, kept, fresh at every question."""

from contextlib import suppress
from threading import Lock, Thread

from flask import Flask, current_app

from portal.doors.public.pages import viewpoint
from portal.doors.readings import Viewpoint
from portal.kernel.db import db
from portal.kernel.work import house
from portal.record.log import RecordLog
from portal.record.search import Searcher, judge_by

_SEARCHER, _LOG = "searcher", "record_log"
_OPENING = Lock()


def keep_log(app: Flask) -> RecordLog:
    """Give ``app`` its one log, over the public connection."""
    with app.app_context():
        log = RecordLog(db.engine)
    app.extensions[_LOG] = log
    return log


def record_log() -> RecordLog:
    """The log, for what one question answers; a page that asks several reads by one connection instead."""
    found: RecordLog = current_app.extensions[_LOG]
    return found


def warm(app: Flask) -> None:
    """Open the searcher beside the first answers, so that the first search of this process need not."""

    def prepare() -> None:
        # What is wrong here is met again by the first search, and told there.
        with suppress(Exception), app.app_context():
            view = viewpoint()
            searcher(view).prepare(view.today)
            record_log().close()  # the connection of this thread, which ends here

    Thread(target=prepare, name="warm", daemon=True).start()


def searcher(view: Viewpoint) -> Searcher:
    """The searcher; it judges commitments as ``view`` does, on whatever day it is asked about."""
    with _OPENING:
        found: Searcher | None = current_app.extensions.get(_SEARCHER)
        if found is None:
            folder = house().settings.search_index / "public"
            found = Searcher(folder, record_log(), judge_by(view.calendar, view.tolerance))
            current_app.extensions[_SEARCHER] = found
        return found
