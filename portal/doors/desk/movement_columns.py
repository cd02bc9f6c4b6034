"""The fields of the forms about a post that passes on, in the words of a screen."""

from collections.abc import Mapping
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
NO_PROGRAMME = (
    "Chưa có chương trình nào nhận được. Người kế nhiệm cần có dự thảo trên hệ thống trước khi chuyển tiếp."
)


def fate_columns(
    programmes: Mapping[str, str], commitments: Mapping[str, str], *, of: str
) -> tuple[Column, ...]:
    """The fields of a decision; ``commitments`` are those of the programme ``of``, empty while there is none.

    The field of the commitment bears the programme's reference, so that a choice made for one programme is
    never read for another.
    """
    target = Column(
        name=target_name(of), heading="Cam kết nhận gộp", kind=Kind.CHOICE, words=commitments,
        note="Chỉ cần khi gộp.", example="",
    )  # fmt: skip
    successor = Column(
        name="successor", heading="Chương trình của người kế nhiệm", kind=Kind.CHOICE, words=programmes,
        note=CHOOSE_PROGRAMME, example="",
    )  # fmt: skip
    return (*_FATE, *((successor,) if programmes else ()), *((target,) if of else ()), *_RESTATED)


def target_name(of: str) -> str:
    """What the field of the commitments of the programme ``of`` is called."""
    return f"target-{of}"


CHOOSE_PROGRAMME = (
    "Chỉ cần khi chuyển tiếp hoặc gộp. Khi gộp: chọn chương trình rồi bấm “Lưu”, các cam kết của chương "
    "trình đó hiện ra để chọn."
)
_FATE = (
    Column(
        name="fate", heading="Xử lý cam kết này", kind=Kind.CHOICE, words=FATES, needed=True, example="",
        note="Không cam kết nào bị xóa: bản đã công bố vẫn đọc được.",
    ),
    Column(
        name="reason", heading="Lý do kết thúc", kind=Kind.TEXT, example="",
        note="Chỉ cần khi kết thúc. Lý do này được công khai.",
    ),
)  # fmt: skip
_RESTATED = (
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
