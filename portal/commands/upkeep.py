"""Keeping an installation: prepare what a checkout lacks, back up, restore."""

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sqlalchemy.engine import make_url

from portal.commands.followers import index_folder
from portal.doors.language import CATALOGUES
from portal.doors.looks import find_folder
from portal.kernel.fonts import build_fonts
from portal.record.evidence import settle_shelf
from portal.settings import Settings, load

_FOLDERS = ("keys", "files")  # beside the database, what cannot be made anew
# A period's key is destroyed when the period has closed. An archive kept for years must not hold it.
_VAULT = "vault"
_PASSING = "near-*.key"  # by which texts are compared for a month or two; without them prints mean nothing
_LEFT_OUT = shutil.ignore_patterns(_VAULT, _PASSING)


@click.command()
def prepare() -> None:
    """Dựng phông chữ và bản dịch cho mã nguồn. / Build fonts and catalogues of a checkout."""
    build_fonts(find_folder("static") / "fonts")
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    with source.open("rb") as text:
        catalogue = read_po(text)
    whole = io.BytesIO()
    write_mo(whole, catalogue)
    compiled.write_bytes(whole.getvalue())


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--vault",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp riêng cho khóa của kỳ đang mở; ghi đè mỗi lần, không lưu giữ. "
    "/ A file of its own for the keys of open periods; overwritten each time, never kept.",
)
def backup(file: Path, vault: Path | None) -> None:
    """Sao lưu cơ sở dữ liệu, khóa và tệp vào một tệp .tar. / Back everything up into one .tar file.

    Khóa của kỳ góp ý đang mở không nằm trong đó. / The keys of open feedback periods are not in it.
    """
    settings = load()
    with tempfile.TemporaryDirectory() as folder:
        _dump(settings, Path(folder))
        _pack(Path(folder), file)
    if vault:
        (settings.instance / "keys" / _VAULT).mkdir(parents=True, exist_ok=True, mode=0o700)
        _pack(settings.instance / "keys" / _VAULT, vault)
    click.echo(f"Đã sao lưu / backed up: {file} ({file.stat().st_size:,} byte)")


def _pack(folder: Path, file: Path) -> None:
    """``folder`` as one archive that only its owner reads; the old one stays until the new one is whole."""
    partial = file.with_suffix(file.suffix + ".partial")
    partial.touch(mode=0o600)
    with tarfile.open(partial, "w") as archive:
        archive.add(folder, arcname=".")
    partial.replace(file)


def _dump(settings: Settings, folder: Path) -> None:
    for name in _FOLDERS:
        if (settings.instance / name).exists():
            shutil.copytree(settings.instance / name, folder / name, ignore=_LEFT_OUT)
    if (settings.instance / "settings.toml").exists():
        shutil.copy2(settings.instance / "settings.toml", folder)
    if settings.is_sqlite:
        # The online copy is one consistent state even while officers are writing.
        with (
            sqlite3.connect(_sqlite_file(settings)) as live,
            sqlite3.connect(folder / "portal.sqlite") as copy,
        ):
            live.backup(copy)
    else:
        _postgresql("pg_dump", settings, "--format=custom", f"--file={folder / 'portal.dump'}")


def _sqlite_file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


def _postgresql(program: str, settings: Settings, *arguments: str) -> None:
    url = make_url(settings.database_url).set(drivername="postgresql")
    # The password goes by environment: a command line can be read by everybody on the machine.
    environ = {**os.environ, "PGPASSWORD": url.password or ""}
    address = url.set(password=None).render_as_string()
    subprocess.run([program, f"--dbname={address}", *arguments], env=environ, check=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--vault",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp khóa của kỳ đang mở, do `backup --vault` ghi. / The keys `backup --vault` wrote.",
)
def restore(file: Path, vault: Path | None) -> None:
    """Khôi phục bản sao lưu vào một thư mục instance còn trống. / Restore into an empty instance.

    Thiếu khóa của kỳ đang mở thì người đã đánh giá trong kỳ có thể bị tính thêm lần nữa.
    / Without the keys of the open period, whoever rated in it could be counted once more.
    """
    settings = load()
    if settings.is_sqlite and _sqlite_file(settings).exists():
        raise click.ClickException(
            "Thư mục instance đã có dữ liệu; đề nghị khôi phục vào thư mục trống (PORTAL_INSTANCE=…). "
            "/ The instance is not empty; restore into an empty one."
        )
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tarfile.open(file) as archive:
        archive.extractall(settings.instance, filter="data")
    if vault:
        with tarfile.open(vault) as archive:
            archive.extractall(settings.instance / "keys" / _VAULT, filter="data")
    if not settings.is_sqlite:
        dump = settings.instance / "portal.dump"
        _postgresql("pg_restore", settings, "--no-owner", str(dump))
        dump.unlink()
    shutil.rmtree(index_folder(settings), ignore_errors=True)  # made anew from the record
    click.echo("Đã khôi phục; chạy `portal record verify` và `portal follow --once`. / Restored.")


@click.group()
def shelf() -> None:
    """Kho tệp minh chứng công khai. / The shelf of public evidence files."""


@shelf.command("settle")
def settle_command() -> None:
    """Đưa kho tệp công khai khớp với sổ: thêm tệp còn thiếu, bỏ tệp không còn được dẫn.

    An toàn khi chạy lại. Thoát mã 1 khi có tệp được dẫn mà văn phòng không còn giữ.
    / Bring the public shelf in line with the record; safe to repeat. Exit 1 when a cited file is lost.
    """
    from portal.commands.office import at_the_desk  # here: a public-only host keeps house without office code

    with at_the_desk() as w:
        missing = settle_shelf(w.session, w.settings.instance / "files")
    for name in missing:
        click.echo(f"✗ thiếu tệp / missing file: {name}; khôi phục từ bản sao lưu / restore it", err=True)
    click.echo(f"Kho tệp đã khớp với sổ / the shelf is settled; thiếu / missing: {len(missing)}")
    raise SystemExit(1 if missing else 0)


COMMANDS: tuple[click.Command, ...] = (prepare, backup, restore, shelf)
