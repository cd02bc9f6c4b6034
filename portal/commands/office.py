"""The desk's rooms for the command line: one application context, one unit of work a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.work import House, Work, settle, work
from portal.office.audit.acts import record_events
from portal.publication.signing import signer_of
from portal.settings import Settings, load

__all__ = ["at_the_desk", "office_app", "signer_of"]


def office_app(settings: Settings) -> Flask:
    """An application that stands on the desk's side of the wall and serves nothing."""
    app = Flask("portal.commands")
    configure(app, settings, DoorRole.DESK)
    settle(app, House(settings, record_events=record_events))
    return app


@contextmanager
def at_the_desk() -> Iterator[Work]:
    """One unit of work, as a command does it."""
    with office_app(load()).app_context(), work() as w:
        yield w
