"""The fields of the forms of an evaluation, in the words of a screen."""

from datetime import date

from portal.office.programme.workbook.layout import Column, Kind
from portal.record.evaluation.wording import CAUSE_WORDS, KIND_WORDS, USE_WORDS

PERIOD_UNDER = "Kỳ áp dụng cho đơn vị này và các đơn vị trực thuộc."
PERIOD = (
    Column(
        name="code", heading="Mã kỳ", needed=True, example="2026-Q4",
        note="Chữ không dấu, chữ số, dấu gạch nối. Quý: 2026-Q4; 6 tháng: 2026-H2; năm: 2026.",
    ),
    Column(
        name="first", heading="Từ ngày", kind=Kind.DATE, needed=True, example=date(2026, 10, 1),
        note="Ngày/tháng/năm.",
    ),
    Column(
        name="last", heading="Đến hết ngày", kind=Kind.DATE, needed=True, example=date(2026, 12, 31),
        note="Chốt được từ 23 giờ 59 phút 59 giây của ngày này, giờ Việt Nam.",
    ),
    Column(
        name="kind", heading="Loại kỳ", kind=Kind.CHOICE, example="",
        words={words[0].lower(): kind for kind, words in KIND_WORDS.items()},
        note="Để trống: theo ngày đầu, ngày cuối.",
    ),
    Column(
        name="programme", heading="Mã chương trình", example="",
        note="Chỉ ghi khi kỳ gắn với một người: trước bổ nhiệm lại, hết thời hạn, hết nhiệm kỳ.",
    ),
)  # fmt: skip
ACCOUNT = (
    Column(
        name="account", heading="Giải trình", kind=Kind.TEXT, needed=True, example="",
        note="Đã làm gì, kết quả, còn lại gì. Nội dung này sẽ được công khai sau khi người thứ hai duyệt.",
    ),
    Column(
        name="cause", heading="Nguyên nhân", kind=Kind.CHOICE, needed=True, example="",
        words={words[0].lower(): cause for cause, words in CAUSE_WORDS.items()},
        note="Chỉ chọn khách quan khi cơ quan có thẩm quyền đã xác nhận và đã công bố ở trang tiến độ.",
    ),
)  # fmt: skip
USE = (
    Column(
        name="use", heading="Hội đồng đã làm gì với nhóm góp ý này", kind=Kind.CHOICE, needed=True,
        example="",
        words={words[0].lower(): use for use, words in USE_WORDS.items()}, note="",
    ),
    Column(
        name="sentence", heading="Một câu cho người góp ý", kind=Kind.TEXT, needed=True, example="",
        note="Người góp ý đọc câu này trên biên nhận; không nêu kết quả đánh giá, xếp loại.",
    ),
)  # fmt: skip
CORRECTION = (
    Column(
        name="reason", heading="Lý do lập phiên bản mới", kind=Kind.TEXT, needed=True, example="",
        note="Lý do được công khai. Phiên bản cũ vẫn được giữ.",
    ),
)  # fmt: skip
QUOTATION = (
    Column(
        name="title", heading="Tên văn bản", kind=Kind.TEXT, needed=True, example="",
        note="Ghi như trên văn bản.",
    ),
    Column(name="number", heading="Số, ký hiệu", needed=True, example="12-QĐ/TU", note=""),
    Column(name="decided_on", heading="Ngày ban hành", kind=Kind.DATE, needed=True, example=date(2027, 1, 15),
           note="Ngày/tháng/năm."),
    Column(name="issuer", heading="Cơ quan ban hành", needed=True, example="", note=""),
    Column(
        name="text", heading="Câu trích nguyên văn", kind=Kind.TEXT, needed=True, example="",
        note="Chép đúng từng chữ, không tóm tắt, không thêm nhận xét.",
    ),
    Column(
        name="ordered_by", heading="Văn bản quyết định cho công khai", kind=Kind.TEXT, needed=True,
        example="",
        note="Số, ngày, cơ quan. Thiếu quyết định bằng văn bản thì không được công khai.",
    ),
    Column(
        name="link", heading="Đường dẫn tới văn bản", example="https://",
        note="Bắt đầu bằng https://; để trống nếu văn bản chưa có trên mạng.",
    ),
)  # fmt: skip
WITHDRAWAL = (
    Column(
        name="reason", heading="Lý do gỡ", kind=Kind.TEXT, needed=True, example="",
        note="Lý do được công khai trong sổ cái; câu trích không còn được đưa ra.",
    ),
)  # fmt: skip
