"""What the workbook reader says to an officer: one Vietnamese sentence per reason, telling how to mend."""

from enum import StrEnum, auto


class Reason(StrEnum):
    """Why a file is refused, a cell faulted, or a warning given."""

    # the file
    EMPTY_FILE = auto()
    TOO_BIG = auto()
    NOT_XLSX = auto()
    OLD_EXCEL = auto()
    PASSWORD = auto()
    DAMAGED = auto()
    BOMB = auto()
    MACRO = auto()
    EXTERNAL_LINK = auto()
    EMBEDDED = auto()
    UNSAFE_XML = auto()
    STRICT_FORMAT = auto()
    TOO_MANY_ROWS = auto()
    TOO_MANY_CELLS = auto()
    FAR_CELL = auto()
    TOO_MANY_FAULTS = auto()
    # sheets and columns
    SHEET_MISSING = auto()
    SHEET_TWICE = auto()
    COLUMN_MISSING = auto()
    COLUMN_TWICE = auto()
    FIELD_TWICE = auto()
    NO_ROWS = auto()
    # cells
    MISSING = auto()
    FORMULA = auto()
    ERROR_CELL = auto()
    MERGED = auto()
    TOO_LONG = auto()
    DATE_IN_TEXT = auto()
    NOT_TEXT = auto()
    NOT_NUMBER = auto()
    DECIMAL_POINT = auto()
    NUMBER_WITH_WORDS = auto()
    DATE_IN_NUMBER = auto()
    NUMBER_TOO_LONG = auto()
    NOT_WHOLE = auto()
    NOT_DATE = auto()
    NUMBER_IN_DATE = auto()
    NO_SUCH_DAY = auto()
    SHORT_YEAR = auto()
    YEAR_UNLIKELY = auto()
    NOT_A_CHOICE = auto()
    EXAMPLE_CHANGED = auto()
    # what the cells say together
    UNKNOWN_UNIT = auto()
    NOT_DECLARED = auto()
    ENDS_BEFORE_START = auto()
    DAY_AHEAD = auto()
    DAY_TWICE = auto()
    DAY_REPORTED = auto()
    NOT_A_MONTH = auto()
    NOT_A_COUNT = auto()
    COUNTS_MISSING = auto()
    COUNTS_TOO_MANY = auto()
    COUNTS_DO_NOT_ADD_UP = auto()
    COUNTED_OUTSIDE = auto()
    MONTH_AHEAD = auto()
    MONTH_TWICE = auto()
    MONTH_REPORTED = auto()
    SERIES_TOO_LONG = auto()
    SERIES_TOO_LARGE = auto()
    NOT_UTF8 = auto()
    NUMBER_TWICE = auto()
    NO_SUCH_TASK = auto()
    NO_SUCH_COMMITMENT = auto()
    # warnings
    UNKNOWN_SHEET = auto()
    UNKNOWN_COLUMN = auto()
    UNKNOWN_COLUMN_LIKE = auto()
    NAMELESS_COLUMN = auto()
    UNKNOWN_FIELD = auto()
    UNKNOWN_FIELD_LIKE = auto()
    COLUMNS_ABSENT = auto()
    NUMBER_ONLY = auto()
    HIDDEN_SHEET = auto()
    HIDDEN_ROWS = auto()
    HIDDEN_COLUMNS = auto()
    FILLED_DOWN = auto()
    PICTURES = auto()
    NO_BASIS = auto()
    NOT_MARKED = auto()
    BASIS_UNUSED = auto()
    WITHHELD_WITH_TASK = auto()
    WITHHELD_WITH_COMMITMENT = auto()
    CONFIRMATION_HALF = auto()
    DECISION_HALF = auto()
    TASK_WITHOUT_COMMITMENT = auto()


STAMP_SENTENCE = (
    "Có dấu hiệu độ mật ở {where}. Hệ thống không tiếp nhận bí mật nhà nước: toàn bộ tệp bị từ chối, "
    "không nội dung nào được lưu. Nếu tài liệu có độ mật, ông/bà xử lý theo quy định về bảo vệ bí mật "
    "nhà nước; nếu không, ông/bà bỏ dòng chữ đó rồi gửi lại."
)

