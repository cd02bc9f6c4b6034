"""What is said, in Vietnamese, about a unit that does not fit, and how to mend the file."""

from datetime import date

from portal.office.units.cells import shown
from portal.office.units.rows import Mention, Row
from portal.office.units.rules import Arrow, Place

NO_END = "Có đơn vị kế thừa nhưng chưa có ngày cuối. Đề nghị ghi valid_to, hoặc bỏ trống successors."


def vietnamese(on: date | None) -> str:
    """``on`` as dd/mm/yyyy."""
    return on.strftime("%d/%m/%Y") if on else "chưa rõ"


def twice(row: Row, place: Place) -> str:
    """Two rows state one unit."""
    since = f"từ ngày {vietnamese(row.valid_from)}" if row.valid_from else "không ghi ngày đầu"
    return f"Mã {row.code} ({since}) đã có ở dòng {place.line}. Đề nghị giữ một dòng."


def overlap(before: Place, after: Place) -> str:
    """One code means two units on some day."""
    return (
        f"Mã {after.code} có lúc vừa là {shown(before.name)} (ngày cuối: {vietnamese(before.valid_to)}) "
        f"vừa là {shown(after.name)} (ngày đầu: {vietnamese(after.valid_from)}). Mỗi lúc một mã chỉ là "
        "một đơn vị: đề nghị sửa valid_from hoặc valid_to."
    )


def circle(place: Place) -> str:
    """A unit lies below itself."""
    return f"{shown(place.name)} thuộc chính nó qua các đơn vị cấp trên. Đề nghị sửa cột parent."


def two_parents(below: Place) -> str:
    """Rows disagree about what is above a unit that has no row of its own."""
    return (
        f"Các dòng ghi {shown(below.name)} thuộc hai nơi khác nhau. Đề nghị ghi giống nhau, hoặc thêm "
        "một dòng riêng cho đơn vị này."
    )


def other_name(mention: Mention, found: Place) -> str:
    """The code of the unit above belongs to a unit of another name."""
    return (
        f"Mã {mention.code} là {shown(found.name)}, không phải {shown(mention.name)}. Đề nghị kiểm tra lại "
        "mã hoặc tên đơn vị cấp trên."
    )


def no_parent(mention: Mention, on: date) -> str:
    """No unit above has this code while the unit below exists."""
    when = "đang có hiệu lực" if on == date.max else f"còn hiệu lực ngày {vietnamese(on)}"
    return (
        f"Không có đơn vị cấp trên mã {mention.code} {when}. Đề nghị thêm một dòng cho đơn vị này, "
        "hoặc ghi tên kèm mã, ví dụ “Thành phố Hải Phòng (31)”."
    )


def no_name(mention: Mention) -> str:
    """No unit above has this name."""
    return (
        f"Không tìm thấy đơn vị cấp trên {shown(mention.name)}. Đề nghị ghi kèm mã, ví dụ "
        "“Thành phố Hải Phòng (31)”, hoặc thêm một dòng cho đơn vị này."
    )


def many_names(mention: Mention, number: int) -> str:
    """Several units have this name."""
    return f"Có {number} đơn vị tên {shown(mention.name)}. Đề nghị ghi mã của đơn vị cấp trên."


def own_row(place: Place) -> str:
    """The type of a unit that has no row of its own cannot be told from its name."""
    return (
        f"Chưa rõ {shown(place.name)} là loại đơn vị gì. Đề nghị thêm một dòng riêng cho đơn vị này, "
        "có ghi cột type."
    )


def too_early(mention: Mention, ended: date) -> str:
    """The successor is meant for a day on which the unit still existed."""
    return (
        f"Ngày sau dấu @ của mã {mention.code} phải sau ngày cuối {vietnamese(ended)}. Đề nghị sửa lại ngày."
    )


def no_successor(mention: Mention, on: date) -> str:
    """No unit has the successor's code on the day it took over."""
    return (
        f"Không có đơn vị mã {mention.code} có hiệu lực ngày {vietnamese(on)} để kế thừa. Đề nghị thêm một "
        "dòng cho đơn vị mới, hoặc sửa mã trong successors."
    )


def unsound(source: Place, arrow: Arrow) -> str:
    """A succession no longer fits the days of the two units."""
    return (
        f"{shown(source.name)} chuyển vào {shown(arrow.to.name)} từ ngày {vietnamese(arrow.effective_on)}, "
        "không khớp với ngày đầu, ngày cuối của hai đơn vị. Đề nghị kiểm tra lại valid_from, valid_to."
    )
