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
    EvidenceDoc,
    Fate,
    FateDoc,
    FigureState,
    Frequency,
    Holder,
    InheritedDoc,
    KeyTaskDoc,
    MilestoneDoc,
    Mode,
    Origin,
    PostingDoc,
    ProgressDoc,
    Standard,
    Succession,
    SuccessorDoc,
    Track,
    UnitLink,
    WithheldBasis,
)
from portal.record.field_words import KIND_WORDS as KIND_WORDS
from portal.record.field_words import LABELS as LABELS
from portal.record.procedures import ProcedureMonth, late_rate, rate
from portal.record.standing_words import DATA_WORDS, ENDING_WORDS, FATE_WORDS

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
        case EvidenceDoc(sha256=sha256):
            return sha256
        case KeyTaskDoc(ref=ref):
            return ref
        case Area(code=code):
            return code
        case WithheldBasis(basis=basis):
            return basis
        case ProcedureMonth(month=month):
            return month
        case Succession(unit=unit):
            return unit.slug
        case PostingDoc(place=place, posted_on=day):
            return place, day
        case SuccessorDoc(programme_ref=ref):
            return ref
        case InheritedDoc(commitment_ref=ref):
            return ref
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
def _(value: Fate) -> str:
    return FATE_WORDS[value]


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
def _(value: Standard) -> str:
    return f"{value.code}. {value.label}"


@show.register
def _(value: KeyTaskDoc) -> str:
    return _joined(
        value.title,
        ("điểm nghẽn", value.bottleneck),
        ("mục tiêu", value.objective),
        ("giải pháp", value.solution),
        ("lĩnh vực", show(value.areas)),
        ("cam kết", _listed(value.commitments)),
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
        ("đính chính", value.corrected),
    )


@show.register
def _(value: ProcedureMonth) -> str:
    head = f"tháng {value.month:%m/%Y}"
    if value.state is not FigureState.FIGURE:
        head = f"{head}: {DATA_WORDS[value.state]}"
    return _joined(
        head,
        ("đã giải quyết", show(value.handled)),
        ("trước hạn", show(value.early)),
        ("đúng hạn", show(value.on_time)),
        ("trễ hạn", show(value.late)),
        ("tỷ lệ trước và đúng hạn", _per_cent(rate(value))),
        ("tỷ lệ trễ hạn", _per_cent(late_rate(value))),
        ("nguồn", value.source),
        ("số liệu đến ngày", show(value.counted_on)),
        ("đính chính", value.corrected),
    )


@show.register
def _(value: EvidenceDoc) -> str:
    return f"{value.description} (ngày {show(value.added_on)})"


@show.register
def _(value: CauseDoc) -> str:
    span = f"từ {show(value.from_on)}" + (f" đến {show(value.to_on)}" if value.to_on else "")
    return _joined(value.text, ("thời gian", span), ("xác nhận", show(value.confirmation)))


@show.register
def _(value: PostingDoc) -> str:
    return _joined(
        f"{value.place}, từ {show(value.posted_on)} đến {show(value.planned_until)}",
        ("biên bản", value.minutes),
        ("gỡ", show(value.taken_down_on)),
        ("lý do gỡ sớm", value.reason),
    )


@show.register
def _(value: SuccessorDoc) -> str:
    return f"{show(value.holder)}, chương trình {value.programme_ref}"


@show.register
def _(value: FateDoc) -> str:
    return _joined(show(value.fate), ("cam kết", value.commitment_ref or ""), ("ghi chú", value.note))


@show.register
def _(value: InheritedDoc) -> str:
    return _joined(
        f"{show(value.holder)}, cam kết {value.commitment_ref}",
        ("mức nền trước", show(value.baseline)),
        ("mức đích trước", show(value.target)),
        ("thời hạn trước", show(value.deadline)),
        ("tính lại", value.note),
        ("văn bản tiếp nhận", value.accepted),
    )


def _per_cent(value: Decimal | None) -> str:
    return "" if value is None else f"{show(value)}%"


def _listed(refs: tuple[str, ...]) -> str:
    return f"{len(refs)} (mã {', '.join(refs)})" if refs else ""


def _joined(head: str, *parts: tuple[str, str]) -> str:
    said = [head, *(f"{label}: {text}" for label, text in parts if text)]
    return "; ".join([*(text.rstrip(".") for text in said[:-1]), said[-1]])
