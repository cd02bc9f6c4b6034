"""What the accessibility statement says: the standard, what was tested, what was not, what is wrong.

Whoever changes what is tested changes these tables in the same commit; the page shows nothing else.
"""

from datetime import date

STANDARD = "WCAG 2.2, AA"  # https://www.w3.org/TR/WCAG22/
CHECKED = date(2026, 11, 24)  # the day the tests below last ran over every page

# what was tested -> how
TESTED = {
    "Mọi loại trang công khai, tiếng Việt và tiếng Anh": "Bộ kiểm tra tự động axe trong trình duyệt "
    "Chromium, nền sáng và nền tối. Kết quả: 0 lỗi.",
    "Điện thoại nhỏ, rộng 320 điểm ảnh": "Không trang nào phải kéo ngang để đọc. Riêng bảng số liệu rộng "
    "có khung kéo của nó.",
    "Chữ to gấp đôi": "Không mất chữ, không chồng lên nhau, kể cả trên màn hình rộng 320 điểm ảnh.",
    "Bàn phím": "Mọi liên kết, nút và ô nhập đều đi tới được và thấy rõ đang đứng ở đâu. "
    "Phím đầu tiên đưa thẳng tới nội dung chính.",
    "Vùng chạm": "Nút và ô nhập cao và rộng ít nhất 24 điểm ảnh; nút chính từ 44 điểm ảnh.",
    "Tương phản cao và bảng màu riêng của máy": "Chữ, viền và hình vẽ vẫn thấy được.",
    "Giảm chuyển động": "Máy đặt giảm chuyển động thì trang không có chuyển động nào.",
    "Hình vẽ số liệu": "Hình nào cũng có tên cho máy đọc màn hình, hoặc có bảng số ngay bên cạnh.",
    "Không JavaScript": "Đọc, tìm, đánh giá và góp ý đều làm được khi tắt JavaScript.",
}
UNTESTED = (
    "Chưa mời người khiếm thị, người khiếm thính hay người cao tuổi dùng thử.",
    "Chưa nghe thử bằng máy đọc màn hình thật như NVDA, VoiceOver hay TalkBack.",
    "Tệp PDF để in có thẻ theo PDF/UA-1, nhưng chưa ai thử mở bằng máy đọc màn hình.",
    "Chưa thử với Safari và Firefox; chỉ thử với Chromium.",
    "Chưa có đơn vị độc lập đánh giá. Bộ kiểm tra tự động chỉ thấy được một phần các lỗi.",
)
KNOWN_BARRIERS = (
    "Tệp minh chứng PDF do cơ quan gửi được đăng thành ảnh của từng trang, nên máy đọc màn hình không đọc "
    "được. Tên và mô tả của tệp thì đọc được.",
    "Bản tiếng Anh chỉ dịch phần khung. Cam kết và kết quả giữ nguyên tiếng Việt, có đánh dấu ngôn ngữ; "
    "đơn vị tính và tên riêng đứng trong câu thì chưa.",
    "Chưa có ngôn ngữ ký hiệu, chưa có bản dễ đọc rút gọn.",
)
