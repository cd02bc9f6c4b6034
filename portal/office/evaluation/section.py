"""One table of a dossier, in words."""

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One table: ``key`` names it to templates; without rows ``empty`` is said instead."""

    key: str
    title: str
    columns: Row
    rows: tuple[Row, ...]
    note: str = ""
    empty: str = "Không có."
