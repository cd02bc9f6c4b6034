"""``portal init``: create or upgrade the database, then give each door's role exactly its rights."""

from contextlib import suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from portal.kernel.db import wall
from portal.kernel.grants import DoorRole, grant_statements
from portal.settings import Settings


def owner_engine(settings: Settings) -> Engine:
    """The engine that may change the schema; nothing that serves a request holds one."""
    engine = create_engine(settings.database_url, hide_parameters=True)
    wall(engine, DoorRole.OWNER, settings.is_sqlite)
    return engine


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration, on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(settings: Settings) -> None:
    """Create or upgrade the database, and its folder, to today's schema."""
    if settings.is_sqlite:
        settings.instance.mkdir(parents=True, exist_ok=True, mode=0o750)
        _shut(settings.instance)
    engine = owner_engine(settings)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
        if connection.dialect.name == "postgresql":
            _grant(connection)
    engine.dispose()


def _shut(folder: Path) -> None:
    """Close a folder that was there before, as in a fresh clone, to strangers; the group keeps its rights."""
    with suppress(PermissionError):  # another account's folder: `portal doctor` says so
        folder.chmod(folder.stat().st_mode & 0o770)


def _grant(connection: Connection) -> None:
    connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))  # the default before version 15
    for role in (DoorRole.PUBLIC, DoorRole.DESK):
        name = f"portal_{role}"
        known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name})
        if known.first() is None:
            connection.execute(text(f"CREATE ROLE {name} NOLOGIN"))
        connection.execute(text(f"GRANT {name} TO CURRENT_USER"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {name}"))
    for statement in grant_statements(inspect(connection).get_table_names()):
        connection.execute(text(statement))
