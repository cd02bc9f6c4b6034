"""Keeping the serving threads of one interpreter on one processor core: they run one at a time anyway.

A thread that is handed the interpreter on another core finds cold memory and has to be woken there first. As
served, in four threads, that cost an uncached page a quarter of its time and a page from memory half of it.
"""

import os
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from random import shuffle
from typing import Any

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Core:
    """One processor core, ours until the process ends: no two servers of this machine take the same."""

    def __init__(self, number: int, claim: socket.socket) -> None:
        self.number, self._claim = number, claim

    def __del__(self) -> None:
        self._claim.close()


def claim(name: str = "namro") -> Core | None:
    """A core nobody has claimed as ``name``; None where none is free, there is one only, or no such thing.

    An abstract socket is the claim: the kernel lets go of it however the process ends.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    allowed = list(os.sched_getaffinity(0))
    shuffle(allowed)  # containers of one machine do not see each other's claims
    for number in allowed if len(allowed) > 1 else ():
        bound = socket.socket(socket.AF_UNIX)
        try:
            bound.bind(f"\0{name}-core-{number}")
        except OSError:
            bound.close()
            continue
        return Core(number, bound)
    return None


def stay(app: WSGI, core: Core | None) -> WSGI:
    """``app``, answered on ``core`` by whichever threads the server has; the server's own are left alone."""
    if core is None:
        return app
    here = threading.local()

    def staying(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not hasattr(here, "settled"):
            here.settled = True
            with suppress(OSError):  # an operator has taken the core away since
                os.sched_setaffinity(0, {core.number})  # 0: this thread
        return app(environ, start_response)

    return staying
