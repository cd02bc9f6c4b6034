"""What every test may stand on: a house in a folder of its own, with a real database and a stopped clock."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.kernel.clock import StoppedClock
from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.ids import Ids, seeded
from portal.kernel.work import House, settle
from portal.migrations.upgrade import upgrade
from portal.office.audit.acts import record_events
from portal.settings import Settings

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday morning in Vietnam


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house over a fresh SQLite database; its clock stands at NOW, its names come from a seed."""
    settings = Settings(
        instance=tmp_path / "instance",
        database_url=f"sqlite:///{tmp_path / 'instance' / 'portal.sqlite'}",
        search_index=tmp_path / "search_index",
    )
    upgrade(settings)
    return House(settings, StoppedClock(NOW), Ids(seeded("test")), record_events)


@pytest.fixture
def desk(house: House) -> Iterator[Flask]:
    """The desk's side of the wall, within an application context: ``with work() as w`` works here.

    The connection has the DESK role, so a table that GRANTS does not give the desk is refused.
    """
    app = Flask("desk")
    configure(app, house.settings, DoorRole.DESK)
    settle(app, house)
    with app.app_context():
        yield app
