"""An installation whose record holds the town: settings, writing to the log, opening the public door."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import town
from flask import Flask
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
        search_index=instance / "search_index",
        **{
            "site_owner": "Cổng công khai chương trình hành động (bản minh họa)",
            "api_per_minute": 10**6,  # who reads everything reads a lot
            "pictures_per_minute": 10**6,
            **changed,
        },
    )


def write(settings: Settings, lines: Iterable[Line], at: datetime = NOW) -> None:
    """Append ``lines`` to the record, as the desk would, at the instant ``at``."""
    engine = owner_engine(settings)
    house = House(settings=settings, clock=StoppedClock(at), ids=Ids(seeded(at.isoformat())))
    with Session(engine) as session, session.begin():
        work = Work(session=session, house=house, now=at)
        append(work, list(lines), signer=load_signer(settings.instance / "keys", "namro.example"))
    engine.dispose()


def found(instance: Path, **changed: object) -> Settings:
    """A new installation in ``instance`` that holds the whole town."""
    settings = make_settings(instance, **changed)
    upgrade(settings)
    write(settings, town.first_lines(), EARLIER)
    write(settings, town.later_lines(), NOW)
    return settings


def open_door(settings: Settings, clock: StoppedClock | None = None) -> Flask:
    """The public door of ``settings``; its fonts are built if no set-up did."""
    build_fonts(find_folder("static") / "fonts")
    return create_app(House(settings=settings, clock=clock or StoppedClock(NOW)))
