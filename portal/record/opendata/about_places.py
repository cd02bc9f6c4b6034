"""Open tables of places: units, what became of them, results of administrative procedures."""

from collections.abc import Iterable

from portal.record.documents import FigureState, ProceduresDoc, UnitDoc
from portal.record.opendata.table import Column, Part, Table, Type, each, itself, standing
from portal.record.procedures import rate


def _months(document: ProceduresDoc) -> Iterable[Part]:
    return (Part(document, month, rate(month)) for month in document.months)


UNITS = Table(
    name="units",
    vi="Đơn vị hành chính, cả đơn vị cũ",
    en="Administrative units, former ones included",
    spread=standing(UnitDoc, itself),
    columns=(
        Column("slug", Type.CODE, "Mã trong địa chỉ trang: /don-vi/<slug>", "Its page: /don-vi/<slug>"),
        Column("code", Type.CODE, "Mã đơn vị hành chính; một mã có thể được dùng lại cho đơn vị khác",
               "Administrative code; a code may have belonged to another unit before"),
        Column("name", Type.TEXT, "Tên", "Name"),
        Column("unit_type", Type.TEXT, "Loại: phường, xã, tỉnh…", "Type: ward, commune, province…"),
        Column("parent_name", Type.TEXT, "Đơn vị cấp trên", "Unit above"),
        Column("parent_slug", Type.CODE, "Mã của đơn vị cấp trên", "Slug of the unit above"),
        Column("valid_from", Type.DATE, "Có từ ngày", "Exists since"),
        Column("valid_to", Type.DATE, "Đến hết ngày; trống: đang hoạt động", "Until; empty: still exists"),
    ),
)  # fmt: skip

SUCCESSIONS = Table(
    name="unit_successions",
    vi="Sắp xếp đơn vị: đơn vị cũ nhập vào, chia cho hoặc đổi thành đơn vị nào",
    en="Which unit followed which (merger, division, renaming)",
    spread=standing(UnitDoc, each("successors")),
    columns=(
        Column("slug", Type.CODE, "Đơn vị cũ", "Former unit", "doc.slug"),
        Column("name", Type.TEXT, "Tên đơn vị cũ", "Name of the former unit", "doc.name"),
        Column("successor_slug", Type.CODE, "Đơn vị mới", "Unit that followed", "part.unit.slug"),
        Column("successor_name", Type.TEXT, "Tên đơn vị mới", "Its name", "part.unit.name"),
        Column("whole", Type.BOOLEAN, "Toàn bộ đơn vị cũ (false: một phần)", "The whole unit (false: a part)",
               "part.whole"),
        Column("effective_on", Type.DATE, "Có hiệu lực từ", "In force since", "part.effective_on"),
    ),
)  # fmt: skip

PROCEDURES = Table(
    name="procedures",
    vi="Kết quả giải quyết thủ tục hành chính theo đơn vị và tháng",
    en="Results of administrative procedures by unit and month",
    spread=standing(ProceduresDoc, _months),
    columns=(
        Column("unit_slug", Type.CODE, "Đơn vị", "Unit", "doc.unit.slug"),
        Column("unit_code", Type.CODE, "Mã đơn vị", "Unit code", "doc.unit.code"),
        Column("unit_name", Type.TEXT, "Tên đơn vị", "Unit name", "doc.unit.name"),
        Column("month", Type.DATE, "Tháng (ngày đầu tháng)", "Month (its first day)", "part.month"),
        Column("state", Type.CODE, "Có số liệu, không có dữ liệu, hay chưa kết nối; không cái nào là số 0",
               "Figure, no data, or not connected; neither of the last two is zero", "part.state",
               words=FigureState),
        Column("handled", Type.INTEGER, "Đã giải quyết", "Handled", "part.handled", "hồ sơ / files"),
        Column("early", Type.INTEGER, "Trước hạn", "Early", "part.early", "hồ sơ / files"),
        Column("on_time", Type.INTEGER, "Đúng hạn", "On time", "part.on_time", "hồ sơ / files"),
        Column("late", Type.INTEGER, "Trễ hạn", "Late", "part.late", "hồ sơ / files"),
        Column("good_rate", Type.DECIMAL, "Tỷ lệ trước và đúng hạn; trống khi không có hồ sơ nào",
               "Share early or on time; empty where nothing was handled", "number", "%"),
        Column("source", Type.TEXT, "Nguồn", "Source", "part.source"),
        Column("counted_on", Type.DATE, "Nguồn đếm đến ngày", "The source counted up to", "part.counted_on"),
        Column("corrected", Type.TEXT, "Lý do đính chính, nếu thay số đã công khai",
               "Why it replaces figures that were public before", "part.corrected"),
    ),
)  # fmt: skip

TABLES = (UNITS, SUCCESSIONS, PROCEDURES)
