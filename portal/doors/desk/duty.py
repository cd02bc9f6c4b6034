"""What is said of the duty to have a programme, where one is begun and on its page: a notice, never a bar."""

from collections.abc import Sequence

from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.guidance.reads import bears_duty, duty_titles
from portal.office.programme.tables import Programme
from portal.office.units.reads import unit_of_code
from portal.office.units.tables import Unit

OUTSIDE = (
    "Chức danh “{post}” không thuộc diện phải có chương trình hành động tại {unit}. Chương trình này là tự "
    "nguyện: vẫn soạn, thẩm định và công bố như thường, không tính hạn công bố và hạn kiểm điểm."
)
TITLES = "Chức danh phải có chương trình tại {unit}: {titles}. Chức danh khác có thể tự nguyện xây dựng."
BY_UNIT = (
    "Chức danh nào phải có chương trình do hướng dẫn của từng đơn vị quy định, xem mục “Mẫu và hướng dẫn”. "
    "Chức danh khác có thể tự nguyện xây dựng."
)


def duty_of(w: Work, draft: Programme) -> str:
    """That the post of ``draft`` is outside the titles with the duty; empty when it is one of them."""
    if bears_duty(w, draft):
        return ""
    post = draft.mandate.post.open(reason=Reason.DRAFT)
    return OUTSIDE.format(post=post, unit=w.session.get_one(Unit, draft.mandate.unit_id).name)


def titles_with_duty(w: Work, units: Sequence[tuple[str, str]]) -> str:
    """Who has the duty, for an officer who begins a programme for one of ``units`` (code and name)."""
    if len(units) != 1:
        return BY_UNIT
    code, name = units[0]
    unit = unit_of_code(w.session, code, w.today)
    return TITLES.format(unit=name, titles=", ".join(duty_titles(w, unit.id, w.today))) if unit else BY_UNIT
