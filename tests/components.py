"""The real programs some tests need: where each is found, and from which Debian package it comes."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Component:
    """A program from outside. ``names``: what it may be called; ``folders``: where else it may lie."""

    package: str
    names: tuple[str, ...]
    folders: tuple[str, ...] = ()

    def find(self) -> Path | None:
        """Where the program is; None when this machine has none."""
        return next((path for name in self.names for path in self._places(name)), None)

    def _places(self, name: str) -> Iterator[Path]:
        if found := shutil.which(name):
            yield Path(found)
        for folder in self.folders:
            here = Path(folder)
            # The newest version first: 15 before 9.
            places = sorted(here.parent.parent.glob(f"{here.parent.name}/{here.name}"), key=_version)
            yield from (place / name for place in reversed(places) if (place / name).exists())


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.replace("@", ".").split(".") if part.isdigit())


CHROMIUM = Component("chromium", ("chromium", "chromium-browser", "google-chrome"))
# Debian keeps the server's programs out of PATH.
POSTGRESQL = Component(
    "postgresql", ("initdb",), ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin")
)
REDIS = Component("redis-server", ("redis-server", "valkey-server"))
NGINX = Component("nginx-light", ("nginx",), ("/usr/sbin",))

ALL = (CHROMIUM, POSTGRESQL, REDIS, NGINX)


def must_have_all() -> bool:
    """Whether a missing component is a fault rather than a reason to skip."""
    return os.environ.get("CI", "").lower() == "true"
