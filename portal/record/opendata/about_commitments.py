"""Open tables of commitments: the promise, its steps, its figures in two layers, evidence, changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.record.attainment import Layer
from portal.record.documents import (
    Act,
    Change,
    CommitmentDoc,
    Direction,
    Ending,
    Fate,
    FigureState,
    Frequency,
    Kind,
    Mode,
    Origin,
    ProgressDoc,
    Revision,
)
from portal.record.evidence import EXTENSIONS
from portal.record.opendata.table import Column, Part, Seen, Table, Type, each, standing


@dataclass(frozen=True, slots=True)
class _Report:
    """One report in one layer."""

    doc: CommitmentDoc
    part: ProgressDoc
    layer: Layer


@dataclass(frozen=True, slots=True)
class _Changed:
    """One field that a revision changed."""

    revision: Revision
    part: Change


def _promise(document: CommitmentDoc) -> Iterable[Part]:
    return (Part(document, tuple(area.label for area in document.areas)),)


def _reports(document: CommitmentDoc) -> Iterable[_Report]:
    """Every report as it was made, and once more where a competent body confirmed it."""
    for row in document.progress:
        yield _Report(document, row, Layer.SELF_REPORTED)
        if row.confirmation is not None:
            yield _Report(document, row, Layer.CONFIRMED)


def _files(document: CommitmentDoc) -> Iterable[Part]:
    for file in document.evidence:
        yield Part(document, file, f"/minh-chung/{file.sha256}.{EXTENSIONS[file.media_type]}")


def _changes(seen: Seen) -> Iterable[_Changed]:
    """What each revision changed of a promise; nothing where the text of the revision is gone."""
    if seen.revision.kind in (Kind.PROGRAMME, Kind.COMMITMENT):
        return (_Changed(seen.revision, change) for change in seen.revision.notice.changes)
    return ()


_OF = Column("commitment_ref", Type.CODE, "Cam kết", "Commitment", "doc.ref")
_MEASURE = Column(
    "measure_unit", Type.TEXT, "Đơn vị tính của các số liệu", "What the figures are measured in",
    "doc.measure_unit",
)  # fmt: skip
_BODY = Column("confirmed_by", Type.TEXT, "Cơ quan xác nhận", "Confirmed by", "part.confirmation.body")
_IN_UNIT = "measure_unit"

COMMITMENTS = Table(
    name="commitments",
    vi="Cam kết, như đang công khai",
    en="Commitments as they stand",
    spread=standing(CommitmentDoc, _promise),
    columns=(
        Column("ref", Type.CODE, "Mã: /cam-ket/<ref>", "Reference: /cam-ket/<ref>", "doc.ref"),
        Column("programme_ref", Type.CODE, "Chương trình", "Programme", "doc.programme_ref"),
        Column("cadre_name", Type.TEXT, "Cán bộ", "Cadre", "doc.holder.cadre_name"),
        Column("post", Type.TEXT, "Chức vụ", "Post", "doc.holder.post"),
        Column("unit_slug", Type.CODE, "Đơn vị", "Unit", "doc.holder.unit.slug"),
        Column("unit_name", Type.TEXT, "Tên đơn vị", "Unit name", "doc.holder.unit.name"),
        Column("key_task", Type.TEXT, "Nhiệm vụ trọng tâm", "Key task", "doc.task_title"),
        Column("areas", Type.LIST, "Lĩnh vực", "Areas", "part"),
        Column("text", Type.TEXT, "Nội dung cam kết", "The commitment", "doc.text"),
        Column("indicator", Type.TEXT, "Chỉ tiêu", "Indicator", "doc.indicator"),
        _MEASURE,
        Column("baseline", Type.DECIMAL, "Mức nền", "Baseline", "doc.baseline", _IN_UNIT),
        Column("baseline_on", Type.DATE, "Ngày của mức nền", "Date of the baseline", "doc.baseline_on"),
        Column("baseline_source", Type.TEXT, "Nguồn của mức nền", "Source of the baseline",
               "doc.baseline_source"),
        Column("target", Type.DECIMAL, "Mức đích", "Target", "doc.target", _IN_UNIT),
        Column("direction", Type.CODE, "Chiều", "Which way it must move", "doc.direction", words=Direction),
        Column("deadline", Type.DATE, "Thời hạn", "Deadline", "doc.deadline"),
        Column("first_target", Type.DECIMAL, "Mức đích công bố lần đầu, không bao giờ đổi",
               "Target as first published; never changes", "doc.first_target", _IN_UNIT),
        Column("first_deadline", Type.DATE, "Thời hạn công bố lần đầu, không bao giờ đổi",
               "Deadline as first published; never changes", "doc.first_deadline"),
        Column("accountable", Type.TEXT, "Người chịu trách nhiệm", "Accountable", "doc.accountable"),
        Column("coordinators", Type.LIST, "Phối hợp", "Together with", "doc.coordinators"),
        Column("mode", Type.CODE, "Hình thức: tham mưu, lãnh đạo, trực tiếp", "Advises, leads or does it",
               "doc.mode", words=Mode),
        Column("authority", Type.TEXT, "Thẩm quyền", "Authority", "doc.authority"),
        Column("deliverable", Type.TEXT, "Sản phẩm", "Deliverable", "doc.deliverable"),
        Column("evidence_plan", Type.TEXT, "Minh chứng dự kiến", "Evidence to come", "doc.evidence_plan"),
        Column("frequency", Type.CODE, "Kỳ cập nhật", "How often it is reported", "doc.frequency",
               words=Frequency),
        Column("origin", Type.CODE, "Tự đề xuất hay được giao", "Self-proposed or assigned", "doc.origin",
               words=Origin),
        Column("profile", Type.CODE, "Bộ tiêu chí (5 rõ, 6 rõ)", "Clarity profile", "doc.profile_code"),
        Column("standard", Type.TEXT, "Chuẩn mực đạo đức mà cam kết hướng tới",
               "Moral standard it answers to", "doc.standard.label"),
        Column("ending", Type.CODE, "Kết thúc vì lý do gì; trống: không", "Why it ended; empty: it did not",
               "doc.ending", words=Ending),
        Column("ended_on", Type.DATE, "Ngày kết thúc", "Ended on", "doc.ended_on"),
        Column("fate", Type.CODE, "Khi bàn giao: chuyển tiếp, kết thúc, gộp", "What became of it",
               "doc.fate.fate", words=Fate),
        Column("fate_note", Type.TEXT, "Ghi chú khi bàn giao", "Note on that", "doc.fate.note"),
        Column("continued_as", Type.CODE, "Cam kết nối tiếp", "Commitment that continues it",
               "doc.fate.commitment_ref"),
    ),
)  # fmt: skip

MILESTONES = Table(
    name="milestones",
    vi="Mốc tiến độ",
    en="Milestones",
    spread=standing(CommitmentDoc, each("milestones")),
    columns=(
        _OF,
        Column("title", Type.TEXT, "Mốc", "Step", "part.title"),
        Column("due_on", Type.DATE, "Hạn", "Due on", "part.due_on"),
        Column("done_on", Type.DATE, "Xong ngày; trống: chưa", "Done on; empty: not yet", "part.done_on"),
    ),
)

PROGRESS = Table(
    name="progress",
    vi="Số liệu tiến độ, hai lớp: tự báo cáo và có xác nhận",
    en="Progress figures in two layers: self-reported and confirmed",
    spread=standing(CommitmentDoc, _reports),
    columns=(
        _OF,
        Column("layer", Type.CODE,
               "Lớp số liệu; một báo cáo được xác nhận có hai dòng, mỗi lớp một dòng",
               "Layer; a report that was confirmed has two rows, one in each", words=Layer),
        Column("reported_on", Type.DATE, "Ngày của số liệu", "Date of the figure", "part.reported_on"),
        Column("state", Type.CODE, "Có số liệu, không có dữ liệu, hay chưa kết nối; không cái nào là số 0",
               "Figure, no data, or not connected; neither of the last two is zero", "part.state",
               words=FigureState),
        Column("value", Type.DECIMAL, "Giá trị", "Value", "part.value", _IN_UNIT),
        _MEASURE,
        Column("note", Type.TEXT, "Nội dung", "Note", "part.note"),
        Column("source", Type.TEXT, "Nguồn", "Source", "part.source"),
        _BODY,
        Column("confirmed_in", Type.TEXT, "Văn bản xác nhận", "Document that confirms",
               "part.confirmation.document"),
        Column("corrected", Type.TEXT, "Lý do đính chính, nếu thay báo cáo đã công khai",
               "Why it replaces a report that was public before", "part.corrected"),
    ),
)  # fmt: skip

EVIDENCE = Table(
    name="evidence",
    vi="Tệp minh chứng",
    en="Evidence files",
    spread=standing(CommitmentDoc, _files),
    columns=(
        _OF,
        Column("sha256", Type.CODE, "SHA-256 của tệp", "SHA-256 of the file", "part.sha256"),
        Column("media_type", Type.CODE, "Loại tệp", "Media type", "part.media_type"),
        Column("size", Type.INTEGER, "Cỡ", "Size", "part.size", "byte"),
        Column("description", Type.TEXT, "Mô tả", "Description", "part.description"),
        Column("added_on", Type.DATE, "Ngày thêm", "Added on", "part.added_on"),
        Column("address", Type.TEXT, "Địa chỉ tải tệp trên trang", "Address of the file", "number"),
    ),
)

CAUSES = Table(
    name="objective_causes",
    vi="Nguyên nhân khách quan đã được cơ quan có thẩm quyền xác nhận",
    en="Objective causes that a competent body confirmed",
    spread=standing(CommitmentDoc, each("causes")),
    columns=(
        _OF,
        Column("text", Type.TEXT, "Nguyên nhân", "Cause", "part.text"),
        Column("from_on", Type.DATE, "Từ ngày", "From", "part.from_on"),
        Column("to_on", Type.DATE, "Đến ngày", "To", "part.to_on"),
        _BODY,
        Column("confirmed_in", Type.TEXT, "Văn bản xác nhận", "Document", "part.confirmation.document"),
    ),
)

CHANGES = Table(
    name="changes",
    vi="Thay đổi sau khi công bố: chỉ tiêu hạ, thời hạn lùi, đính chính, cập nhật",
    en="Changes after publication: lowered targets, moved deadlines, corrections, news",
    spread=_changes,
    columns=(
        Column("ref", Type.CODE, "Cam kết hoặc chương trình", "Commitment or programme", "revision.ref"),
        Column("document_kind", Type.CODE, "Loại văn bản", "Kind of document", "revision.kind", words=Kind),
        Column("revision", Type.INTEGER, "Bản thứ mấy", "Number of the revision", "revision.number"),
        Column("act", Type.CODE, "Việc làm", "What was done", "revision.act", words=Act),
        Column("field", Type.CODE, "Mục được đổi", "Field that changed", "part.field"),
        Column("change", Type.CODE,
               "target_lowered: hạ chỉ tiêu; deadline_moved_later: lùi thời hạn; và các loại khác",
               "target_lowered, deadline_moved_later and other kinds", "part.kind"),
        Column("before", Type.TEXT, "Trước", "Before", "part.before"),
        Column("after", Type.TEXT, "Sau", "After", "part.after"),
        Column("reason", Type.TEXT, "Lý do", "Reason", "revision.notice.reason"),
        Column("document", Type.TEXT, "Văn bản", "Document that ordered it", "revision.notice.document"),
    ),
)  # fmt: skip

TABLES = (COMMITMENTS, MILESTONES, PROGRESS, EVIDENCE, CAUSES, CHANGES)
