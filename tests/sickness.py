"""A healthy installation for the doctor, and one way to make each of its checks go red."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
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
from portal.commands.doctor import machine, storage
from portal.commands.doctor import patient as patients
from portal.commands.doctor.patient import Patient
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.evidence import apart
from portal.record.checkpoint import load_signer
from portal.settings import Settings

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
LOOKED_AT = NOW + timedelta(days=3)
ELSEWHERE = "https://namro.example"


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
        """One row; what is not named gets something of its kind."""
        with closing(sqlite3.connect(self.instance / "portal.sqlite")) as raw:
            for _, name, kind, needed, default, key in raw.execute(f"PRAGMA table_info({table})").fetchall():
                if (needed or key) and default is None:
                    values.setdefault(name, 7 if "INT" in kind or kind == "BOOLEAN" else "2025-01-01")
            marks = ", ".join("?" * len(values))
            names = ", ".join(f'"{name}"' for name in values)
            raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
            raw.commit()

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


def _other_key(s: Sick) -> None:
    other = load_signer(s.folder / "other", "namro.example/so-cai").verifier()
    (s.keys / "checkpoint.pub").write_text(other + "\n", encoding="utf-8")


def _stranger_in_the_vault(s: Sick) -> None:
    import tarfile

    with tarfile.open(s.folder / "backups" / "new.tar", "a") as archive:
        archive.add(s.keys / "vault", arcname="keys/vault")
    os.utime(s.folder / "backups" / "new.tar", (LOOKED_AT.timestamp(),) * 2)


def _damage(s: Sick) -> None:
    with suppress(OSError), (s.instance / "portal.sqlite").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 6)


def _lock_of_another_year(s: Sick) -> None:
    (s.folder / "lock").write_text("flask==0.1 \\\n", encoding="utf-8")
    s.patch.setattr(machine, "LOCK", s.folder / "lock")


def _no_catalogue(s: Sick) -> None:
    (s.folder / "po" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (s.folder / "po" / "en" / "LC_MESSAGES" / "messages.po").touch()
    s.patch.setattr(machine, "CATALOGUES", s.folder / "po")


def _full(free: int, total: int) -> Callable[[Sick], None]:
    usage = type("Usage", (), {"free": free, "total": total})
    return lambda s: s.patch.setattr(storage.shutil, "disk_usage", lambda _: usage)


def _own_holidays(s: Sick) -> None:
    s.now = s.now.replace(year=2040)


BREAKS: dict[str, Callable[[Sick], Any]] = {
    "wal": lambda s: s.sql("PRAGMA journal_mode = DELETE"),
    "schema": lambda s: s.sql("UPDATE alembic_version SET version_num = '0'"),
    "durable": lambda s: s.weakly("synchronous = OFF"),
    "secure_delete": lambda s: s.weakly("secure_delete = OFF"),
    "foreign_keys": lambda s: s.sql("INSERT INTO office_role_in_unit VALUES (9, 'author', 9)"),
    "whole": _damage,
    "append_only": lambda s: s.sql("DROP TRIGGER guard_update_record_entry"),
    "public_wall": lambda s: s.weakly("synchronous = FULL"),
    "grants": lambda s: s.weakly("synchronous = FULL"),
    "database_private": lambda s: (s.instance.chmod(0o755), (s.instance / "portal.sqlite").chmod(0o644)),
    "wal_size": lambda s: os.truncate(
        os.open(s.instance / "portal.sqlite-wal", os.O_CREAT | os.O_RDWR), 300 * 1024 * 1024
    ),
    "tail": lambda s: s.sql(
        "DROP TRIGGER guard_update_record_content",
        "UPDATE record_content SET body = body || ' ' WHERE position = 3",
    ),
    "checkpoint": lambda s: s.sql(
        "DROP TRIGGER guard_delete_record_checkpoint", "DELETE FROM record_checkpoint"
    ),
    "signature": _other_key,
    "checkpoint_time": lambda s: setattr(s, "now", NOW - timedelta(days=1)),
    "signing_key": lambda s: (s.keys / "checkpoint.key").chmod(0o644),
    "verifier": _other_key,
    "pointers": lambda s: s.sql("UPDATE record_latest SET ref = 'x' WHERE position = 3"),
    "index_sound": lambda s: (s.folder / "search_index" / "public" / "manifest.json").write_text("{"),
    "index_private": lambda s: (s.folder / "search_index" / "public").chmod(0o777),
    "followers": lambda s: (s.folder / "search_index" / "public" / "manifest.json").unlink(),
    "shelf": lambda s: (
        (s.instance / "files" / "record").mkdir(exist_ok=True),
        (s.instance / "files" / "record" / ("a" * 64)).touch(),
    ),
    "mail_way": lambda s: s.change(mail_url="smtp://127.0.0.1:1"),
    "mail_encrypted": lambda s: s.change(mail_url="smtp://mail.example:25?starttls=no"),
    "mail_leaves": lambda s: s.change(base_url=ELSEWHERE),
    "mail_sender": lambda s: s.change(base_url=ELSEWHERE),
    "wishes": lambda s: s.row("door_wish", key=1, kind="export", asked_on="2026-01-01", sealed=b"x"),
    "keys_private": lambda s: (s.keys / "mail.key").chmod(0o640),
    "keys_long": lambda s: (s.keys / "mail.key").write_bytes(b"short"),
    "vault_open_only": lambda s: (s.keys / "vault" / "2025-Q1.key").touch(mode=0o600),
    "vault_private": lambda s: (s.keys / "vault").chmod(0o755),
    "mail_key_apart": lambda s: s.patch.setattr(Patient, "has_office", False),
    "settings_private": lambda s: (
        (s.instance / "settings.toml").touch(),
        (s.instance / "settings.toml").chmod(0o644),
    ),
    "https": lambda s: s.change(base_url="http://namro.example"),
    "own_host": lambda s: s.change(base_url=ELSEWHERE),
    "other_hosts": lambda s: s.change(trusted_hosts=("127.0.0.1", ".example")),
    "proxies": lambda s: s.change(base_url=ELSEWHERE),
    "seal_keepers": lambda s: s.change(seal_keepers=("nobody@namro.example",)),
    "minimum_cell": lambda s: s.change(minimum_cell=4),
    "holidays": _own_holidays,
    "announced": lambda s: setattr(s, "now", NOW),
    "retention": lambda s: s.change(words_days=30),
    "responsible": lambda s: s.change(base_url=ELSEWHERE),
    "provider": lambda s: s.change(oidc_client_secret=""),
    "two_people": lambda s: s.sql("DELETE FROM office_role_in_unit WHERE role = 'appraiser'"),
    "nobody_alone": lambda s: s.sql(
        "DELETE FROM office_role_in_unit WHERE role = 'publisher'", s.role("soan@namro.example", "publisher")
    ),
    "moderators": lambda s: s.sql("UPDATE office_officer SET active = 0 WHERE email LIKE 'kd1%'"),
    "administrators": lambda s: s.sql("DELETE FROM office_role_in_unit WHERE role = 'admin'"),
    "second_factor": lambda s: s.sql("UPDATE office_officer SET password = 'x' WHERE email LIKE 'kd1%'"),
    "sample_accounts": lambda s: (
        s.change(base_url=ELSEWHERE),
        s.sql("UPDATE office_officer SET is_sample = 1 WHERE email LIKE 'kd1%'"),
    ),
    "invitations": lambda s: setattr(s, "now", NOW + timedelta(days=20)),
    "runners": lambda s: s.row("office_job", state="running", about="{}"),
    "jobs": lambda s: s.row("office_job", state="waiting", about="{}"),
    "cases": lambda s: s.row("office_case", state="waiting"),
    "intake": lambda s: s.row("inbox_comment", via="web"),
    "schedules": lambda s: s.row("office_schedule", state="waiting"),
    "erasures": lambda s: s.row("office_redaction", state="done", settled_at="2025-01-01"),
    "sealed": lambda s: s.row("office_sealed"),
    "codes": lambda s: s.row("door_code"),
    "disk_room": _full(10, 10**12),
    "disk_share": _full(5, 100),
    "writable": lambda s: s.instance.chmod(0o550),
    "files_private": lambda s: (s.instance / "files" / "office").chmod(0o755),
    "sandbox": lambda s: s.patch.setattr(apart, "_COMMAND", ("/bin/false",)),
    "backup_known": lambda s: s.change(base_url=ELSEWHERE, backup_folder=""),
    "backup_fresh": lambda s: setattr(s, "now", s.now + timedelta(days=2)),
    "backup_private": lambda s: (s.folder / "backups" / "new.tar").chmod(0o640),
    "backup_without_vault": _stranger_in_the_vault,
    "locked": _lock_of_another_year,
    "fonts": lambda s: s.patch.setattr(machine, "find_folder", lambda _: s.folder),
    "catalogues": _no_catalogue,
    "time_zone": lambda s: s.patch.setattr(machine, "ZONE", "Asia/No_Where"),
    "clock": lambda s: setattr(s, "now", NOW - timedelta(days=1)),
    "debug": lambda s: s.patch.setenv("FLASK_DEBUG", "1"),
    "limits": lambda s: s.change(redis_url="redis://127.0.0.1:1/0"),
    "root": lambda s: (s.change(base_url=ELSEWHERE), s.patch.setattr(machine.os, "geteuid", lambda: 0)),
    "health": lambda s: s.spoil("/tinh-trang", "503 Service Unavailable"),
    "policy": lambda s: s.spoil("/", content_security_policy=None),
    "caching": lambda s: s.spoil("/", cache_control="public, max-age=600"),
    "cookies": lambda s: s.spoil("/dang-nhap", set_cookie="gop-y=x; Path=/"),
    "metrics": lambda s: s.spoil("/metrics", "200 OK"),
    "hsts": lambda s: s.change(base_url=ELSEWHERE),
}
