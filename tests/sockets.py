"""No test leaves this machine: what would connect elsewhere, or ask for a name elsewhere, raises."""

import sys
from typing import Any

_LOOPBACK = ("127.", "::1", "localhost")


class SocketForbidden(RuntimeError):
    """A test tried to leave this machine."""


def stay_here() -> None:
    """From now on, for the whole process."""
    sys.addaudithook(_look)


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        place = arguments[1]
        if not isinstance(place, tuple):
            return  # a socket in a folder
        host = place[0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not name.startswith(_LOOPBACK):
        raise SocketForbidden(f"tests stay on this machine, but one asked for {name}")
