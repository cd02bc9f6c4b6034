"""The ways on from the officer's home: the screens beside the drafts that an officer may see."""

from portal.kernel.policy import Act, Actor, may_somewhere

_ROOMS = (
    (Act.POST, "posting.show_due", "Niêm yết"),
    (Act.READ_GUIDANCE, "guidance.show_mine", "Mẫu và hướng dẫn"),
    (Act.REVIEW, "reviews.show_due", "Kiểm điểm theo kỳ"),
    (Act.MOVE, "movement.show_all", "Chuyển tiếp, kết thúc chương trình"),
    (Act.TAKE_OVER, "movement.show_waiting", "Cam kết chờ tiếp nhận"),
    (Act.END, "movement.show_endings", "Công bố kết thúc chương trình"),
)


def rooms_of(by: Actor) -> list[tuple[str, str]]:
    """Endpoint and label of each."""
    return [(endpoint, label) for act, endpoint, label in _ROOMS if may_somewhere(by, act)]
