"""How ratings are counted and why nobody's answer can be recovered, in sentences for the method page."""

from portal.record.ratings.wording import Words

METHOD: tuple[Words, ...] = (
    (
        "Mỗi người được tính một lần cho mỗi cam kết trong một kỳ. Trước khi được kiểm đếm, ông/bà có"
        " thể đổi hoặc rút ý kiến bao nhiêu lần cũng được; lời cuối cùng được tính.",
        "Each person counts once on each commitment in a period. Until it is counted you may change "
        "your answer or take it back as often as you like; the last word counts.",
    ),
    (
        "Kết quả công bố theo đợt, không cập nhật tức thời. Một đợt chỉ được kiểm đếm khi đủ "
        "{min_batch} người cùng nhóm đang chờ và cách đợt trước ít nhất {min_days} ngày. Việc này chỉ"
        " dựa vào số người và ngày, không dựa vào nội dung trả lời.",
        "Results are released in batches, not live. A batch is counted only when {min_batch} people "
        "of the same group are waiting and at least {min_days} days have passed since the last. That "
        "depends on the number of people and the day, never on what they answered.",
    ),
    (
        "Người dân, đảng viên, cán bộ được trình bày cạnh nhau; người đã xác thực và chưa xác thực "
        "cũng vậy. Các nhóm không bao giờ được cộng chung thành một con số.",
        "Residents, party members and cadres stand side by side, and so do verified and unverified "
        "people. They are never added up to one number.",
    ),
    (
        "Số người chọn một câu trả lời chỉ được nêu chính xác khi có hơn {k} người chọn. Câu có ít "
        "người chọn được gộp với câu khác. Khi hầu hết trả lời giống nhau, chỉ nêu rằng nhiều nhất "
        "{k} người trả lời khác.",
        "How many people chose an answer is told exactly only when more than {k} did. An answer few "
        "people chose is put together with another. When nearly all answered alike, it is said only "
        "that at most {k} answered otherwise.",
    ),
    (
        "Vì vậy, dù biết ai đã tham gia và vào ngày nào, dù so sánh các đợt, các nhóm và các tổng, và"
        " dù {known} người cho nhau biết câu trả lời của mình, cũng không thể suy ra chắc chắn câu "
        "trả lời của một người khác.",
        "So even somebody who knows who took part and on which day, who compares batches, groups and "
        "totals, and even {known} people who tell each other their answers, cannot conclude with "
        "certainty what anybody else answered.",
    ),
    (
        "“Tôi không biết” được đếm riêng và không nằm trong tỷ lệ. Tỷ lệ luôn đi kèm số người và "
        "khoảng tin cậy 95% (công thức Wilson); dưới 100 người, tỷ lệ được làm tròn đến 5%.",
        "“I do not know” is counted apart and is no part of any share. A share always comes with the "
        "number of people and a 95% interval (Wilson); under 100 people it is rounded to 5%.",
    ),
    (
        "Nếu có dấu hiệu bất thường (nhiều người chưa xác thực đến dồn dập, cùng mới tham gia, hoặc "
        "cách nhau đều đặn), phần đó được đếm riêng và có ghi chú. Máy không xóa ý kiến nào.",
        "Where something is unusual (many unverified people at once, all new, or at equal distances "
        "in time), that part is counted apart and marked. No answer is deleted by a machine.",
    ),
    (
        "Giới hạn: nếu một người lập được nhiều tài khoản chưa xác thực và chiếm gần hết một đợt, "
        "người đó có thể đoán được ý kiến còn lại. Xác thực là cách bảo vệ tốt nhất cho ông/bà.",
        "A limit: somebody who makes many unverified accounts and fills nearly all of a batch may "
        "work out what is left. Being verified protects you best.",
    ),
)


def method(*, k: int, min_batch: int, min_days: int) -> list[Words]:
    """The method in sentences, with the settings in force."""
    values = {"k": k, "min_batch": min_batch, "min_days": min_days, "known": k - 1}
    return [(vi.format(**values), en.format(**values)) for vi, en in METHOD]
