"""Sheets, headings, rows: any order and spelling, and what officers really produce."""

import unicodedata
from dataclasses import fields
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import COMMITMENT, book, faults, places, read

from portal.office.programme.workbook import form
from portal.office.programme.workbook.faults import MOST_FAULTS, Findings, Place
from portal.office.programme.workbook.layout import heading_key
from portal.office.programme.workbook.sheets import FIELDS, SHEETS, TITLES
from portal.office.programme.workbook.wording import SENTENCES, Reason
from portal.record.documents import Origin, Track


def test_every_reason_has_its_sentence() -> None:
    assert SENTENCES.keys() == set(Reason)
    assert all(sentence.endswith((".", "?")) for sentence in SENTENCES.values())


@pytest.mark.parametrize("columns", [FIELDS, *(sheet.columns for sheet in SHEETS)])
def test_no_two_headings_of_a_sheet_compare_equal(columns: tuple[object, ...]) -> None:
    assert len({heading_key(column.heading) for column in columns}) == len(columns)  # type: ignore[attr-defined]


def test_every_column_feeds_a_field_of_its_form() -> None:
    forms = (form.TaskForm, form.CommitmentForm, form.ProgressForm)
    for sheet, kind in zip(SHEETS, forms, strict=True):
        fed = {column.name for column in sheet.columns}
        named = {field.name for field in fields(kind)}
        assert fed <= named
        assert named - fed <= {"row", "milestones", "figure_state", "part", "ref", "standard"}
    assert len(TITLES) == 4


def test_headings_in_any_order_case_and_unicode_form() -> None:
    def shuffle(made: Workbook) -> None:
        page = made["Cam kết"]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(reversed(row), start=1):
                page.cell(number, column).value = value
        for cell in page[1]:
            cell.value = unicodedata.normalize("NFD", f"  {str(cell.value).upper()} :")
        page.title = unicodedata.normalize("NFD", "CAM  KẾT ")

    assert read(book(shape=shuffle)) == read(book())


def test_text_in_nfd_is_stored_in_nfc() -> None:
    name = unicodedata.normalize("NFD", "Lê Thị Hồng Ví Dụ")
    read_name = read(book(info={"Họ và tên": f" {name}\u200b "})).cadre_name
    assert read_name == unicodedata.normalize("NFC", "Lê Thị Hồng Ví Dụ")


def test_html_in_a_name_is_text() -> None:
    name = "<script>alert(1)</script>"
    assert read(book(info={"Họ và tên": name})).cadre_name == name


def test_text_that_starts_like_a_formula_but_is_text_stays_text() -> None:
    def quote(made: Workbook) -> None:
        cell = made["Cam kết"]["P2"]
        cell.value = "=HYPERLINK(1)"
        cell.data_type = "s"

    assert read(book(shape=quote)).commitments[0].deliverable == "=HYPERLINK(1)"


def test_a_formula_is_a_fault_in_its_cell() -> None:
    data = book(commitments=[{"STT": "=ROW()-1", "Mức đích": "=90+5"}])
    assert places(data)[:2] == [("Cam kết", 2, "A", "formula"), ("Cam kết", 2, "I", "formula")]


def test_a_formula_in_a_column_we_do_not_read_is_no_fault() -> None:
    def add(made: Workbook) -> None:
        made["Cam kết"]["X1"] = "Tự tính"
        made["Cam kết"]["X2"] = "=1+1"

    assert "«Tự tính»" in read(book(shape=add)).warnings[0]


def test_dates_and_percents_as_excel_keeps_them() -> None:
    def put(made: Workbook) -> None:
        page = made["Cam kết"]
        page["K2"] = datetime(2027, 12, 31)
        page["K2"].number_format = "[$-42A]dd/mm/yyyy;@"
        page["I2"] = 0.955
        page["I2"].number_format = "0.0%"

    (commitment,) = read(book(shape=put)).commitments
    assert f"{commitment.deadline:%d/%m/%Y}" == "31/12/2027"
    assert commitment.target == Decimal("95.5")


