"""The fields of the forms about progress, in the words of a screen."""

from collections.abc import Mapping
from datetime import date

from portal.office.programme.workbook.choices import YES_NO
from portal.office.programme.workbook.layout import Column, Kind
from portal.record.documents import FigureState

STATES: Mapping[str, FigureState] = {
    "Có số liệu": FigureState.FIGURE,
    "Chưa có số liệu": FigureState.NO_DATA,
    "Chưa kết nối nguồn": FigureState.NOT_CONNECTED,
}
PUBLIC = Column(
    name="disclosed", heading="Công khai", kind=Kind.CHOICE, words=YES_NO, needed=True, example="Không",
    note="“Có”: người dân thấy sau khi người công bố duyệt. “Không”: chỉ cán bộ có vai trò thấy.",
)  # fmt: skip
REASON = Column(
    name="reason", heading="Lý do đính chính", needed=True, example="Cộng nhầm một hồ sơ",
    note="Bản cũ được giữ lại. Nếu bản cũ đã công khai, lý do này cũng công khai.",
)  # fmt: skip


def report_columns(unit: str, *, is_correction: bool) -> tuple[Column, ...]:
    """A report in ``unit``."""
    return (
        Column(
            name="reported_on", heading="Ngày chốt số liệu", kind=Kind.DATE, needed=True,
            note="Ngày/tháng/năm, không sau hôm nay.", example=date(2026, 9, 30),
        ),
        Column(
            name="state", heading="Tình trạng số liệu", kind=Kind.CHOICE, words=STATES, needed=True,
            note="Số 0 là có số liệu. Nguồn chưa kết nối thì chọn đúng mục đó, không ghi 0.", example="",
        ),
        Column(
            name="value", heading=f"Giá trị ({unit})" if unit else "Giá trị", kind=Kind.NUMBER,
            note="Viết kiểu Việt Nam, ví dụ 1.234,5. Để trống nếu chưa có số liệu.", example=95.1,
        ),
        Column(
            name="note", heading="Nội dung", kind=Kind.TEXT, note="Đã làm được gì.", example="",
        ),
        Column(
            name="source", heading="Nguồn số liệu", needed=True, example="Báo cáo quý III",
            note="Sổ theo dõi, phần mềm hay báo cáo nào.",
        ),
        PUBLIC,
        *((REASON,) if is_correction else ()),
    )  # fmt: skip


def cause_columns(*, is_correction: bool) -> tuple[Column, ...]:
    """An objective cause."""
    return (
        Column(
            name="text", heading="Nguyên nhân khách quan", kind=Kind.TEXT, needed=True, example="",
            note="Việc gì xảy ra, cản trở thế nào. Chỉ tính khi cơ quan có thẩm quyền xác nhận bằng văn bản.",
        ),
        Column(
            name="from_on", heading="Từ ngày", kind=Kind.DATE, needed=True, note="", example=date(2026, 9, 1),
        ),
        Column(
            name="to_on", heading="Đến ngày", kind=Kind.DATE, note="Để trống nếu chưa kết thúc.",
            example=date(2026, 9, 20),
        ),
        PUBLIC,
        *((REASON,) if is_correction else ()),
    )  # fmt: skip


CONFIRMATION = (
    Column(
        name="body", heading="Cơ quan xác nhận", needed=True, note="Tên đầy đủ của cơ quan.", example="",
    ),
    Column(
        name="document", heading="Văn bản xác nhận", needed=True, note="Số, ký hiệu và ngày văn bản.",
        example="12/BC-SNV ngày 21/11/2026",
    ),
)  # fmt: skip
STEP = (
    Column(
        name="done_on", heading="Ngày xong", kind=Kind.DATE, example=date(2026, 9, 20),
        note="Để trống nếu chưa xong.",
    ),
)  # fmt: skip
