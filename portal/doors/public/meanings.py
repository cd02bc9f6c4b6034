"""What each standing means, in a sentence for residents; shown on the method page."""

from portal.record.standing_words import StandingKey

MEANINGS: dict[StandingKey, str] = {
    StandingKey.NOT_DUE: "Chưa đến kỳ báo cáo đầu tiên.",
    StandingKey.ON_TRACK: "Số liệu mới nhất theo kịp mức lẽ ra phải đạt vào ngày đó.",
    StandingKey.BEHIND: "Số liệu mới nhất thấp hơn mức lẽ ra phải đạt vào ngày đó.",
    StandingKey.RUNNING: "Đã có số liệu nhưng chưa đủ căn cứ để nói nhanh hay chậm.",
    StandingKey.AWAITING: "Cán bộ báo đã xong; chưa cơ quan nào xác nhận bằng văn bản.",
    StandingKey.DONE_EARLY: "Được xác nhận hoàn thành trước hạn.",
    StandingKey.DONE_ON_TIME: "Được xác nhận hoàn thành đúng hạn.",
    StandingKey.EXCEEDED: "Được xác nhận kết quả tốt hơn mức đích.",
    StandingKey.DONE_LATE: "Được xác nhận hoàn thành, nhưng sau hạn.",
    StandingKey.OVERDUE: "Đã qua hạn mà chưa có xác nhận hoàn thành.",
    StandingKey.PAUSED: "Cơ quan có thẩm quyền đã xác nhận nguyên nhân khách quan khiến việc phải dừng.",
    StandingKey.ENDED: "Cán bộ chuyển công tác, đơn vị sắp xếp lại hoặc hết nhiệm kỳ; "
    "không phải là không hoàn thành.",
    StandingKey.NO_DATA: "Đến kỳ nhưng chưa có báo cáo, hoặc báo là chưa có số liệu.",
    StandingKey.NOT_CONNECTED: "Nguồn số liệu chưa nối với hệ thống.",
}
