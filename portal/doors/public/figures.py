"""About every kind of figure on public pages: its formula, source, time and layer, in a sentence each.

Whatever shows a figure carries ``data-figure`` with a key of `FIGURES`, and its page the link ``about(key)``,
which leads to the key's place on the method page. A test walks the pages for figures without it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reader may ask about one kind of figure. Vietnamese; every text is in the catalogue."""

    title: str
    formula: str
    source: str
    time: str
    layer: str


_RECORD = "Các bản công bố trong sổ cái công khai; ai cũng tải về đếm lại được."
_TODAY = "Tính lại mỗi ngày theo giờ Việt Nam và mỗi khi sổ cái có mục mới; ngày tính ghi cạnh con số."

FIGURES: dict[str, Figure] = {
    "so-cam-ket": Figure(
        "Số chương trình, số cam kết và số đang quá hạn",
        "Đếm từng chương trình, từng cam kết đang công khai; mỗi cam kết chỉ thuộc một tình trạng. "
        "Quá hạn đếm theo ngày làm việc, từ ngày sau hạn cho đến khi có xác nhận hoàn thành.",
        _RECORD,
        _TODAY,
        "Hoàn thành chỉ tính theo số liệu đã xác nhận; nhanh hay chậm tính theo số liệu mới nhất của cả "
        "hai lớp.",
    ),
    "so-mot-cam-ket": Figure(
        "Số liệu của một cam kết",
        "Kết quả, mức nền và mức đích là số được báo cáo, không tính lại. Phần chặng đường đã đi = "
        "(kết quả − mức nền) : (mức đích − mức nền), làm tròn xuống. Số ngày còn lại hoặc quá hạn là "
        "ngày làm việc.",
        "Nguồn ghi cạnh từng lần báo cáo; bản công bố là một mục của sổ cái công khai.",
        "Ngày của từng lần báo cáo ghi cạnh số liệu; giờ công bố ghi ở cuối trang cam kết.",
        "Cán bộ tự báo cáo và đã xác nhận là hai lớp riêng, đứng cạnh nhau và không bao giờ trộn.",
    ),
    "so-danh-gia": Figure(
        "Kết quả đánh giá của người dân, đảng viên, cán bộ",
        "Tỷ lệ = số người chọn một câu trả lời : số người nêu ý kiến của nhóm đó; “Tôi không biết” đếm "
        "riêng. "
        "Khoảng tin cậy 95 phần trăm. Ô quá ít người thì gộp hoặc ẩn.",
        "Phiếu đánh giá gửi qua cổng và phiếu giấy nhập tại quầy; bản chốt là một mục của sổ cái công khai.",
        "Công bố theo đợt; ngày chốt ghi ở từng đợt.",
        "Từng nhóm và người đã xác thực, chưa xác thực để riêng, không cộng chung.",
    ),
    "so-thu-tuc": Figure(
        "Kết quả giải quyết thủ tục hành chính",
        "Tỷ lệ trước và đúng hạn = (trước hạn + đúng hạn) : đã giải quyết. Chỉ ghi 0 hoặc 100 phần trăm "
        "khi đúng như vậy.",
        "Nguồn ghi ở từng tháng trong bảng.",
        "Mỗi tháng một dòng; ngày tính số liệu ghi ở từng dòng.",
        "Đơn vị báo cáo, do người thứ hai duyệt công bố. Số 0, chưa có số liệu và chưa kết nối là ba "
        "điều khác nhau.",
    ),
    "so-kiem-duyet": Figure(
        "Số liệu kiểm duyệt ý kiến",
        "Đếm từng ý kiến nhận được và từng quyết định trong tháng; thời gian xử lý là trung vị, tính "
        "bằng giờ làm việc. "
        "Số quá nhỏ có thể làm lộ một người thì không nêu.",
        "Sổ kiểm duyệt công khai; tải về dạng CSV được.",
        "Theo tháng; ngày cập nhật ghi ở từng tháng.",
        "Số do hệ thống đếm, không do người kiểm duyệt khai.",
    ),
    "so-y-kien": Figure(
        "Số ý kiến và nhóm góp ý",
        "Đếm từng ý kiến đã đăng, kể cả dòng thay cho ý kiến không đăng; nhóm góp ý gồm những ý kiến "
        "cùng một việc.",
        _RECORD,
        _TODAY,
        "Lời của người dân sau kiểm duyệt; không phải số liệu của cán bộ.",
    ),
    "so-ky-danh-gia": Figure(
        "Số liệu của kỳ đánh giá",
        "Bốn con số theo quy định: được giao, đúng hạn và bảo đảm chất lượng, vượt yêu cầu, chậm. Không "
        "cộng thành điểm.",
        "Tính từ sổ cái công khai ở thời điểm chốt kỳ; ai cũng tính lại được.",
        "Thời điểm chốt ghi ở từng kỳ.",
        "Chỉ tính hoàn thành theo số liệu đã xác nhận; tự báo cáo mà chưa xác nhận để riêng.",
    ),
    "so-cai": Figure(
        "Số mục và số bản trong sổ cái",
        "Mỗi lần công bố, sửa hoặc gỡ là một mục mới; đếm từ mục 0.",
        "Mốc đã ký của sổ cái công khai.",
        "Giờ ký ghi cạnh mốc.",
        "Không phải số liệu của cán bộ: đây là số thứ tự để đối chiếu.",
    ),
    "so-du-lieu": Figure(
        "Số dòng và cỡ tệp dữ liệu mở",
        "Mỗi dòng của một bảng là một bản công bố hoặc một phần của bản ấy, như từ điển dữ liệu nói ở từng "
        "bảng; cỡ tệp hiện ra đã làm tròn.",
        _RECORD,
        "Làm lại mỗi khi sổ cái có mục mới; giờ làm và mục cuối cùng ghi ở đầu trang.",
        "Bảng số liệu ghi từng lớp ở cột riêng: tự báo cáo và đã xác nhận không trộn.",
    ),
}  # fmt: skip
