"""One cell of a file of units at a time: what was typed, as a code, a name, a day or a mention."""

import re
from datetime import date

from portal.kernel import text
from portal.office.units.rows import Mention

_CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]{0,19})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NAME_AND_CODE = re.compile(r"(.+?)\s*\(\s*([^()]*?)\s*\)")
_YEARS = range(1900, 2101)
_NAME_LENGTH, _TYPE_LENGTH = 200, 40  # as the columns of office_unit
_SHOWN = 60

# The types a territorial unit's name can begin with; the longer ones first.
TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")


class CellFault(ValueError):
    """A cell cannot be understood; the message is the Vietnamese sentence for whoever typed it."""


def tidy(value: str) -> str:
    """``value`` on one line, in NFC, with single spaces."""
    return " ".join(text.tidy(value).split())


def comparable(name: str) -> str:
    """``name`` for comparing: either tone spelling, either apostrophe, any case and spacing (facts §6.2)."""
    return text.new_tone(tidy(name).replace("’", "'").replace("‘", "'").lower())


def shown(value: str) -> str:
    """``value`` in Vietnamese quotes, shortened so that a fault stays readable."""
    return f"“{value[:_SHOWN]}…”" if len(value) > _SHOWN else f"“{value}”"


def code(value: str) -> str:
    """A unit's code."""
    if not value:
        raise CellFault("Thiếu mã đơn vị. Đề nghị ghi mã, ví dụ 10714.")
    if not _CODE.fullmatch(value):
        raise CellFault(
            f"Mã {shown(value)} không đúng dạng. Đề nghị chỉ dùng chữ số, chữ cái không dấu, "
            "dấu chấm hoặc gạch ngang, tối đa 20 ký tự."
        )
    return value


def name(value: str) -> str:
    """A unit's name as it is stored."""
    if not any(letter.isalpha() for letter in text.slug(value)):
        raise CellFault("Thiếu tên đơn vị. Đề nghị ghi tên đầy đủ, ví dụ “Phường Nhị Chiểu”.")
    if len(value) > _NAME_LENGTH:
        raise CellFault(f"Tên dài quá {_NAME_LENGTH} ký tự. Đề nghị ghi gọn lại.")
    return value[0].upper() + value[1:]


def unit_type(value: str, named: str) -> str:
    """A unit's type; where none is typed, the one its name begins with."""
    if not value:
        return _type_in(named)
    if len(value) > _TYPE_LENGTH:
        raise CellFault(f"Loại đơn vị dài quá {_TYPE_LENGTH} ký tự. Đề nghị ghi gọn, ví dụ “phường”.")
    return value.lower()


def _type_in(named: str) -> str:
    lowered = text.new_tone(named.lower())
    for known in TYPES:
        if lowered.startswith(f"{known} "):
            return known
    raise CellFault(
        f"Chưa rõ {shown(named)} là loại đơn vị gì. Đề nghị ghi cột type, ví dụ phường, xã, đặc khu."
    )


def day(value: str) -> date | None:
    """A day typed as yyyy-mm-dd or dd/mm/yyyy; None for an empty cell."""
    if not value:
        return None
    if found := _ISO.fullmatch(value):
        year, month, of_month = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(value):
        of_month, month, year = map(int, found.groups())
    else:
        raise CellFault(
            f"Không đọc được ngày {shown(value)}. Đề nghị ghi ngày/tháng/năm, ví dụ 30/06/2025, "
            "hoặc 2025-06-30."
        )
    try:
        read = date(year, month, of_month)
    except ValueError:
        raise CellFault(f"Không có ngày {shown(value)} trong lịch. Đề nghị kiểm tra lại.") from None
    if year not in _YEARS:
        raise CellFault(f"Năm trong {shown(value)} không hợp lý. Đề nghị kiểm tra lại năm.")
    return read


def successors(value: str) -> tuple[Mention, ...]:
    """The units that took over: codes with ``;`` between, each perhaps with ``@`` and a day."""
    parts = (tidy(part) for part in value.split(";"))
    return tuple(dict.fromkeys(_coded(part) for part in parts if part))


def parents(value: str) -> tuple[Mention, ...]:
    """The unit above, then those above it: a code, a name, or "Thị xã X (292), tỉnh Y (30)"."""
    parts = (tidy(part) for part in re.split(r"(?<=\))\s*,", value))
    return tuple(_mention(part) for part in parts if part)


def _coded(value: str) -> Mention:
    typed, _, typed_day = value.partition("@")
    if "@" in value and not typed_day.strip():
        raise CellFault(f"Thiếu ngày sau dấu @ ở {shown(value)}. Đề nghị ghi, ví dụ 10714@2025-07-01.")
    return Mention(code(typed.strip()), on=day(typed_day.strip()))


def _mention(value: str) -> Mention:
    if found := _NAME_AND_CODE.fullmatch(value):
        typed_name, typed_code = found.groups()
        return Mention(code(typed_code), name(typed_name))
    if any(c.isdigit() for c in value) and _CODE.fullmatch(value.partition("@")[0].strip()):
        return _coded(value)
    if "(" in value or ")" in value:
        raise CellFault(
            f"Không đọc được đơn vị cấp trên {shown(value)}. Đề nghị ghi mã, ví dụ 31, "
            "hoặc tên kèm mã, ví dụ “Thành phố Hải Phòng (31)”."
        )
    return Mention("", name(value))
