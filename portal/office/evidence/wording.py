"""The words of evidence cleaning: why a file is refused and how to mend it, what a copy leaves out."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a file was refused; nothing of it was kept."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN_KIND = "unknown_kind"
    SVG = "svg"
    HTML = "html"
    PROGRAM = "program"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    OTHER_OFFICE = "other_office"
    HEIC = "heic"
    OTHER_IMAGE = "other_image"
    PLAIN_TEXT = "plain_text"
    PASSWORD = "password"
    MACRO = "macro"
    STRICT_FORMAT = "strict_format"
    POLYGLOT = "polyglot"
    TRAILING = "trailing"
    DAMAGED = "damaged"
    UNSAFE_XML = "unsafe_xml"
    BOMB = "bomb"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    COPY_TOO_BIG = "copy_too_big"
    STAMP = "stamp"
    REDACTION_NOT_APPLIED = "redaction_not_applied"
    LIVE_FORM = "live_form"
    NOTE_WITHOUT_LOOK = "note_without_look"
    NOT_CALCULATED = "not_calculated"
    CONDITIONAL_HIDING = "conditional_hiding"
    COVERED = "covered"
    NOTHING_VISIBLE = "nothing_visible"
    NOT_REBUILT = "not_rebuilt"


_AS_PDF = "Ông/bà lưu tệp thành PDF rồi gửi bản PDF."

SENTENCES: dict[Reason, str] = {
    Reason.EMPTY: "Tệp trống. Ông/bà kiểm tra lại tệp rồi chọn tệp khác.",
    Reason.TOO_BIG: "Tệp lớn hơn {limit} MB. Ông/bà giảm cỡ ảnh hoặc tách thành nhiều tệp rồi gửi lại.",
    Reason.UNKNOWN_KIND: "Hệ thống không nhận ra loại tệp này. Ông/bà gửi tệp PDF, PNG, JPEG, WebP, XLSX "
    "hoặc DOCX.",
    Reason.SVG: "Hệ thống không nhận ảnh SVG vì có thể chứa mã chạy được. Ông/bà xuất ảnh thành PNG rồi "
    "gửi lại.",
    Reason.HTML: "Hệ thống không nhận trang web (HTML). Ông/bà in trang đó thành PDF rồi gửi bản PDF.",
    Reason.PROGRAM: "Tệp là chương trình hoặc mã lệnh, không phải minh chứng. Ông/bà chọn tệp PDF, ảnh, "
    "XLSX hoặc DOCX.",
    Reason.ARCHIVE: "Hệ thống không nhận tệp nén. Ông/bà giải nén rồi gửi từng tệp.",
    Reason.OLD_OFFICE: "Tệp ở dạng Office cũ (.doc, .xls) hoặc dạng hệ thống không đọc. Ông/bà mở tệp, chọn "
    "“Lưu thành” (Save As) dạng .docx, .xlsx hoặc PDF rồi gửi lại.",
    Reason.OTHER_OFFICE: "Hệ thống chỉ nhận tài liệu dạng DOCX, XLSX hoặc PDF. " + _AS_PDF,
    Reason.HEIC: "Ảnh ở dạng HEIC hoặc AVIF. Ông/bà mở ảnh, chọn lưu hoặc chia sẻ thành JPEG rồi gửi lại.",
    Reason.OTHER_IMAGE: "Hệ thống chỉ nhận ảnh JPEG, PNG hoặc WebP. Ông/bà mở ảnh và lưu thành JPEG hoặc "
    "PNG.",
    Reason.PLAIN_TEXT: "Tệp là văn bản thuần hoặc CSV. Ông/bà mở bằng Word hoặc Excel, lưu thành .docx hoặc "
    ".xlsx rồi gửi lại.",
    Reason.PASSWORD: "Tệp có mật khẩu, mã hóa hoặc bị hạn chế quyền. Ông/bà gỡ mật khẩu rồi gửi lại.",
    Reason.MACRO: "Tệp chứa macro (mã lệnh). Ông/bà chọn “Lưu thành” (Save As) dạng .xlsx hoặc .docx không "
    "có macro rồi gửi lại.",
    Reason.STRICT_FORMAT: "Tệp ở dạng “Strict Open XML”. Ông/bà chọn “Lưu thành” (Save As) dạng .xlsx hoặc "
    ".docx thông thường rồi gửi lại.",
    Reason.POLYGLOT: "Tệp vừa là loại này vừa là loại khác, có thể chứa nội dung giấu. Ông/bà mở tệp bằng "
    "phần mềm quen dùng, lưu thành tệp mới rồi gửi tệp mới.",
    Reason.TRAILING: "Sau phần cuối của tệp còn dữ liệu lạ. Ông/bà mở tệp, lưu thành tệp mới rồi gửi tệp "
    "mới.",
    Reason.DAMAGED: "Tệp bị hỏng hoặc thiếu. Ông/bà mở lại bản gốc, lưu thành tệp mới rồi gửi lại.",
    Reason.UNSAFE_XML: "Cấu trúc tệp có phần không an toàn. Ông/bà mở bằng Word hoặc Excel, lưu thành "
    "tệp mới rồi gửi lại.",
    Reason.BOMB: "Nội dung bên trong lớn bất thường so với tệp. Ông/bà chép phần cần thiết sang tệp mới rồi "
    "gửi lại.",
    Reason.TOO_MANY_PIXELS: "Ảnh {width} × {height} điểm là quá lớn. Ông/bà lưu ảnh dưới {limit} triệu điểm, "
    "cạnh dài không quá {side} điểm, rồi gửi lại.",
    Reason.TOO_MANY_PAGES: "Tệp có {pages} trang, quá {limit} trang. Ông/bà tách thành nhiều tệp hoặc "
    "chỉ gửi các trang làm minh chứng.",
    Reason.TOO_MANY_SHEETS: "Tệp có hơn {limit} trang tính. Ông/bà chỉ để lại các trang làm minh chứng.",
    Reason.TOO_MANY_CELLS: "Bảng có hơn {limit} ô (kể cả ô trống có định dạng). Ông/bà chép phần làm minh "
    "chứng sang tệp mới rồi gửi lại.",
    Reason.TOO_LONG: "Tài liệu dài hơn {limit} đoạn và ô, hoặc có quá nhiều hình. Ông/bà tách thành "
    "nhiều tệp, hoặc lưu thành PDF rồi gửi bản PDF.",
    Reason.TOO_HEAVY: "Tệp cần quá nhiều bộ nhớ hoặc thời gian để kiểm tra. Ông/bà giảm cỡ ảnh, bớt "
    "trang hoặc tách thành nhiều tệp rồi gửi lại.",
    Reason.COPY_TOO_BIG: "Bản công khai của tệp lớn hơn {limit} MB. Ông/bà bớt trang hoặc tách thành "
    "nhiều tệp.",
    Reason.STAMP: "Có dấu chỉ độ mật ({where}). Tệp không được lưu. Tài liệu bí mật nhà nước không được đưa "
    "vào hệ thống này; nếu không phải tài liệu mật, ông/bà bỏ dấu chỉ độ mật rồi gửi lại.",
    Reason.REDACTION_NOT_APPLIED: "Trang {page} có vùng đánh dấu bôi đen nhưng chưa áp dụng, chữ bên "
    "dưới vẫn còn. Ông/bà bấm “Áp dụng” (Apply) rồi lưu và gửi lại.",
    Reason.LIVE_FORM: "Tệp là biểu mẫu động (XFA), không có trang cố định. Ông/bà in ra PDF rồi gửi bản đó.",
    Reason.NOTE_WITHOUT_LOOK: "Trang {page} có ghi chú hoặc hình vẽ mà mỗi phần mềm hiện một khác. Ông/bà in "
    "tệp ra PDF mới rồi gửi bản đó.",
    Reason.NOT_CALCULATED: "Trang tính «{title}» có công thức chưa có kết quả. Ông/bà mở bằng Excel, bấm Lưu "
    "rồi gửi lại.",
    Reason.CONDITIONAL_HIDING: "Trang tính «{title}» có định dạng có điều kiện làm ẩn nội dung ô. Ông/bà xóa "
    "định dạng đó, hoặc lưu thành PDF rồi gửi bản PDF.",
    Reason.COVERED: "Tài liệu có hình hoặc khung đặt đè lên chữ, nên không biết chắc chữ nào đang bị che. "
    "Ông/bà đổi hình sang “Cùng dòng với chữ” (In Line with Text), hoặc lưu thành PDF rồi gửi bản PDF.",
    Reason.NOTHING_VISIBLE: "Tệp không có nội dung nào nhìn thấy được. Ông/bà bỏ ẩn nội dung cần gửi, hoặc "
    "chọn tệp khác.",
    Reason.NOT_REBUILT: "Hệ thống chưa tạo được bản công khai an toàn của tệp. Ông/bà in tệp ra PDF hoặc "
    "chụp ảnh rồi gửi bản đó.",
}


class Dropped(StrEnum):
    """What the original held and the copy does not."""

    PROPERTIES = "properties"
    LOCATION = "location"
    COLOUR_PROFILE = "colour_profile"
    TRANSPARENCY = "transparency"
    ANIMATION = "animation"
    PHONE_EXTRAS = "phone_extras"
    SIZE_REDUCED = "size_reduced"
    TEXT_LAYER = "text_layer"
    LINKS = "links"
    SCRIPTS = "scripts"
    ATTACHMENTS = "attachments"
    FORM_FIELDS = "form_fields"
    NOTES = "notes"
    BOOKMARKS = "bookmarks"
    EARLIER_VERSIONS = "earlier_versions"
    FORMULAS = "formulas"
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_CELLS = "hidden_cells"
    COVERED_CELLS = "covered_cells"
    DEFINED_NAMES = "defined_names"
    OUTSIDE_DATA = "outside_data"
    PIVOT_DATA = "pivot_data"
    CUSTOM_DATA = "custom_data"
    PICTURES = "pictures"
    CHARTS = "charts"
    DRAWINGS = "drawings"
    HEADERS_FOOTERS = "headers_footers"
    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_TEXT = "hidden_text"
    FIELDS = "fields"
    EMBEDDED = "embedded"
    CONTROLS = "controls"
    COLOURS = "colours"


WORDS: dict[Dropped, str] = {
    Dropped.PROPERTIES: "thuộc tính của tệp (tác giả, thiết bị, thời gian…)",
    Dropped.LOCATION: "vị trí chụp ảnh (GPS)",
    Dropped.COLOUR_PROFILE: "hồ sơ màu",
    Dropped.TRANSPARENCY: "phần trong suốt (thay bằng nền trắng)",
    Dropped.ANIMATION: "ảnh động (chỉ giữ khung hình đầu)",
    Dropped.PHONE_EXTRAS: "phần phụ do điện thoại ghép sau ảnh",
    Dropped.SIZE_REDUCED: "một phần độ phân giải",
    Dropped.TEXT_LAYER: "lớp chữ (bản công khai là hình của từng trang)",
    Dropped.LINKS: "đường dẫn",
    Dropped.SCRIPTS: "mã lệnh và hành động tự động",
    Dropped.ATTACHMENTS: "tệp đính kèm bên trong",
    Dropped.FORM_FIELDS: "ô nhập của biểu mẫu, chữ ký số (chỉ giữ hình)",
    Dropped.NOTES: "ghi chú, bình luận",
    Dropped.BOOKMARKS: "dấu trang",
    Dropped.EARLIER_VERSIONS: "các bản trước còn lưu trong tệp",
    Dropped.FORMULAS: "công thức (chỉ giữ kết quả)",
    Dropped.HIDDEN_SHEETS: "trang tính ẩn",
    Dropped.HIDDEN_ROWS: "dòng ẩn",
    Dropped.HIDDEN_COLUMNS: "cột ẩn",
    Dropped.HIDDEN_CELLS: "nội dung ô không nhìn thấy được",
    Dropped.COVERED_CELLS: "nội dung ô bị hình che",
    Dropped.DEFINED_NAMES: "tên vùng, quy tắc nhập liệu",
    Dropped.OUTSIDE_DATA: "liên kết tới tệp hoặc dữ liệu bên ngoài",
    Dropped.PIVOT_DATA: "dữ liệu gốc của bảng tổng hợp (PivotTable)",
    Dropped.CUSTOM_DATA: "dữ liệu riêng của phần mềm",
    Dropped.PICTURES: "hình ảnh",
    Dropped.CHARTS: "biểu đồ, sơ đồ",
    Dropped.DRAWINGS: "hình vẽ, khung chữ",
    Dropped.HEADERS_FOOTERS: "đầu trang, chân trang",
    Dropped.TRACKED_CHANGES: "dấu vết sửa đổi",
    Dropped.HIDDEN_TEXT: "chữ ẩn",
    Dropped.FIELDS: "mã trường (chỉ giữ chữ đang hiện)",
    Dropped.EMBEDDED: "đối tượng nhúng",
    Dropped.CONTROLS: "ô điều khiển",
    Dropped.COLOURS: "màu chữ, màu nền",
}
