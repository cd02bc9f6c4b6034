"""Personal data: found, to the letter, in every register; left alone where it only looks like it."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

import pytest
from recognition_texts import CADRES, HELD_OUT, MARKED, Labelled, labelled, read_marks, rows

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.personal import KIND_WORDS, find_personal, mask

Finder = Callable[[str], tuple[Found, ...]]
Marked = tuple[str, tuple[tuple[str, int, int], ...]]
NUMBERS = {Kind.PHONE, Kind.CITIZEN_ID, Kind.BANK_ACCOUNT, Kind.PLATE}

NOT_PERSONAL = [
    "Kế hoạch 102/QĐ-UBND ngày 15/3/2026 và Nghị định 170/2025/NĐ-CP",
    "Tổng vốn 12.345.678.900 đồng, đã giải ngân 9.876.543.210 đồng",
    "Dự toán 1.034.567.890.123 đồng chia làm 12 tháng",
    "Biên nhận GY.20261123.7KQ2-M4TX-9BH, mã PAKN.20261102.0045",
    "Mã hồ sơ 000.00.18.H32-261103-0045 trả sớm",
    "Thửa 215 tờ bản đồ số 36 diện tích 1.204,5 m2",
    "Sổ đỏ số BC 123456, số vào sổ CH00345",
    "Từ 7h30 đến 16h45 các ngày 14-15/10/2026",
    "Quốc lộ 37 từ Km 5+200 đến Km 7+900",
    "Chương trình CT.7KQ2M4 có 18 cam kết",
    "Đường dây nóng 1022, tổng đài 1900 1234",
    "Trực ban UBND phường: 0220 3822 111",
    "Hộp thư phuongnhichieu@haiphong.gov.vn",
    "đường Trần Hưng Đạo, phố Lê Lợi, phố Bà Triệu",
    "phường Trần Liễu, phường Nguyễn Đại Năng, phường Phạm Sư Mạnh",
    "Trường Bạch Đằng, trường Chu Văn An, đền Cao An Phụ",
    "duong nguyen trai, phuong tran lieu, truong bach dang",
    "ĐƯỜNG TRẦN HƯNG ĐẠO ĐÃ SÁNG ĐÈN",
    "Công ty TNHH Hoàng Minh Phát thi công",
    "Ông Chủ tịch, bà Phó Chủ tịch, đồng chí Bí thư, anh Bí thư Đoàn",
    "anh chị em, ông bà, bà con, cô bác trong tổ, anh hùng liệt sĩ",
    "Ông Nguyễn Văn A, bà B trong ví dụ",
    "Trụ sở UBND phường ở số 1 đường Trần Hưng Đạo",
    "Từ số nhà 2 đến số nhà 60 đường Lê Lợi",
    "Điểm bỏ rác đầu ngõ 34, tổ 5, khu 3",
    "phát sinh ngày 12/3/2026, vệ sinh ngày 10/10, học sinh năm 2026",
    "Lớp 12A1 2026 đỗ cả",
    "Lễ kỷ niệm ngày sinh Bác Hồ",
    "một hai ba bốn năm sáu bảy tám chín mười",
]


@cache
def find(text: str) -> tuple[Found, ...]:
    return find_personal(text, known_names=CADRES)


def part(name: str) -> list[Marked]:
    return [(one.text, one.personal) for one in labelled() if name in ("whole", one.part)]


def changed(change: Callable[[str], str]) -> list[Marked]:
    """The whole set with every stretch, marked or not, put through ``change``."""
    texts: list[Marked] = []
    for row in rows():
        pieces, at = [], 0
        for found in MARKED.finditer(row["text"]):
            pieces += [change(row["text"][at : found.start()]), f"⟦{found[1]}:{change(found[2])}⟧"]
            at = found.end()
        texts.append(read_marks("".join([*pieces, change(row["text"][at:])])))
    return texts


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class Tally:
    """What a finder found of the labels, and what it found besides."""

    def __init__(self, finder: Finder, texts: Iterable[Marked], kinds: Iterable[str] = tuple(Kind)) -> None:
        self.labels = self.covered = self.exact = self.found = self.false = 0
        wanted = set(kinds)
        for text, labels in texts:
            found = [one for one in finder(text) if one.kind in wanted]
            self.found += len(found)
            mine = [label for label in labels if label[0] in wanted]
            self.labels += len(mine)
            for kind, start, end in mine:
                same = [one for one in found if one.kind == kind]
                self.covered += any(one.start <= start and end <= one.end for one in same)
                self.exact += any((one.start, one.end) == (start, end) for one in same)
            for one in found:
                self.false += not any(
                    kind == one.kind and s < one.end and one.start < e for kind, s, e in mine
                )

    @property
    def recall(self) -> float:
        return self.covered / self.labels

    @property
    def false_share(self) -> float:
        return self.false / max(1, self.found)


def test_the_set_is_large_and_varied() -> None:
    assert len(labelled()) >= 400
    assert len(part(HELD_OUT)) >= 200
    assert {one.register for one in labelled()} >= {"elder", "youth", "plain", "caps", "dialect", "official"}
    kinds = [kind for _, labels in part("whole") for kind, _, _ in labels]
    assert all(kinds.count(kind) >= 10 for kind in Kind)


@pytest.mark.parametrize("name", ["whole", HELD_OUT])
def test_personal_data_is_found(name: str) -> None:
    tally = Tally(find, part(name))
    assert tally.recall >= 0.98
    assert tally.exact / tally.labels >= 0.97
    assert tally.false_share <= 0.02


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_found(kind: Kind) -> None:
    assert Tally(find, part("whole"), [kind]).recall >= 0.95


def test_the_measure_can_fail() -> None:
    def nothing(text: str) -> tuple[Found, ...]:
        return ()

    def every_figure(text: str) -> tuple[Found, ...]:
        return tuple(Found(at, at + 1, Kind.PHONE) for at, sign in enumerate(text) if sign.isdigit())

    assert Tally(nothing, part("whole")).recall == 0
    assert Tally(every_figure, part("whole")).recall < 0.1
    assert Tally(every_figure, part("whole")).false_share > 0.5


def test_accents_typed_apart_change_nothing() -> None:
    def apart(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    tally = Tally(find, changed(apart))
    assert tally.exact == Tally(find, part("whole")).exact
    assert tally.false == Tally(find, part("whole")).false


def test_without_accents() -> None:
    tally = Tally(find, changed(bare))
    assert tally.recall >= 0.95
    assert tally.false_share <= 0.02


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: bare(text).upper()])
def test_where_capitals_tell_nothing(change: Callable[[str], str]) -> None:
    """Numbers and addresses as well as ever; names by their words alone, and account names not at all."""
    others = [kind for kind in Kind if kind not in (Kind.NAME, Kind.SOCIAL)]
    assert Tally(find, changed(change), others).recall >= 0.98
    assert Tally(find, changed(change), [Kind.NAME]).recall >= 0.5
    assert Tally(find, changed(change)).false_share <= 0.03


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_only_looks_personal_is_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in find(text)] == []


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("gọi 0️⃣9️⃣5️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣ nhé", Kind.PHONE, "0️⃣9️⃣5️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7"),
        ("số ０９５１２３４５６７", Kind.PHONE, "０９５１２３４５６７"),
        ("09\u200b51\u200b234\u200b567", Kind.PHONE, "09\u200b51\u200b234\u200b567"),
        ("cccd 030x175x001x234", Kind.CITIZEN_ID, "030x175x001x234"),
        ("không chín năm một 234 năm sáu bảy", Kind.PHONE, "không chín năm một 234 năm sáu bảy"),
        ("xe 34a12345 đỗ sai", Kind.PLATE, "34a12345"),
        ("bec.hanh [at] gmail.com", Kind.EMAIL, "bec.hanh [at] gmail.com"),
        ("ông hàng xóm tên Đoàn Văn Mộc", Kind.NAME, "Đoàn Văn Mộc"),
    ],
)
def test_disguises(text: str, kind: Kind, piece: str) -> None:
    found = [(one.kind, text[one.start : one.end]) for one in find(text)]
    assert (kind, piece) in [(k, p.removesuffix("️⃣")) for k, p in found]


def test_the_cadre_of_the_page_is_no_third_party() -> None:
    text = "Ông Lương Công Mẫu, bà Minh Họa và ông Mẫu đã hứa; ong Mau cung vay"
    assert find(text) == ()
    assert {text[one.start : one.end] for one in find_personal(text)} >= {"Lương Công Mẫu", "Minh Họa"}


def test_masks_say_what_they_hide() -> None:
    text = "Gọi bà Nến số 0951 234 567."
    assert mask(text, find(text)) == "Gọi bà [đã che: tên người] số [đã che: số điện thoại]."
    assert set(KIND_WORDS) == set(Kind)


def test_masking_leaves_nothing_of_what_was_found() -> None:
    for one in labelled():
        found = find(one.text)
        masked = mask(one.text, found)
        kept = "".join(one.text[start:end] for start, end in _gaps(found, len(one.text)))
        assert _without_masks(masked) == kept
        for piece in found:
            figures = _figures(one.text[piece.start : piece.end])
            assert piece.kind not in NUMBERS or len(figures) < 5 or figures not in _figures(masked)


def _gaps(found: tuple[Found, ...], length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _without_masks(masked: str) -> str:
    for words in KIND_WORDS.values():
        masked = masked.replace(f"[đã che: {words}]", "")
    return masked


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def test_pieces_never_overlap() -> None:
    for one in labelled():
        found = find(one.text)
        assert all(left.end <= right.start for left, right in pairwise(found))


def test_labels_are_sound() -> None:
    def is_sound(one: Labelled) -> bool:
        return all(kind in set(Kind) and one.text[start:end].strip() for kind, start, end in one.personal)

    assert all(is_sound(one) and "⟦" not in one.text for one in labelled())
