"""What a clarity finding says to the officer: what is missing and how to mend it."""

from portal.office.commitment.reasons import Reason
from portal.office.commitment.rules import Finding

SENTENCES: dict[Reason, str] = {
    Reason.PERSON_MISSING: ("Chưa có người chịu trách nhiệm. Đề nghị ghi chức danh của đúng một người."),
    Reason.PERSON_COLLECTIVE: (
        "“{words}” là tập thể hoặc cơ quan, chưa phải một người. Đề nghị ghi chức danh của một người "
        "chịu trách nhiệm chính và chuyển tập thể sang mục Phối hợp."
    ),
    Reason.PERSON_SEVERAL: (
        "“{words}” gồm nhiều người, hoặc người cùng với cơ quan. Đề nghị chỉ ghi một người chịu trách"
        " nhiệm chính và chuyển những người, cơ quan khác sang mục Phối hợp."
    ),
    Reason.PERSON_CONCURRENT: (
        "“{words}” có hai chức danh. Nếu một người kiêm nhiệm thì giữ nguyên; nếu là hai người, đề "
        "nghị chỉ ghi một người."
    ),
    Reason.PERSON_UNRECOGNISED: (
        "Chưa nhận ra chức danh trong “{words}”. Đề nghị cơ quan thẩm định xác nhận đây là đúng một người."
    ),
    Reason.TASK_MISSING: "Chưa có nội dung cam kết. Đề nghị ghi rõ làm việc gì, đối với cái gì.",
    Reason.TASK_SHORT: (
        "Nội dung “{words}” quá ngắn. Đề nghị ghi thành câu: làm việc gì, đối với cái gì, đến mức nào."
    ),
    Reason.TASK_VAGUE: (
        "“{words}” là từ ngữ khó kiểm tra. Đề nghị thay bằng việc cụ thể, hoặc bảo đảm đã kèm chỉ "
        "tiêu đo được."
    ),
    Reason.INDICATOR_MISSING: (
        "Chưa có chỉ tiêu. Đề nghị ghi điều sẽ được đo đếm, ví dụ “Số hồ sơ tồn đọng đã giải quyết”; "
        "nếu kết quả là một sản phẩm, chọn chiều “hoàn thành” và ghi sản phẩm."
    ),
    Reason.DEADLINE_MISSING: ("Chưa có thời hạn. Đề nghị ghi ngày cụ thể (ngày/tháng/năm) vào mục Thời hạn."),
    Reason.DEADLINE_VAGUE: (
        "“{words}” chưa phải là thời hạn. Đề nghị ghi ngày cụ thể (ngày/tháng/năm) vào mục Thời hạn."
    ),
    Reason.TIME_VAGUE: ("Đã có thời hạn nhưng nội dung còn ghi “{words}”. Đề nghị bỏ cụm từ này."),
    Reason.DEADLINE_PAST: "Thời hạn {words} đã qua. Đề nghị kiểm tra lại ngày.",
    Reason.DEADLINE_OUTSIDE_MANDATE: (
        "Thời hạn {words} nằm ngoài thời gian giữ chức vụ. Đề nghị chọn ngày trong thời gian này, "
        "hoặc nêu lý do khi thẩm định."
    ),
    Reason.DEADLINE_DIFFERS: (
        "Ngày trong nội dung khác ngày ở mục Thời hạn ({words}). Đề nghị ghi thống nhất một ngày."
    ),
    Reason.MILESTONES_MISSING: (
        "Việc kéo dài đến {words} mà giữa chừng chưa có gì để theo dõi. Đề nghị thêm mốc tiến độ, "
        "hoặc cập nhật số liệu ít nhất 6 tháng một lần."
    ),
    Reason.FREQUENCY_MISSING: "Chưa có kỳ cập nhật. Đề nghị chọn tháng, quý, 6 tháng hoặc năm.",
    Reason.RESPONSIBLE_MISSING: (
        "Chưa rõ ai chịu trách nhiệm. Đề nghị ghi người chịu trách nhiệm chính, tách khỏi nơi phối hợp."
    ),
    Reason.COORDINATION_ONLY: (
        "Mới nêu việc phối hợp (“{words}”), chưa rõ trách nhiệm chính. Đề nghị ghi người chịu trách "
        "nhiệm về kết quả và hình thức: tham mưu, lãnh đạo hay trực tiếp."
    ),
    Reason.COORDINATES_ITSELF: (
        "“{words}” vừa chịu trách nhiệm chính vừa ở mục Phối hợp. Đề nghị bỏ khỏi mục Phối hợp."
    ),
    Reason.MODE_MISSING: ("Chưa có hình thức thực hiện. Đề nghị chọn tham mưu, lãnh đạo hoặc trực tiếp."),
    Reason.TARGET_MISSING: (
        "Chưa có mức đích. Đề nghị ghi con số phải đạt; nếu kết quả là một sản phẩm, chọn chiều “hoàn"
        " thành” và ghi sản phẩm."
    ),
    Reason.DELIVERABLE_MISSING: (
        "Chưa có sản phẩm. Đề nghị ghi văn bản, công trình hoặc báo cáo sẽ có khi xong việc."
    ),
    Reason.UNIT_MISSING: ("Mức đích chưa có đơn vị tính. Đề nghị ghi đơn vị, ví dụ hồ sơ, ha, %, tỷ đồng."),
    Reason.DIRECTION_MISSING: "Chưa có chiều. Đề nghị chọn tăng, giảm, hoàn thành hoặc duy trì.",
    Reason.BASELINE_MISSING: "Chưa có mức nền. Đề nghị ghi số liệu đầu kỳ để so sánh.",
    Reason.BASELINE_DATE_MISSING: "Mức nền chưa có ngày. Đề nghị ghi ngày của số liệu đầu kỳ.",
    Reason.BASELINE_SOURCE_MISSING: (
        "Mức nền chưa có nguồn. Đề nghị ghi tên báo cáo hoặc hệ thống cung cấp số liệu."
    ),
    Reason.BASELINE_AFTER_DEADLINE: "Ngày mức nền không trước thời hạn. Đề nghị kiểm tra lại hai ngày này.",
    Reason.TARGET_AGAINST_DIRECTION: (
        "Mức đích đi ngược chiều đã chọn (từ {words}). Đề nghị sửa chiều, mức nền hoặc mức đích."
    ),
    Reason.TARGET_UNMOVED: (
        "Mức đích bằng mức nền ({words}). Nếu là giữ vững kết quả, đề nghị chọn chiều “duy trì”; nếu "
        "không, ghi mức đích khác."
    ),
    Reason.DENOMINATOR_MISSING: (
        "Tỷ lệ phần trăm chưa nêu tính trên cái gì. Đề nghị ghi rõ mẫu số, ví dụ “so với kế hoạch vốn"
        " được giao”."
    ),
    Reason.IMPLAUSIBLE: (
        "Mức thay đổi rất lớn so với mức nền ({words}). Đề nghị cơ quan thẩm định hỏi lại căn cứ và "
        "tính khả thi."
    ),
    Reason.EVIDENCE_MISSING: (
        "Chưa có minh chứng. Đề nghị ghi tài liệu sẽ công khai để người dân đối chiếu."
    ),
    Reason.AUTHORITY_MISSING: (
        "Chưa nêu thẩm quyền. Đề nghị ghi rõ việc này tự quyết định, trình cấp trên hay phối hợp."
    ),
    Reason.BEYOND_POWER: (
        "Kết quả thuộc thẩm quyền cấp trên (“{words}”), người cam kết không tự quyết định được. Đề "
        "nghị cam kết phần việc của mình, ví dụ ngày gửi báo cáo, đề xuất."
    ),
}


def sentence(finding: Finding) -> str:
    """The sentence for ``finding``, with the draft's own words in it."""
    return SENTENCES[finding.reason].format(words=_listed(finding))


def _listed(finding: Finding) -> str:
    joint = " đến " if finding.reason is Reason.TARGET_AGAINST_DIRECTION else ", "
    return joint.join(finding.words)
