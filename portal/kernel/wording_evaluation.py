"""What a refusal says about evaluation periods and dossiers.

A part of the table in ``wording``.
"""

from portal.kernel.policy import Refusal

EVALUATION: dict[Refusal, tuple[str, str]] = {
    Refusal.NOT_A_PERIOD_CODE: (
        "Mã kỳ chỉ gồm chữ không dấu, chữ số và dấu gạch nối, tối đa 20 ký tự, ví dụ 2026-Q4. "
        "Đề nghị ghi lại mã kỳ.",
        "A period code is made of plain letters, digits and hyphens, at most 20, such as 2026-Q4.",
    ),
    Refusal.PERIOD_KNOWN: (
        "Đơn vị đã có kỳ đánh giá mang mã này. Đề nghị mở kỳ đó, hoặc chọn mã khác.",
        "The unit already has a period with this code.",
    ),
    Refusal.PERIOD_OF_A_MANDATE: (
        "Kỳ trước bổ nhiệm lại, hết thời hạn bổ nhiệm hoặc hết nhiệm kỳ gắn với một người. "
        "Đề nghị ghi mã chương trình của người đó.",
        "Such a period belongs to one mandate. Name the programme it is about.",
    ),
    Refusal.PERIOD_RUNNING: (
        "Kỳ chưa kết thúc. Chốt được từ thời điểm cuối (23 giờ 59 phút 59 giây) của ngày cuối kỳ, "
        "giờ Việt Nam.",
        "The period is not over: it can be frozen from the last moment of its last day in Vietnam.",
    ),
    Refusal.PERIOD_FROZEN: (
        "Kỳ đã chốt nên không ghi thêm, không chốt lại được. Nếu có sai sót, "
        "đề nghị lập phiên bản mới và nêu rõ lý do.",
        "The period is frozen. A correction is a new version that says why.",
    ),
    Refusal.PERIOD_NOT_FROZEN: (
        "Kỳ này chưa chốt cho chương trình, nên chưa có bản tổng hợp. Đề nghị chốt kỳ trước.",
        "The period is not frozen for this programme, so there is no dossier yet.",
    ),
    Refusal.NOT_DUE: (
        "Cam kết này không đến hạn trong kỳ, nên không phải báo cáo ở kỳ này.",
        "This commitment is not due in the period.",
    ),
    Refusal.CAUSE_NOT_CONFIRMED: (
        "Nguyên nhân khách quan chỉ được nêu khi cơ quan có thẩm quyền đã xác nhận bằng văn bản. "
        "Đề nghị bổ sung xác nhận ở trang tiến độ và công bố, hoặc chọn nguyên nhân chủ quan.",
        "An objective cause must first be confirmed by the competent body, with a document.",
    ),
    Refusal.NOTHING_SAID: (
        "Chưa có nội dung để công bố. Đề nghị ghi ít nhất một câu.",
        "There is nothing to publish yet. Write at least one sentence.",
    ),
    Refusal.THEMES_UNMARKED: (
        "Các nhóm góp ý sau chưa được đánh dấu. Mỗi nhóm phải ghi: đã dùng, đã giải trình, hoặc ngoài "
        "phạm vi, kèm một câu.",
        "Some themes are not marked yet: used, explained or out of scope, each with a sentence.",
    ),
    Refusal.QUOTATION_INCOMPLETE: (
        "Văn bản được trích phải đủ tên, số, ngày, cơ quan ban hành, câu trích nguyên văn, và văn bản quyết "
        "định cho công khai. Đề nghị ghi đủ.",
        "A quoted document needs its title, number, day, issuer, the sentence, and who ordered it published.",
    ),
    Refusal.NOT_A_LINK: (
        "Đường dẫn phải bắt đầu bằng https:// và không có dấu cách. Đề nghị ghi lại, hoặc để trống.",
        "A link begins with https:// and holds no space. Correct it, or leave it empty.",
    ),
    Refusal.NO_SUCH_QUOTATION: (
        "Không tìm thấy văn bản được trích này ở kỳ đánh giá.",
        "There is no such quoted document in this period.",
    ),
    Refusal.QUOTATION_SETTLED: (
        "Văn bản này đã được xử lý (đã công bố, đã gỡ hoặc đã bỏ), nên không làm lại được bước này.",
        "This was published, taken down or dropped before.",
    ),
}
