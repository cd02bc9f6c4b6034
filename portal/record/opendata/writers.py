"""One table into one file, row by row: CSV and JSON. See ``book`` for XLSX."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from portal.record.opendata.about import About
from portal.record.opendata.cells import csv_cell, json_value
from portal.record.opendata.table import Column, Table, Value

BOM = "\ufeff"  # lets spreadsheets read Vietnamese as UTF-8


class Writer(Protocol):
    """Takes the rows of one table."""

    def add(self, row: Sequence[Value]) -> None:
        """Write one row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """RFC 4180: commas, CRLF, texts quoted; UTF-8 with its mark."""

    def __init__(self, path: Path, table: Table, about: About) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(BOM + ",".join(csv_cell(column.name) for column in table.all_columns()) + "\r\n")

    def add(self, row: Sequence[Value]) -> None:
        """Write one row."""
        self._file.write(",".join(map(csv_cell, row)) + "\r\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class JsonWriter:
    """One object: where it is from, the columns, the rows, each row an object on a line of its own."""

    def __init__(self, path: Path, table: Table, about: About) -> None:
        self._names = [json.dumps(column.name) for column in table.all_columns()]
        self._file = path.open("w", encoding="utf-8", newline="")
        told: dict[str, object] = {
            "table": table.name,
            "title": {"vi": table.vi, "en": table.en},
            **about.told(),
        }
        told["columns"] = [_told(column) for column in table.all_columns()]
        head = json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}")
        self._file.write(f'{head},\n "rows": [')
        self._joint = "\n"

    def add(self, row: Sequence[Value]) -> None:
        """Write one row."""
        members = (f"{name}: {json_value(value)}" for name, value in zip(self._names, row, strict=True))
        self._file.write(f"{self._joint}{{{', '.join(members)}}}")
        self._joint = ",\n"

    def close(self) -> None:
        """Finish the file."""
        self._file.write("\n]}\n")
        self._file.close()


def _told(column: Column) -> dict[str, object]:
    told: dict[str, object] = {"name": column.name, "type": column.holds, "vi": column.vi, "en": column.en}
    if column.unit:
        told["unit"] = column.unit
    if column.words:
        told["words"] = list(column.words)
    return told
