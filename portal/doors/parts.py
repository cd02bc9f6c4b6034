"""The parts of an address: numbers in one spelling, and nothing that no database can hold."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, PathConverter, UnicodeConverter

LARGEST = 2**63 - 1  # SQLite's INTEGER and PostgreSQL's bigint


class Number(IntegerConverter):
    """``<int:…>`` of an address; there is no page for more than LARGEST.

    Without leading zeros and other scripts' digits, or one page would have addresses without end.
    """

    regex = "(?:0|[1-9][0-9]*)"

    def __init__(self, map: Map, **options: Any) -> None:  # werkzeug's own name for it
        super().__init__(map, **{"max": LARGEST, **options})


class Name(UnicodeConverter):
    """``<…>`` of an address, without the character PostgreSQL stores in no text."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\0]")


class Path(PathConverter):
    """``<path:…>`` of an address, likewise."""

    regex = r"[^/\0][^\0]*?"
    part_isolating = False


def limit_parts(app: Flask) -> None:
    """Let the addresses of ``app`` hold such parts only; before its routes are named."""
    app.url_map.converters.update(int=Number, default=Name, string=Name, path=Path)


def number_in(typed: str) -> int | None:
    """The number that was ``typed`` in a query; None for anything else."""
    found = int(typed) if typed.isdecimal() and len(typed) <= len(str(LARGEST)) else LARGEST + 1
    return found if found <= LARGEST else None
