"""Following the log: the search index, the open data, letters to people who follow."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

import click
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from portal.commands import letters, opendata
from portal.inbox.signin.vault import close_past, vault
from portal.kernel.clock import SystemClock, day
from portal.kernel.db import wall
from portal.kernel.grants import DoorRole
from portal.record.checkpoint import load_verifier
from portal.record.export import VERIFIER, export
from portal.record.log import RecordLog
from portal.record.search.folder import WriterBusy
from portal.record.search.writer import Writer
from portal.record.verify import Verified, verify
from portal.record.verify_export import verify_export
from portal.settings import Settings, load

_PAUSE = 0.5  # seconds between looks at the log's head


@contextmanager
def public_log(settings: Settings) -> Iterator[RecordLog]:
    """The log, read with no more rights than the public door has."""
    engine = create_engine(settings.public_database_url or settings.database_url, hide_parameters=True)
    wall(engine, DoorRole.PUBLIC, settings.is_sqlite)
    log = RecordLog(engine)
    try:
        yield log
    finally:
        log.close()
        engine.dispose()


def index_folder(settings: Settings) -> Path:
    """Where the public index lies."""
    return settings.search_index / "public"


def follow_now() -> None:
    """Bring the index up to the log, unless another follower is doing so already."""
    settings = load()
    with public_log(settings) as log:
        try:
            Writer(index_folder(settings)).follow(log)
        except WriterBusy:
            return


@click.command()
@click.option("--once", is_flag=True, help="Chạy một lượt rồi thoát. / One pass, then exit.")
@click.option(
    "--due/--no-due",
    default=True,
    help="Cũng công bố theo lịch hẹn và chạy việc dài của văn phòng; tắt ở máy chỉ có cửa công khai. "
    "/ Keep the desk's schedules and do its long work too.",
)
def follow(once: bool, due: bool) -> None:
    """Đưa chỉ mục, dữ liệu mở, thư báo theo kịp sổ. / Bring index, open data and letters up to the log."""
    settings = load()
    look = _look_at_the_clock(settings) if due else lambda: None
    close_vault = partial(_close_vault, settings)
    writer = Writer(index_folder(settings))
    with public_log(settings) as log:
        look()
        close_vault()
        if once:
            click.echo(f"Chỉ mục đến mục / index at entry: {writer.follow(log)}")
            click.echo(f"Dữ liệu mở đến mục / open data at entry: {opendata.build_now(settings, log)}")
            told = letters.write_now(settings)
            click.echo(f"Thư đã gửi / letters sent: {told.sent}; chưa gửi được / failed: {told.failed}")
            return
        reached = -1
        desk_work = _long_work(settings) if due else nullcontext()
        with opendata.keeping(settings, log), letters.writing(settings), desk_work:
            while True:
                look()
                if log.head() != reached:
                    with suppress(WriterBusy):  # a command is doing it; look again
                        reached = writer.follow(log)
                time.sleep(_PAUSE)


def _close_vault(settings: Settings) -> None:
    """Destroy the keys of settled quarters: they lie beside the public door, which has no other clock."""
    today = day(SystemClock().now())
    close_past(vault(settings.instance), today=today, settle_days=settings.rating_settle_days)


def _look_at_the_clock(settings: Settings) -> Callable[[], None]:
    from portal.commands.hours import Hours  # here: a public-only host follows without office code

    return Hours(settings).look


def _long_work(settings: Settings) -> AbstractContextManager[None]:
    from portal.commands.jobs import running  # here: a public-only host follows without office code

    return running(settings)


@click.group()
def index() -> None:
    """Chỉ mục tìm kiếm. / The search index."""


@index.command("rebuild")
def rebuild() -> None:
    """Dựng lại chỉ mục từ sổ. / Build the index anew from the log."""
    settings = load()
    with public_log(settings) as log:
        reached = Writer(index_folder(settings)).rebuild(log)
    click.echo(f"Đã dựng lại / rebuilt: {reached}")


@click.group()
def record() -> None:
    """Sổ công khai. / The public record."""


@record.command("verify")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--verifier", default="", help="Khóa đã giữ từ trước, để so. / The key kept from elsewhere.")
def verify_command(folder: Path | None, verifier: str) -> None:
    """Kiểm tra toàn bộ sổ: băm, chữ ký, văn bản; có THƯ_MỤC thì kiểm bản đã xuất, không cần cơ sở dữ liệu.

    Check the whole record, or an exported one in FOLDER, which needs no database.
    """
    seen = _verify_here() if folder is None else _verify_there(folder, verifier)
    for fault in seen.faults:
        click.echo(f"✗ {fault}", err=True)
    click.echo(
        f"{seen.entries} mục / entries, {seen.texts} văn bản / texts, {seen.erased} đã xóa / erased, "
        f"{seen.checkpoints} mốc / checkpoints; gốc / root {seen.root_hex}"
    )
    sys.exit(1 if seen.faults else 0)


def _verify_here() -> Verified:
    settings = load()
    with _record_session(settings) as session:
        return verify(session, verifier=load_verifier(settings.instance / "keys"))


def _verify_there(folder: Path, verifier: str) -> Verified:
    try:
        seen = verify_export(folder, verifier=verifier)
    except OSError as fault:
        raise click.ClickException(
            f"{folder} không phải sổ cái đã xuất: thiếu {Path(fault.filename).name}. / No exported record."
        ) from fault
    click.echo(f"{seen.taken_down} đã gỡ / taken down")
    kept = (folder / VERIFIER).read_text(encoding="utf-8").strip()
    click.echo(f"Khóa, hãy so với bản đã giữ / key, compare it with a copy kept elsewhere: {kept}")
    return seen


@record.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(folder: Path) -> None:
    """Xuất sổ ra thư mục để kiểm tra độc lập. / Write the record to a folder."""
    settings = load()
    with _record_session(settings) as session:
        entries = export(session, folder, verifier=load_verifier(settings.instance / "keys"))
    click.echo(f"{entries} mục / entries → {folder}")


@contextmanager
def _record_session(settings: Settings) -> Iterator[Session]:
    engine = create_engine(settings.public_database_url or settings.database_url, hide_parameters=True)
    wall(engine, DoorRole.PUBLIC, settings.is_sqlite)
    with Session(engine) as session:
        yield session
    engine.dispose()


COMMANDS: tuple[click.Command, ...] = (follow, index, record)
