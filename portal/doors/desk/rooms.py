"""The ways on from the officer's home: the screens beside the drafts that an officer may see."""

from portal.kernel.policy import Act, Actor, may_somewhere

_ROOMS = (
    (Act.MODERATE, "moderation.show_queue", "Kiểm duyệt góp ý"),
    (Act.OPEN_SEALED, "moderation_sealed.show_list", "Nội dung đã niêm phong"),
    (Act.ATTEST, "attesting.show_page", "Xác nhận tư cách"),
    (Act.ENTER_SLIP, "slips.show_page", "Nhập phiếu giấy"),
    (Act.READ_OFFICERS, "officers.show_list", "Tài khoản cán bộ"),
    (Act.READ_PROCEDURES, "procedures.show_all", "Kết quả thủ tục hành chính"),
    (Act.POST, "posting.show_due", "Niêm yết"),
    (Act.READ_GUIDANCE, "guidance.show_mine", "Mẫu và hướng dẫn"),
    (Act.READ_EVALUATION, "evaluation.show_periods", "Kỳ đánh giá, bản tổng hợp"),
    (Act.REVIEW, "reviews.show_due", "Kiểm điểm theo kỳ"),
    (Act.MOVE, "movement.show_all", "Chuyển tiếp, kết thúc chương trình"),
    (Act.TAKE_OVER, "movement.show_waiting", "Cam kết chờ tiếp nhận"),
    (Act.READ_REPLIES, "replies.show_all", "Góp ý và giải trình"),
    (Act.END, "movement.show_endings", "Công bố kết thúc chương trình"),
)
_LONG_WORK = (Act.IMPORT_PROGRAMME, Act.EXPORT_LISTS, Act.REBUILD_INDEX)


def rooms_of(by: Actor) -> list[tuple[str, str]]:
    """Endpoint and label of each."""
    found = [(endpoint, label) for act, endpoint, label in _ROOMS if may_somewhere(by, act)]
    if any(may_somewhere(by, act) for act in _LONG_WORK):
        found.append(("jobs.show_mine", "Việc chạy nền"))
    return found
