"""Numbers in addresses: in one spelling, and no larger than a database can hold. Any other names nothing."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1  # SQLite's INTEGER and PostgreSQL's bigint


class Number(IntegerConverter):
    """``<int:…>`` of an address; there is no page for more than LARGEST.

    Without leading zeros and other scripts' digits, or one page would have addresses without end.
    """

    regex = "(?:0|[1-9][0-9]*)"

    def __init__(self, map: Map, **options: Any) -> None:  # werkzeug's own name for it
        super().__init__(map, **{"max": LARGEST, **options})


def limit_numbers(app: Flask) -> None:
    """Let the addresses of ``app`` hold such numbers only; before its routes are named."""
    app.url_map.converters["int"] = Number


def number_in(typed: str) -> int | None:
    """The number that was ``typed`` in a query; None for anything else."""
    found = int(typed) if typed.isdecimal() and len(typed) <= len(str(LARGEST)) else LARGEST + 1
    return found if found <= LARGEST else None
