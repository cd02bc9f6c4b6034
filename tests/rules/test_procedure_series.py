"""Months from a file: read the same from CSV and XLSX, or refused with every fault by row and column."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from portal.office.procedures.rules import Counts
from portal.office.procedures.series import Series, marked, read_months
from portal.office.programme.workbook.faults import SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.sole_table import MOST_ROWS
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import FigureState

TODAY = date(2026, 11, 24)
HEAD = ["Tháng", "Đã giải quyết", "Trước hạn", "Đúng hạn", "Trễ hạn", "Số liệu đến ngày", "Nguồn"]
ROWS = [
    ["10/2026", "1.999", "1.210", "788", "1", "31/10/2026", "Một cửa (số liệu minh họa)"],
    ["tháng 9/2026", "0", "0", "0", "0", "30/09/2026", "Một cửa"],
    ["08/2026", "", "", "", "", "31/08/2026", "Một cửa"],
    ["07/2026", "chưa kết nối", "", "", "", "31/07/2026", "Cổng dịch vụ công"],
]


def csv(rows: list[list[str]]) -> bytes:
    return "\r\n".join(";".join(row) for row in [HEAD, *rows]).encode("utf-8-sig")


def read(data: bytes, *, filename: str = "thang.csv", reported: frozenset[date] = frozenset()) -> Series:
    return read_months(data, filename=filename, today=TODAY, reported=reported)


def faults(data: bytes, reported: frozenset[date] = frozenset()) -> list[tuple[int | None, str, Reason]]:
    with pytest.raises(WorkbookRefused) as caught:
        read(data, reported=reported)
    return [(fault.row, fault.column, fault.reason) for fault in caught.value.faults]


def test_zero_no_data_and_not_connected_are_told_apart() -> None:
    none = Counts(handled=None, early=None, on_time=None, late=None)
    assert [(one.month.month, one.state, one.counts) for one in read(csv(ROWS)).months] == [
        (7, FigureState.NOT_CONNECTED, none),
        (8, FigureState.NO_DATA, none),
        (9, FigureState.FIGURE, Counts(handled=0, early=0, on_time=0, late=0)),
        (10, FigureState.FIGURE, Counts(handled=1999, early=1210, on_time=788, late=1)),
    ]


def test_a_spreadsheet_says_the_same_though_excel_makes_days_of_months() -> None:
    book = openpyxl.Workbook()
    day = date(2026, 10, 1)
    for row in [HEAD, [day, 1999, 1210, 788, 1, date(2026, 10, 31), "Một cửa (số liệu minh họa)"], *ROWS[1:]]:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    assert read(made.getvalue(), filename="thang.xlsx") == read(csv(ROWS))


def test_every_fault_is_told_at_once_with_row_and_column() -> None:
    rows = [
        ["13/2026", "1", "1", "0", "0", "31/10/2026", "Sổ"],
        ["10/2026", "3", "1", "1", "0", "31/10/2026", "Sổ"],
        ["10/2026", "1", "1", "0", "0", "31/10/2026", "Sổ"],
        ["12/2026", "1", "1", "0", "0", "24/11/2026", "Sổ"],
        ["09/2026", "1", "1", "", "0", "31/08/2026", ""],
        ["08/2026", "", "1", "", "", "31/08/2026", "Sổ"],
        ["07/2026", "1,5", "1", "0", "0", "31/07/2026", "Sổ"],
        ["06/2026", "x", "1", "0", "0", "30/06/2026", "Sổ"],
        ["05/2026", "1", "một", "0", "0", "31/05/2026", "Sổ"],
        ["04/2026", "1", "1", "0", "0", "31/04/2026", "Sổ"],
        ["03/2026", "1", "1", "0", "0", "31/03/2026", "Sổ"],
    ]
    assert sorted(faults(csv(rows), frozenset({date(2026, 3, 1)})), key=str) == sorted(
        [
            (2, "Tháng", Reason.NOT_A_MONTH),
            (3, "Đã giải quyết", Reason.COUNTS_DO_NOT_ADD_UP),
            (4, "Tháng", Reason.MONTH_TWICE),
            (5, "Tháng", Reason.MONTH_AHEAD),
            (6, "Đã giải quyết", Reason.COUNTS_MISSING),
            (6, "Số liệu đến ngày", Reason.COUNTED_OUTSIDE),
            (6, "Nguồn", Reason.MISSING),
            (7, "Đã giải quyết", Reason.COUNTS_TOO_MANY),
            (8, "Đã giải quyết", Reason.NOT_A_COUNT),
            (9, "Đã giải quyết", Reason.NOT_NUMBER),
            (10, "Trước hạn", Reason.NOT_NUMBER),
            (11, "Số liệu đến ngày", Reason.NO_SUCH_DAY),
            (12, "Tháng", Reason.MONTH_REPORTED),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [(csv([]), Reason.NO_ROWS), (csv([ROWS[0]] * (MOST_ROWS + 1)), Reason.SERIES_TOO_LONG)],
)
def test_what_cannot_be_read_at_all(data: bytes, reason: Reason) -> None:
    assert [why for _, _, why in faults(data)] == [reason]


def test_a_stamp_is_refused_and_marking_marks_all() -> None:
    with pytest.raises(SecretStampFound):
        read(csv([[*ROWS[0][:-1], "TỐI MẬT"]]))
    assert {one.disclosed for one in marked(read(csv(ROWS)), disclosed=True).months} == {True}
