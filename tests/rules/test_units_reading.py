"""Files of units: both forms are read, and everything wrong with one is told at once, in its place."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.office.units.cells import comparable
from portal.office.units.reading import Reading, UnitsRefused, read
from portal.office.units.rows import FIELDS, Mention

SAMPLE = Path(__file__).parents[2] / "samples" / "units_kinh_mon.json"
HEAD = ",".join(FIELDS)


def read_csv(*lines: str, head: str = HEAD) -> Reading:
    return read("\n".join([head, *lines]).encode(), filename="don-vi.csv")


def places(reading: Reading) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in reading.faults]


def test_the_sample_has_22_old_and_8_new_units() -> None:
    reading = read(SAMPLE.read_bytes(), filename=SAMPLE.name)
    assert reading.faults == ()
    assert sum(row.valid_to == date(2025, 6, 30) for row in reading.rows) == 22
    assert sum(row.valid_from == date(2025, 7, 1) for row in reading.rows) == 8
    split = [row for row in reading.rows if row.partly]
    assert [row.name for row in split] == ["Xã Thượng Quận"]
    assert split[0].successors == (Mention("10729"), Mention("10750"))
    assert split[0].unit_type == "xã"
    assert split[0].parents == (Mention("292", "Thị xã Kinh Môn"), Mention("30", "Tỉnh Hải Dương"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_csv_as_offices_save_it(mark: bytes, delimiter: str, end: str, form: Literal["NFC", "NFD"]) -> None:
    rows = [
        FIELDS,
        ("10729", "Xã  Thượng\u00a0Quận ", "Xã", "292", "", "30/06/2025", '"10729;10750@2025-07-01"'),
        ("10729", "Phường Trần Liễu", "", "Thành phố Hải Phòng (31)", "2025-07-01", "", ""),
        ("",) * len(FIELDS),
    ]
    typed = unicodedata.normalize(form, end.join(delimiter.join(row) for row in rows))
    reading = read(mark + typed.encode(), filename="DON-VI.CSV")
    assert reading.faults == ()
    old, new = reading.rows
    assert (old.name, old.unit_type, old.line) == ("Xã Thượng Quận", "xã", 2)
    assert (old.valid_from, old.valid_to) == (None, date(2025, 6, 30))
    assert old.successors == (Mention("10729"), Mention("10750", on=date(2025, 7, 1)))
    assert old.parents == (Mention("292"),)
    assert (new.unit_type, new.valid_from) == ("phường", date(2025, 7, 1))
    assert new.parents == (Mention("31", "Thành phố Hải Phòng"),)


def test_columns_may_stand_in_any_order_and_some_may_be_missing() -> None:
    reading = read_csv("Phường Nhị Chiểu,10714", head="Name,CODE")
    assert [(row.code, row.name) for row in reading.rows] == [("10714", "Phường Nhị Chiểu")]
    assert reading.rows[0].stated == {"code", "name"}


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (",Phường A,phường,31,,,", "code", "Thiếu mã"),
        ("10 714,Phường A,phường,31,,,", "code", "không đúng dạng"),
        ("1" * 21 + ",Phường A,phường,31,,,", "code", "20 ký tự"),
        ("10714,,phường,31,,,", "name", "Thiếu tên"),
        ("10714,12,phường,31,,,", "name", "Thiếu tên"),
        (f"10714,Phường {'A' * 200},phường,31,,,", "name", "200 ký tự"),
        ("10714,Nhị Chiểu,,31,,,", "type", "loại đơn vị gì"),
        (f"10714,Phường A,{'p' * 41},31,,,", "type", "quá 40"),
        ("10714,Phường A,phường,Hải Phòng (31,,,", "parent", "Không đọc được đơn vị cấp trên"),
        ("10714,Phường A,phường,Hải Phòng (),,,", "parent", "Thiếu mã"),
        ("10714,Phường A,phường,31,31/02/2025,,", "valid_from", "Không có ngày"),
        ("10714,Phường A,phường,31,2025-7,,", "valid_from", "Không đọc được ngày"),
        ("10714,Phường A,phường,31,,01/07/0025,", "valid_to", "không hợp lý"),
        ("10714,Phường A,phường,31,2025-07-01,2025-06-30,", "valid_to", "sớm hơn"),
        ("10714,Phường A,phường,31,,2025-06-30,10@x", "successors", "Không đọc được ngày"),
        ("10714,Phường A,phường,31,,2025-06-30,10@", "successors", "sau dấu @"),
        ("10714,Phường A,phường,31,,2025-06-30,một", "successors", "không đúng dạng"),
        ("10714,Phường A,phường,31,,2025-06-30,10,11", "", "dấu ngoặc kép"),
    ],
)
def test_a_fault_names_line_column_and_mending(line: str, column: str, said: str) -> None:
    reading = read_csv("10001,Phường Tốt,phường,31,,,", "", line)
    assert places(reading) == [(4, column)]
    assert said in reading.faults[0].text
    assert "ề nghị" in reading.faults[0].text
    assert [row.code for row in reading.rows] == ["10001"]


def test_all_faults_are_told_at_once_and_a_cell_over_two_lines_keeps_the_count() -> None:
    reading = read_csv('10001,"Phường\nTốt",phường,31,,,', ",Phường B,phường,31,x,,", "10003,,,31,,y,")
    assert places(reading) == [(4, "code"), (4, "valid_from"), (5, "name"), (5, "valid_to")]
    assert reading.rows[0].name == "Phường Tốt"
    refused = UnitsRefused(reading.faults)
    assert str(refused).splitlines()[0].startswith("Dòng 4, cột code: Thiếu mã đơn vị.")


@pytest.mark.parametrize(
    ("head", "line", "column", "said"),
    [
        ("code,name,valid-form", 1, "valid-form", "“valid_from”"),
        ("code,name,ghi chú", 1, "ghi chú", "bỏ đi"),
        ("code,name,Code", 1, "code", "hai lần"),
        ("code,ten", 1, "name", "Thiếu cột “name”"),
    ],
)
def test_unknown_double_and_missing_columns_are_told(head: str, line: int, column: str, said: str) -> None:
    reading = read_csv("10714,Phường Nhị Chiểu", head=head)
    assert (line, column) in places(reading)
    assert any(said in fault.text for fault in reading.faults)


@pytest.mark.parametrize(
    ("data", "filename", "line", "said"),
    [
        (b"", "a.csv", 0, "không có đơn vị nào"),
        (HEAD.encode(), "a.csv", 0, "không có đơn vị nào"),
        (b'{"old_units": []}', "a.json", 0, "không có đơn vị nào"),
        (b"PK\x03\x04", "a.xlsx", 0, ".json hoặc .csv"),
        (f"{HEAD}\n10714,Phường".encode("utf-16"), "a.csv", 1, "UTF-8"),
        (f"{HEAD}\n10714,Phường".encode("cp1258", "replace"), "a.csv", 2, "UTF-8"),
        (f'{HEAD}\n1,"Phường A"b,,,,,'.encode(), "a.csv", 2, "ngoặc kép"),
        (b" " * 10_000_001, "a.csv", 0, "10 MB"),
        (("code,name\n" + "1,\n" * 50_001).encode(), "a.csv", 0, "50000"),
        (b'{\n"old_units": [,]}', "a.json", 2, "cú pháp"),
        (b'{"old_units": [' + b"[" * 100_000, "a.json", 0, "quá sâu"),
        (b'{"old_units": [' + b"1" * 5_000 + b"]}", "a.json", 0, "số quá dài"),
        (b"[]", "a.json", 0, "old_units"),
        (b'{"old_units": 1}', "a.json", 0, "danh sách"),
        (b'{"new_units": ["10714"]}', "a.json", 0, "danh sách"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence(
    data: bytes, filename: str, line: int, said: str
) -> None:
    reading = read(data, filename=filename)
    assert reading.rows == ()
    assert [fault.line for fault in reading.faults] == [line]
    assert said in reading.faults[0].text


def test_faults_in_json_point_at_the_line_of_the_field() -> None:
    units = {
        "note": "minh họa",
        "old_unit": [],
        "old_units": [
            {
                "code": 10714,
                "name": "Phường A",
                "valid_to": "2025-06-31",
                "partly": "có",
                "successors": [1],
                "parrent": "31",
            },
            {"code": "10715", "name": "Phường B"},
        ],
    }
    reading = read(json.dumps(units, indent=1, ensure_ascii=False).encode(), filename="a.json")
    assert sorted(places(reading)) == [
        (3, "old_unit"),
        (6, "code"),
        (8, "valid_to"),
        (9, "partly"),
        (10, "successors"),
        (13, "parrent"),
        (15, "valid_to"),
    ]
    assert reading.rows == ()


def test_what_json_does_not_state_is_told_apart_from_what_it_leaves_empty() -> None:
    units = {"new_units": [{"code": "1", "name": "Xã A"}, {"code": "2", "name": "Xã B", "valid_to": None}]}
    silent, empty = read(json.dumps(units).encode(), filename="a.json").rows
    assert "valid_to" not in silent.stated
    assert "valid_to" in empty.stated


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phường Hoà Bình", "phường  Hòa Bình"),
        ("Xã Thuỷ Nguyên", "Xã Thủy Nguyên"),
        ("Phường B'Lao", "Phường B’Lao"),
        (unicodedata.normalize("NFD", "Phường Nhị Chiểu"), "Phường Nhị Chiểu"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_accents_tell_names_apart() -> None:
    assert comparable("Phường Tân An") != comparable("Phường Tấn An")


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json"]))
def test_no_bytes_break_the_reading(data: bytes, filename: str) -> None:
    reading = read(data, filename=filename)
    assert reading.rows or reading.faults


@given(st.text(max_size=120))
def test_no_cells_break_the_reading(typed: str) -> None:
    reading = read(f"{HEAD}\n{typed}".encode("utf-8", "replace"), filename="a.csv")
    assert reading.rows or reading.faults
