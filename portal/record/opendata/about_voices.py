"""Open tables of the public's voice: counts, comments as published, answers owed, how moderation decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.record.documents import CommentDoc, ModerationDoc, RatingsDoc, ThemeDoc, TransparencyDoc
from portal.record.moderation_words import AppealState, Verdict
from portal.record.opendata.table import Column, Table, Type, each, itself, standing
from portal.record.voice import Answer, CommentKind, CommentState, Group, Standing


@dataclass(frozen=True, slots=True)
class _Counted:
    """One part of one count: of a row over all batches, or of a block of one batch."""

    doc: RatingsDoc
    of: Any  # a Row or a Block
    count: Any  # a Total or a Block: has n and the bounds of "unknown"
    part: Any  # a Part; None where no answers are told
    scope: str = ""
    batch: Any = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers counted together in this part."""
        return tuple(self.part.answers) if self.part else ()

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations counted together in this block."""
        return tuple(self.of.relations)


def _totals(document: RatingsDoc) -> Iterable[_Counted]:
    for row in document.figures.rows:
        scopes = [("everybody", row.everybody)]
        if row.has_unusual:
            scopes.append(("without_unusual", row.without_unusual))
        for scope, total in scopes:
            for part in total.parts or (None,):
                yield _Counted(document, row, total, part, scope)


def _blocks(document: RatingsDoc) -> Iterable[_Counted]:
    for batch in document.figures.batches:
        for block in batch.blocks:
            for part in block.parts or (None,):
                yield _Counted(document, block, block, part, batch=batch)


_WHOM = (
    Column("commitment_ref", Type.CODE, "Cam kết", "Commitment", "doc.commitment_ref"),
    Column("period", Type.CODE, "Quý", "Quarter", "doc.figures.period"),
    Column("group", Type.CODE, "Nhóm; các nhóm để cạnh nhau, không cộng lại",
           "Group; groups stand side by side and are never added up", "of.group", words=Group),
    Column("standing", Type.CODE, "Tư cách đã được xác nhận hay chưa", "Whether a body attested the capacity",
           "of.standing", words=Standing),
)  # fmt: skip
_COUNT = (
    Column("n", Type.INTEGER, "Số người đã đánh giá; trống: quá ít để nêu",
           "People who rated; empty: too few", "count.n", "người / people"),
    Column("answers", Type.LIST, f"Câu trả lời ({', '.join(Answer)}); nhiều câu: được gộp để không lộ ai",
           "Answers; several: merged so that nobody can be told", "answers"),
    Column("least", Type.INTEGER, "Ít nhất", "At least", "part.least", "người / people"),
    Column("most", Type.INTEGER, "Nhiều nhất", "At most", "part.most", "người / people"),
    Column("percent_least", Type.INTEGER, "Tỷ lệ, ít nhất", "Share, at least", "part.percent_least", "%"),
    Column("percent_most", Type.INTEGER, "Tỷ lệ, nhiều nhất", "Share, at most", "part.percent_most", "%"),
    Column("low", Type.INTEGER, "Khoảng tin cậy 95% (Wilson), đầu dưới", "Wilson 95 % interval, lower end",
           "part.low", "%"),
    Column("high", Type.INTEGER, "Khoảng tin cậy 95% (Wilson), đầu trên", "Wilson 95 % interval, upper end",
           "part.high", "%"),
    Column("unknown_least", Type.INTEGER, "“Tôi không biết”, ít nhất", "Said they do not know, at least",
           "count.unknown_least", "người / people"),
    Column("unknown_most", Type.INTEGER, "“Tôi không biết”, nhiều nhất", "Said they do not know, at most",
           "count.unknown_most", "người / people"),
    Column("least_cell", Type.INTEGER, "Ô nhỏ nhất được nêu", "Least cell that is told",
           "doc.figures.least_cell", "người / people"),
)  # fmt: skip

_REPLIED = (
    Column("reply_by", Type.TEXT, "Chức vụ, đơn vị giải trình", "Post and unit that replied", "reply.by"),
    Column("replied_on", Type.DATE, "Ngày giải trình", "Replied on", "reply.replied_on"),
)

RATINGS = Table(
    name="ratings",
    vi="Đánh giá đã công bố, cộng các đợt của quý; một dòng mỗi câu trả lời",
    en="Released ratings, all batches of the quarter; one row an answer",
    spread=standing(RatingsDoc, _totals),
    columns=(
        *_WHOM,
        Column("scope", Type.CODE, "everybody: tất cả; without_unusual: không tính phần bất thường",
               "everybody, or without the unusual part"),
        *_COUNT,
    ),
)  # fmt: skip

BATCHES = Table(
    name="rating_batches",
    vi="Từng đợt công bố đánh giá",
    en="Releases of ratings, batch by batch",
    spread=standing(RatingsDoc, _blocks),
    columns=(
        *_WHOM,
        Column("batch", Type.INTEGER, "Đợt", "Batch", "batch.number"),
        Column("closed_on", Type.DATE, "Ngày đếm", "Counted on", "batch.closed_on"),
        Column("unusual", Type.BOOLEAN, "Đến theo cách bất thường", "Came in an unusual way", "of.unusual"),
        Column("relations", Type.LIST, "Quan hệ với việc này", "How they stand to the work", "relations"),
        *_COUNT,
    ),
)

COMMENTS = Table(
    name="comments",
    vi="Ý kiến như đã đăng, và dòng thay chỗ ý kiến không đăng; không có người gửi",
    en="Comments as published, and stubs of those not shown; nobody's name",
    spread=standing(CommentDoc, itself),
    columns=(
        Column("ref", Type.CODE, "Mã ý kiến", "Reference"),
        Column("commitment_ref", Type.CODE, "Cam kết", "Commitment"),
        Column("programme_ref", Type.CODE, "Chương trình", "Programme"),
        Column("kind", Type.CODE, "Loại ý kiến", "Kind", words=CommentKind),
        Column("state", Type.CODE, "Đăng, đăng có che, không đăng, đã rút", "How it stands",
               words=CommentState),
        Column("words", Type.TEXT, "Nội dung như đã đăng; trống khi không đăng hoặc đã rút",
               "Words as published; empty where refused or taken back"),
        Column("received_on", Type.DATE, "Ngày nhận (chỉ ngày, như trên trang)", "Received on (a day)"),
        Column("decided_on", Type.DATE, "Ngày quyết định", "Decided on"),
        Column("reason", Type.CODE, "Lý do không đăng", "Coded reason of a refusal"),
        Column("appealed", Type.BOOLEAN, "Đã được người thứ ba xem lại", "Looked at again by a third person"),
        Column("reply", Type.TEXT, "Giải trình", "The office's reply", "reply.text"),
        *_REPLIED,
    ),
)  # fmt: skip

THEMES = Table(
    name="themes",
    vi="Chủ đề ý kiến và giải trình; giải trình trễ hay không là so due_on với replied_on",
    en="Themes of comments and replies; late or not: compare due_on with replied_on",
    spread=standing(ThemeDoc, itself),
    columns=(
        Column("ref", Type.CODE, "Mã chủ đề", "Reference"),
        Column("programme_ref", Type.CODE, "Chương trình", "Programme"),
        Column("title", Type.TEXT, "Chủ đề", "Title"),
        Column("comment_refs", Type.LIST, "Các ý kiến", "Comments", "comments"),
        Column("asked_on", Type.DATE, "Ngày phát sinh trách nhiệm giải trình; trống: chưa",
               "An answer is owed since; empty: not yet"),
        Column("due_on", Type.DATE, "Hạn giải trình", "Answer due on"),
        Column("reply", Type.TEXT, "Giải trình", "Reply", "reply.text"),
        *_REPLIED,
    ),
)  # fmt: skip

MODERATION = Table(
    name="moderation",
    vi="Sổ kiểm duyệt: mỗi quyết định một dòng, không có lời và không có tên ai",
    en="The moderation ledger: a line a decision, no words and no person",
    spread=standing(ModerationDoc, itself),
    columns=(
        Column("ref", Type.CODE, "Mã dòng", "Reference"),
        Column("decided_on", Type.DATE, "Ngày quyết định", "Decided on"),
        Column("decision", Type.CODE, "Quyết định", "Decision", words=Verdict),
        Column("reason", Type.CODE, "Lý do", "Coded reason"),
        Column("hours", Type.INTEGER, "Từ lúc nhận đến lúc quyết định", "From receipt to decision",
               unit="giờ làm việc / working hours"),
        Column("in_time", Type.BOOLEAN, "Trong hạn", "In time"),
        Column("second_person", Type.BOOLEAN, "Hai người quyết định", "Two people decided"),
        Column("appeal", Type.CODE, "Kết quả xem lại", "End of the appeal", words=AppealState),
        Column("comment_ref", Type.CODE, "Ý kiến đã đăng hoặc dòng thay chỗ", "Comment or stub in public"),
    ),
)  # fmt: skip

_TEXTS = "ý kiến / comments"
MONTHS = Table(
    name="moderation_months",
    vi="Số liệu kiểm duyệt theo tháng",
    en="Moderation by month",
    spread=standing(TransparencyDoc, itself),
    columns=(
        Column("month", Type.CODE, "Tháng", "Month"),
        Column("as_of", Type.DATE, "Cập nhật ngày", "As of"),
        Column("received", Type.INTEGER, "Đã nhận", "Received", unit=_TEXTS),
        Column("decided", Type.INTEGER, "Đã quyết định", "Decided", unit=_TEXTS),
        Column("in_time", Type.INTEGER, "Trong hạn", "In time", unit=_TEXTS),
        Column("shown", Type.INTEGER, "Đăng nguyên văn", "Shown whole", unit=_TEXTS),
        Column("masked", Type.INTEGER, "Đăng, che một phần", "Shown, partly covered", unit=_TEXTS),
        Column("returned", Type.INTEGER, "Đề nghị sửa lại", "Returned", unit=_TEXTS),
        Column("redirected", Type.INTEGER, "Hướng dẫn gửi kênh khác", "Guided elsewhere", unit=_TEXTS),
        Column("merged", Type.INTEGER, "Gộp vào ý kiến trùng", "Merged", unit=_TEXTS),
        Column("median_hours", Type.INTEGER, "Thời gian xử lý, trung vị", "Median time to decide",
               unit="giờ làm việc / working hours"),
        Column("appeals", Type.INTEGER, "Đề nghị xem lại", "Appeals", unit=_TEXTS),
        Column("overturned", Type.INTEGER, "Xem lại: được đăng", "Overturned", unit=_TEXTS),
        Column("upheld", Type.INTEGER, "Xem lại: giữ nguyên", "Upheld", unit=_TEXTS),
        Column("reviewed", Type.INTEGER, "Quyết định lại ngẫu nhiên; trống: quá ít để nêu",
               "Decided again blindly; empty: too few", unit=_TEXTS),
        Column("agreed", Type.INTEGER, "Trong đó thống nhất", "Of these, agreed", unit=_TEXTS),
    ),
)  # fmt: skip

REFUSALS = Table(
    name="moderation_refusals",
    vi="Số ý kiến không đăng theo tháng và lý do",
    en="Comments not shown, by month and reason",
    spread=standing(TransparencyDoc, each("refused")),
    columns=(
        Column("month", Type.CODE, "Tháng", "Month", "doc.month"),
        Column("reason", Type.CODE, "Lý do", "Coded reason", "part.reason"),
        Column("count", Type.INTEGER, "Số ý kiến", "How many", "part.count", _TEXTS),
    ),
)

TABLES = (RATINGS, BATCHES, COMMENTS, THEMES, MODERATION, MONTHS, REFUSALS)
