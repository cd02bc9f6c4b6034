"""The four sheets of a programme workbook, column by column, with the notes and examples shown."""

from datetime import date

from portal.office.programme.workbook import choices
from portal.office.programme.workbook.layout import EXAMPLE_MARK, Column, Kind, Sheet, heading_key

LISTED = "Nhiều mục thì cách nhau bằng dấu chấm phẩy (;)."
_BASIS = "Bắt buộc khi ghi “Không”. Người dân chỉ thấy lý do chung và số lượng, không thấy nội dung."
_DISCLOSED = "“Có” thì công khai sau khi được thẩm định và công bố. Để trống là KHÔNG công khai."

INFO_TITLE, FIELD_HEADING, VALUE_HEADING = "Thông tin", "Trường", "Giá trị"
GUIDE_TITLE, NOTE_HEADING, EXAMPLE_HEADING = "Hướng dẫn", "Cách điền", "Ví dụ (số liệu minh họa)"

FIELDS: tuple[Column, ...] = (
    Column(
        name="cadre_name", heading="Họ và tên", needed=True,
        note="Họ và tên đầy đủ của cán bộ.", example="Nguyễn Văn Ví Dụ",
    ),
    Column(
        name="post", heading="Chức vụ", needed=True,
        note="Chức vụ được bổ nhiệm hoặc giới thiệu ứng cử.", example="Chủ tịch UBND phường",
    ),
    Column(
        name="unit_code", heading="Mã đơn vị", needed=True,
        note="Mã đơn vị hành chính hiện hành, 5 chữ số.", example="10714",
    ),
    Column(
        name="unit_name", heading="Tên đơn vị",
        note="Tên đầy đủ, để đối chiếu với mã.", example="Phường Nhị Chiểu",
    ),
    Column(
        name="assigned_fields", heading="Lĩnh vực phụ trách", kind=Kind.LIST,
        note=LISTED, example="Điều hành chung; Cải cách hành chính",
    ),
    Column(
        name="track", heading="Hình thức", kind=Kind.CHOICE, words=choices.TRACKS, needed=True,
        note="Chọn Bổ nhiệm hoặc Giới thiệu ứng cử.", example="Bổ nhiệm",
    ),
    Column(
        name="decision_number", heading="Số quyết định",
        note="Để trống nếu chưa có. Chưa có quyết định thì chưa công bố được.",
        example="01/QĐ-MH",
    ),
    Column(
        name="decision_on", heading="Ngày quyết định", kind=Kind.DATE,
        note="Ngày/tháng/năm.", example=date(2026, 6, 15),
    ),
    Column(
        name="decision_issuer", heading="Cơ quan ban hành",
        note="Cơ quan ban hành quyết định hoặc công nhận kết quả bầu cử.",
        example="UBND thành phố (số liệu minh họa)",
    ),
    Column(
        name="mandate_from", heading="Từ ngày", kind=Kind.DATE, needed=True,
        note="Ngày bắt đầu thời hạn bổ nhiệm hoặc nhiệm kỳ.", example=date(2026, 7, 1),
    ),
    Column(
        name="mandate_to", heading="Đến ngày", kind=Kind.DATE, needed=True,
        note="Ngày hết thời hạn bổ nhiệm hoặc nhiệm kỳ.", example=date(2031, 6, 30),
    ),
    Column(
        name="profile_code", heading="Bộ tiêu chí", kind=Kind.CHOICE, words=choices.PROFILES,
        note="5ro hoặc 6ro. Để trống là 5ro.", example="5ro",
    ),
    Column(
        name="preface", heading="Lời mở đầu", kind=Kind.TEXT,
        note="Vài câu mở đầu, nếu có.", example="Tôi cam kết thực hiện các nội dung dưới đây.",
    ),
    Column(
        name="declared_by", heading="Người khai", needed=True,
        note="Người được giao khai tệp này.", example="Văn phòng HĐND và UBND phường",
    ),
    Column(
        name="declaration", heading="Cam đoan không chứa bí mật nhà nước", kind=Kind.CHOICE,
        words=choices.YES_NO, needed=True,
        note="Ghi “Có” khi đã kiểm tra: không bí mật nhà nước, không bí mật công tác.",
        example="Có",
    ),
)  # fmt: skip

