"""The public's voice in a dossier as tables of words: ratings, themes, comments, how they were moderated."""

from collections.abc import Iterable

from portal.office.evaluation.section import Row, Section
from portal.record.change_words import show
from portal.record.evaluation.dossier import Dossier
from portal.record.moderation_words import reason_words
from portal.record.ratings.figures import Part, Total
from portal.record.ratings.wording import ANSWER_WORDS, GROUP_WORDS, NOTICES, STANDING_WORDS, Notice

_TOO_FEW = "Chưa đủ ý kiến để hiển thị"


def ratings(made: Dossier) -> Section:
    """What groups of people answered, side by side; a group of too few is not shown."""
    rows: list[Row] = []
    for one in made.ratings:
        for row in one.rows:
            group = f"{GROUP_WORDS[row.group][0]}, {STANDING_WORDS[row.standing][0].lower()}"
            told = [(group, row.everybody)]
            if row.has_unusual:
                told.append((f"{group}, không tính phần bất thường", row.without_unusual))
            rows += [(one.commitment_ref, one.quarter, who, *cells) for who, t in told for cells in _total(t)]
    return Section(
        "danh_gia",
        "VII. Đánh giá của người dân, đảng viên, cán bộ (từng nhóm, không cộng chung)",
        ("Cam kết", "Quý", "Nhóm", "Câu trả lời", "Số người", "Tỷ lệ", "Khoảng tin cậy 95%"),
        tuple(rows),
        note=f"{NOTICES[Notice.NOT_EVERYBODY][0]} Nhóm có quá ít người trả lời không hiển thị.",
        empty="Chưa có đợt đánh giá nào được công bố trong kỳ.",
    )


def _total(total: Total) -> Iterable[tuple[str, str, str, str]]:
    if not total.parts:
        yield (_TOO_FEW, "", "", "")
    for part in total.parts:
        yield (
            " / ".join(ANSWER_WORDS[answer][0] for answer in part.answers),
            f"{_span(part.least, part.most)} trên {part.n}",
            f"{_span(part.percent_least, part.percent_most)}%",
            _interval(part),
        )


def _interval(part: Part) -> str:
    return f"{part.low}–{part.high}%"


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def themes(made: Dossier) -> Section:
    """What several comments have in common, and the office's answer."""
    return Section(
        "nhom_gop_y",
        "VIII. Nhóm góp ý và trả lời",
        ("Nhóm góp ý", "Số góp ý trong kỳ", "Hạn trả lời", "Trả lời", "Người trả lời, ngày"),
        tuple(
            (
                theme.title,
                str(theme.comments),
                show(theme.due_on),
                theme.reply.text if theme.reply else "Chưa trả lời",
                f"{theme.reply.by}, {show(theme.reply.replied_on)}" if theme.reply else "",
            )
            for theme in made.themes
        ),
    )


def examples(made: Dossier) -> Section:
    """The first published comments of each theme, word for word."""
    return Section(
        "gop_y",
        "IX. Góp ý đã công bố (những góp ý đầu của mỗi nhóm)",
        ("Nhóm góp ý", "Ngày nhận", "Người gửi chọn hiện là", "Nội dung", "Trả lời"),
        tuple(
            (
                theme.title,
                show(one.received_on),
                one.shown_as,
                one.words,
                one.reply.text if one.reply else "",
            )
            for theme in made.themes
            for one in theme.examples
        ),
    )


def moderation(made: Dossier) -> Section:
    """How the comments of the period were dealt with, so that nobody can say criticism was hidden."""
    found = made.moderation
    return Section(
        "kiem_duyet",
        "X. Thống kê kiểm duyệt góp ý nhận trong kỳ",
        ("Nội dung", "Số"),
        (
            ("Đăng nguyên văn", str(found.shown)),
            ("Đăng, che dữ liệu cá nhân", str(found.masked)),
            *((f"Không đăng: {reason_words(one.reason)}", str(one.count)) for one in found.refused),
            ("Người gửi đã rút", str(found.taken_back)),
            ("Đã có trả lời riêng", str(found.replied)),
            ("Quyết định trong sổ kiểm duyệt", str(found.decisions)),
            ("– trong hạn", str(found.in_time)),
            ("– có người thứ hai", str(found.second_person)),
            ("– gộp vào ý kiến trùng", str(found.merged)),
            ("Đề nghị xem lại", str(found.appeals)),
            ("– quyết định được thay đổi", str(found.overturned)),
            ("– giữ nguyên", str(found.upheld)),
            ("Thời gian xử lý ở giữa (giờ làm việc)", show(found.median_hours)),
        ),
    )
