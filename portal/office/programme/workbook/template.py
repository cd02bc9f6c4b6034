"""Writes the programme workbook, empty or filled: drop-downs, notes on headings, an example row, a guide."""

from datetime import date, datetime
from os import PathLike
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from portal.office.programme.workbook import choices
from portal.office.programme.workbook.form import Part, ProgrammeForm
from portal.office.programme.workbook.layout import Column, Kind, Sheet
from portal.office.programme.workbook.sheets import (
    COMMITMENTS,
    EXAMPLE_HEADING,
    FIELD_HEADING,
    FIELDS,
    GUIDE_TITLE,
    INFO_TITLE,
    NOTE_HEADING,
    PROGRESS,
    SHEETS,
    TASKS,
    VALUE_HEADING,
)
from portal.office.programme.written import written
from portal.record.documents import FigureState

ROWS = 500  # that get formats and drop-downs; more may be filled in
_WIDTHS = {
    Kind.LINE: 24,
    Kind.TEXT: 44,
    Kind.LIST: 30,
    Kind.NUMBER: 12,
    Kind.ORDINAL: 10,
    Kind.DATE: 14,
    Kind.CHOICE: 16,
}
_NOTE_SIZE = {"x_scale": 2.2, "y_scale": 1.2}
_WRITTEN = datetime(2026, 11, 23)  # the template's own date: the same template is the same bytes

_GUIDE = (
    "Tệp này dùng để khai chương trình hành động của một cán bộ trong một nhiệm kỳ hoặc thời hạn bổ nhiệm.",
    "KHÔNG đưa bí mật nhà nước, bí mật công tác vào tệp. Tệp có dấu độ mật bị từ chối toàn bộ.",
    "1. Điền trang tính «Thông tin», cột Giá trị.",
    "2. Điền «Nhiệm vụ», rồi «Cam kết»: mỗi mục một dòng, không gộp ô, không dùng công thức.",
    "3. «Tiến độ» có thể để trống.",
    "4. Dòng có chữ “Ví dụ” ở cột đầu (nền vàng) là số liệu minh họa, hệ thống bỏ qua; có thể xóa.",
    "5. Ngày ghi ngày/tháng/năm, ví dụ 31/12/2027. Số ghi 93,2 hoặc 1.234,5.",
    "6. Cột Công khai để trống nghĩa là KHÔNG công khai; khi không công khai, ghi rõ lý do.",
    "7. Cam kết thuộc nhiệm vụ không công khai cũng không công khai.",
    "8. Tiêu đề nền xanh đậm là bắt buộc. Chỉ vào tiêu đề có góc đỏ để xem cách điền từng cột.",
    "Khi nhập, nếu có lỗi, hệ thống liệt kê mọi lỗi kèm trang tính, dòng, cột và cách sửa; không lưu gì.",
)


class _Pen:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        head = base | {"bold": True, "font_color": "#FFFFFF", "text_wrap": True}
        self.head = book.add_format(head | {"bg_color": "#5A6B7B"})
        self._needed = book.add_format(head | {"bg_color": "#1F4E79"})
        self.guide = book.add_format(base | {"text_wrap": True})
        self._cells = {
            (kind, shade): book.add_format(base | self._look(kind) | self._shade(shade))
            for kind in Kind
            for shade in (False, True)
        }

    def heading(self, column: Column) -> Any:
        """The format of a heading: darker when the column must be filled in."""
        return self._needed if column.needed else self.head

    def cell(self, kind: Kind, *, example: bool = False) -> Any:
        """The format for cells of ``kind``; examples are shaded and in italics."""
        return self._cells[kind, example]

    @staticmethod
    def _look(kind: Kind) -> dict[str, object]:
        if kind is Kind.DATE:
            return {"num_format": "dd/mm/yyyy", "align": "left"}
        if kind in (Kind.NUMBER, Kind.ORDINAL):
            return {"num_format": "General", "align": "left"}
        return {"num_format": "@", "text_wrap": True}  # so that Excel makes no dates of words

    @staticmethod
    def _shade(shade: bool) -> dict[str, object]:
        return {"italic": True, "bg_color": "#FFF8DC"} if shade else {}