_MARKS: tuple[Column, ...] = (
    Column(
        name="disclosed", heading="Công khai", kind=Kind.CHOICE, words=choices.YES_NO,
        note=_DISCLOSED, example="Có",
    ),
    Column(name="withheld_basis", heading="Lý do không công khai", note=_BASIS, example=""),
)  # fmt: skip

TASKS = Sheet(
    title="Nhiệm vụ",
    main="title",
    columns=(
        Column(
            name="number", heading="STT", kind=Kind.ORDINAL, needed=True,
            note="Số thứ tự 1, 2, 3…, không trùng nhau.", example=EXAMPLE_MARK,
        ),
        Column(
            name="title", heading="Nhiệm vụ trọng tâm", kind=Kind.TEXT, needed=True,
            note="Tên nhiệm vụ.", example="Giảm hồ sơ trễ hạn (số liệu minh họa)",
        ),
        Column(
            name="bottleneck", heading="Điểm nghẽn", kind=Kind.TEXT,
            note="Vấn đề đang vướng, kèm số liệu.", example="6,8% hồ sơ trả chậm trong quý II",
        ),
        Column(
            name="objective", heading="Mục tiêu", kind=Kind.TEXT,
            note="Kết quả muốn đạt.", example="Từ 99% hồ sơ trả đúng hoặc trước hạn",
        ),
        Column(
            name="solution", heading="Giải pháp", kind=Kind.TEXT,
            note="Làm thế nào để gỡ điểm nghẽn.", example="Giao việc bằng văn bản; công khai hằng tháng",
        ),
        Column(
            name="areas", heading="Lĩnh vực", kind=Kind.LIST, note=LISTED,
            example="Cải cách hành chính",
        ),
        *_MARKS,
    ),
)  # fmt: skip

