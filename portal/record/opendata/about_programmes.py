"""Open tables of programmes: what was promised as a whole, where it hangs, how it was closed."""

from collections.abc import Iterable

from portal.record.documents import DossierDoc, Ending, ExplanationDoc, ProgrammeDoc, Track
from portal.record.evaluation.document import CauseKind, Use
from portal.record.evaluation.periods import PeriodKind
from portal.record.opendata.table import Column, Part, Table, Type, each, itself, standing


def _tasks(document: ProgrammeDoc) -> Iterable[Part]:
    return (Part(document, task, tuple(a.label for a in task.areas)) for task in document.tasks)


PROGRAMMES = Table(
    name="programmes",
    vi="Chương trình hành động",
    en="Action programmes",
    spread=standing(ProgrammeDoc, itself),
    columns=(
        Column("ref", Type.CODE, "Mã: /chuong-trinh/<ref>", "Reference: /chuong-trinh/<ref>"),
        Column("cadre_name", Type.TEXT, "Cán bộ", "Cadre", "holder.cadre_name"),
        Column("post", Type.TEXT, "Chức vụ", "Post", "holder.post"),
        Column("unit_slug", Type.CODE, "Đơn vị", "Unit", "holder.unit.slug"),
        Column("unit_code", Type.CODE, "Mã đơn vị", "Unit code", "holder.unit.code"),
        Column("unit_name", Type.TEXT, "Tên đơn vị", "Unit name", "holder.unit.name"),
        Column("assigned_fields", Type.LIST, "Lĩnh vực phụ trách", "Fields in charge of"),
        Column("track", Type.CODE, "Bổ nhiệm hay giới thiệu ứng cử", "Appointment or nomination",
               words=Track),
        Column("decision_number", Type.TEXT, "Số quyết định", "Number of the decision", "decision.number"),
        Column("decided_on", Type.DATE, "Ngày quyết định", "Date of the decision", "decision.decided_on"),
        Column("decision_issuer", Type.TEXT, "Cơ quan ban hành", "Issued by", "decision.issuer"),
        Column("mandate_from", Type.DATE, "Thời gian giữ chức vụ, từ", "Mandate from"),
        Column("mandate_to", Type.DATE, "Thời gian giữ chức vụ, đến", "Mandate to"),
        Column("issued_on", Type.DATE, "Ngày ban hành chương trình", "Issued on"),
        Column("preface", Type.TEXT, "Lời mở đầu", "Preface"),
        Column("profile", Type.CODE, "Bộ tiêu chí (5 rõ, 6 rõ)", "Clarity profile", "profile.code"),
        Column("appraised_by", Type.TEXT, "Cơ quan thẩm định", "Appraised by (a body)", "appraised.body"),
        Column("appraised_on", Type.DATE, "Ngày thẩm định", "Appraised on", "appraised.appraised_on"),
        Column("withheld_count", Type.INTEGER,
               "Số nội dung không công khai theo quy định; trống: quyết định công bố không nêu",
               "Items withheld by law; empty: the decision to publish does not tell",
               unit="nội dung / items"),
        Column("ending", Type.CODE, "Kết thúc vì lý do gì; trống: đang thực hiện",
               "Why it ended; empty: running", words=Ending),
        Column("ended_on", Type.DATE, "Ngày kết thúc", "Ended on"),
    ),
)  # fmt: skip

KEY_TASKS = Table(
    name="key_tasks",
    vi="Nhiệm vụ trọng tâm: điểm nghẽn, mục tiêu, giải pháp",
    en="Key tasks: bottleneck, objective, solution",
    spread=standing(ProgrammeDoc, _tasks),
    columns=(
        Column("ref", Type.CODE, "Mã nhiệm vụ", "Reference of the task", "part.ref"),
        Column("programme_ref", Type.CODE, "Chương trình", "Programme", "doc.ref"),
        Column("title", Type.TEXT, "Nhiệm vụ", "Task", "part.title"),
        Column("bottleneck", Type.TEXT, "Điểm nghẽn", "Bottleneck", "part.bottleneck"),
        Column("objective", Type.TEXT, "Mục tiêu", "Objective", "part.objective"),
        Column("solution", Type.TEXT, "Giải pháp", "Solution", "part.solution"),
        Column("areas", Type.LIST, "Lĩnh vực", "Areas", "number"),
        Column("commitment_refs", Type.LIST, "Mã các cam kết công khai của nhiệm vụ",
               "References of its public commitments", "part.commitments"),
    ),
)  # fmt: skip

