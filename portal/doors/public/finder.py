"""The searcher of this process: opened at the first question, kept, fresh at every question."""

from dataclasses import replace
from threading import Lock

from flask import Flask, current_app

from portal.doors.readings import Viewpoint
from portal.kernel.db import db
from portal.kernel.work import house
from portal.record.log import RecordLog
from portal.record.search import Searcher

_SEARCHER, _LOG = "searcher", "record_log"
_OPENING = Lock()


def keep_log(app: Flask) -> RecordLog:
    """Give ``app`` its one log, over the public connection."""
    with app.app_context():
        log = RecordLog(db.engine)
    app.extensions[_LOG] = log
    return log


def searcher(view: Viewpoint) -> Searcher:
    """The searcher; it judges standings as ``view`` does, on whatever day it is asked about."""
    with _OPENING:
        found: Searcher | None = current_app.extensions.get(_SEARCHER)
        if found is None:
            folder = house().settings.search_index / "public"
            log = current_app.extensions[_LOG]
            found = Searcher(folder, log, lambda doc, day: replace(view, today=day).standing(doc).key)
            current_app.extensions[_SEARCHER] = found
        return found