COMMITMENTS = Sheet(
    title="Cam kết",
    main="text",
    columns=(
        Column(
            name="number", heading="STT", kind=Kind.ORDINAL, needed=True,
            note="Số thứ tự 1, 2, 3…, không trùng nhau.", example=EXAMPLE_MARK,
        ),
        Column(
            name="task_number", heading="Nhiệm vụ", kind=Kind.ORDINAL, needed=True,
            note="STT của nhiệm vụ ở trang tính «Nhiệm vụ».", example=1,
        ),
        Column(
            name="text", heading="Nội dung cam kết", kind=Kind.TEXT, needed=True,
            note="Rõ việc: làm gì, với đối tượng nào.",
            example="Tỷ lệ hồ sơ giải quyết đúng và trước hạn đạt từ 99% (số liệu minh họa)",
        ),
        Column(
            name="indicator", heading="Chỉ tiêu", kind=Kind.TEXT,
            note="Đo bằng gì.", example="Tỷ lệ hồ sơ đúng và trước hạn",
        ),
        Column(
            name="measure_unit", heading="Đơn vị tính",
            note="Ví dụ: %, hồ sơ, tỷ đồng.", example="%",
        ),
        Column(
            name="baseline", heading="Mức nền", kind=Kind.NUMBER,
            note="Số liệu đầu kỳ. Chỉ ghi số, ví dụ 93,2 hoặc 1.234,5.", example=93.2,
        ),
        Column(
            name="baseline_on", heading="Ngày mức nền", kind=Kind.DATE,
            note="Ngày của số liệu đầu kỳ.", example=date(2026, 6, 30),
        ),
        Column(
            name="baseline_source", heading="Nguồn mức nền", kind=Kind.TEXT,
            note="Báo cáo, hệ thống nào.", example="Báo cáo của đơn vị (số liệu minh họa)",
        ),
        Column(
            name="target", heading="Mức đích", kind=Kind.NUMBER,
            note="Số phải đạt. Chỉ ghi số.", example=99,
        ),
        Column(
            name="direction", heading="Chiều", kind=Kind.CHOICE, words=choices.DIRECTIONS,
            note="Chỉ tiêu phải tăng, giảm, hoàn thành hay duy trì.", example="tăng",
        ),
        Column(
            name="deadline", heading="Thời hạn", kind=Kind.DATE,
            note="Rõ thời gian: ngày/tháng/năm.", example=date(2026, 12, 31),
        ),
        Column(
            name="accountable", heading="Người chịu trách nhiệm",
            note="Rõ người: một chức danh, không ghi tập thể.", example="Chủ tịch UBND phường",
        ),
        Column(
            name="coordinators", heading="Phối hợp", kind=Kind.LIST,
            note=LISTED, example="Trung tâm Phục vụ hành chính công; Văn phòng HĐND và UBND",
        ),
        Column(
            name="mode", heading="Hình thức", kind=Kind.CHOICE, words=choices.MODES,
            note="Tham mưu, lãnh đạo hay trực tiếp làm.", example="lãnh đạo",
        ),
        Column(
            name="authority", heading="Thẩm quyền", kind=Kind.TEXT,
            note="Tự quyết, trình cấp trên hay phối hợp.", example="UBND phường",
        ),
        Column(
            name="deliverable", heading="Sản phẩm", kind=Kind.TEXT,
            note="Rõ kết quả: văn bản, công trình, con số.", example="Báo cáo giải quyết TTHC hằng tháng",
        ),
        Column(
            name="evidence_plan", heading="Minh chứng", kind=Kind.TEXT,
            note="Người dân xem kết quả ở đâu.", example="Số liệu Cổng Dịch vụ công",
        ),
        Column(
            name="frequency", heading="Kỳ cập nhật", kind=Kind.CHOICE, words=choices.FREQUENCIES,
            note="Bao lâu cập nhật tiến độ một lần.", example="tháng",
        ),
        Column(
            name="origin", heading="Nguồn gốc", kind=Kind.CHOICE, words=choices.ORIGINS,
            note="Để trống là tự đề xuất.", example="tự đề xuất",
        ),
        *_MARKS,
    ),
)  # fmt: skip

PROGRESS = Sheet(
    title="Tiến độ",
    main="note",
    needed=False,
    columns=(
        Column(
            name="commitment_number", heading="Cam kết", kind=Kind.ORDINAL, needed=True,
            note="STT của cam kết ở trang tính «Cam kết».", example=EXAMPLE_MARK,
        ),
        Column(
            name="reported_on", heading="Ngày", kind=Kind.DATE, needed=True,
            note="Ngày chốt số liệu.", example=date(2026, 9, 30),
        ),
        Column(
            name="value", heading="Giá trị", kind=Kind.NUMBER,
            note="Số đạt được; số 0 là số liệu. Để trống: chưa có số liệu. Ghi “chưa kết nối” nếu hệ "
            "thống nguồn chưa kết nối.",
            example=95.1,
        ),
        Column(
            name="note", heading="Nội dung", kind=Kind.TEXT,
            note="Kết quả đã làm.", example="Kết quả đến 30/09/2026 (số liệu minh họa)",
        ),
        Column(name="source", heading="Nguồn", note="Số liệu lấy từ đâu.", example="Báo cáo quý"),
        Column(
            name="confirmed_by", heading="Xác nhận bởi",
            note="Cơ quan có thẩm quyền xác nhận, nếu có.", example="Phòng chuyên môn",
        ),
        Column(
            name="confirmed_document", heading="Văn bản xác nhận",
            note="Số, ký hiệu văn bản xác nhận.", example="BC-01/2026",
        ),
        _MARKS[0],
    ),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (TASKS, COMMITMENTS, PROGRESS)
TITLES: dict[str, str] = {
    heading_key(title): title for title in (INFO_TITLE, *(sheet.title for sheet in SHEETS))
}
