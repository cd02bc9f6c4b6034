"""``portal metrics``: the numbers of one server for Prometheus, on a port of the loopback and nowhere else.

Aggregates only: no path, query, address, name or reference is in them. What the desk alone may read is told
by the desk's process alone.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import click
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from portal.commands.doctor.patient import Patient
from portal.commands.positions import positions
from portal.kernel.clock import SystemClock
from portal.kernel.measuring import FOLDER
from portal.settings import Settings, load

LOOPBACK = "127.0.0.1"
# Per queue: states and how many, and since when the oldest waits.
_QUEUES = {
    "moderation": (
        "SELECT state, count(*), min(received_at) FROM office_case WHERE state IN "
        "('waiting', 'refusal_proposed', 'redirect_proposed', 'appealed') GROUP BY state"
    ),
    "jobs": (
        "SELECT state, count(*), min(asked_at) FROM office_job "
        "WHERE state IN ('waiting', 'running') GROUP BY state"
    ),
    "schedules": (
        "SELECT state, count(*), min(publish_at) FROM office_schedule WHERE state = 'waiting' GROUP BY state"
    ),
    "erasures": (
        "SELECT 'waiting', count(*), min(settled_at) FROM office_redaction "
        "WHERE state = 'done' AND scrubbed_at IS NULL HAVING count(*) > 0"
    ),
}
# Of people who take part: how many letters and wishes wait, nothing of whose they are.
_TAKING_PART = {
    "letters": (
        "SELECT 'waiting', count(*), min(next_at) FROM door_follow WHERE next_at < :now "
        "AND told < (SELECT count(*) FROM record_entry) HAVING count(*) > 0"
    ),
    "wishes": "SELECT 'waiting', count(*), NULL FROM door_wish WHERE sealed IS NOT NULL HAVING count(*) > 0",
}


class House(Collector):
    """What the database and the folders say, read anew at each scrape."""

    def __init__(self, settings: Settings, *, has_desk: bool) -> None:
        self._patient = Patient(settings, SystemClock().now())
        self._has_desk = has_desk

    def collect(self) -> Iterator[Gauge]:
        """The gauges; ``namro_readable`` is 0 when the database does not answer."""
        readable = Gauge("namro_readable", "Whether the record can be read")
        try:
            yield from self._log()
            yield from self._queues(SystemClock().now())
            readable.add_metric([], 1)
        except (SQLAlchemyError, OSError):
            readable.add_metric([], 0)
        yield readable

    def close(self) -> None:
        """Let go of the database."""
        self._patient.close()

    def _log(self) -> Iterator[Gauge]:
        head = int(self._patient.public("SELECT count(*) FROM record_entry")[0][0])
        yield Gauge("namro_log_entries", "Entries of the log", value=head)
        lag = Gauge("namro_follower_lag_entries", "Entries a follower has not taken in", labels=["follower"])
        for name, reached in positions(self._patient.settings).items():
            lag.add_metric([name], max(0, head - reached))
        yield lag

    def _queues(self, now: datetime) -> Iterator[Gauge]:
        size = Gauge("namro_queue_size", "What waits at the desk", labels=["queue", "state"])
        age = Gauge("namro_queue_oldest_seconds", "How long the oldest waits", labels=["queue", "state"])
        for queue, rows in self._waiting(now):
            for state, count, since in rows:
                size.add_metric([queue, state], count)
                if since is not None:
                    seconds = (now - datetime.fromisoformat(since)).total_seconds()
                    age.add_metric([queue, state], max(0.0, seconds))
        yield size
        yield age

    def _waiting(self, now: datetime) -> Iterator[tuple[str, Sequence[Any]]]:
        for queue, asked in _TAKING_PART.items():
            yield queue, self._patient.public(asked, **({"now": now.isoformat()} if ":now" in asked else {}))
        if self._has_desk and self._patient.has_office:
            for queue, asked in _QUEUES.items():
                yield queue, self._patient.office(asked)


def registry_of(house: House) -> CollectorRegistry:
    """Everything that is told: requests of all workers, and what ``house`` sees."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(house)
    return registry


@click.command()
@click.option("--port", type=int, required=True, help="Cổng ở 127.0.0.1. / Port on the loopback.")
@click.option("--door", type=click.Choice(["public", "desk", "both"]), default="both", show_default=True)
def metrics(port: int, door: str) -> None:
    """Số đo cho Prometheus; `portal run` tự chạy kèm khi có metrics_port. / Metrics for Prometheus."""
    with closing(House(load(), has_desk=door != "public")) as house:
        server, _ = start_http_server(port, LOOPBACK, registry_of(house))
        try:
            threading.Event().wait()
        finally:
            server.shutdown()


COMMANDS: tuple[click.Command, ...] = (metrics,)
