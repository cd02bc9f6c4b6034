"""The fields of the drafting forms: the workbook's own columns, where needed in the words of a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portal.office.commitment.profiles import profiles
from portal.office.programme.standards import standards
from portal.office.programme.workbook import choices
from portal.office.programme.workbook.disclosure import NO_BASIS
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.workbook.sheets import COMMITMENTS, FIELDS, TASKS
from portal.office.programme.written import written
from portal.publication.bases import grounds

LISTED = "Mỗi mục một dòng, hoặc cách nhau bằng dấu chấm phẩy (;)."
SWORN = "Có"
OATH = "Tôi cam đoan nội dung khai không chứa bí mật nhà nước, bí mật công tác"
_INFO = {column.name: column for column in FIELDS}
_WORDED = {
    "disclosed": "Để “Không” thì không ai ngoài cơ quan thấy nội dung này. “Có” thì công khai sau khi được "
    "thẩm định và công bố.",
    "withheld_basis": "Chọn khi không công khai. Người dân chỉ thấy căn cứ chung và số lượng, không thấy "
    "nội dung.",
    "text": "Làm gì, với đối tượng nào, ở đâu.",
    "baseline": "Số liệu đầu kỳ, ví dụ 93,2.",
    "target": "Số phải đạt, ví dụ 1.234,5.",
    "deadline": "Ngày/tháng/năm, ví dụ 31/12/2027.",
    "accountable": "Chức danh của đúng một người, không ghi tập thể.",
    "deliverable": "Văn bản, công trình, báo cáo sẽ có khi xong việc.",
    "decision_number": "Số, ký hiệu quyết định.",
    "preface": "Vài câu mở đầu, nếu có.",
    "declared_by": "Người hoặc bộ phận được giao khai nội dung này.",
    "origin": "Tự đề xuất, hoặc được cấp có thẩm quyền giao.",
}

Texts = dict[str, str]


def _screen(column: Column) -> Column:
    note = LISTED if column.kind is Kind.LIST else _WORDED.get(column.name, column.note)
    return replace(column, note=note)


def mandate_columns(units: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    """The fields of the programme itself; ``units``: code and name of those the officer writes for."""
    names = [
        column.name for column in FIELDS if column.name not in ("unit_name", "unit_code", "profile_code")
    ]
    unit = replace(
        _INFO["unit_code"],
        heading="Đơn vị",
        note="Đơn vị nơi giữ chức vụ.",
        kind=Kind.CHOICE,
        words={f"{name} ({code})": code for code, name in units},
    )
    criteria = replace(
        _INFO["profile_code"],
        note="Chọn 6 rõ nếu cơ quan quy định thêm rõ thẩm quyền.",
        words={profile.label: profile.code for profile in profiles().values()},
    )
    oath = replace(
        _INFO["declaration"], heading=OATH, note="", words={SWORN: choices.YES_NO[SWORN]}, needed=False
    )
    said = (oath if name == "declaration" else _screen(_INFO[name]) for name in names)
    return (*said, unit, criteria)


def task_columns(*, marks: bool = True, basis: str = "") -> tuple[Column, ...]:
    """The fields of a key task; without ``marks`` where it has none of its own."""
    said = [
        column for column in TASKS.columns if column.name not in ("number", "disclosed", "withheld_basis")
    ]
    return (*map(_screen, said), *(mark_columns(TASKS.columns, basis) if marks else ()))


def commitment_columns(*, tasks: Mapping[str, int], is_moral: bool, basis: str = "") -> tuple[Column, ...]:
    """The fields of a commitment: under one of ``tasks``, or, in the moral part, by its standard."""
    left_out = ("number", "task_number", "disclosed", "withheld_basis")
    said = [column for column in COMMITMENTS.columns if column.name not in left_out]
    place = _standard() if is_moral else _task(tasks)
    return (place, *map(_screen, said), *mark_columns(COMMITMENTS.columns, basis))


def mark_columns(columns: Sequence[Column], basis: str) -> tuple[Column, ...]:
    """Public or not, and on what ground not: one of the fixed list, or ``basis``, which a workbook gave."""
    labels = [ground.label for ground in grounds()]
    known = [*labels, basis] if basis and basis not in (*labels, NO_BASIS) else labels
    by_name = {column.name: column for column in columns}
    reason = replace(by_name["withheld_basis"], kind=Kind.CHOICE, words={label: label for label in known})
    return _screen(by_name["disclosed"]), _screen(reason)


def consultation_columns() -> tuple[Column, ...]:
    """The fields of a consultation."""
    return (
        Column(
            name="role", heading="Vai trò người được tham vấn", needed=True,
            note="Chỉ ghi vai trò, ví dụ “Lãnh đạo tiền nhiệm”; không cần ghi tên.", example="",
        ),
        Column(
            name="held_on", heading="Ngày", kind=Kind.DATE, note="Ngày/tháng/năm, nếu nhớ.", example="",
        ),
        Column(
            name="gist", heading="Ý chính", kind=Kind.TEXT, needed=True,
            note="Góp ý gì, tiếp thu ra sao. Nội dung này chỉ dùng nội bộ, không bao giờ công khai.",
            example="",
        ),
    )  # fmt: skip


def texts_of(form: object, columns: Sequence[Column]) -> Texts:
    """What ``form`` says, as it stands in the fields ``columns``."""
    texts = {c.name: written(getattr(form, c.name), c.words) for c in columns if hasattr(form, c.name)}
    if texts.get("withheld_basis") == NO_BASIS:
        texts["withheld_basis"] = ""
    return texts


def marks_of(values: Mapping[str, object]) -> dict[str, object]:
    """The mark and its ground, as forms hold them. Withheld is the default."""
    if values.get("disclosed"):
        return {"disclosed": True, "withheld_basis": ""}
    return {"disclosed": False, "withheld_basis": values.get("withheld_basis") or NO_BASIS}


def _task(tasks: Mapping[str, int]) -> Column:
    column = next(column for column in COMMITMENTS.columns if column.name == "task_number")
    return replace(column, heading="Thuộc nhiệm vụ", note="", kind=Kind.CHOICE, words=dict(tasks))


def _standard() -> Column:
    known = standards()
    return Column(
        name="standard",
        heading="Chuẩn mực",
        note=f"Một trong năm chuẩn mực của {known.title[0].lower()}{known.title[1:]} (số {known.number}).",
        example="",
        kind=Kind.CHOICE,
        needed=True,
        words={f"{one.code}. {one.label}": one.code for one in known.all},
    )