def write_template(path: str | PathLike[str] | BinaryIO, form: ProgrammeForm | None = None) -> None:
    """Write the workbook to ``path`` (or an open binary stream). Filled in, it imports.

    With ``form`` it says what that programme says, but for the oath, which is taken anew, and the
    moral-training part, which no workbook has.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(path, options) as book:
        book.set_properties(
            {"title": "Mẫu khai chương trình hành động", "created": _WRITTEN, "author": "Năm Rõ"}
        )
        pen = _Pen(book)
        _write_guide(book.add_worksheet(GUIDE_TITLE), pen)
        info = book.add_worksheet(INFO_TITLE)
        _write_info(info, pen, form)
        for sheet in SHEETS:
            _write_sheet(book.add_worksheet(sheet.title), sheet, pen, _rows(form, sheet) if form else None)
        info.activate()


def _write_guide(page: Any, pen: _Pen) -> None:
    page.set_column(0, 0, 110)
    page.write_string(0, 0, "Hướng dẫn khai chương trình hành động", pen.head)
    for row, line in enumerate(_GUIDE, start=1):
        page.write_string(row, 0, line, pen.guide)


def _write_info(page: Any, pen: _Pen, form: ProgrammeForm | None) -> None:
    headings = (FIELD_HEADING, VALUE_HEADING, NOTE_HEADING, EXAMPLE_HEADING)
    for column, (heading, width) in enumerate(zip(headings, (36, 50, 60, 44), strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, pen.head)
    for row, field in enumerate(FIELDS, start=1):
        page.write_string(row, 0, field.heading, pen.heading(field))
        _write_value(page, row, 1, _said(form, field), pen.cell(field.kind))
        page.write_string(row, 2, _note(field), pen.guide)
        _write_value(page, row, 3, field.example, pen.cell(field.kind, example=True))
        _offer(page, field, rows=(row, row), index=1)
    page.freeze_panes(1, 0)


def _write_sheet(page: Any, sheet: Sheet, pen: _Pen, rows: list[list[object]] | None) -> None:
    """``rows`` None: the example stands where the first row will."""
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _WIDTHS[column.kind], pen.cell(column.kind))
        page.write_string(0, index, column.heading, pen.heading(column))
        page.write_comment(0, index, _note(column), _NOTE_SIZE)
        if rows is None:
            _write_value(page, 1, index, column.example, pen.cell(column.kind, example=True))
        for row, values in enumerate(rows or (), start=1):
            _write_value(page, row, index, values[index], pen.cell(column.kind))
        _offer(page, column, rows=(1, ROWS), index=index)
    page.freeze_panes(1, 1)


def _rows(form: ProgrammeForm, sheet: Sheet) -> list[list[object]]:
    """What ``form`` says in ``sheet``, row by row."""
    moral = {task.number for task in form.tasks if task.part is Part.MORAL}
    inside = {one.number for one in form.commitments if one.task_number in moral}
    items: dict[str, list[object]] = {
        TASKS.title: [task for task in form.tasks if task.number not in moral],
        COMMITMENTS.title: [one for one in form.commitments if one.number not in inside],
        PROGRESS.title: [one for one in form.progress if one.commitment_number not in inside],
    }
    return [[_said(item, column) for column in sheet.columns] for item in items[sheet.title]]


def _said(item: object, column: Column) -> object:
    """What ``item`` says in ``column``, as a cell holds it; None for nothing."""
    value = getattr(item, column.name, None)
    if column.name == "value" and getattr(item, "figure_state", None) is FigureState.NOT_CONNECTED:
        return "chưa kết nối"
    if isinstance(value, tuple):
        return "; ".join(value)
    return written(value, column.words) if column.words and value is not None else value


def _note(column: Column) -> str:
    return column.note + (" Bắt buộc." if column.needed else "")


def _write_value(page: Any, row: int, index: int, value: Any, style: Any) -> None:
    """One cell; text as text, so that nothing in it is ever taken for a formula."""
    if value is None or value == "":
        page.write_blank(row, index, None, style)
    elif isinstance(value, date):
        page.write_datetime(row, index, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, str):
        page.write_string(row, index, value, style)
    else:
        page.write_number(row, index, value, style)


def _offer(page: Any, column: Column, *, rows: tuple[int, int], index: int) -> None:
    """A drop-down with the words of ``column``, which Excel then insists on."""
    if not column.words:
        return
    words = choices.offered(column.words)
    page.data_validation(
        rows[0],
        index,
        rows[1],
        index,
        {
            "validate": "list",
            "source": words,
            "error_title": "Chọn trong danh sách",
            "error_message": f"Ông/bà chọn một trong các từ: {', '.join(words)}.",
        },
    )
