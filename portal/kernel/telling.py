"""Logs: one JSON line an event, for whoever runs the machine; nothing in it tells who asked for what.

Only the names in `KNOWN` are ever written. Of an exception its kinds and where it passed are told, never
its message, which may quote what somebody typed; of a library's message only where in its code it was said.
"""

import logging
import logging.config
import sys
import threading
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

OURS = str(Path(__file__).parents[1])
_LIBRARIES = str(Path(logging.__file__).parent.parent)
KNOWN = frozenset({
    "event", "level", "timestamp", "logger", "where", "errors", "frames",
    "request", "door", "route", "method", "status", "ms", "cache",
})  # fmt: skip
_MOST_FRAMES = 30

Line = dict[str, Any]

request_id: ContextVar[str] = ContextVar("request_id", default="")  # of the request this is told in


def keep_known(_: Any, __: str, line: MutableMapping[str, Any]) -> Line:
    """``line`` without whatever nobody decided to tell, and of which request it is."""
    known = {name: value for name, value in line.items() if name in KNOWN}
    return {**known, "request": request_id.get()} if request_id.get() else known


_WRITE = structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)
_STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True)


class Lines(logging.Formatter):
    """Writes what the standard library's loggers are told."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON line."""
        is_ours = record.pathname.startswith(OURS)
        line: Line = {
            "event": record.getMessage() if is_ours else "library",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if not is_ours:
            line["where"] = f"{_short(record.pathname)}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            line |= told_of(record.exc_info[1])
        return str(_WRITE(None, "", keep_known(None, "", _STAMP(None, "", line))))


def told_of(error: BaseException) -> Line:
    """What may be told of ``error``: the kinds in its chain, and the places it passed through."""
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < 5:
        kinds.append(type(one).__name__)
        one = one.__cause__ or one.__context__
    passed = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return {"errors": kinds, "frames": [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in passed]}


def _short(path: str) -> str:
    """``path`` from its package on: where the machine keeps it is nobody's business."""
    for root in (str(Path(OURS).parent), *sys.path, _LIBRARIES):
        if root and path.startswith(root.rstrip("/") + "/"):
            return path[len(root.rstrip("/")) + 1 :]
    return Path(path).name


def plan(level: str) -> dict[str, Any]:
    """The standard library's logging, the server's too, as `logging.config.dictConfig` takes it."""
    quiet = {"handlers": [], "level": "WARNING", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines}},
        "handlers": {
            "err": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}
        },
        "root": {"handlers": ["err"], "level": "WARNING"},
        "loggers": {
            "portal": {"level": level.upper()},
            "_granian": quiet,
            "granian.access": {**quiet, "level": "CRITICAL"},  # it would name addresses and paths
        },
    }


def begin(level: str) -> None:
    """From now on this process tells in lines: its logs, warnings and whatever brings it down.

    Somebody who looks on at a terminal is told only of what went wrong.
    """
    level = "warning" if level == "info" and sys.stderr.isatty() else level
    logging.config.dictConfig(plan(level))
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _STAMP,
            keep_known,
            _WRITE,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    sys.excepthook = _brought_down
    threading.excepthook = lambda end: _brought_down(end.exc_type, end.exc_value, end.exc_traceback)


def _brought_down(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt) or error is None:
        return
    logging.getLogger("portal").critical("stopped by an error", exc_info=(kind, error, trace))
