"""One way to make each check of the doctor go red."""

import os
import tarfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from patients import ELSEWHERE, LOOKED_AT, Sick
from world import NOW

from portal.commands.doctor import machine, storage
from portal.commands.doctor.patient import Patient
from portal.office.evidence import apart
from portal.record.checkpoint import load_signer


def _other_key(s: Sick) -> None:
    other = load_signer(s.folder / "other", "namro.example/so-cai").verifier()
    (s.keys / "checkpoint.pub").write_text(other + "\n", encoding="utf-8")


def _stranger_in_the_vault(s: Sick) -> None:
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
    "letters": lambda s: s.row("door_follow", told=0, next_at="2025-01-01"),
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