SENTENCES: dict[Reason, str] = {
    Reason.EMPTY_FILE: "Tệp rỗng. Ông/bà kiểm tra lại tệp đã lưu rồi gửi lại.",
    Reason.TOO_BIG: "Tệp lớn hơn 10 MB. Ông/bà bỏ hình ảnh và trang tính thừa, lưu lại rồi gửi.",
    Reason.NOT_XLSX: "Tệp không phải sổ tính Excel dạng .xlsx. Ông/bà mở bằng Excel hoặc LibreOffice, "
    "chọn “Lưu thành” (Save As), dạng “Excel Workbook (.xlsx)” rồi gửi lại.",
    Reason.OLD_EXCEL: "Tệp ở dạng Excel cũ (.xls). Ông/bà mở tệp, chọn “Lưu thành” (Save As), dạng "
    "“Excel Workbook (.xlsx)” rồi gửi lại.",
    Reason.PASSWORD: "Tệp đang đặt mật khẩu nên không đọc được. Ông/bà bỏ mật khẩu (Tệp → Thông tin → "
    "Bảo vệ sổ làm việc), lưu lại rồi gửi.",
    Reason.DAMAGED: "Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Ông/bà mở tệp bằng Excel, lưu lại thành "
    "tệp .xlsx mới rồi gửi lại.",
    Reason.BOMB: "Nội dung nén trong tệp lớn bất thường nên không được mở ra. Ông/bà chép nội dung sang "
    "tệp mẫu mới (tải từ hệ thống) rồi gửi lại.",
    Reason.MACRO: "Tệp có chứa macro. Ông/bà lưu lại dạng “Excel Workbook (.xlsx)”, không phải .xlsm, "
    "rồi gửi lại.",
    Reason.EXTERNAL_LINK: "Tệp có liên kết dữ liệu tới tệp hoặc nguồn bên ngoài. Ông/bà vào Dữ liệu → "
    "Chỉnh sửa liên kết → Ngắt liên kết, lưu lại rồi gửi.",
    Reason.EMBEDDED: "Tệp có đối tượng nhúng (tệp đính kèm, nút điều khiển, tiện ích). Ông/bà xóa các "
    "đối tượng đó, lưu lại rồi gửi.",
    Reason.UNSAFE_XML: "Tệp có khai báo XML không an toàn, Excel không bao giờ tạo ra. Ông/bà chép nội "
    "dung sang tệp mẫu mới rồi gửi lại.",
    Reason.STRICT_FORMAT: "Tệp ở dạng “Strict Open XML”. Ông/bà chọn “Lưu thành” (Save As), dạng "
    "“Excel Workbook (.xlsx)” rồi gửi lại.",
    Reason.TOO_MANY_ROWS: "Trang tính có hơn 5.000 dòng. Ông/bà xóa các dòng thừa; mỗi chương trình "
    "hành động là một tệp riêng.",
    Reason.TOO_MANY_CELLS: "Tệp có quá nhiều ô (kể cả ô trống có định dạng). Ông/bà chép nội dung sang "
    "tệp mẫu mới rồi gửi lại.",
    Reason.FAR_CELL: "Có nội dung ở ô {cell}, cách xa bảng. Ông/bà nhấn Ctrl+End để tìm, xóa ô đó rồi "
    "lưu lại.",
    Reason.TOO_MANY_FAULTS: "Còn nhiều lỗi khác chưa liệt kê hết. Ông/bà sửa các lỗi trên rồi gửi lại.",
    Reason.SHEET_MISSING: "Thiếu trang tính «{title}». Ông/bà thêm trang tính có đúng tên này, theo tệp mẫu.",
    Reason.SHEET_TWICE: "Có hai trang tính cùng tên «{title}». Ông/bà gộp lại thành một.",
    Reason.COLUMN_MISSING: "Thiếu cột «{heading}». Ông/bà thêm cột có đúng tiêu đề này, theo tệp mẫu.",
    Reason.COLUMN_TWICE: "Cột «{heading}» có hai lần. Ông/bà xóa bớt hoặc đổi tên một cột.",
    Reason.FIELD_TWICE: "Trường «{heading}» có hai lần. Ông/bà xóa bớt một dòng.",
    Reason.NO_ROWS: "Trang tính chưa có dòng nội dung nào. Ông/bà điền ít nhất một dòng.",
    Reason.MISSING: "Chưa điền «{heading}». Ông/bà điền vào ô này.",
    Reason.FORMULA: "Ô chứa công thức. Ông/bà sao chép ô rồi dán lại bằng “Dán đặc biệt → Giá trị” "
    "(Paste Special → Values).",
    Reason.ERROR_CELL: "Ô đang báo lỗi của Excel ({shown}). Ông/bà gõ lại giá trị đúng.",
    Reason.MERGED: "Ô này gộp nhiều dòng hoặc nhiều cột ({area}). Ông/bà bỏ gộp ô (Unmerge) và ghi mỗi "
    "nội dung vào một ô, mỗi mục trên một dòng.",
    Reason.TOO_LONG: "Nội dung dài {length} ký tự, quá {limit} ký tự. Ông/bà viết gọn lại.",
    Reason.DATE_IN_TEXT: "Excel đã tự đổi nội dung ô thành ngày ({shown}). Ông/bà định dạng ô là Văn bản "
    "(Text) rồi gõ lại.",
    Reason.NOT_TEXT: "Ô không phải văn bản. Ông/bà định dạng ô là Văn bản (Text) rồi gõ lại.",
    Reason.NOT_NUMBER: "“{shown}” không phải là số. Ông/bà ghi bằng chữ số, ví dụ 90 hoặc 1.234,5.",
    Reason.DECIMAL_POINT: "“{shown}” chưa rõ là số nào. Ông/bà dùng dấu phẩy cho phần thập phân, dấu chấm "
    "cho hàng nghìn, ví dụ 93,2 hoặc 1.234,5.",
    Reason.NUMBER_WITH_WORDS: "“{shown}” có cả chữ. Ông/bà chỉ ghi số; đơn vị tính ghi ở cột Đơn vị tính.",
    Reason.DATE_IN_NUMBER: "Excel đã tự đổi nội dung ô thành ngày ({shown}). Ông/bà định dạng ô là Số "
    "(Number) rồi gõ lại.",
    Reason.NUMBER_TOO_LONG: "Số có quá nhiều chữ số. Ông/bà đổi sang đơn vị tính lớn hơn, ví dụ tỷ đồng.",
    Reason.NOT_WHOLE: "“{shown}” không phải số thứ tự. Ông/bà ghi số nguyên, ví dụ 1, 2, 3.",
    Reason.NOT_DATE: "“{shown}” không phải là ngày. Ông/bà ghi theo dạng ngày/tháng/năm, ví dụ 31/12/2027.",
    Reason.NUMBER_IN_DATE: "Ô là con số {shown}, không phải ngày. Ông/bà ghi theo dạng ngày/tháng/năm, ví "
    "dụ 31/12/2027, hoặc định dạng ô là Ngày (Date).",
    Reason.NO_SUCH_DAY: "Không có ngày {shown} trong lịch. Ông/bà kiểm tra lại ngày và tháng.",
    Reason.SHORT_YEAR: "Năm trong “{shown}” chưa đủ bốn chữ số. Ông/bà ghi đủ, ví dụ 31/12/2027.",
    Reason.YEAR_UNLIKELY: "Năm trong ngày {shown} không hợp lý. Ông/bà kiểm tra lại năm.",
    Reason.NOT_A_CHOICE: "“{shown}” không có trong các lựa chọn. Ông/bà ghi một trong các từ: {choices}.",
    Reason.EXAMPLE_CHANGED: "Dòng này vẫn ghi “Ví dụ” ở cột «{heading}» nhưng nội dung đã sửa. Nếu là nội "
    "dung thật, ông/bà ghi số thay chữ “Ví dụ”; nếu không, xóa cả dòng.",
    Reason.UNKNOWN_UNIT: "Không có đơn vị nào mang mã “{shown}”. Ông/bà tra mã tại trang Đơn vị của hệ "
    "thống, hoặc đề nghị quản trị bổ sung đơn vị.",
    Reason.NOT_DECLARED: "Người khai chưa cam đoan. Hệ thống chỉ nhận tệp không chứa bí mật nhà nước: nếu "
    "đúng như vậy, ông/bà ghi “Có”.",
    Reason.ENDS_BEFORE_START: "Ngày kết thúc {end} sớm hơn ngày bắt đầu {start}. Ông/bà kiểm tra lại hai "
    "ngày.",
    Reason.DAY_AHEAD: "Ngày này ở sau hôm nay. Ông/bà chỉ nhập số liệu đã có.",
    Reason.DAY_TWICE: "Ngày này đã có ở dòng {first}. Ông/bà giữ một dòng cho mỗi ngày.",
    Reason.DAY_REPORTED: "Ngày này đã có báo cáo. Ông/bà bỏ dòng này, hoặc đính chính báo cáo đó trên "
    "màn hình.",
    Reason.NOT_A_MONTH: "“{shown}” không phải là tháng. Ông/bà ghi tháng/năm, ví dụ 10/2026.",
    Reason.NOT_A_COUNT: "Số hồ sơ phải là số nguyên, không âm. Ông/bà kiểm tra lại ô này.",
    Reason.COUNTS_MISSING: "Đã ghi số hồ sơ đã giải quyết thì phải ghi đủ trước hạn, đúng hạn, trễ hạn; "
    "không có hồ sơ nào thì ghi 0.",
    Reason.COUNTS_TOO_MANY: "Chưa có số liệu hoặc chưa kết nối thì để trống các cột số hồ sơ.",
    Reason.COUNTS_DO_NOT_ADD_UP: "Trước hạn, đúng hạn và trễ hạn cộng lại phải bằng số đã giải quyết.",
    Reason.COUNTED_OUTSIDE: "Ngày chốt số liệu phải từ ngày đầu của tháng và không sau hôm nay.",
    Reason.MONTH_AHEAD: "Tháng này chưa bắt đầu. Ông/bà chỉ nhập tháng đã có số liệu.",
    Reason.MONTH_TWICE: "Tháng này đã có ở dòng {first}. Ông/bà giữ một dòng cho mỗi tháng.",
    Reason.MONTH_REPORTED: "Tháng này đã có số liệu. Ông/bà bỏ dòng này, hoặc đính chính trên màn hình.",
    Reason.SERIES_TOO_LONG: "Tệp có hơn {limit} dòng số liệu. Ông/bà tách thành nhiều tệp.",
    Reason.SERIES_TOO_LARGE: "Tệp lớn hơn {limit} MB. Ông/bà tách thành nhiều tệp.",
    Reason.NOT_UTF8: "Tệp không phải CSV mã UTF-8. Trong Excel, ông/bà chọn Lưu thành (Save As) dạng "
    "CSV UTF-8 hoặc .xlsx rồi nộp lại.",
    Reason.NUMBER_TWICE: "Số thứ tự {number} đã dùng ở dòng {first}. Ông/bà đánh lại số để không trùng.",
    Reason.NO_SUCH_TASK: "Trang tính «Nhiệm vụ» không có nhiệm vụ số {number}. Ông/bà ghi đúng STT của "
    "nhiệm vụ, hoặc thêm nhiệm vụ đó.",
    Reason.NO_SUCH_COMMITMENT: "Trang tính «Cam kết» không có cam kết số {number}. Ông/bà ghi đúng STT của "
    "cam kết.",
    Reason.UNKNOWN_SHEET: "không thuộc mẫu nên không được đọc.",
    Reason.UNKNOWN_COLUMN: "cột không có trong mẫu nên không được đọc.",
    Reason.UNKNOWN_COLUMN_LIKE: "cột không có trong mẫu nên không được đọc; có phải là «{like}»?",
    Reason.NAMELESS_COLUMN: "cột có nội dung nhưng không có tiêu đề nên không được đọc.",
    Reason.UNKNOWN_FIELD: "trường không có trong mẫu nên không được đọc.",
    Reason.UNKNOWN_FIELD_LIKE: "trường không có trong mẫu nên không được đọc; có phải là «{like}»?",
    Reason.COLUMNS_ABSENT: "không có các cột {headings}; coi như để trống.",
    Reason.NUMBER_ONLY: "chỉ có số thứ tự, không có nội dung nên được bỏ qua.",
    Reason.HIDDEN_SHEET: "trang tính đang ẩn nhưng vẫn được đọc.",
    Reason.HIDDEN_ROWS: "có dòng đang ẩn ({rows}) nhưng vẫn được đọc.",
    Reason.HIDDEN_COLUMNS: "có cột đang ẩn ({letters}) nhưng vẫn được đọc.",
    Reason.FILLED_DOWN: "ô gộp {area}: giá trị được hiểu là của mọi dòng trong ô gộp.",
    Reason.PICTURES: "có hình ảnh hoặc hình vẽ; hình không được đưa vào hệ thống.",
    Reason.NO_BASIS: "không công khai nhưng chưa ghi lý do; tạm ghi “{basis}”, ông/bà bổ sung lý do.",
    Reason.NOT_MARKED: "cột Công khai để trống nên nội dung này không công khai; chưa có lý do, tạm ghi "
    "“{basis}”.",
    Reason.BASIS_UNUSED: "ghi “Có” công khai nhưng lại có lý do không công khai; nội dung vẫn là công "
    "khai, lý do không được dùng.",
    Reason.WITHHELD_WITH_TASK: "cam kết {number} thuộc nhiệm vụ {task} không công khai nên cũng không "
    "công khai.",
    Reason.WITHHELD_WITH_COMMITMENT: "cam kết {number} không công khai nên dòng tiến độ này cũng không "
    "công khai.",
    Reason.CONFIRMATION_HALF: "xác nhận cần đủ cả nơi xác nhận và văn bản xác nhận; hiện mới có một.",
    Reason.DECISION_HALF: "số, ngày và cơ quan ban hành quyết định cần đủ cả ba trước khi công bố.",
    Reason.TASK_WITHOUT_COMMITMENT: "nhiệm vụ {number} chưa có cam kết nào.",
}
