"""``portal site export DIR``: the whole public site as files, for an archive or a plain web server."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click
from flask import Flask

from portal.commands.followers import index_folder, public_log
from portal.commands.opendata import build_now
from portal.doors.public import create_app
from portal.doors.public.copying.folder import Occupied, finish, whole_or_nothing
from portal.doors.public.copying.gathering import CannotCopy, Moved, gather
from portal.kernel.db import db
from portal.kernel.work import House
from portal.record.search.folder import WriterBusy
from portal.record.search.writer import Writer
from portal.record.verify_export import verify_export
from portal.settings import Settings, load

_TRIES = 3  # if something is published while the copy is made
_PATIENCE, _PAUSE = 120, 0.5  # looks, seconds apart, for the open data another follower is making


@click.group()
def site() -> None:
    """Toàn bộ trang công khai. / The whole public site."""


@site.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Thay bản sao cũ ở đó. / Replace an older copy there.")
def export_command(folder: Path, replace: bool) -> None:
    """Ghi bản sao tĩnh của cả trang vào THƯ_MỤC: mở được không cần mạng, kiểm được bằng record verify.

    Write a static copy of the site to FOLDER: readable offline, checked by `record verify FOLDER`.
    """
    settings = load()
    for _ in range(_TRIES):
        try:
            files = copy_site(settings, folder, replace=replace)
        except Moved:
            continue
        except Occupied as fault:
            raise click.ClickException(
                f"{folder} đã có nội dung khác; xin chọn thư mục trống, hoặc --replace nếu là bản sao cũ. "
                "/ The folder holds something else."
            ) from fault
        except CannotCopy as fault:
            raise click.ClickException(
                f"Trang không đưa ra được / the site does not give: {fault}"
            ) from fault
        click.echo(f"{files} tệp / files → {folder}")
        return
    raise click.ClickException(
        "Có nội dung được công bố liên tục trong lúc sao; chưa ghi gì. Xin chạy lại. / Please run it again."
    )


def copy_site(
    settings: Settings, folder: Path, *, replace: bool = False, door: Callable[[House], Flask] = create_app
) -> int:
    """Bring the followers up to the log, then write the copy; how many files.

    Raises Occupied, Moved, CannotCopy; then nothing was written.
    """
    _catch_up(settings)
    app = door(House(settings))
    with whole_or_nothing(folder, replace=replace) as fresh:
        try:
            gather(app, fresh)
        finally:
            with app.app_context():
                db.engine.dispose()
        if faults := verify_export(fresh).faults:
            raise CannotCopy(faults[0])
        return finish(fresh, address=settings.base_url)


def _catch_up(settings: Settings) -> None:
    with public_log(settings) as log:
        with suppress(WriterBusy):  # another follower is doing it
            Writer(index_folder(settings)).follow(log)
        for _ in range(_PATIENCE):
            if build_now(settings, log) == log.head():
                return
            time.sleep(_PAUSE)
    raise CannotCopy("/du-lieu: another follower does not come to an end")


COMMANDS: tuple[click.Command, ...] = (site,)
