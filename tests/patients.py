"""A healthy installation for the doctor, and copies of it that can be broken."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from click.testing import CliRunner
from people import CITY, THAM
from sqlalchemy import event
from world import NOW, World

from portal.cli import portal
from portal.commands.doctor import patient as patients
from portal.commands.doctor.patient import Patient
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.settings import Settings

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
LOOKED_AT = NOW + timedelta(days=3)
ELSEWHERE = "https://namro.example"


def fill(database: Path, table: str, **values: Any) -> None:
    """Add a row past every wall; what is not named gets something of its kind."""
    with closing(sqlite3.connect(database)) as raw:
        for _, name, kind, needed, default, key in raw.execute(f"PRAGMA table_info({table})").fetchall():
            if (needed or key) and default is None:
                values.setdefault(name, 7 if "INT" in kind or kind == "BOOLEAN" else "2025-01-01")
        marks = ", ".join("?" * len(values))
        names = ", ".join(f'"{name}"' for name in values)
        raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
        raw.commit()


class Quiet(WSGIRequestHandler):
    """Says nothing of what it is asked."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Served:
    """A door on a loopback port; ``spoil`` may change status and headers of what it answers."""

    def __init__(self, app: Any) -> None:
        self.app, self.spoil = app, lambda path, status, headers: (status, headers)
        self.server = make_server("127.0.0.1", 0, self._answer, handler_class=Quiet)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, environ: dict[str, Any], start: Any) -> Any:
        def spoilt(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(*self.spoil(environ["PATH_INFO"], status, headers), *more)

        return self.app(environ, spoilt)

    @contextmanager
    def running(self) -> Iterator["Served"]:
        """Serve in a thread."""
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()


class Sick:
    """A copy of the healthy installation, to be broken in one place."""

    def __init__(self, settings: Settings, folder: Path, served: Served, patch: pytest.MonkeyPatch) -> None:
        shutil.copytree(settings.instance.parent, folder, dirs_exist_ok=True)
        instance = folder / settings.instance.name
        self.settings = replace(
            settings, instance=instance, search_index=folder / "search_index",
            database_url=f"sqlite:///{instance / 'portal.sqlite'}", backup_folder=str(folder / "backups"),
        )  # fmt: skip
        self.now: datetime = LOOKED_AT
        self.folder, self.instance, self.keys = folder, instance, instance / "keys"
        self.served, self.patch = served, patch

    def patient(self) -> Patient:
        """Who is looked over."""
        return Patient(self.settings, self.now, self.served.address)

    def change(self, **settings: Any) -> None:
        """Decide otherwise."""
        self.settings = replace(self.settings, **settings)

    def sql(self, *statements: str) -> None:
        """Write past every wall."""
        with closing(sqlite3.connect(self.instance / "portal.sqlite")) as raw:
            for statement in statements:
                raw.execute(statement)
            raw.commit()

    def row(self, table: str, **values: Any) -> None:
        """One row of ``table``."""
        fill(self.instance / "portal.sqlite", table, **values)

    def weakly(self, pragma: str) -> None:
        """Open connections without our wall."""
        self.patch.setattr(
            patients, "wall",
            lambda engine, role, is_sqlite: event.listen(
                engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}")
            ),
        )  # fmt: skip

    def role(self, who: str, role: str, unit: str = CITY) -> str:
        """The statement that gives a role."""
        return (
            "INSERT INTO office_role_in_unit SELECT o.id, "
            f"'{role}', u.id FROM office_officer o, office_unit u "
            f"WHERE o.email = '{who}' AND u.code = '{unit}' AND u.valid_to IS NULL"
        )

    def spoil(self, path: str, status: str = "", **headers: str | None) -> None:
        """Let the service answer otherwise at ``path``: None takes a header away."""
        changed = {name.replace("_", "-").lower(): value for name, value in headers.items()}

        def spoilt(asked: str, was: str, sent: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
            if asked != path:
                return was, sent
            kept = [(k, v) for k, v in sent if k.lower() not in changed]
            return status or was, [*kept, *((k, v) for k, v in changed.items() if v is not None)]

        self.served.spoil = spoilt


def healthy(folder: Path) -> World:
    """A world with everything an installation needs; its settings are those of the doctor's patient."""
    world = World(
        folder / "instance",
        seal_keepers=(THAM.email,), backup_folder=str(folder / "backups"), oidc_issuer="https://id.example",
        oidc_client_id="namro", oidc_client_secret="bi-mat", mail_url=(folder / "mail").as_uri(),
    )  # fmt: skip
    world.settings = replace(world.settings, search_index=folder / "search_index")
    world.settle_in().bring_in(world.read(BOOK))
    with world.work() as w:
        for n in range(3):
            add_officer(
                w, email=f"kd{n}@namro.example", name=f"Tạ Thị {n}", role=Role.MODERATOR, unit_code=CITY
            )
    keys = world.settings.instance / "keys"
    (keys / "vault").mkdir(mode=0o700)
    for name in ("vault/2026-Q4.key", "mail.key"):
        (keys / name).touch(mode=0o600)
        (keys / name).write_bytes(bytes(range(32)))
    world.settings.instance.chmod(0o750)
    (world.settings.instance / "files" / "office").mkdir(parents=True, mode=0o700)
    _run(folder, "follow", "--once", "--no-due")
    (folder / "backups").mkdir()
    _run(folder, "backup", str(folder / "backups" / "new.tar"))
    os.utime(folder / "backups" / "new.tar", (LOOKED_AT.timestamp(),) * 2)
    return world


def _run(folder: Path, *words: str) -> None:
    environ = {
        "PORTAL_INSTANCE": str(folder / "instance"),
        "PORTAL_SEARCH_INDEX": str(folder / "search_index"),
    }
    done = CliRunner().invoke(portal, words, env=environ, catch_exceptions=False)
    assert done.exit_code == 0, done.output
