"""The desk's words for moderation: decisions with their keys, signals explained, lists, urgency."""

from portal.inbox.recognition.language import SignalKind
from portal.office.moderation.clocks import Urgency
from portal.office.moderation.rules import CaseState, Decision
from portal.record.moderation_words import RedirectReason, RefusalReason, Verdict
from portal.record.voice import CommentKind

KINDS: dict[CommentKind, str] = {
    CommentKind.OPINION: "Góp ý",
    CommentKind.QUESTION: "Câu hỏi",
    CommentKind.EVIDENCE: "Cung cấp minh chứng",
    CommentKind.PRAISE: "Biểu dương",
}

# What a moderator reads beside each choice; the order on the page is that of the rules' table.
DECISIONS: dict[Decision, tuple[str, str]] = {
    Decision.PUBLISH: ("Đăng nguyên văn", "Phê bình gay gắt, sai chính tả, không dấu vẫn đăng."),
    Decision.PUBLISH_MASKED: ("Đăng bản đã che", "Bản trong ô bên dưới là bản công khai."),
    Decision.RETURN: ("Trả lại người gửi để sửa", "Cần lý do; người gửi được mở lại để sửa trong hạn."),
    Decision.REFUSE: ("Đề nghị không đăng", "Cần lý do; một người khác xác nhận."),
    Decision.REDIRECT: ("Đề nghị hướng dẫn sang kênh khác", "Phản ánh, kiến nghị hoặc khiếu nại."),
    Decision.MERGE: ("Gộp vào ý kiến trùng đã đăng", "Chọn ý kiến trùng bên dưới."),
    Decision.SEAL: ("Chuyển kênh tố cáo", "Niêm phong ngay; chỉ người được phân công mở được."),
    Decision.CONFIRM: ("Xác nhận đề nghị", "Người gửi nhận lý do và được đề nghị xem lại một lần."),
    Decision.OVERTURN: ("Bác đề nghị", "Ý kiến trở lại hàng chờ, giao cho người khác."),
    Decision.UPHOLD: ("Giữ nguyên quyết định", "Kết quả xem lại hiện trong sổ kiểm duyệt."),
}
REFUSAL_WORDS: dict[RefusalReason, str] = {
    RefusalReason.THREAT: "Đe dọa người khác",
    RefusalReason.DEFAMATION: "Vu khống, bôi nhọ, xúc phạm danh dự",
    RefusalReason.STATE_SECRET: "Dấu hiệu lộ bí mật nhà nước",
    RefusalReason.PERSONAL_DATA: "Dữ liệu cá nhân của người khác, không che được",
    RefusalReason.ADVERTISING: "Quảng cáo",
    RefusalReason.INCITEMENT: "Kích động bạo lực, thù hằn",
    RefusalReason.OBSCENE: "Từ ngữ tục tĩu",
    RefusalReason.OFF_TOPIC: "Không liên quan đến cam kết",
    RefusalReason.SPAM: "Thư rác, gửi hàng loạt",
}
REDIRECT_WORDS: dict[RedirectReason, str] = {
    RedirectReason.PETITION: "Kênh phản ánh, kiến nghị",
    RedirectReason.COMPLAINT: "Kênh khiếu nại",
}
SIGNALS: dict[SignalKind, tuple[str, str]] = {
    SignalKind.ABUSE: ("Từ ngữ nặng", "Có từ trong danh sách từ thô tục, kể cả viết tắt, không dấu."),
    SignalKind.THREAT: ("Lời đe dọa", "Có cụm từ hay gặp trong lời đe dọa."),
    SignalKind.ADVERT: ("Quảng cáo", "Có lời mời chào, giá bán."),
    SignalKind.LINK: ("Đường dẫn", "Có địa chỉ trang mạng."),
    SignalKind.PERSONAL_DATA: ("Dữ liệu cá nhân", "Có tên, số điện thoại, địa chỉ hoặc số giấy tờ."),
    SignalKind.OTHER_CHANNEL: ("Có thể là tố cáo", "Có lời tố cáo một người về việc trái luật."),
    SignalKind.SECRET_STAMP: ("Dấu mật", "Có chữ của dấu chỉ độ mật."),
}
BURST = ("Gửi dồn dập", "Số ý kiến về cam kết này trong ngày nhiều khác thường.")
URGENCY: dict[Urgency, tuple[str, str, str]] = {  # word, tone, shape
    Urgency.CALM: ("Trong hạn", "neutral", "not-yet"),
    Urgency.NEAR: ("Sắp đến hạn", "warn", "half"),
    Urgency.OVERDUE: ("Quá hạn", "late", "overdue"),
}
LISTS: dict[str, tuple[str, str]] = {
    "first": ("Chờ kiểm duyệt", "Không có ý kiến nào chờ ông/bà."),
    "second": ("Chờ người thứ hai", "Không có đề nghị nào chờ ông/bà xác nhận."),
    "appeal": ("Đề nghị xem lại", "Không có đề nghị xem lại nào."),
}
PROPOSED: dict[CaseState, str] = {
    CaseState.REFUSAL_PROPOSED: "Đề nghị không đăng",
    CaseState.REDIRECT_PROPOSED: "Đề nghị hướng dẫn sang kênh khác",
}
VERDICTS: dict[Verdict, str] = {
    Verdict.PUBLISH: "Đăng nguyên văn",
    Verdict.PUBLISH_MASKED: "Đăng bản đã che dữ liệu cá nhân",
    Verdict.RETURN: "Trả lại người gửi để sửa",
    Verdict.REFUSE: "Không đăng",
    Verdict.REDIRECT: "Hướng dẫn sang kênh khác",
    Verdict.MERGE: "Gộp vào ý kiến trùng",
}
