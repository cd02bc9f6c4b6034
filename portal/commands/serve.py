"""Serving: both doors or one, with the follower and the metrics beside them."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal.kernel.telling import plan
from portal.settings import load

THREADS = 4  # a process: a mail server that hangs must not keep readers waiting

_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"  # where each worker writes its numbers


@click.command()
@click.option("--port", default=8000, show_default=True, help="Cổng nghe. / Port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe. / Address.")
@click.option("--door", type=click.Choice(["public", "desk", "both"]), default="both", show_default=True)
@click.option("--workers", default=1, show_default=True, help="Số tiến trình. / Processes.")
@click.option("--follower/--no-follower", default=True, help="Chạy kèm tiến trình theo sổ. / Follow the log.")
@click.option(
    "--metrics", "metrics_port", type=int, default=None, help="Cổng số đo, 0: không. / Metrics port."
)
def run(port: int, host: str, door: str, workers: int, follower: bool, metrics_port: int | None) -> None:
    """Chạy cổng thông tin. / Serve the portal."""
    from granian import Granian  # here: a server is loaded only by the command that serves
    from granian.constants import Interfaces
    from granian.log import LogLevels

    settings = load()  # a faulty setting must stop here, with its sentence, not inside a worker
    os.environ["PORTAL_DOOR"] = door
    click.echo(f"\n→ http://{host}:{port}\n")
    numbers = settings.metrics_port if metrics_port is None else metrics_port
    with _following(follower and door != "public"), _measuring(numbers, door):
        Granian(
            "portal.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            log_access=False,  # an access log would keep who read what
            log_dictconfig=plan(settings.log_level),
            log_level=LogLevels.warning,
        ).serve()


@contextmanager
def _following(wanted: bool) -> Iterator[None]:
    """Keep ``portal follow`` running beside the server."""
    if not wanted:
        yield
        return
    with _beside("follow"):
        yield


@contextmanager
def _measuring(port: int, door: str) -> Iterator[None]:
    """Let the workers count, and one process beside them tell the sums at ``port``; 0: neither."""
    if not port:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="namro-metrics-") as folder:
        os.environ[_MULTIPROCESS] = folder
        with _beside("metrics", "--port", str(port), "--door", door):
            yield


@contextmanager
def _beside(*words: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "portal", *words])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


COMMANDS: tuple[click.Command, ...] = (run,)
