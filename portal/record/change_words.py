"""How a field is named, and its value written in Vietnamese, where two revisions are compared."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import singledispatch

from portal.record.documents import (
    Appraised,
    Area,
    CauseDoc,
    ClarityProfile,
    Confirmation,
    Decision,
    Direction,
    Ending,
    FigureState,
    Frequency,
    Holder,
    KeyTaskDoc,
    MilestoneDoc,
    Mode,
    Origin,
    ProgressDoc,
    Succession,
    Track,
    UnitLink,
    WithheldBasis,
)
from portal.record.standing_words import DATA_WORDS, ENDING_WORDS

LABELS: dict[str, str] = {
    "document": "Văn bản",
    # every kind
    "ref": "Mã tham chiếu",
    "holder": "Cán bộ, chức vụ, đơn vị",
    "appraised": "Thẩm định",
    "ending": "Lý do kết thúc",
    "ended_on": "Ngày kết thúc",
    # commitment
    "programme_ref": "Chương trình hành động",
    "task_title": "Nhiệm vụ trọng tâm",
    "areas": "Lĩnh vực",
    "text": "Nội dung cam kết",
    "indicator": "Chỉ tiêu",
    "measure_unit": "Đơn vị tính",
    "baseline": "Mức nền",
    "baseline_on": "Ngày mức nền",
    "baseline_source": "Nguồn mức nền",
    "target": "Mức đích",
    "direction": "Chiều",
    "deadline": "Thời hạn",
    "first_target": "Mức đích công bố lần đầu",
    "first_deadline": "Thời hạn công bố lần đầu",
    "accountable": "Người chịu trách nhiệm",
    "coordinators": "Phối hợp",
    "mode": "Hình thức thực hiện",
    "authority": "Thẩm quyền",
    "deliverable": "Sản phẩm",
    "evidence_plan": "Minh chứng",
    "frequency": "Kỳ cập nhật",
    "origin": "Nguồn gốc",
    "profile_code": "Bộ tiêu chí",
    "milestones": "Mốc tiến độ",
    "progress": "Tiến độ",
    "causes": "Nguyên nhân khách quan",
    # programme
    "assigned_fields": "Lĩnh vực phụ trách",
    "track": "Hình thức bố trí",
    "decision": "Quyết định",
    "mandate_from": "Nhiệm kỳ từ ngày",
    "mandate_to": "Nhiệm kỳ đến ngày",
    "preface": "Lời mở đầu",
    "profile": "Bộ tiêu chí",
    "issued_on": "Ngày ban hành",
    "tasks": "Nhiệm vụ trọng tâm",
    "withheld_count": "Số nội dung không công khai",
    "withheld_bases": "Căn cứ không công khai",
    # unit
    "slug": "Địa chỉ trang",
    "code": "Mã đơn vị",
    "name": "Tên đơn vị",
    "unit_type": "Loại đơn vị",
    "parent_name": "Đơn vị cấp trên",
    "parent_slug": "Trang đơn vị cấp trên",
    "valid_from": "Có hiệu lực từ",
    "valid_to": "Có hiệu lực đến",
    "successors": "Đơn vị kế thừa",
    "predecessors": "Đơn vị trước sắp xếp",
    # tombstone
    "withdrawn_on": "Ngày gỡ xuống",
    "reason": "Lý do",
}

KIND_WORDS: dict[str, str] = {
    "changed": "Thay đổi",
    "added": "Bổ sung",
    "removed": "Bỏ",
    "target_lowered": "Hạ yêu cầu của mức đích",
    "target_raised": "Nâng yêu cầu của mức đích",
    "deadline_moved_later": "Lùi thời hạn",
    "deadline_moved_earlier": "Rút ngắn thời hạn",
}

CHOICE_WORDS: dict[StrEnum, str] = {
    Direction.UP: "tăng",
    Direction.DOWN: "giảm",
    Direction.DONE: "hoàn thành",
    Direction.KEEP: "duy trì",
    Mode.ADVISE: "tham mưu",
    Mode.LEAD: "lãnh đạo, chỉ đạo",
    Mode.DO: "trực tiếp thực hiện",
    Frequency.MONTHLY: "hằng tháng",
    Frequency.QUARTERLY: "hằng quý",
    Frequency.HALF_YEARLY: "6 tháng một lần",
    Frequency.YEARLY: "hằng năm",
    Origin.SELF_PROPOSED: "tự đề xuất",
    Origin.ASSIGNED: "được giao",
    Track.APPOINTMENT: "bổ nhiệm",
    Track.NOMINATION: "giới thiệu ứng cử",
}


def element_key(element: object) -> object:
    """What makes an element of a list the same element in the next revision."""
    match element:
        case MilestoneDoc(title=title):
            return title
        case ProgressDoc(reported_on=day):
            return day
        case CauseDoc(text=text, from_on=day):
            return text, day
        case KeyTaskDoc(ref=ref):
            return ref
        case Area(code=code):
            return code
        case WithheldBasis(basis=basis):
            return basis
        case Succession(unit=unit):
            return unit.slug
    return element


@singledispatch
def show(value: object) -> str:
    """``value`` as a reader of the difference sees it; nothing is the empty text."""
    return "" if value is None else str(value)


@show.register
def _(value: date) -> str:
    return value.strftime("%d/%m/%Y")


@show.register
def _(value: Decimal) -> str:
    """1.234,5: as many decimals as are meant, no exponent."""
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


@show.register
def _(value: StrEnum) -> str:
    return CHOICE_WORDS[value]


@show.register
def _(value: Ending) -> str:
    return ENDING_WORDS[value]


@show.register
def _(value: tuple) -> str:  # type: ignore[type-arg]  # singledispatch takes no parametrised type
    return "; ".join(show(element) for element in value)


@show.register
def _(value: UnitLink) -> str:
    return f"{value.name} ({value.code})"


@show.register
def _(value: Holder) -> str:
    return f"{value.cadre_name}, {value.post}, {show(value.unit)}"


@show.register
def _(value: Succession) -> str:
    extent = "toàn bộ" if value.whole else "một phần"
    return f"{show(value.unit)}, {extent}, từ {show(value.effective_on)}"


@show.register
def _(value: Decision) -> str:
    return f"{value.number} ngày {show(value.decided_on)}, {value.issuer}"


@show.register
def _(value: ClarityProfile) -> str:
    return f"{value.label} ({value.code}): {', '.join(c.label for c in value.criteria)}"


@show.register
def _(value: Appraised) -> str:
    return f"{value.body}, ngày {show(value.appraised_on)}"


@show.register
def _(value: WithheldBasis) -> str:
    return f"{value.basis}: {value.count}"


@show.register
def _(value: Area) -> str:
    return value.label


@show.register
def _(value: KeyTaskDoc) -> str:
    return _joined(
        value.title,
        ("điểm nghẽn", value.bottleneck),
        ("mục tiêu", value.objective),
        ("giải pháp", value.solution),
        ("lĩnh vực", show(value.areas)),
        ("cam kết", show(value.commitments)),
    )


@show.register
def _(value: MilestoneDoc) -> str:
    return _joined(value.title, ("hạn", show(value.due_on)), ("xong", show(value.done_on)))


@show.register
def _(value: Confirmation) -> str:
    return f"{value.body}, {value.document}"


@show.register
def _(value: ProgressDoc) -> str:
    figure = show(value.value) if value.state is FigureState.FIGURE else DATA_WORDS[value.state]
    return _joined(
        f"{show(value.reported_on)}: {figure}",
        ("nội dung", value.note),
        ("nguồn", value.source),
        ("xác nhận", show(value.confirmation)),
    )


@show.register
def _(value: CauseDoc) -> str:
    span = f"từ {show(value.from_on)}" + (f" đến {show(value.to_on)}" if value.to_on else "")
    return _joined(value.text, ("thời gian", span), ("xác nhận", show(value.confirmation)))


def _joined(head: str, *parts: tuple[str, str]) -> str:
    return "; ".join([head, *(f"{label}: {text}" for label, text in parts if text)])
