"""Makes programme workbooks in memory for the tests: sound ones, and ones spoilt on purpose."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from portal.office.programme.workbook import (
    Fault,
    ProgrammeForm,
    SecretStampFound,
    WorkbookRefused,
    read_workbook,
)

SAMPLES = Path(__file__).parents[2] / "samples" / "programmes"
UNITS = frozenset({"10714", "10675", "10705"})

INFO = {
    "Họ và tên": "Nguyễn Văn Thử",
    "Chức vụ": "Chủ tịch UBND phường",
    "Mã đơn vị": 10714,
    "Tên đơn vị": "Phường Nhị Chiểu",
    "Lĩnh vực phụ trách": "Điều hành chung; Ngân sách",
    "Hình thức": "Bổ nhiệm",
    "Số quyết định": "01/QĐ-MH",
    "Ngày quyết định": "15/06/2026",
    "Cơ quan ban hành": "UBND thành phố (minh họa)",
    "Từ ngày": "01/07/2026",
    "Đến ngày": "30/06/2031",
    "Bộ tiêu chí": "5ro",
    "Lời mở đầu": "Số liệu minh họa.",
    "Người khai": "Văn phòng",
    "Cam đoan không chứa bí mật nhà nước": "Có",
}
TASK = {
    "STT": 1,
    "Nhiệm vụ trọng tâm": "Giảm hồ sơ trễ hạn",
    "Điểm nghẽn": "Thiếu người",
    "Mục tiêu": "Đúng hạn",
    "Giải pháp": "Giao việc bằng văn bản",
    "Lĩnh vực": "Cải cách hành chính",
    "Công khai": "Có",
    "Lý do không công khai": None,
}
COMMITMENT = {
    "STT": 1,
    "Nhiệm vụ": 1,
    "Nội dung cam kết": "Trả hồ sơ đúng hạn từ 99%",
    "Chỉ tiêu": "Tỷ lệ đúng hạn",
    "Đơn vị tính": "%",
    "Mức nền": 93.2,
    "Ngày mức nền": "30/06/2026",
    "Nguồn mức nền": "Báo cáo (minh họa)",
    "Mức đích": 99,
    "Chiều": "tăng",
    "Thời hạn": "31/12/2026",
    "Người chịu trách nhiệm": "Chủ tịch UBND phường",
    "Phối hợp": "Phòng Kinh tế; Văn phòng",
    "Hình thức": "lãnh đạo",
    "Thẩm quyền": "UBND phường",
    "Sản phẩm": "Báo cáo tháng",
    "Minh chứng": "Cổng Dịch vụ công",
    "Kỳ cập nhật": "tháng",
    "Nguồn gốc": "tự đề xuất",
    "Công khai": "Có",
    "Lý do không công khai": None,
}
PROGRESS = {
    "Cam kết": 1,
    "Ngày": "30/09/2026",
    "Giá trị": 95,
    "Nội dung": "Kết quả quý (minh họa)",
    "Nguồn": "Báo cáo quý",
    "Xác nhận bởi": "Phòng chuyên môn",
    "Văn bản xác nhận": "BC-01/2026",
    "Công khai": "Có",
}
Row = Mapping[str, object]


def book(
    *,
    info: Row | None = None,
    tasks: Sequence[Row] = ({},),
    commitments: Sequence[Row] = ({},),
    progress: Sequence[Row] = (),
    shape: Callable[[Workbook], object] = lambda book: None,
) -> bytes:
    """A workbook; each row is the sound one with some cells changed. ``shape`` may alter it at last."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "Thông tin"
    page.append(["Trường", "Giá trị"])
    for field in {**INFO, **(info or {})}.items():
        page.append(field)
    _add(made, "Nhiệm vụ", TASK, tasks)
    _add(made, "Cam kết", COMMITMENT, commitments)
    _add(made, "Tiến độ", PROGRESS, progress)
    shape(made)
    return saved(made)


def _add(made: Workbook, title: str, sound: Row, rows: Sequence[Row]) -> None:
    page = made.create_sheet(title)
    page.append(list(sound))
    for row in rows:
        page.append([{**sound, **row}[heading] for heading in sound])


def saved(made: Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(data: bytes, filename: str = "chuong-trinh.xlsx") -> ProgrammeForm:
    """What the reader makes of ``data``, three units being known."""
    return read_workbook(data, filename=filename, unit_exists=UNITS.__contains__)


def faults(data: bytes) -> tuple[Fault, ...]:
    """All faults; the test fails when there are none."""
    with pytest.raises(WorkbookRefused) as refused:
        read(data)
    assert str(refused.value)
    return refused.value.faults


def found_at(data: bytes, filename: str = "chuong-trinh.xlsx") -> str:
    """Where a secret stamp was found; the test fails when none was."""
    with pytest.raises(SecretStampFound) as found:
        read(data, filename)
    return found.value.where


def places(data: bytes) -> list[tuple[str, int | None, str, str]]:
    """Each fault as (sheet, row, letter, reason)."""
    return [(f.sheet, f.row, f.letter, f.reason.value) for f in faults(data)]


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], **options: Any) -> bytes:
    """A container of ``parts``."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def altered(data: bytes, name: str, old: str, new: str) -> bytes:
    """``data`` with ``old`` replaced in one part; the test fails when it is not in there."""
    parts = unzipped(data)
    text = parts[name].decode()
    if old not in text:  # with lxml at hand, openpyxl writes letters beyond ASCII by their numbers
        old = old.encode("ascii", "xmlcharrefreplace").decode()
    assert old in text
    return zipped({**parts, name: text.replace(old, new).encode()})


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """``data`` with parts added or replaced."""
    added = {n: c.encode() if isinstance(c, str) else c for n, c in parts.items()}
    return zipped({**unzipped(data), **added})
