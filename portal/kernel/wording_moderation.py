"""What a refusal says about the moderation of residents' words. A part of the table in ``wording``."""

from portal.kernel.policy import Refusal

MODERATION: dict[Refusal, tuple[str, str]] = {
    Refusal.NO_SUCH_LETTER: (
        "Mã thư xác nhận chưa đúng, đã dùng, đã hết hạn hoặc không thuộc địa bàn này. "
        "Đề nghị xem lại mã, hoặc bỏ trống để tính là chưa xác nhận.",
        "The code of the letter is wrong, used, expired or for another place. Check it, or leave it empty.",
    ),
    Refusal.NO_SUCH_CASE: (
        "Không có ý kiến nào như vậy trong phần việc của ông/bà. Đề nghị mở lại hàng chờ.",
        "There is no such case among yours. Open the queue again.",
    ),
    Refusal.IN_LINE_OF_COMMAND: (
        "Ông/bà cùng tuyến công tác với cán bộ được góp ý nên không kiểm duyệt, không gộp nhóm ý kiến này. "
        "Việc này do người khác, ngoài tuyến, thực hiện.",
        "You are in the line of command of the cadre concerned. Somebody else decides.",
    ),
    Refusal.NOT_A_MOVE: (
        "Ý kiến này không còn ở bước đó, nên không quyết định như vậy được. Đề nghị mở lại để xem.",
        "The case is not at that step, so this cannot be decided. Open it again.",
    ),
    Refusal.CASE_TAKEN: (
        "Một người kiểm duyệt khác đang xem ý kiến này. Đề nghị nhận việc kế tiếp.",
        "Another moderator is looking at this case. Take the next one.",
    ),
    Refusal.SAME_PERSON: (
        "Ông/bà đã làm bước trước của việc này. Bước này phải do người khác.",
        "You did the step before. This one takes somebody else.",
    ),
    Refusal.NO_CODED_REASON: (
        "Quyết định này cần một lý do trong danh sách. Chê việc làm, chữ không dấu, "
        "sai chính tả hay tiếng địa phương không phải là lý do.",
        "This needs a reason from the list. Criticism, accents, spelling and dialect are none.",
    ),
    Refusal.NOT_MASKED: (
        "Bản đăng còn nguyên như bản gửi, hoặc để trống. Đề nghị che phần dữ liệu cá nhân rồi đăng.",
        "The text to show is unchanged or empty. Mask the personal data first.",
    ),
    Refusal.NO_TWIN: (
        "Chỉ gộp vào một ý kiến đã đăng của cùng cam kết. Đề nghị chọn lại ý kiến trùng.",
        "Merge only into a comment shown on the same commitment.",
    ),
    Refusal.NOT_DESIGNATED: (
        "Chỉ người được phân công ngoài đơn vị của cán bộ mới mở được nội dung niêm phong.",
        "Only an officer designated for it, outside the cadre's unit, may open what is sealed.",
    ),
    Refusal.NOTHING_WAITS: (
        "Không còn ý kiến nào chờ ông/bà.",
        "Nothing waits for you.",
    ),
}
