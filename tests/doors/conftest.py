"""The public door over a record filled through the record's own code."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import town
from flask import Flask
from reader import Reader
from sqlalchemy.orm import Session

from portal.doors.looks import find_folder
from portal.doors.public import create_app
from portal.kernel.clock import StoppedClock
from portal.kernel.fonts import build_fonts
from portal.kernel.ids import Ids, seeded
from portal.kernel.work import House, Work
from portal.migrations.upgrade import owner_engine, upgrade
from portal.record.append import Line, append
from portal.record.checkpoint import load_signer
from portal.settings import Settings

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
EARLIER = datetime(2026, 7, 2, 3, 15, tzinfo=UTC)


def make_settings(instance: Path, **changed: object) -> Settings:
    """Settings of an installation in ``instance``."""
    return Settings(  # type: ignore[arg-type]
        instance=instance,
        database_url=f"sqlite:///{instance / 'portal.sqlite'}",
        search_index=instance / "index",
        **{"site_owner": "Cổng công khai chương trình hành động (bản minh họa)", **changed},
    )


def write(settings: Settings, lines: Iterable[Line], at: datetime = NOW) -> None:
    """Append ``lines`` to the record, as the desk would, at the instant ``at``."""
    engine = owner_engine(settings)
    house = House(settings=settings, clock=StoppedClock(at), ids=Ids(seeded(at.isoformat())))
    with Session(engine) as session, session.begin():
        work = Work(session=session, house=house, now=at)
        append(work, list(lines), signer=load_signer(settings.instance / "keys", "namro.example"))
    engine.dispose()


@pytest.fixture(scope="session")
def fonts() -> None:
    """The fonts, built if no set-up did."""
    build_fonts(find_folder("static") / "fonts")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation whose record holds the town."""
    made = make_settings(tmp_path_factory.mktemp("town"))
    upgrade(made)
    write(made, town.first_lines(), EARLIER)
    write(made, town.later_lines(), NOW)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings, fonts: None) -> Flask:
    """The public door of the town."""
    return create_app(House(settings=settings, clock=StoppedClock(NOW)))


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody who reads the town's pages and tolerates no fault."""
    return Reader(app.test_client())
