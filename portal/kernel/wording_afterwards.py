"""What a refusal says once a programme is public: on boards, in reviews, when the post passes on.

A part of the table in ``wording``.
"""

from portal.kernel.policy import Refusal

AFTERWARDS: dict[Refusal, tuple[str, str]] = {
    Refusal.NO_SUCH_POSTING: (
        "Không có bản niêm yết này. Đề nghị mở lại danh sách niêm yết của chương trình.",
        "There is no such posting. Open the programme's list of postings again.",
    ),
    Refusal.POSTED_IN_FUTURE: (
        "Ngày niêm yết ở sau ngày hôm nay. Đề nghị ghi sau khi đã dán.",
        "The posting is dated after today. Record it once it hangs.",
    ),
    Refusal.POSTED_BEFORE_ISSUE: (
        "Ngày niêm yết ở trước ngày công bố chương trình. Đề nghị kiểm tra lại ngày.",
        "The posting is dated before the programme was published.",
    ),
    Refusal.POSTING_TOO_SHORT: (
        "Thời gian niêm yết ngắn hơn số ngày tối thiểu. Đề nghị chọn ngày gỡ dự kiến muộn hơn.",
        "The posting would be shorter than the minimum. Choose a later planned day.",
    ),
    Refusal.TAKEN_DOWN_IN_FUTURE: (
        "Ngày gỡ ở sau ngày hôm nay. Đề nghị ghi sau khi đã gỡ.",
        "It is taken down after today. Record it once it happened.",
    ),
    Refusal.TAKEN_DOWN_TOO_SOON: (
        "Ngày gỡ ở trước ngày niêm yết. Đề nghị kiểm tra lại hai ngày.",
        "It cannot be taken down before it was put up.",
    ),
    Refusal.TAKEN_DOWN_EARLY: (
        "Gỡ trước ngày dự kiến phải nêu lý do; lý do này sẽ được công khai. Ngày dự kiến như dưới đây.",
        "Taking it down early needs a reason, which will be public. The planned day is below.",
    ),
    Refusal.ALREADY_TAKEN_DOWN: (
        "Bản niêm yết này đã được ghi nhận là đã gỡ.",
        "This posting was taken down before.",
    ),
    Refusal.NO_SUCH_GUIDANCE: (
        "Không có bản hướng dẫn này. Đề nghị mở lại danh sách mẫu và hướng dẫn.",
        "There is no such guidance.",
    ),
    Refusal.GUIDANCE_OUT_OF_ORDER: (
        "Đã có bản áp dụng từ ngày này hoặc muộn hơn. "
        "Bản mới phải áp dụng từ ngày sau bản hiện có; bản cũ được giữ nguyên.",
        "A version in force from that day or later exists. The new one must begin later.",
    ),
    Refusal.TOO_LONG: (
        "Nội dung dài quá 5.000 ký tự. Đề nghị rút gọn, phần dài đưa vào văn bản đính kèm.",
        "The text is longer than 5,000 characters.",
    ),
    Refusal.NOT_A_WORKBOOK: (
        "Tệp mẫu không phải sổ tính .xlsx đọc được, hoặc quá lớn. Đề nghị chọn tệp khác.",
        "The template is no readable .xlsx workbook, or too large.",
    ),
    Refusal.REVIEWED_TOO_SOON: (
        "Kỳ này chưa kết thúc vào ngày kiểm điểm. Đề nghị kiểm tra lại ngày họp hoặc chọn đúng kỳ.",
        "The period had not ended on the day of the review.",
    ),
    Refusal.REVIEWED_IN_FUTURE: (
        "Ngày kiểm điểm ở sau ngày hôm nay. Đề nghị ghi sau khi đã họp.",
        "The review is dated after today.",
    ),
    Refusal.ALREADY_REVIEWED: (
        "Kỳ này đã có biên bản kiểm điểm. Đề nghị chọn kỳ khác.",
        "This period was reviewed already.",
    ),
    Refusal.NO_SUCH_PERIOD: (
        "Chương trình không có kỳ kiểm điểm này theo lịch đang áp dụng.",
        "The programme has no such review period.",
    ),
    Refusal.NO_SUCH_MOVEMENT: (
        "Không có hồ sơ chuyển tiếp này. Đề nghị mở lại danh sách.",
        "There is no such movement.",
    ),
    Refusal.ALREADY_MOVING: (
        "Chương trình đang có một hồ sơ chuyển tiếp. Đề nghị hoàn tất hồ sơ đó.",
        "A movement of this programme is under way.",
    ),
    Refusal.ALREADY_ENDED: (
        "Chương trình đã được ghi nhận kết thúc.",
        "The programme has ended.",
    ),
    Refusal.MOVES_IN_FUTURE: (
        "Ngày có hiệu lực ở sau ngày hôm nay, nên chưa công bố kết thúc được. Đề nghị thực hiện từ ngày đó.",
        "The movement takes effect after today. End the programme from that day on.",
    ),
    Refusal.NO_SUCCESSOR: (
        "Chưa chọn chương trình của người kế nhiệm, hoặc chương trình đó không dùng được. Đề nghị chọn lại.",
        "No usable programme of a successor was chosen.",
    ),
    Refusal.NO_MERGE_TARGET: (
        "Chưa chọn cam kết nhận gộp trong chương trình của người kế nhiệm. Đề nghị chọn lại.",
        "Choose the commitment of the successor that this one is merged into.",
    ),
    Refusal.NOT_RESTATED: (
        "Mức nền tính lại phải kèm ghi chú cách tính. "
        "Đề nghị ghi rõ: cộng, bình quân gia quyền hay giữ nguyên.",
        "A restated baseline needs a note that says how it was computed.",
    ),
    Refusal.NOT_ALL_DECIDED: (
        "Còn cam kết chưa được quyết định chuyển tiếp, kết thúc hay gộp. "
        "Đề nghị mở hồ sơ chuyển tiếp và quyết định từng cam kết.",
        "Some commitments are undecided. Open the hand-over and decide each of them.",
    ),
    Refusal.NOT_TAKEN_OVER: (
        "Còn cam kết người kế nhiệm chưa tiếp nhận bằng văn bản. "
        "Đề nghị chờ tiếp nhận, hoặc chuyển thành kết thúc có lý do.",
        "The successor has not taken over each item in writing yet.",
    ),
    Refusal.NOTHING_TO_TAKE_OVER: (
        "Cam kết này không chờ tiếp nhận.",
        "This commitment does not wait to be taken over.",
    ),
}
