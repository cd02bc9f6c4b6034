"""An hour as an officer types it: a day and a time in Vietnam."""

import re
from datetime import datetime, time

from portal.kernel.clock import VIETNAM
from portal.office.programme.workbook import cells
from portal.office.programme.workbook.cells import Unreadable
from portal.office.programme.workbook.grid import Content

UNREADABLE = "Chưa đọc được ngày, giờ. Đề nghị ghi ngày/tháng/năm và giờ:phút, ví dụ 15/01/2027 và 08:00."
_TIME = re.compile(r"\s*(\d{1,2})\s*[:hg.]\s*(\d{2})?\s*")  # 8:00, 08h30, 8g


def read_hour(day: str, hour: str) -> datetime:
    """The instant meant. Raises ValueError when it cannot be read."""
    found = _TIME.fullmatch(hour.lower())
    if found is None:
        raise ValueError("no time")
    at = time(int(found[1]), int(found[2] or 0))
    try:
        on = cells.as_date(Content(day))
    except Unreadable as unreadable:
        raise ValueError("no day") from unreadable
    return datetime.combine(on, at, tzinfo=VIETNAM)