POSTINGS = Table(
    name="postings",
    vi="Niêm yết bản giấy",
    en="Paper copies on boards",
    spread=standing(ProgrammeDoc, each("postings")),
    columns=(
        Column("programme_ref", Type.CODE, "Chương trình", "Programme", "doc.ref"),
        Column("place", Type.TEXT, "Nơi niêm yết", "Place", "part.place"),
        Column("posted_on", Type.DATE, "Từ ngày", "Put up on", "part.posted_on"),
        Column("planned_until", Type.DATE, "Dự kiến đến ngày", "Planned until", "part.planned_until"),
        Column("minutes", Type.TEXT, "Biên bản", "Minutes", "part.minutes"),
        Column("taken_down_on", Type.DATE, "Ngày gỡ", "Taken down on", "part.taken_down_on"),
        Column("reason", Type.TEXT, "Lý do gỡ sớm", "Why before the planned day", "part.reason"),
    ),
)  # fmt: skip

_PERIOD = (
    Column("programme_ref", Type.CODE, "Chương trình", "Programme", "doc.programme_ref"),
    Column("period", Type.CODE, "Kỳ", "Period", "doc.period.code"),
    Column("period_kind", Type.CODE, "Loại kỳ", "Kind of period", "doc.period.kind", words=PeriodKind),
    Column("first_day", Type.DATE, "Từ ngày", "First day", "doc.period.first"),
    Column("last_day", Type.DATE, "Đến ngày", "Last day", "doc.period.last"),
)

DOSSIERS = Table(
    name="dossiers",
    vi="Bản tổng hợp ý kiến giám sát đã chốt: chỉ mã băm; không có xếp loại, điểm số nào",
    en="Frozen dossiers: their digests only; no grade and no score",
    spread=standing(DossierDoc, lambda document: (Part(document, None),)),
    columns=(
        *_PERIOD,
        Column("version", Type.INTEGER, "Phiên bản", "Version", "doc.version"),
        Column("frozen_on", Type.DATE, "Ngày chốt", "Frozen on", "doc.frozen_on"),
        Column("digest", Type.CODE, "SHA-256 của bản tổng hợp", "SHA-256 of the dossier", "doc.digest"),
        Column("log_size", Type.INTEGER, "Lập từ bấy nhiêu mục đầu của sổ cái",
               "Made from so many first entries of the log", "doc.log_size", "mục / entries"),
        Column("root", Type.CODE, "Gốc của sổ cái khi đó", "Root of the log then", "doc.root_hex"),
        Column("correction", Type.TEXT, "Vì sao có phiên bản sau", "Why a version follows another",
               "doc.correction"),
    ),
)  # fmt: skip

USED_THEMES = Table(
    name="used_themes",
    vi="Chủ đề ý kiến được dùng thế nào khi đánh giá",
    en="What the evaluation council did with each theme of comments",
    spread=standing(DossierDoc, each("themes")),
    columns=(
        *_PERIOD,
        Column("theme_ref", Type.CODE, "Chủ đề", "Theme", "part.theme_ref"),
        Column("title", Type.TEXT, "Tên chủ đề", "Title", "part.title"),
        Column("use", Type.CODE, "Đã tiếp thu, giải trình, hay ngoài phạm vi", "What was done with it",
               "part.use", words=Use),
        Column("sentence", Type.TEXT, "Nói rõ", "In a sentence", "part.sentence"),
    ),
)  # fmt: skip

EXPLANATIONS = Table(
    name="explanations",
    vi="Giải trình của cán bộ cuối kỳ, từng cam kết",
    en="The cadre's own account at the end of a period, by commitment",
    spread=standing(ExplanationDoc, each("accounts")),
    columns=(
        *_PERIOD,
        Column("commitment_ref", Type.CODE, "Cam kết", "Commitment", "part.commitment_ref"),
        Column("account", Type.TEXT, "Lời giải trình", "Account", "part.account"),
        Column("cause", Type.CODE, "Nguyên nhân chưa đạt", "What held it back", "part.cause",
               words=CauseKind),
        Column("confirmed_by", Type.TEXT, "Cơ quan và văn bản xác nhận nguyên nhân khách quan",
               "Body and document that confirmed an objective cause", "part.confirmed_by"),
    ),
)  # fmt: skip

TABLES = (PROGRAMMES, KEY_TASKS, POSTINGS, DOSSIERS, USED_THEMES, EXPLANATIONS)
