"""The empty workbook: helpful to fill in, sensible when sent back empty, and read when filled."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from workbooks import COMMITMENT, INFO, PROGRESS, SAMPLES, TASK, faults, places, read, saved

from portal.office.programme.workbook import read_workbook, write_template
from portal.office.programme.workbook.sheets import FIELDS, SHEETS


def template() -> bytes:
    stream = BytesIO()
    write_template(stream)
    return stream.getvalue()


def filled(*, from_row: int) -> Workbook:
    """The template filled in by hand, from row 2 (over the example) or 3 (below it)."""
    made: Workbook = load_workbook(BytesIO(template()))
    for row in made["Thông tin"].iter_rows(min_row=2):
        row[1].value = INFO[str(row[0].value)]
    for title, record in (("Nhiệm vụ", TASK), ("Cam kết", COMMITMENT), ("Tiến độ", PROGRESS)):
        headings = [str(cell.value) for cell in made[title][1]]
        for column, heading in enumerate(headings, start=1):
            made[title].cell(from_row, column).value = record[heading]
    return made


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("0[1-5]*.xlsx")), ids=lambda path: path.stem)
def test_filled_with_a_programme_it_reads_as_that_programme(sample: Path) -> None:
    form = read_workbook(sample.read_bytes(), filename=sample.name, unit_exists=lambda code: True)
    stream = BytesIO()
    write_template(stream, form)
    made = load_workbook(BytesIO(stream.getvalue()))
    made["Thông tin"]["B16"] = "Có"
    back = read_workbook(saved(made), filename="t.xlsx", unit_exists=lambda code: True)
    for name in ("tasks", "commitments", "progress"):
        rows = [replace(row, row=0) for row in getattr(form, name)]
        assert [replace(row, row=0) for row in getattr(back, name)] == rows
    assert replace(back, tasks=(), commitments=(), progress=(), warnings=()) == replace(
        form, tasks=(), commitments=(), progress=(), warnings=()
    )


def test_it_writes_a_file(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.xlsx")
    assert (tmp_path / "mau.xlsx").read_bytes() == template()
    assert [path.name for path in tmp_path.iterdir()] == ["mau.xlsx"]


def test_it_holds_every_column_with_note_and_drop_down() -> None:
    made = load_workbook(BytesIO(template()))
    assert made.sheetnames == ["Hướng dẫn", "Thông tin", *(sheet.title for sheet in SHEETS)]
    assert [row[0].value for row in made["Thông tin"].iter_rows(min_row=2)] == [
        field.heading for field in FIELDS
    ]
    for sheet in SHEETS:
        page = made[sheet.title]
        assert [cell.value for cell in page[1]] == [column.heading for column in sheet.columns]
        assert all(cell.comment and cell.comment.text for cell in page[1])
        choices = [column for column in sheet.columns if column.words]
        assert page.data_validations.count == len(choices)
        assert page.freeze_panes == "B2"
        assert page["A2"].value == "Ví dụ"
        main = 1 + [column.name for column in sheet.columns].index(sheet.main)
        assert "(số liệu minh họa)" in str(page.cell(2, main).value)


def test_sent_back_empty_it_asks_for_what_is_needed_and_nothing_else() -> None:
    needed = [field.heading for field in FIELDS if field.needed]
    found = faults(template())
    assert [(f.sheet, f.column) for f in found] == [
        *(("Thông tin", heading) for heading in needed),
        ("Nhiệm vụ", ""),
        ("Cam kết", ""),
    ]


def test_filled_below_the_example_it_is_read_and_the_example_left_out() -> None:
    read_form = read(saved(filled(from_row=3)))
    assert read_form.warnings == ()
    assert read_form.cadre_name == "Nguyễn Văn Thử"
    counted = (len(read_form.tasks), len(read_form.commitments), len(read_form.progress))
    assert counted == (1, 1, 1)
    assert read_form.commitments[0].row == 3


def test_filled_over_the_example_it_is_read_as_well() -> None:
    read_form = read(saved(filled(from_row=2)))
    assert read_form.warnings == ()
    assert read_form.commitments[0].text == COMMITMENT["Nội dung cam kết"]


def test_an_example_changed_into_content_is_not_lost_silently() -> None:
    made = filled(from_row=3)
    made["Cam kết"]["C2"] = "Việc thật, quên đánh số"
    made["Tiến độ"]["D2"] = None
    assert places(saved(made)) == [
        ("Cam kết", 2, "A", "example_changed"),
        ("Tiến độ", 2, "A", "example_changed"),
    ]
