"""The public words of moderation: where a contribution stands, what was decided, and the coded reasons.

Every word is Vietnamese and stands in the English catalogue; receipts, stubs and the ledger read them here.
Criticism, low ratings, dialect, spelling and missing accents are on no list: not reasons (facts §5.4).
"""

from enum import StrEnum


class ReceiptState(StrEnum):
    """Where a contribution stands, for whoever holds its receipt (facts §9.1)."""

    RECEIVED = "received"
    MODERATING = "moderating"
    RETURNED = "returned"  # the author is asked to change something; the edit window is open again
    SHOWN = "shown"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    AWAITING_REPLY = "awaiting_reply"
    REPLIED = "replied"
    USED = "used"
    REPLY_OVERDUE = "reply_overdue"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What was decided, as the ledger tells it. Handing a denunciation on has no line and so no word."""

    PUBLISH = "publish"
    PUBLISH_MASKED = "publish_masked"
    RETURN = "return"
    REFUSE = "refuse"
    REDIRECT = "redirect"
    MERGE = "merge"


class RefusalReason(StrEnum):
    """Why words are not shown: the only reasons there are."""

    THREAT = "threat"
    DEFAMATION = "defamation"
    STATE_SECRET = "state_secret"
    PERSONAL_DATA = "personal_data"
    ADVERTISING = "advertising"
    INCITEMENT = "incitement"
    OBSCENE = "obscene"
    OFF_TOPIC = "off_topic"
    SPAM = "spam"


class RedirectReason(StrEnum):
    """The lawful channel a contribution was guided to."""

    PETITION = "petition"
    COMPLAINT = "complaint"
    PROPER_CHANNEL = "proper_channel"  # says no more than that: used wherever more would expose somebody


class OtherReason(StrEnum):
    """What else a receipt or a ledger line may give as its reason."""

    DUPLICATE = "duplicate"
    NOT_REWORKED = "not_reworked"  # returned, and nothing came back in time
    BY_AUTHOR = "by_author"


class AppealState(StrEnum):
    """Where an appeal stands; there is one for each contribution."""

    ASKED = "asked"
    UPHELD = "upheld"  # the decision stays
    OVERTURNED = "overturned"  # the decision was wrong, the words are shown


STATE_WORDS: dict[ReceiptState, str] = {
    ReceiptState.RECEIVED: "Đã tiếp nhận",
    ReceiptState.MODERATING: "Đang kiểm duyệt",
    ReceiptState.RETURNED: "Đề nghị ông/bà sửa lại",
    ReceiptState.SHOWN: "Đã đăng",
    ReceiptState.REFUSED: "Không đăng",
    ReceiptState.REDIRECTED: "Đã chuyển đúng kênh",
    ReceiptState.AWAITING_REPLY: "Đang chờ giải trình",
    ReceiptState.REPLIED: "Đã giải trình",
    ReceiptState.USED: "Đã tiếp thu",
    ReceiptState.REPLY_OVERDUE: "Quá hạn giải trình",
    ReceiptState.WITHDRAWN: "Người gửi đã rút",
}

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.PUBLISH: "Đăng nguyên văn",
    Verdict.PUBLISH_MASKED: "Đăng, che dữ liệu cá nhân",
    Verdict.RETURN: "Đề nghị người gửi sửa lại",
    Verdict.REFUSE: "Không đăng",
    Verdict.REDIRECT: "Hướng dẫn gửi đúng kênh",
    Verdict.MERGE: "Gộp vào ý kiến trùng đã đăng",
}

REASON_WORDS: dict[RefusalReason | RedirectReason | OtherReason, str] = {
    RefusalReason.THREAT: "Đe dọa người khác",
    RefusalReason.DEFAMATION: "Vu khống, bôi nhọ, xúc phạm danh dự người khác",
    RefusalReason.STATE_SECRET: "Có dấu hiệu lộ bí mật nhà nước",
    RefusalReason.PERSONAL_DATA: "Nêu dữ liệu cá nhân của người khác mà không thể che",
    RefusalReason.ADVERTISING: "Quảng cáo",
    RefusalReason.INCITEMENT: "Kích động bạo lực, thù hằn",
    RefusalReason.OBSCENE: "Từ ngữ tục tĩu",
    RefusalReason.OFF_TOPIC: "Không liên quan đến cam kết này",
    RefusalReason.SPAM: "Thư rác, gửi hàng loạt",
    RedirectReason.PETITION: "Thuộc kênh phản ánh, kiến nghị",
    RedirectReason.COMPLAINT: "Thuộc kênh khiếu nại",
    RedirectReason.PROPER_CHANNEL: "Thuộc kênh khác theo quy định",
    OtherReason.DUPLICATE: "Trùng với một ý kiến đã đăng",
    OtherReason.NOT_REWORKED: "Quá hạn sửa lại",
    OtherReason.BY_AUTHOR: "Theo yêu cầu của người gửi",
}

APPEAL_WORDS: dict[AppealState, str] = {
    AppealState.ASKED: "Đang được người thứ ba xem lại",
    AppealState.UPHELD: "Xem lại: giữ nguyên quyết định",
    AppealState.OVERTURNED: "Xem lại: quyết định chưa đúng, ý kiến được đăng",
}

# What each reason means to somebody whose words were not shown, and how to mend it.
REASON_ADVICE: dict[RefusalReason, str] = {
    RefusalReason.THREAT: "Ông/bà có thể gửi lại ý kiến, bỏ phần đe dọa.",
    RefusalReason.DEFAMATION: (
        "Ông/bà có thể gửi lại, nêu việc đã thấy và bỏ lời xúc phạm. Phê bình việc làm luôn được đăng."
    ),
    RefusalReason.STATE_SECRET: "Xin không gửi lại nội dung này qua mạng.",
    RefusalReason.PERSONAL_DATA: "Ông/bà có thể gửi lại, bỏ tên, số điện thoại, địa chỉ của người khác.",
    RefusalReason.ADVERTISING: "Ông/bà có thể gửi lại, bỏ phần quảng cáo.",
    RefusalReason.INCITEMENT: "Ông/bà có thể gửi lại, bỏ lời kêu gọi bạo lực, thù hằn.",
    RefusalReason.OBSCENE: "Ông/bà có thể gửi lại, bỏ từ ngữ tục tĩu. Phê bình gay gắt vẫn được đăng.",
    RefusalReason.OFF_TOPIC: "Ông/bà có thể gửi ý kiến này ở trang của cam kết có liên quan.",
    RefusalReason.SPAM: "Nếu đây là ý kiến riêng của ông/bà, xin đề nghị xem lại.",
}


def reason_words(key: str) -> str:
    """The Vietnamese words of the reason ``key``. Raises KeyError for an unknown one."""
    return _BY_KEY[key]


_BY_KEY: dict[str, str] = {reason.value: words for reason, words in REASON_WORDS.items()}
