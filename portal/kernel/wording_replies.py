"""What a refusal says about replies to residents and themes of comments: part of the table in ``wording``."""

from portal.kernel.policy import Refusal

REPLIES: dict[Refusal, tuple[str, str]] = {
    Refusal.NOT_ANSWERABLE: (
        "Góp ý hoặc nhóm góp ý này không thuộc chương trình hoặc không còn hiện trên trang công khai, nên "
        "không trả lời được. Đề nghị mở lại danh sách.",
        "This comment or theme is not of the programme, or is no longer public.",
    ),
    Refusal.NO_LONGER_SHOWN: (
        "Góp ý này không còn hiện trên trang công khai, nên câu trả lời không công bố được. "
        "Đề nghị trả lại cho người soạn.",
        "The comment is no longer public, so the reply cannot go out. Return it to its writer.",
    ),
    Refusal.REPLY_WAITS: (
        "Đã có một câu trả lời đang chờ người khác công bố. Đề nghị chờ, hoặc để người công bố trả lại.",
        "A reply is waiting to be published. Wait for it, or have it returned.",
    ),
    Refusal.NO_REPLY_TEXT: (
        "Chưa có nội dung trả lời. Đề nghị ghi ít nhất 20 ký tự: đã làm gì, sẽ làm gì, khi nào xong.",
        "There is no reply. Write at least 20 characters.",
    ),
    Refusal.NO_SUCH_REPLY: (
        "Không có câu trả lời nào như vậy đang chờ; có thể đã được công bố hoặc trả lại.",
        "No such reply is waiting; it may have been published or returned.",
    ),
    Refusal.PERSONAL_IN_REPLY: (
        "Nội dung có thể chứa dữ liệu cá nhân nêu dưới đây. Đề nghị bỏ đi; nếu chắc chắn được công khai, "
        "chọn “Tôi đã xem lưu ý” rồi lưu lần nữa.",
        "The text may hold the personal data named below. Take it out, or confirm that you looked at it.",
    ),
    Refusal.NO_SUCH_THEME: (
        "Chương trình không có nhóm góp ý này. Đề nghị mở lại danh sách.",
        "The programme has no such theme.",
    ),
    Refusal.THEME_WAITS_NOT: (
        "Nhóm góp ý này không có gì mới để công bố.",
        "There is nothing new to publish of this theme.",
    ),
    Refusal.NO_TITLE: (
        "Chưa có tên nhóm. Đề nghị ghi ngắn gọn việc mà các góp ý cùng nói đến, nhiều nhất 200 ký tự.",
        "The theme has no title. Say in at most 200 characters what the comments are about.",
    ),
    Refusal.TOO_FEW_COMMENTS: (
        "Một nhóm cần ít nhất hai góp ý đang hiện công khai, và khi bổ sung phải có góp ý mới. "
        "Đề nghị chọn thêm.",
        "A theme needs at least two public comments, and an addition something new. Choose more.",
    ),
}
