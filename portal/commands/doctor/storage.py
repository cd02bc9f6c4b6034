"""Disks and folders: room, rights, backups, the walled-off process that cleans evidence."""

import os
import shutil
import tarfile
from datetime import timedelta
from pathlib import Path

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped

_LEAST_FREE = 1024**3  # bytes
_LEAST_SHARE = 0.10
_OLDEST = timedelta(hours=36)  # of the newest backup: one night may fail, not two


@fault("Đĩa còn chỗ / the disk has room")
def disk_room(p: Patient) -> str | None:
    """A full disk refuses every publication."""
    free = shutil.disk_usage(p.settings.instance).free
    return f"còn {free // 1024**2} MB; dọn hoặc thêm đĩa. / make room." if free < _LEAST_FREE else None


@advice("Đĩa còn hơn một phần mười / a tenth of the disk is free")
def disk_share(p: Patient) -> str | None:
    """Time to think of a larger one."""
    usage = shutil.disk_usage(p.settings.instance)
    return "nên thêm đĩa. / think of a larger one." if usage.free < usage.total * _LEAST_SHARE else None


@fault("Ghi được vào thư mục dữ liệu / folders can be written to")
def writable(p: Patient) -> str | None:
    """By the account that runs this."""
    shut = [path.name for path in (p.settings.instance, p.settings.search_index) if not _opens(path)]
    return f"chown cho tài khoản chạy cổng: {', '.join(shut)}. / give them to it." if shut else None


def _opens(folder: Path) -> bool:
    return folder.is_dir() and bool(folder.stat().st_mode & 0o200) and os.access(folder, os.W_OK | os.X_OK)


@fault("Tệp chưa công khai được giữ kín / unpublished files are private")
def files_private(p: Patient) -> str | None:
    """The office's shelf is read by the desk alone."""
    shelf = p.settings.instance / "files" / "office"
    if not shelf.exists():
        raise Skipped("chưa có tệp nào. / no file yet.")
    return "chmod 700 files/office" if shelf.stat().st_mode & 0o077 else None


@fault("Tiến trình làm sạch minh chứng chạy được / evidence can be cleaned")
def sandbox(p: Patient) -> str | None:
    """A small text is put through the walled process and refused in words, not by a crash."""
    if not p.has_office:
        raise Skipped("máy này không nhận tệp. / no file comes in here.")
    from portal.office.evidence.apart import clean_measured  # here: a public-only host has no such code

    answer, spent = clean_measured(b"day khong phai tep minh chung", filename="thu.bin")
    good = spent.exit_code == 0 and isinstance(answer, Exception)
    return None if good else "xem nhân Linux có seccomp, memfd. / see that the kernel has them."


def _backups(p: Patient) -> list[Path]:
    if not p.settings.backup_folder:
        raise Skipped("chưa đặt backup_folder. / backup_folder is not set.")
    found = Path(p.settings.backup_folder).glob("*.tar")
    return sorted(found, key=lambda file: file.stat().st_mtime)


@advice("Biết bản sao lưu ở đâu / backups are known of")
def backup_known(p: Patient) -> str | None:
    """Where this site is real."""
    is_unknown = not p.settings.backup_folder and not p.is_local
    return "đặt backup_folder trong settings.toml. / set it." if is_unknown else None


@fault("Bản sao lưu còn mới / the newest backup is fresh")
def backup_fresh(p: Patient) -> str | None:
    """Not older than a night and a half."""
    files = _backups(p)
    is_fresh = bool(files) and p.now.timestamp() - files[-1].stat().st_mtime < _OLDEST.total_seconds()
    return None if is_fresh else "chạy `portal backup`, bật namro-backup.timer. / run it."


@fault("Bản sao lưu được giữ kín / backups are private")
def backup_private(p: Patient) -> str | None:
    """They hold drafts and keys."""
    open_ones = [file.name for file in _backups(p) if file.stat().st_mode & 0o077]
    return f"chmod 600 {open_ones[-1]} ({len(open_ones)})" if open_ones else None


@fault("Bản sao lưu không chứa khóa của két / backups hold no vault key")
def backup_without_vault(p: Patient) -> str | None:
    """A destroyed key must not live on in an archive."""
    for file in _backups(p)[-1:]:
        with tarfile.open(file) as archive:
            if any("vault" in Path(name).parts for name in archive.getnames()):
                return "xóa bản này; chỉ dùng `portal backup … --vault`. / remove it."
    return None


CHECKS: tuple[Check, ...] = (
    disk_room, disk_share, writable, files_private, sandbox, backup_known, backup_fresh, backup_private,
    backup_without_vault,
)  # fmt: skip
