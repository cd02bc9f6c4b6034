"""Numbers, dates, ordinals, choices and texts as officers write them, and what is not guessed."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import PROGRESS, book, faults, places, read

from portal.office.programme.workbook.cells import (
    Unreadable,
    as_choice,
    as_code,
    as_date,
    as_list,
    as_number,
    as_ordinal,
    as_text,
)
from portal.office.programme.workbook.choices import DIRECTIONS, FREQUENCIES, PROFILES, offered
from portal.office.programme.workbook.escapes import unescape
from portal.office.programme.workbook.grid import Content
from portal.office.programme.workbook.layout import Kind
from portal.office.programme.workbook.wording import Reason
from portal.record.documents import Direction, FigureState, Frequency

NUMBERS = {
    "1.234,5": "1234.5",
    "1,5": "1.5",
    "95%": "95",
    "95 %": "95",
    "46,8": "46.8",
    "46,80": "46.80",
    "3,0%": "3.0",
    "1.234": "1234",
    "1.234.567": "1234567",
    "1 234 567,5": "1234567.5",
    "-5": "-5",
    "−5,5": "-5.5",
    "+7": "7",
    "0": "0",
    "0,5": "0.5",
    "007": "7",
    "12345": "12345",
    93.2: "93.2",
    0.1 + 0.2: "0.3",
    90: "90",
    100.0: "100",
    -3: "-3",
    1e-7: "0.0000001",
    123456789012345: "123456789012345",
}
NO_NUMBERS = {
    "chín mươi": Reason.NOT_NUMBER,
    "5/9": Reason.NOT_NUMBER,
    "≥ 95": Reason.NOT_NUMBER,
    "٩٥": Reason.NOT_NUMBER,
    "93.2": Reason.DECIMAL_POINT,
    "0.125": Reason.DECIMAL_POINT,
    "1,234.5": Reason.DECIMAL_POINT,
    "1,234,567": Reason.DECIMAL_POINT,
    "12.34.567": Reason.DECIMAL_POINT,
    "46,8 tỷ đồng": Reason.NUMBER_WITH_WORDS,
    "95% trở lên": Reason.NUMBER_WITH_WORDS,
    "khoảng 90": Reason.NUMBER_WITH_WORDS,
    "1" * 16: Reason.NUMBER_TOO_LONG,
    10**15: Reason.NUMBER_TOO_LONG,
    10**400: Reason.NUMBER_TOO_LONG,
    float("inf"): Reason.NUMBER_TOO_LONG,
    1e-40: Reason.NUMBER_TOO_LONG,
    True: Reason.NOT_NUMBER,
}


@pytest.mark.parametrize("value", NUMBERS)
def test_a_number_is_exact(value: object) -> None:
    assert format(as_number(Content(value)), "f") == NUMBERS[value]


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_clear_number_is_refused(value: object) -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_number(Content(value))
    assert unreadable.value.reason is NO_NUMBERS[value]


def test_a_percent_format_counts_as_shown() -> None:
    assert as_number(Content(0.95, is_percent=True)) == Decimal(95)
    assert as_number(Content(0.468, is_percent=True)) == Decimal("46.8")


def test_excels_own_date_in_a_number_column_is_pointed_out() -> None:
    for value in (datetime(2026, 5, 9), time(1, 2), timedelta(days=1), date(2026, 5, 9)):
        with pytest.raises(Unreadable) as unreadable:
            as_number(Content(value))
        assert unreadable.value.reason is Reason.DATE_IN_NUMBER


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_written_in_vietnamese_comes_back(number: Decimal) -> None:
    written = f"{number:,.3f}".translate(str.maketrans(",.", ".,"))
    assert as_number(Content(written)) == number


@given(st.floats(-1e12, 1e12))
def test_a_float_is_taken_to_the_fifteen_digits_excel_shows(number: float) -> None:
    try:
        exact = as_number(Content(number))
    except Unreadable:
        assert abs(number) < 1e-12
        return
    assert exact == Decimal(f"{number:.15g}")


def reason_of(text: str) -> Reason | None:
    try:
        assert as_number(Content(text)).is_finite()
    except Unreadable as unreadable:
        return unreadable.reason
    return None


@given(st.text(max_size=30) | st.text("0123456789.,% -", max_size=30))
def test_any_text_is_a_number_or_a_reason(text: str) -> None:
    assert reason_of(text) in (
        None,
        Reason.NOT_NUMBER,
        Reason.DECIMAL_POINT,
        Reason.NUMBER_WITH_WORDS,
        Reason.NUMBER_TOO_LONG,
    )


DATES = {
    "31/12/2027": date(2027, 12, 31),
    "1/7/2026": date(2026, 7, 1),
    "01-07-2026": date(2026, 7, 1),
    "1.7.2026": date(2026, 7, 1),
    "29/02/2028": date(2028, 2, 29),
    datetime(2027, 12, 31): date(2027, 12, 31),
    datetime(2027, 12, 31, 23, 59): date(2027, 12, 31),
}
NO_DATES = {
    "31/02/2027": Reason.NO_SUCH_DAY,
    "29/02/2027": Reason.NO_SUCH_DAY,
    "13/13/2027": Reason.NO_SUCH_DAY,
    "31/12/27": Reason.SHORT_YEAR,
    "2027-12-31": Reason.NOT_DATE,
    "tháng 12/2027": Reason.NOT_DATE,
    "trong thời gian tới": Reason.NOT_DATE,
    "quý IV/2027": Reason.NOT_DATE,
    "31/12/0207": Reason.YEAR_UNLIKELY,
    "31/12/2207": Reason.YEAR_UNLIKELY,
    datetime(1900, 1, 1): Reason.YEAR_UNLIKELY,
    46022: Reason.NUMBER_IN_DATE,
    46022.5: Reason.NUMBER_IN_DATE,
    True: Reason.NOT_DATE,
    time(8, 30): Reason.NOT_DATE,
}


@pytest.mark.parametrize("value", DATES)
def test_a_date_is_a_day(value: object) -> None:
    assert as_date(Content(value)) == DATES[value]


@pytest.mark.parametrize("value", NO_DATES)
def test_what_is_no_clear_date_is_refused(value: object) -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_date(Content(value))
    assert unreadable.value.reason is NO_DATES[value]


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)))
def test_any_likely_day_comes_back(day: date) -> None:
    assert as_date(Content(f"{day.day}/{day.month}/{day.year}")) == day


@pytest.mark.parametrize("value", [1, 1.0, "1", "1.", "01"])
def test_an_ordinal_in_its_spellings(value: object) -> None:
    assert as_ordinal(Content(value)) == 1


@pytest.mark.parametrize("value", [0, -1, 1.5, "1.1", "một", True, "1" * 9])
def test_no_ordinal(value: object) -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_ordinal(Content(value))
    assert unreadable.value.reason is Reason.NOT_WHOLE


def test_excels_date_in_place_of_an_ordinal() -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_ordinal(Content(datetime(2026, 1, 1)))
    assert unreadable.value.reason is Reason.DATE_IN_NUMBER


@pytest.mark.parametrize(
    ("value", "code"),
    [(10714, "10714"), (10714.0, "10714"), ("10714", "10714"), ("010714", "010714"), (4, "00004")],
)
def test_a_unit_code_is_text(value: object, code: str) -> None:
    assert as_code(Content(value)) == code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (101, "101"),
        (1.5, "1,5"),
        ("=1+1", "=1+1"),
        ("<b>Nguyễn</b>", "<b>Nguyễn</b>"),
        ("hai\ndòng", "hai dòng"),
    ],
)
def test_a_line_of_text_stays_text(value: object, text: str) -> None:
    assert as_text(Content(value)) == text


def test_a_percent_in_a_text_column_reads_as_shown() -> None:
    assert as_text(Content(0.95, is_percent=True)) == "95%"
    assert as_text(Content(1, is_percent=True)) == "100%"


def test_longer_text_keeps_its_lines() -> None:
    assert as_text(Content("hai\ndòng"), Kind.TEXT) == "hai\ndòng"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (datetime(2026, 1, 1), Reason.DATE_IN_TEXT),
        (time(1, 1), Reason.DATE_IN_TEXT),
        (False, Reason.NOT_TEXT),
        ("x" * 501, Reason.TOO_LONG),
    ],
)
def test_what_is_no_text(value: object, reason: Reason) -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_text(Content(value))
    assert unreadable.value.reason is reason


def test_labels_are_split_at_semicolons_and_lines() -> None:
    assert as_list(Content("A; B\n C ;;A")) == ("A", "B", "C")


@pytest.mark.parametrize("word", ["tăng", "TĂNG", "tang", " Tăng ", "ta\u0306ng"])
def test_a_choice_in_any_spelling(word: str) -> None:
    assert as_choice(Content(word), DIRECTIONS) is Direction.UP


def test_choices_have_synonyms_but_offer_one_word_each() -> None:
    assert as_choice(Content("Hàng quý"), FREQUENCIES) is Frequency.QUARTERLY
    assert offered(FREQUENCIES) == ["tháng", "quý", "6 tháng", "năm"]
    assert as_choice(Content("5 rõ"), PROFILES) == "5ro"


def test_a_long_wrong_choice_is_quoted_short() -> None:
    with pytest.raises(Unreadable) as unreadable:
        as_choice(Content("lên xuống " * 20), DIRECTIONS)
    assert unreadable.value.detail["shown"].endswith("…")


def test_escapes_of_office_are_undone() -> None:
    assert unescape("a_x000D_b_xD83D_c_x_") == "a\rbc_x_"


FIGURES = {
    "chưa kết nối": (FigureState.NOT_CONNECTED, None),
    "Chưa kết nối với Dịch vụ công": (FigureState.NOT_CONNECTED, None),
    "chưa có số liệu": (FigureState.NO_DATA, None),
    None: (FigureState.NO_DATA, None),
    0: (FigureState.FIGURE, Decimal(0)),
    "0": (FigureState.FIGURE, Decimal(0)),
    "95,5": (FigureState.FIGURE, Decimal("95.5")),
}


@pytest.mark.parametrize("value", FIGURES)
def test_zero_no_data_and_not_connected_are_three_things(value: object) -> None:
    (report,) = read(book(progress=[{"Giá trị": value}])).progress
    assert (report.figure_state, report.value) == FIGURES[value]  # type: ignore[index]


def test_a_figure_that_is_none_of_them_is_a_fault() -> None:
    data = book(progress=[{"Giá trị": "-"}])
    assert places(data) == [("Tiến độ", 2, "C", "not_number")]


def test_every_wrong_cell_of_a_row_is_reported() -> None:
    wrong = {
        "STT": "một",
        "Nhiệm vụ": "hai",
        "Mức nền": "ít",
        "Ngày mức nền": 46022,
        "Mức đích": "=1+1",
        "Chiều": "ngang",
        "Thời hạn": "sớm",
        "Hình thức": "khác",
        "Kỳ cập nhật": "tuần",
        "Nguồn gốc": "khác",
        "Công khai": "x",
        "Người chịu trách nhiệm": datetime(2026, 1, 2),
        "Sản phẩm": "#REF!",
    }
    found = {fault.column: fault.reason for fault in faults(book(commitments=[wrong]))}
    assert found.keys() == wrong.keys()
    assert found["Mức đích"] is Reason.FORMULA
    assert found["Sản phẩm"] is Reason.ERROR_CELL


def test_empty_needed_cells_are_missing() -> None:
    blank = dict.fromkeys(PROGRESS)
    found = faults(
        book(
            info={"Họ và tên": None, "Hình thức": "  ", "Từ ngày": None, "Người khai": ""},
            tasks=[{"Nhiệm vụ trọng tâm": None}],
            commitments=[{"Nhiệm vụ": None, "Nội dung cam kết": None}],
            progress=[{**blank, "Cam kết": 1, "Giá trị": 5}],
        )
    )
    assert {fault.reason for fault in found} == {Reason.MISSING}
    assert [fault.column for fault in found] == [
        "Họ và tên",
        "Hình thức",
        "Từ ngày",
        "Người khai",
        "Nhiệm vụ trọng tâm",
        "Nhiệm vụ",
        "Nội dung cam kết",
        "Ngày",
    ]
