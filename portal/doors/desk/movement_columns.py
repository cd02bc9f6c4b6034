"""The fields of the forms about a post that passes on, in the words of a screen."""

from datetime import date

from portal.office.movement.rules import Move
from portal.office.programme.workbook.layout import Column, Kind
from portal.record.terms import Fate

MOVES = {
    "Điều động, luân chuyển": Move.TRANSFER,
    "Bổ nhiệm lại": Move.REAPPOINTMENT,
    "Hết nhiệm kỳ, hết thời hạn bổ nhiệm": Move.TERM_END,
    "Sáp nhập đơn vị": Move.UNIT_MERGE,
    "Chia tách đơn vị": Move.UNIT_SPLIT,
}
FATES = {
    "Chuyển tiếp cho người kế nhiệm": Fate.CARRIED,
    "Kết thúc cùng chương trình": Fate.ENDED,
    "Gộp vào cam kết khác": Fate.MERGED,
}
MOVE = (
    Column(
        name="kind", heading="Hình thức", kind=Kind.CHOICE, words=MOVES, needed=True, note="", example="",
    ),
    Column(
        name="effective_on", heading="Có hiệu lực từ ngày", kind=Kind.DATE, needed=True,
        note="Ngày/tháng/năm.", example=date(2026, 12, 1),
    ),
    Column(
        name="document", heading="Văn bản", needed=True, example="Quyết định số 77/QĐ-MH ngày 20/11/2026",
        note="Số, ngày, cơ quan ban hành. Được công khai khi công bố kết thúc.",
    ),
)  # fmt: skip
FATE = (
    Column(
        name="fate", heading="Xử lý cam kết này", kind=Kind.CHOICE, words=FATES, needed=True, example="",
        note="Không cam kết nào bị xóa: bản đã công bố vẫn đọc được.",
    ),
    Column(
        name="reason", heading="Lý do kết thúc", kind=Kind.TEXT, example="",
        note="Chỉ cần khi kết thúc. Lý do này được công khai.",
    ),
    Column(
        name="successor", heading="Mã chương trình của người kế nhiệm", example="",
        note="Chỉ cần khi chuyển tiếp hoặc gộp. Mã có trong địa chỉ trang chương trình.",
    ),
    Column(
        name="target", heading="Mã cam kết nhận gộp", example="", note="Chỉ cần khi gộp.",
    ),
    Column(
        name="restated_baseline", heading="Mức nền tính lại", kind=Kind.NUMBER, example=12.5,
        note="Để trống nếu giữ nguyên. Mức nền cũ luôn hiện bên cạnh.",
    ),
    Column(
        name="restated_on", heading="Ngày mức nền tính lại", kind=Kind.DATE, note="",
        example=date(2026, 10, 31),
    ),
    Column(
        name="restated_note", heading="Cách tính lại", kind=Kind.TEXT, example="Cộng hai phường cũ",
        note="Cộng, bình quân gia quyền hay giữ nguyên, từ số liệu nào. Được công khai.",
    ),
)  # fmt: skip
TAKE_OVER = (
    Column(
        name="accepted", heading="Văn bản tiếp nhận", needed=True, example="Văn bản số 8 ngày 24/11/2026",
        note="Số, ngày văn bản người kế nhiệm nhận trách nhiệm. Được công khai.",
    ),
)  # fmt: skip
