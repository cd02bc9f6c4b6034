"""The kinds of news there are, and the sentence each is told by: Vietnamese first, then English."""

from dataclasses import dataclass
from enum import StrEnum

Said = tuple[str, str]  # Vietnamese, English
NOTHING: Said = ("", "")


class NewsKind(StrEnum):
    """What happened, as far as somebody who follows is told."""

    PROGRAMME = "programme"
    COMMITMENT = "commitment"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    TARGET_LOWERED = "target_lowered"
    TARGET_RAISED = "target_raised"
    DEADLINE_LATER = "deadline_later"
    DEADLINE_EARLIER = "deadline_earlier"
    LATE = "late"
    CAUSE = "cause"
    EVIDENCE = "evidence"
    ENDED = "ended"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    REPLIED = "replied"
    RATED = "rated"
    COMMENTED = "commented"
    THEME = "theme"
    EVALUATED = "evaluated"
    PROCEDURES = "procedures"
    UNIT = "unit"
    MATCHED = "matched"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened; ``told`` is the figure, day or reason that belongs into its sentence."""

    kind: NewsKind
    told: Said = NOTHING

    def said(self, *, english: bool) -> str:
        """The sentence, without a full stop at its end."""
        opening, told = WORDS[self.kind][english], self.told[english]
        return f"{opening}: {told}" if told else opening


WORDS: dict[NewsKind, Said] = {
    NewsKind.PROGRAMME: ("Chương trình hành động mới được công khai", "New action programme published"),
    NewsKind.COMMITMENT: ("Cam kết mới được công khai", "New commitment published"),
    NewsKind.REPORTED: ("Cán bộ tự báo cáo", "Reported by the cadre"),
    NewsKind.CONFIRMED: ("Đã được xác nhận", "Confirmed"),
    NewsKind.CORRECTED: ("Đính chính số liệu", "Figure corrected"),
    NewsKind.TARGET_LOWERED: ("Hạ mức đích", "Target lowered"),
    NewsKind.TARGET_RAISED: ("Nâng mức đích", "Target raised"),
    NewsKind.DEADLINE_LATER: ("Lùi thời hạn", "Deadline moved later"),
    NewsKind.DEADLINE_EARLIER: ("Rút ngắn thời hạn", "Deadline moved earlier"),
    NewsKind.LATE: ("Đã quá hạn, chưa hoàn thành, hạn là ngày", "Late and not completed, it was due on"),
    NewsKind.CAUSE: ("Có nguyên nhân khách quan đã được xác nhận", "An objective cause was confirmed"),
    NewsKind.EVIDENCE: ("Có tệp minh chứng mới", "New evidence file"),
    NewsKind.ENDED: (
        "Kết thúc do điều động, sắp xếp hoặc hết nhiệm kỳ",
        "Ended by transfer, restructuring or end of term",
    ),
    NewsKind.CHANGED: ("Nội dung được sửa, bổ sung", "Its text was changed"),
    NewsKind.WITHDRAWN: ("Đã gỡ xuống", "Taken down"),
    NewsKind.ERASED: ("Văn bản của bản này không còn", "The text of this revision is no longer there"),
    NewsKind.REPLIED: ("Đơn vị đã trả lời góp ý", "The office answered comments"),
    NewsKind.RATED: (
        "Có kết quả mới: người dân, đảng viên, cán bộ thấy việc này thế nào",
        "New figures: how residents, party members and cadres see it",
    ),
    NewsKind.COMMENTED: ("Có góp ý mới được đăng", "New comment published"),
    NewsKind.THEME: ("Các góp ý được gom thành nhóm để trả lời", "Comments were gathered to be answered"),
    NewsKind.EVALUATED: ("Có tin về kỳ đánh giá", "News of an evaluation period"),
    NewsKind.PROCEDURES: (
        "Kết quả giải quyết thủ tục hành chính được cập nhật",
        "Results of administrative procedures updated",
    ),
    NewsKind.UNIT: ("Thông tin đơn vị được cập nhật", "Unit updated"),
    NewsKind.MATCHED: ("Mới có trong kết quả tìm kiếm ông/bà đã lưu", "Now among the results you saved"),
    NewsKind.DECIDED: ("Quyết định kiểm duyệt", "Moderation decision"),
}
