"""The fields beside an evidence file, and the limits told before anything is chosen."""

from collections.abc import Mapping
from datetime import date

from portal.doors.desk.progress_columns import PUBLIC
from portal.office.evidence.caps import MB, Caps
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import written

_CAPS = Caps()
LARGEST = _CAPS.file_bytes + 2 * MB  # a file a little too large still gets its own sentence
LIMITS = (
    f"Một tệp PDF, PNG, JPEG, WebP, XLSX hoặc DOCX, tối đa {_CAPS.file_bytes // MB} MB.",
    f"PDF tối đa {_CAPS.pages} trang; bảng tính tối đa {_CAPS.sheets} trang tính, {_CAPS.cells:,} ô.".replace(
        ",000", ".000"
    ),
    "Không có mật khẩu, macro, tệp nhúng. Tệp có dấu độ mật bị từ chối, không lưu lại gì.",
)


WHOLE = "Chung của cam kết"


def description_columns(days: Mapping[date, int]) -> tuple[Column, ...]:
    """What is said of a file; ``days``: the key of each report it may prove, by its day."""
    about = Column(
        name="report", heading="Minh chứng cho báo cáo", kind=Kind.CHOICE, example="",
        note="", words={WHOLE: 0} | {f"Báo cáo ngày {written(day)}": key for day, key in days.items()},
    )  # fmt: skip
    return (
        Column(
            name="description", heading="Tệp cho thấy điều gì", needed=True,
            note="Một câu để người dân hiểu. Tên tệp của ông/bà không được lưu, không hiện ra.",
            example="Biên bản nghiệm thu tuyến đường (minh họa)",
        ),
        *((about,) if days else ()),
        PUBLIC,
    )  # fmt: skip
