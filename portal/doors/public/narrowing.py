"""The words and links by which a search is narrowed, widened, and explained when it finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.record.search import Found, Note, Query, Sort, Trait
from portal.record.search.filters import ALL, AREA, STANDING, UNIT
from portal.record.search.saved import NAME_OF, parameters

# Vietnamese sentences for what the parser did; every one is in the catalogue
NOTES: dict[Note, str] = {
    Note.QUERY_SHORTENED: "Câu tìm dài quá 200 ký tự nên chỉ tìm phần đầu.",
    Note.TERMS_DROPPED: "Câu tìm dài quá 12 từ nên chỉ tìm 12 từ đầu.",
    Note.WORDS_UNKNOWN: "Có từ không gặp trong nội dung nào nên đã bỏ qua.",
    Note.WORDS_CORRECTED: "Không có nội dung nào khớp đúng như đã gõ, nên tìm theo cách viết gần nhất.",
    Note.MATCHED_MOST: "Không có nội dung nào chứa đủ mọi từ; dưới đây là những nội dung chứa gần đủ.",
    Note.ALSO_MOST: "Có ít nội dung chứa đủ mọi từ; tiếp sau là những nội dung chứa gần đủ.",
    Note.UNIT_SUCCEEDED: "Ông/bà tìm theo tên cũ; dưới đây là cam kết của đơn vị hiện nay.",
}

SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: "Khớp nhất trước",
    Sort.DEADLINE: "Hạn gần nhất trước",
    Sort.UPDATED: "Mới cập nhật trước",
    Sort.NEWEST: "Mới công bố trước",
}

TRAIT_WORDS: dict[Trait, str] = {
    Trait.LATE: "Trễ hạn",
    Trait.DISPUTED: "Có số liệu hoặc ý kiến trái chiều",
    Trait.SILENT: "Quá kỳ mà chưa cập nhật",
    Trait.CHANGED: "Đã đổi mức đích hoặc thời hạn",
}

TRAIT_MEANINGS: dict[Trait, str] = {
    Trait.LATE: (
        "đã qua thời hạn đang có hiệu lực, hoặc thời hạn công bố lần đầu, mà chưa có xác nhận hoàn thành; "
        "kể cả cam kết hoàn thành muộn. Cam kết được báo là xong trong hạn và đang chờ xác nhận thì không "
        "tính là trễ."
    ),
    Trait.DISPUTED: (
        "hai điều đã công bố không khớp nhau: số liệu được xác nhận khác số liệu tự báo cáo cùng ngày; "
        "tự báo cáo là đã đạt mà số liệu xác nhận về sau cho thấy chưa đạt; hoặc trong kỳ lấy ý kiến gần "
        "nhất, ở một nhóm người trả lời, cả khoảng tin cậy của “Chưa thấy làm” từ 50 phần trăm trở lên "
        "(không tính các lượt trả lời bất thường). Bộ lọc chỉ cho biết có điều chưa khớp để ông/bà tự "
        "xem; không kết luận bên nào đúng và không phải nhận xét về một người."
    ),
    Trait.SILENT: (
        "kỳ báo cáo gần nhất đã qua hơn 5 ngày làm việc mà chưa có báo cáo mới; báo là chưa có số liệu "
        "cũng là báo cáo."
    ),
    Trait.CHANGED: "mức đích hoặc thời hạn hiện nay khác với lần công bố đầu.",
}

_MOST_AREAS = 6
DROPS = {
    ALL: "Bỏ mọi bộ lọc",
    UNIT: "Tìm ở mọi phường, xã",
    AREA: "Tìm ở mọi lĩnh vực",
    STANDING: "Tìm ở mọi tình trạng",
}


@dataclass(frozen=True, slots=True)
class TraitLine:
    """One check box: its parameter, its words, how many are left when it is ticked."""

    name: str
    word: str
    n: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DropLine:
    """One way out of an empty answer. ``trait``: the words of the trait to leave out, if it is one."""

    word: str
    trait: str
    query: str
    n: int


def trait_lines(found: Found, query: Query) -> list[TraitLine]:
    """The check boxes, in their fixed order; one that leaves nothing stands only where it is ticked."""
    lines = [
        TraitLine(NAME_OF[trait], TRAIT_WORDS[trait], count.n, trait in query.traits)
        for trait, count in zip(Trait, found.counts_by_trait, strict=True)
    ]
    return [line for line in lines if line.n or line.is_chosen]


def drop_lines(found: Found, query: Query) -> list[DropLine]:
    """What there would be without one filter, or without any."""
    asked = parameters(query)
    return [
        DropLine(
            word=DROPS.get(count.code, ""),
            trait="" if count.code in DROPS else TRAIT_WORDS[Trait(count.code)],
            query=urlencode(_without(asked, count.code)),
            n=count.n,
        )
        for count in found.dropped
    ]


def _without(asked: dict[str, str], name: str) -> dict[str, str]:
    gone = set(NAME_OF.values()) if name == ALL else {NAME_OF[name]}
    return {key: value for key, value in asked.items() if key not in gone}


def area_lines(near: Found, query: Query) -> Iterator[tuple[str, str, int]]:
    """The largest areas of ``near``: their label, the search that shows them, how many there are."""
    within = {NAME_OF[UNIT]: query.unit} if query.unit else {}
    for count in near.counts_by_area[:_MOST_AREAS]:
        yield count.label, urlencode({**within, NAME_OF[AREA]: count.code}), count.n