def test_dates_of_the_1904_system() -> None:
    def put(made: Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904
        made["Cam kết"]["K2"] = datetime(2027, 12, 31)

    (commitment,) = read(book(shape=put)).commitments
    assert f"{commitment.deadline:%d/%m/%Y}" == "31/12/2027"


def test_a_date_beyond_the_calendar_is_a_fault() -> None:
    def put(made: Workbook) -> None:
        made["Cam kết"]["K2"] = 99_999_999
        made["Cam kết"]["K2"].number_format = "dd/mm/yyyy"

    assert places(book(shape=put)) == [("Cam kết", 2, "K", "error_cell")]


def test_defaults_of_a_draft() -> None:
    empty = dict.fromkeys(COMMITMENT) | {"STT": 1, "Nhiệm vụ": 1, "Nội dung cam kết": "Việc"}
    info = {"Bộ tiêu chí": None, "Hình thức": "giới thiệu ứng cử", "Lời mở đầu": None}
    read_form = read(book(info=info, commitments=[empty]))
    (commitment,) = read_form.commitments
    assert read_form.profile_code == "5ro"
    assert read_form.track is Track.NOMINATION
    assert commitment.origin is Origin.SELF_PROPOSED
    assert commitment.milestones == ()
    assert (commitment.mode, commitment.frequency, commitment.coordinators) == (None, None, ())


def test_a_draft_needs_no_decision_yet() -> None:
    none = dict.fromkeys(["Số quyết định", "Ngày quyết định", "Cơ quan ban hành"])
    assert read(book(info=none)).warnings == ()
    half = read(book(info={"Ngày quyết định": None}))
    assert half.decision_on is None
    assert "cần đủ cả ba" in half.warnings[0]


def test_the_declaration_must_say_yes() -> None:
    field = "Cam đoan không chứa bí mật nhà nước"
    assert places(book(info={field: "Không"})) == [("Thông tin", 16, "B", "not_declared")]
    assert places(book(info={field: None})) == [("Thông tin", 16, "B", "missing")]
    assert places(book(info={field: "có lẽ"})) == [("Thông tin", 16, "B", "not_a_choice")]


def test_sheets_missing_doubled_and_unknown() -> None:
    def shape(made: Workbook) -> None:
        del made["Cam kết"]
        made["Tiến độ"].title = "nhiem vu "
        made.create_sheet("Ghi chép")["A1"] = "nháp"
        made.create_sheet("Sheet1")

    found = places(book(info={"Từ ngày": "hôm qua"}, shape=shape))
    assert found == [
        ("Nhiệm vụ", None, "", "sheet_twice"),
        ("Cam kết", None, "", "sheet_missing"),
        ("Thông tin", 11, "B", "not_date"),
    ]


def test_a_workbook_of_other_sheets_lacks_all_of_ours() -> None:
    def shape(made: Workbook) -> None:
        for title in ("Thông tin", "Nhiệm vụ", "Cam kết"):
            del made[title]

    assert [reason for *_, reason in places(book(shape=shape))] == ["sheet_missing"] * 3


def test_unknown_sheets_are_reported_and_empty_ones_are_not() -> None:
    def shape(made: Workbook) -> None:
        made.create_sheet("Ghi chép")["A1"] = "nháp"
        made.create_sheet("Sheet1")
        made.create_sheet("HƯỚNG DẪN")["A1"] = "cách điền"

    (warning,) = read(book(shape=shape)).warnings
    assert warning == "Trang tính «Ghi chép»: không thuộc mẫu nên không được đọc."


def test_columns_missing_doubled_unknown_and_nameless() -> None:
    def shape(made: Workbook) -> None:
        page = made["Cam kết"]
        page["C1"] = "Nội dung"  # was Nội dung cam kết
        page["D1"] = "STT"
        page["W1"] = "Ghi chú riêng"
        page["Y2"] = "lạc loài"

    data = book(shape=shape)
    found = places(data)
    assert ("Cam kết", 1, "D", "column_twice") in found
    assert ("Cam kết", None, "", "column_missing") in found
    assert all(reason != "missing" for *_, reason in found)


def test_what_is_not_read_is_reported_with_a_guess() -> None:
    def shape(made: Workbook) -> None:
        page = made["Cam kết"]
        page["K1"] = "Thời hạn h"
        page["W1"] = "Ghi chú riêng"
        page["Y2"] = "lạc loài"
        made["Thông tin"]["A5"] = "Tên đơn vị mới"
        made["Thông tin"]["A14"] = "Ngày sinh"

    assert read(book(shape=shape)).warnings == (
        "Trang tính «Thông tin», dòng 5, «Tên đơn vị mới»: trường không có trong mẫu nên không "
        "được đọc; có phải là «Tên đơn vị»?",
        "Trang tính «Thông tin», dòng 14, «Ngày sinh»: trường không có trong mẫu nên không được đọc.",
        "Trang tính «Cam kết», dòng 1, cột K «Thời hạn h»: cột không có trong mẫu nên không được đọc; "
        "có phải là «Thời hạn»?",
        "Trang tính «Cam kết», dòng 1, cột W «Ghi chú riêng»: cột không có trong mẫu nên không được đọc.",
        "Trang tính «Cam kết»: không có các cột «Thời hạn»; coi như để trống.",
        "Trang tính «Cam kết», cột Y: cột có nội dung nhưng không có tiêu đề nên không được đọc.",
    )


def test_a_field_given_twice() -> None:
    def shape(made: Workbook) -> None:
        made["Thông tin"].append(["HỌ VÀ TÊN", "Người khác"])

    assert places(book(shape=shape)) == [("Thông tin", 17, "B", "field_twice")]


def test_the_info_sheet_without_its_columns() -> None:
    def shape(made: Workbook) -> None:
        made["Thông tin"].delete_rows(1)

    found = places(book(shape=shape))
    assert found == [("Thông tin", None, "", "column_missing")] * 2


def test_an_empty_sheet_of_ours_lacks_its_columns() -> None:
    def shape(made: Workbook) -> None:
        made["Nhiệm vụ"].delete_rows(1, 5)

    assert {(sheet, reason) for sheet, _, _, reason in places(book(shape=shape))} == {
        ("Nhiệm vụ", "column_missing")
    }


def test_a_title_above_the_headings_does_no_harm() -> None:
    def shape(made: Workbook) -> None:
        page = made["Cam kết"]
        page.insert_rows(1, 2)
        page["A1"] = "CHƯƠNG TRÌNH HÀNH ĐỘNG"
        page.merge_cells("A1:U1")

    (commitment,) = read(book(shape=shape)).commitments
    assert commitment.row == 4


def test_lists_without_rows() -> None:
    assert places(book(tasks=[], commitments=[])) == [
        ("Nhiệm vụ", None, "", "no_rows"),
        ("Cam kết", None, "", "no_rows"),
    ]


def test_blank_and_numbered_ahead_rows_are_left_out() -> None:
    nothing = dict.fromkeys(COMMITMENT)
    ahead = nothing | {"STT": 2, "Công khai": "Có"}
    read_form = read(book(commitments=[{}, nothing | {"Chỉ tiêu": "  "}, ahead]))
    assert len(read_form.commitments) == 1
    assert read_form.warnings == (
        "Trang tính «Cam kết», dòng 4, cột A «STT»: chỉ có số thứ tự, không có nội dung nên được bỏ qua.",
    )


def test_numbers_are_unique_and_refer_to_something() -> None:
    data = book(
        tasks=[{}, {"STT": 2}, {"STT": 2}],
        commitments=[{}, {"STT": 2, "Nhiệm vụ": 9}],
        progress=[{"Cam kết": 7}],
    )
    assert places(data) == [
        ("Nhiệm vụ", 4, "A", "number_twice"),
        ("Cam kết", 3, "B", "no_such_task"),
        ("Tiến độ", 2, "A", "no_such_commitment"),
    ]


def test_a_task_nobody_serves_is_pointed_out() -> None:
    (warning,) = read(book(tasks=[{}, {"STT": 5}])).warnings
    assert "nhiệm vụ 5 chưa có cam kết nào" in warning


def test_a_cell_merged_down_speaks_for_every_row() -> None:
    def shape(made: Workbook) -> None:
        made["Cam kết"].merge_cells("L2:L4")

    rows = [{"STT": n, "Người chịu trách nhiệm": "Bí thư" if n == 1 else None} for n in (1, 2, 3)]
    read_form = read(book(commitments=rows, shape=shape))
    assert {c.accountable for c in read_form.commitments} == {"Bí thư"}
    assert "ô gộp L2:L4" in read_form.warnings[0]


def test_an_empty_or_flat_merge_is_nothing() -> None:
    def shape(made: Workbook) -> None:
        made["Cam kết"].merge_cells("U2:U3")
        made["Cam kết"].merge_cells("X2:Y3")
        made["Cam kết"].merge_cells("U4:V4")

    assert read(book(commitments=[{}, {"STT": 2}], shape=shape)).warnings == ()


def test_rows_torn_apart_by_word_are_faults() -> None:
    def shape(made: Workbook) -> None:
        made["Cam kết"].merge_cells("A2:A3")
        made["Cam kết"].merge_cells("D2:E2")
        made["Cam kết"].merge_cells("T2:T3")

    found = places(book(commitments=[{}, {"STT": 2}], shape=shape))
    merged = [letter for _, _, letter, reason in found if reason == "merged"]
    assert sorted(merged) == ["A", "D", "T"]


def test_hidden_things_are_read_and_reported() -> None:
    def shape(made: Workbook) -> None:
        page = made["Cam kết"]
        page.row_dimensions[3].hidden = True
        page.row_dimensions[90].hidden = True
        page.column_dimensions["P"].hidden = True
        page.sheet_state = "hidden"

    read_form = read(book(commitments=[{}, {"STT": 2}], shape=shape))
    assert len(read_form.commitments) == 2
    assert read_form.warnings == (
        "Trang tính «Cam kết»: trang tính đang ẩn nhưng vẫn được đọc.",
        "Trang tính «Cam kết»: có dòng đang ẩn (3) nhưng vẫn được đọc.",
        "Trang tính «Cam kết»: có cột đang ẩn (P) nhưng vẫn được đọc.",
    )


def test_a_confirmation_needs_body_and_document() -> None:
    (warning,) = read(book(progress=[{"Văn bản xác nhận": None}])).warnings
    assert "xác nhận cần đủ" in warning


def test_faults_end_somewhere() -> None:
    findings = Findings()
    for _ in range(MOST_FAULTS + 5):
        findings.fault(Place(), Reason.NOT_TEXT)
    assert len(findings.faults) == MOST_FAULTS + 1
    assert findings.faults[-1].reason is Reason.TOO_MANY_FAULTS


def test_a_fault_of_the_whole_file_says_so() -> None:
    assert str(faults(b"")[0]).startswith("Tệp: Tệp rỗng.")
