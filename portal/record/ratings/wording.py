"""What ratings say to a reader: Vietnamese first, then English."""

from enum import StrEnum

from portal.record.ratings.figures import Part
from portal.record.ratings.showing import fewest_raters
from portal.record.ratings.terms import Answer, Group, Relation, Sign, Standing

Words = tuple[str, str]

QUESTION: Words = (
    "Ông/bà thấy việc này thực tế đã làm đến đâu?",
    "As far as you can see, how far has this been done?",
)

ANSWER_WORDS: dict[Answer, Words] = {
    Answer.DONE_WELL: ("Đã làm tốt", "Done well"),
    Answer.UNCLEAR: ("Có làm, chưa rõ kết quả", "Being done, result unclear"),
    Answer.NOT_SEEN: ("Chưa thấy làm", "Not seen being done"),
    Answer.UNKNOWN: ("Tôi không biết", "I do not know"),
}

RELATION_WORDS: dict[Relation, Words] = {
    Relation.AFFECTED: ("Tôi trực tiếp liên quan", "It concerns me directly"),
    Relation.LOCAL: ("Sống tại địa bàn", "I live in the area"),
    Relation.INTERESTED: ("Chỉ quan tâm", "I am only interested"),
}

GROUP_WORDS: dict[Group, Words] = {
    Group.RESIDENT: ("Người dân", "Residents"),
    Group.PARTY_MEMBER: ("Đảng viên", "Party members"),
    Group.CADRE: ("Cán bộ", "Cadres"),
}

STANDING_WORDS: dict[Standing, Words] = {
    Standing.VERIFIED: ("Đã xác thực", "Verified"),
    Standing.UNVERIFIED: ("Chưa xác thực", "Not verified"),
}

SIGN_WORDS: dict[Sign, Words] = {
    Sign.BURST: (
        "Nhiều người trả lời trong vài phút.",
        "Many people answered within minutes.",
    ),
    Sign.NEW_KEYS: (
        "Trong một ngày có nhiều người chưa từng tham gia cùng trả lời.",
        "Within one day many people answered who had never taken part before.",
    ),
    Sign.EVEN_TIMING: (
        "Các câu trả lời nối nhau, cách nhau những khoảng thời gian bằng nhau.",
        "Answers followed one another at equal distances in time.",
    ),
}


class Notice(StrEnum):
    """What is said beside figures, or instead of them."""

    TOO_FEW = "too_few"
    FEW_OPINIONS = "few_opinions"
    NEARLY_ALL = "nearly_all"
    MERGED = "merged"
    UNUSUAL = "unusual"
    JUMP = "jump"
    ALREADY_COUNTED = "already_counted"
    NOT_EVERYBODY = "not_everybody"


NOTICES: dict[Notice, Words] = {
    Notice.TOO_FEW: (
        "Chưa đủ ý kiến để hiển thị. Khi có ít nhất {min_batch} người trả lời, kết quả sẽ được công bố.",
        "Not enough answers to show yet. The result is released once at least {min_batch} people have "
        "answered.",
    ),
    Notice.FEW_OPINIONS: (
        "Có {people} người trả lời, nhưng chưa đến {fewest} người nêu ý kiến; những người còn lại chọn "
        "“Tôi không biết”. Chưa đủ để nói thêm.",
        "{people} people answered, but fewer than {fewest} had an opinion; the others chose “I do not "
        "know”. That is too few to say more.",
    ),
    Notice.NEARLY_ALL: (
        "Các ý kiến gần như giống nhau. Để không ai bị lộ câu trả lời, chỉ công bố khoảng: từ {least} đến "
        "{most} trong {n} người chọn “{answer}”.",
        "The answers are nearly all alike. So that nobody's answer shows, only a range is given: between "
        "{least} and {most} of {n} people chose “{answer}”.",
    ),
    Notice.MERGED: (
        "Có câu trả lời quá ít người chọn nên được gộp chung với câu khác.",
        "Too few people gave one of these answers, so it is put together with another.",
    ),
    Notice.UNUSUAL: (
        "Một phần ý kiến đến theo cách bất thường. Không ý kiến nào bị xóa: dưới đây là kết quả có tính và "
        "không tính phần đó.",
        "Some answers came in an unusual way. None was deleted: below are the figures with and without them.",
    ),
    Notice.JUMP: (
        "Kết quả đợt này khác hẳn các đợt trước.",
        "The result of this batch is quite unlike those before.",
    ),
    Notice.ALREADY_COUNTED: (
        "Ý kiến của ông/bà về cam kết này đã được kiểm đếm trong kỳ nên không đổi hoặc rút được nữa. Ông/bà "
        "có thể trả lời lại khi kỳ sau bắt đầu.",
        "Your answer on this commitment has been counted for this period, so it can no longer be changed or "
        "taken back. You can answer again when the next period begins.",
    ),
    Notice.NOT_EVERYBODY: (
        "Đây là ý kiến của những người đã trả lời, không phải điều tra chọn mẫu. Khoảng tin cậy 95% chỉ cho "
        "biết sai số do số người ít.",
        "These are the views of those who chose to answer, not a sample survey. The 95% interval tells only "
        "of the error that comes from small numbers.",
    ),
}


def few_opinions(people: int, *, k: int) -> Words:
    """What stands in place of figures when most of ``people`` had no opinion."""
    vi, en = NOTICES[Notice.FEW_OPINIONS]
    values = {"people": people, "fewest": fewest_raters(k)}
    return vi.format(**values), en.format(**values)


def label(part: Part) -> Words:
    """The name of a part; of a merged one both answers."""
    words = [ANSWER_WORDS[answer] for answer in part.answers]
    return " / ".join(vi for vi, _ in words), " / ".join(en for _, en in words)


def count_in_words(part: Part) -> Words:
    """How many of how many: exactly, or from so many to so many."""
    if part.least == part.most:
        return f"{part.most} trong {part.n} người", f"{part.most} of {part.n} people"
    return (
        f"từ {part.least} đến {part.most} trong {part.n} người",
        f"between {part.least} and {part.most} of {part.n} people",
    )
