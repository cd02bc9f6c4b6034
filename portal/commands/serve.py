"""Serving: both doors or one, and the follower beside them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal.settings import load


@click.command()
@click.option("--port", default=8000, show_default=True, help="Cổng nghe. / Port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe. / Address.")
@click.option("--door", type=click.Choice(["public", "desk", "both"]), default="both", show_default=True)
@click.option("--workers", default=1, show_default=True, help="Số tiến trình. / Processes.")
@click.option("--follower/--no-follower", default=True, help="Chạy kèm tiến trình theo sổ. / Follow the log.")
def run(port: int, host: str, door: str, workers: int, follower: bool) -> None:
    """Chạy cổng thông tin. / Serve the portal."""
    from granian import Granian  # here: a server is loaded only by the command that serves
    from granian.constants import Interfaces

    load()  # a faulty setting must stop here, with its sentence, not inside a worker
    os.environ["PORTAL_DOOR"] = door
    click.echo(f"\n→ http://{host}:{port}\n")
    with _following(follower and door != "public"):
        Granian(
            "portal.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_access=False,  # an access log would keep who read what
        ).serve()


@contextmanager
def _following(wanted: bool) -> Iterator[None]:
    """Keep ``portal follow`` running beside the server."""
    if not wanted:
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "portal", "follow"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


COMMANDS: tuple[click.Command, ...] = (run,)
