"""The database as each door sees it: durable settings, one role a door, columns that keep their meaning."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, Text, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from portal.kernel.grants import DoorRole, authorizer
from portal.settings import Settings

WRITE = "portal_write"  # execution option: this transaction means to write


class Base(DeclarativeBase):
    """What every table derives from."""


db = SQLAlchemy(model_class=Base)


class Figure(TypeDecorator[Decimal]):
    """An exact decimal, stored as its digits: a figure is published as it was typed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """The digits."""
        return None if value is None else format(Decimal(value), "f")

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:
        """The number."""
        return None if value is None else Decimal(value)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, stored as ISO 8601 text so that both databases keep the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """ISO text. Raises ValueError for an instant without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return str(value.astimezone(UTC).isoformat())

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """The instant, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


def configure(app: Flask, settings: Settings, role: DoorRole) -> None:
    """Give ``app`` its connection to the database, as ``role`` and nothing more."""
    url = settings.database_url
    if role is DoorRole.PUBLIC and settings.public_database_url:
        url = settings.public_database_url
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # a parameter may be a draft or a person's words
        **({"connect_args": {"cached_statements": 512}} if settings.is_sqlite else {}),
    }
    db.init_app(app)
    with app.app_context():
        wall(db.engine, role, settings.is_sqlite)


def wall(engine: Engine, role: DoorRole, is_sqlite: bool) -> None:
    """Make every connection of ``engine`` durable and limited to what ``role`` may do."""
    if is_sqlite:
        event.listen(engine, "connect", lambda raw, _: _open_sqlite(raw, role))
        event.listen(engine, "begin", _begin_sqlite)
    elif role is not DoorRole.OWNER:
        event.listen(engine, "connect", lambda raw, _: _become(raw, role))


def _open_sqlite(raw: sqlite3.Connection, role: DoorRole) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged revision survives a power cut (architecture, 12)
        "busy_timeout=15000",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        raw.execute(f"PRAGMA {pragma}")
    if role is not DoorRole.OWNER:
        raw.set_authorizer(authorizer(role))


def _begin_sqlite(connection: Any) -> None:
    # Deferred transactions that turn into writes fail under load instead of waiting.
    write = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _become(raw: Any, role: DoorRole) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f"SET ROLE portal_{role}")
    raw.commit()
