"""A series from a file: read the same from CSV and XLSX, or refused with every fault by row and column."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from portal.office.programme.workbook.faults import SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.sole_table import MOST_ROWS
from portal.office.programme.workbook.wording import Reason
from portal.office.progress.series import Series, read_series
from portal.record.documents import FigureState

TODAY = date(2026, 11, 24)
HEAD = ["Ngày", "Giá trị", "Nội dung", "Nguồn"]
ROWS = [
    ["30/09/2026", "1.234,5", "Quý III (minh họa)", "Báo cáo"],
    ["31/10/2026", "0", "", "Báo cáo"],
    ["31/08/2026", "", "Chưa có", "Sổ"],
    ["15/11/2026", "chưa kết nối", "", "Cổng dịch vụ công"],
]


def csv(rows: list[list[str]], *, between: str = ";", mark: bytes = b"\xef\xbb\xbf") -> bytes:
    return mark + "\r\n".join(between.join(row) for row in [HEAD, *rows]).encode()


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def read(data: bytes, *, filename: str = "so-lieu.csv", reported: frozenset[date] = frozenset()) -> Series:
    return read_series(data, filename=filename, today=TODAY, reported=reported)


def faults(data: bytes, **how: frozenset[date]) -> list[tuple[int | None, str, Reason]]:
    with pytest.raises(WorkbookRefused) as caught:
        read(data, **how)  # type: ignore[arg-type]
    return [(fault.row, fault.column, fault.reason) for fault in caught.value.faults]


@pytest.mark.parametrize("between", [";", "\t"])
def test_zero_no_data_and_not_connected_are_told_apart(between: str) -> None:
    found = [(r.reported_on, r.state, r.value) for r in read(csv(ROWS, between=between)).reports]
    assert found == [
        (date(2026, 8, 31), FigureState.NO_DATA, None),
        (date(2026, 9, 30), FigureState.FIGURE, Decimal("1234.5")),
        (date(2026, 10, 31), FigureState.FIGURE, Decimal(0)),
        (date(2026, 11, 15), FigureState.NOT_CONNECTED, None),
    ]


def test_a_spreadsheet_says_the_same() -> None:
    typed = [[date(2026, 9, 30), 1234.5, "Quý III (minh họa)", "Báo cáo"], *ROWS[1:]]
    assert read(xlsx(typed), filename="so-lieu.xlsx") == read(csv(ROWS))


def test_every_fault_is_told_at_once_with_row_and_column() -> None:
    rows = [
        ["30/09/2026", "12.5", "", "Sổ"],
        ["31/11/2026", "1", "", "Sổ"],
        ["25/11/2026", "1", "", ""],
        ["01/10/2026", "2", "", "Sổ"],
        ["01/10/2026", "3", "", "Sổ"],
        ["01/07/2026", "3", "", "Sổ"],
    ]
    assert sorted(faults(csv(rows), reported=frozenset({date(2026, 7, 1)})), key=str) == sorted(
        [
            (2, "Giá trị", Reason.DECIMAL_POINT),
            (3, "Ngày", Reason.NO_SUCH_DAY),
            (4, "Nguồn", Reason.MISSING),
            (4, "Ngày", Reason.DAY_AHEAD),
            (6, "Ngày", Reason.DAY_TWICE),
            (7, "Ngày", Reason.DAY_REPORTED),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfeN\x00", Reason.NOT_UTF8),
        (csv([]), Reason.NO_ROWS),
        (csv([["01/01/2026", "1", "", "Sổ"]] * (MOST_ROWS + 1)), Reason.SERIES_TOO_LONG),
        (b"x" * 3_000_000, Reason.SERIES_TOO_LARGE),
        (b"PK\x03\x04", Reason.DAMAGED),
    ],
)
def test_what_cannot_be_read_at_all(data: bytes, reason: Reason) -> None:
    assert [why for _, _, why in faults(data)] == [reason]


def test_a_stamp_is_refused_wherever_it_stands() -> None:
    for data, name in (
        (csv(ROWS), "TUYỆT MẬT.csv"),
        (csv([["30/09/2026", "1", "TỐI MẬT", "Sổ"]]), "a.csv"),
    ):
        with pytest.raises(SecretStampFound):
            read(data, filename=name)
