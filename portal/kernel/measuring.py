"""Metrics of requests, for all processes of one server together; loaded only where they are wanted.

Each process writes into files of its own in the folder named by ``PROMETHEUS_MULTIPROC_DIR``; one process
beside them adds them up (portal/commands/metrics.py).
"""

from functools import cache
from typing import Any

from prometheus_client import Histogram

from portal.kernel.witness import Seen

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds

REQUESTS = Histogram(
    "namro_request_seconds",
    "Requests by route, status and cache; its count is how many there were",
    ("door", "route", "method", "status", "cache"),
    buckets=BUCKETS,
)


@cache
def _of(door: str, route: str, method: str, status: str, cached: str) -> Any:
    return REQUESTS.labels(door, route, method, status, cached)


def tell_metrics(seen: Seen) -> None:
    """Count one request."""
    _of(seen.door, seen.route, seen.method, seen.status, seen.cache).observe(seen.seconds)
