"""The data dictionary: a table of all columns of all tables, itself a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.record.opendata.catalogue import TABLES
from portal.record.opendata.table import Column, Table, Type, Value


@dataclass(frozen=True, slots=True)
class _Dictionary(Table):
    """A table whose rows come from no entry of the log."""

    def all_columns(self) -> tuple[Column, ...]:
        """Its own columns and no others."""
        return self.columns


DICTIONARY = _Dictionary(
    name="dictionary",
    vi="Từ điển dữ liệu: mọi cột của mọi bảng",
    en="Data dictionary: every column of every table",
    spread=lambda _: (),
    columns=(
        Column("table", Type.CODE, "Bảng", "Table"),
        Column("table_vi", Type.TEXT, "Bảng nói về gì", "What the table is about, in Vietnamese"),
        Column("table_en", Type.TEXT, "Bảng nói về gì, tiếng Anh", "What the table is about"),
        Column("column", Type.CODE, "Cột", "Column"),
        Column("type", Type.CODE, "Kiểu", "Type", words=Type),
        Column("unit", Type.TEXT, "Đơn vị tính; measure_unit: xem cột đó",
               "Unit; measure_unit: as that column says"),
        Column("vi", Type.TEXT, "Ý nghĩa", "Meaning, in Vietnamese"),
        Column("en", Type.TEXT, "Ý nghĩa, tiếng Anh", "Meaning"),
        Column("words", Type.LIST, "Các từ có thể có", "The words it may hold"),
    ),
)  # fmt: skip


def entries() -> Iterator[list[Value]]:
    """The rows of the dictionary."""
    for table in (*TABLES, DICTIONARY):
        for column in table.all_columns():
            yield [
                table.name, table.vi, table.en, column.name, str(column.holds), column.unit, column.vi,
                column.en, tuple(column.words or ()),
            ]  # fmt: skip
