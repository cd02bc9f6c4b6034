"""Stamps of secrecy: found in every disguise and every corner of a file, and not in ordinary words."""

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from workbooks import altered, book, found_at, read, unzipped, with_parts

from portal.office.programme.stamps import (
    MAT,
    THU_HOI,
    TOI_MAT,
    TUYET_MAT,
    find_stamp,
    find_stamp_in_name,
)

STAMPED = {
    "MẬT": MAT,
    "Mật": MAT,
    "mật": MAT,
    "- Mật -": MAT,
    "Mật\nSố 12-KH/ĐU": MAT,
    "TỐI MẬT": TOI_MAT,
    "Tối mật": TOI_MAT,
    "TUYỆT MẬT": TUYET_MAT,
    "Tuyệt  mật": TUYET_MAT,
    "đóng dấu MẬT ở góc trái": MAT,
    "CÔNG VĂN MẬT": MAT,
    "VĂN BẢN MẬT SỐ 5": MAT,
    "MẬT_01": MAT,
    "Tài liệu mật": MAT,
    "Kế hoạch phòng thủ (Mật)": MAT,
    "Kế hoạch phòng thủ [TUYỆT MẬT]": TUYET_MAT,
    "Kế hoạch - Tối mật": TOI_MAT,
    "tài liệu Tối mật của phường": TOI_MAT,
    "Độ mật: Mật": MAT,
    "Độ mật: mật": MAT,
    "độ mật tối mật": TOI_MAT,
    "Mức mật = tuyệt mật": TUYET_MAT,
    "Mức độ: Tuyệt mật": TUYET_MAT,
    "BÍ MẬT NHÀ NƯỚC, ĐỘ: TỐI MẬT": TOI_MAT,
    "Tài liệu thu hồi": THU_HOI,
    "TÀI LIỆU THU HỒI SAU HỘI NGHỊ": THU_HOI,
    "Đây là tài liệu thu hồi, không sao chụp.": THU_HOI,
    "TAI LIEU THU HOI": THU_HOI,
    "TOI MAT": TOI_MAT,
    "TUYET MAT": TUYET_MAT,
    "M Ậ T": MAT,
    "M.Ậ.T": MAT,
    "M\nẬ\nT": MAT,
    "ĐIỂM A  M Ậ T": MAT,
    "T Ố I   M Ậ T": TOI_MAT,
    "T U Y Ệ T  M Ậ T": TUYET_MAT,
    "T À I  L I Ệ U  T H U  H Ồ I": THU_HOI,
    "M\u200bẬ\u200dT": MAT,
    "M\u00adẬ\ufeffT": MAT,
    "TỐI\u00a0MẬT": TOI_MAT,
    "ＭẬＴ": MAT,
    "МẬТ": MAT,  # Cyrillic М and Т
    "M̶Ậ̶T̶": MAT,
    "M\u3164ẬT": MAT,
    "TOÁI MAÄT": MAT,  # VNI fonts
    "mËt": MAT,  # TCVN3 fonts
}
ORDINARY = [
    "",
    "bảo mật",
    "BẢO MẬT THÔNG TIN",
    "An toàn, bảo mật hệ thống",
    "bí mật nhà nước",
    "Cam đoan không chứa bí mật nhà nước",
    "CAM ĐOAN KHÔNG CHỨA BÍ MẬT NHÀ NƯỚC",
    "Bảo vệ bí mật công tác",
    "Quản lý văn bản mật, tối mật đúng quy định",
    "Độ mật",
    "Độ mật: Không",
    "ĐỘ MẬT: KHÔNG",
    "bề mặt",
    "mặt trận",
    "MẶT TRẬN TỔ QUỐC",
    "GIẢI PHÓNG MẶT BẰNG",
    "mất mùa",
    "MẤT",
    "mật độ dân số",
    "Mật độ xây dựng 60%",
    "MẬT ĐỘ XÂY DỰNG",
    "thân mật",
    "mật ong",
    "SẢN XUẤT MẬT ONG",
    "Nuôi ong lấy mật",
    "đổi mật khẩu",
    "MẬT KHẨU",
    "Nguyễn Thị Mật",
    "NGUYỄN THỊ MẬT",
    "TRẦN VĂN MẬT",
    "Xã Mật Sơn",
    "MẬT SƠN",
    "thu hồi tài liệu",
    "hoàn thiện hồ sơ, tài liệu thu hồi đất",
    "TÀI LIỆU THU HỒI ĐẤT",
    "B Ả O  M Ậ T",
    "M Ậ T Đ Ộ",
    "a b c d m a t",
    "MAT",
    "format",
]
FORMS = [
    lambda text: text,
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"Trang đầu\n{text}\ntrang cuối",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", STAMPED)
def test_a_stamp_is_found(text: str, form: Callable[[str], str]) -> None:
    assert find_stamp(form(text)) == STAMPED[text]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_word_is_no_stamp(text: str, form: Callable[[str], str]) -> None:
    assert find_stamp(form(text)) is None


NAMES = {
    "toi-mat.xlsx": TOI_MAT,
    "Toi_Mat_2026.xlsx": TOI_MAT,
    "tuyet mat.xlsx": TUYET_MAT,
    "TUYETMAT.xlsx": TUYET_MAT,
    "TỐI-MẬT.xlsx": TOI_MAT,
    "kế hoạch mật.xlsx": MAT,
    "KE HOACH MAT.xlsx": MAT,
    "01_MAT_ke hoach.xlsx": MAT,
    "(MAT) ke hoach.xlsx": MAT,
    "mat.xlsx": MAT,
    "tai_lieu_thu_hoi.xlsx": THU_HOI,
}
PLAIN_NAMES = [
    "01-chu-tich-phuong-nhi-chieu.xlsx",
    "mat-do-dan-so.xlsx",
    "giai-phong-mat-bang.xlsx",
    "GIAI PHONG MAT BANG.xlsx",
    "MAT TRAN TO QUOC.xlsx",
    "BAO_MAT.xlsx",
    "bảo mật.xlsx",
    "BE MAT.xlsx",
    "be-mat.xlsx",
    "tai-lieu-thu-hoi-dat.xlsx",
    "FORMAT.xlsx",
    "Cam kết",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_stamped_name_is_found(name: str) -> None:
    assert find_stamp_in_name(name) == NAMES[name]
    assert find_stamp_in_name(unicodedata.normalize("NFD", name)) == NAMES[name]


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_an_ordinary_name_is_no_stamp(name: str) -> None:
    assert find_stamp_in_name(name) is None


FORM_NAMES: list[Literal["NFC", "NFD"]] = ["NFC", "NFD"]
UNSEEN = st.text("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f", max_size=2)
WORDS = ["Kế hoạch", "giao ban", "tháng 9", "bảo mật", "mật độ", "bề mặt", "mất nước", "thân mật"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@given(
    st.sampled_from(["MẬT", "TỐI MẬT", "TUYỆT MẬT", "TÀI LIỆU THU HỒI"]),
    st.lists(UNSEEN, min_size=60, max_size=60),
    st.sampled_from(FORM_NAMES),
    SENTENCES,
)
def test_no_invisible_mark_hides_a_stamp(
    stamp: str, marks: list[str], form: Literal["NFC", "NFD"], sentence: str
) -> None:
    letters = unicodedata.normalize(form, stamp)
    hidden = "".join(mark + letter for mark, letter in zip(marks, letters, strict=False))
    assert find_stamp(f"{sentence}\n{hidden}\n{sentence}") == stamp


@given(
    st.sampled_from(["MẬT", "TỐIMẬT", "TUYỆTMẬT", "TÀILIỆUTHUHỒI"]),
    st.text(" .-_·\u00a0", min_size=1, max_size=3),
)
def test_no_spacing_hides_a_stamp(stamp: str, gap: str) -> None:
    assert find_stamp(gap.join(stamp)) is not None


@given(SENTENCES)
@example("mật độ thân mật bảo mật")
def test_sentences_of_ordinary_words_are_free(sentence: str) -> None:
    assert find_stamp(sentence.lower()) is None
    assert find_stamp(sentence.upper()) is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert find_stamp(text) in (None, MAT, TOI_MAT, TUYET_MAT, THU_HOI)
    assert find_stamp_in_name(text) in (None, MAT, TOI_MAT, TUYET_MAT, THU_HOI)


# In a file: every corner, and the place named without any of the content.


def cell(made: Workbook) -> None:
    made["Cam kết"]["C2"] = "Kế hoạch (MẬT) về việc riêng"


def unknown_column(made: Workbook) -> None:
    made["Nhiệm vụ"]["K3"] = "TỐI MẬT"


def hidden_sheet(made: Workbook) -> None:
    page = made.create_sheet("Nháp")
    page["B7"] = "Tuyệt mật"
    page.sheet_state = "veryHidden"


def sheet_name(made: Workbook) -> None:
    made.create_sheet("KE HOACH MAT")


def accented_sheet_name(made: Workbook) -> None:
    made.create_sheet("TỐI MẬT")


def comment(made: Workbook) -> None:
    made["Cam kết"]["A1"].comment = Comment("MẬT", "người viết")


def header(made: Workbook) -> None:
    made["Cam kết"].oddHeader.center.text = '&"Arial,Bold"&14MẬT'


def first_footer(made: Workbook) -> None:
    made["Cam kết"].firstFooter.right.text = "Tài liệu thu hồi"


def title(made: Workbook) -> None:
    made.properties.title = "Kế hoạch - Mật"


def keywords(made: Workbook) -> None:
    made.properties.keywords = "TUYỆT MẬT"


def formula(made: Workbook) -> None:
    made["Cam kết"]["C2"] = '="MẬT"'


CORNERS: dict[Callable[[Workbook], None], str] = {
    cell: "trang tính «Cam kết», ô C2",
    formula: "trang tính «Cam kết», ô C2",
    unknown_column: "trang tính «Nhiệm vụ», ô K3",
    hidden_sheet: "trang tính thứ 5, ô B7",
    sheet_name: "tên trang tính thứ 5",
    accented_sheet_name: "tên trang tính hoặc tên vùng",
    comment: "ghi chú của ô",
    header: "trang tính «Cam kết»",
    first_footer: "trang tính «Cam kết»",
    title: "thuộc tính của tệp",
    keywords: "thuộc tính của tệp",
}


@pytest.mark.parametrize("corner", CORNERS, ids=lambda corner: corner.__name__)
def test_a_stamp_in_any_corner_refuses_the_file(corner: Callable[[Workbook], None]) -> None:
    assert found_at(book(shape=corner)) == CORNERS[corner]


def test_a_stamp_cut_into_runs_of_type_is_found_in_its_cell() -> None:
    runs = "<is><r><rPr><b/></rPr><t>M</t></r><r><rPr><i/></rPr><t>ẬT</t></r></is>"
    data = altered(book(), "xl/worksheets/sheet3.xml", "<is><t>%</t></is>", runs)
    assert found_at(data) == "trang tính «Cam kết», ô E2"


def test_a_shared_string_is_traced_to_its_cell() -> None:
    assert found_at(shared("Tối mật", "Cam kết")) == "trang tính «Cam kết», ô E2"


def test_a_shared_string_that_no_cell_shows_is_found_too() -> None:
    assert found_at(shared("khác", "TỐI MẬT")) == "nội dung ô"


def shared(used: str, unused: str) -> bytes:
    """A workbook whose E2 shows the first of two shared strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si><t>{used}</t></si><si><t>{unused}</t></si></sst>'
    data = altered(
        book(),
        "xl/worksheets/sheet3.xml",
        't="inlineStr"><is><t>%</t></is>',
        't="s"><v>0</v>',
    )
    data = altered(
        data,
        "[Content_Types].xml",
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return with_parts(data, {"xl/sharedStrings.xml": strings})


def test_shared_strings_are_read() -> None:
    """Positive control: the same workbook without a stamp."""
    assert read(shared("hồ sơ", "thừa")).commitments[0].measure_unit == "hồ sơ"


@pytest.mark.parametrize(
    ("part", "content", "where"),
    [
        ("docProps/custom.xml", '<p><property name="Độ mật: Mật"/></p>', "thuộc tính của tệp"),
        ("xl/drawings/drawing1.xml", "<d><p><r>TỐI</r><r> MẬT</r></p></d>", "hình vẽ"),
        ("xl/drawings/vmlDrawing1.vml", "<xml><br><div>MẬT</div>", "hình vẽ"),
        ("xl/charts/chart1.xml", "<c><v>TUYỆT MẬT</v></c>", "biểu đồ"),
        ("xl/threadedComments/t1.xml", "<c><text>M_x200B_ẬT</text></c>", "ghi chú"),
        ("xl/pivotCache/p1.xml", '<p><s v="MẬT"/></p>', "phần ẩn của tệp"),
        ("customXml/item1.xml", "<x>Tài liệu thu hồi</x>", "phần ẩn của tệp"),
    ],
)
def test_a_stamp_in_any_part_refuses_the_file(part: str, content: str, where: str) -> None:
    assert found_at(with_parts(book(), {part: content})).startswith(where)


def test_the_folder_a_file_lies_in_is_not_its_name() -> None:
    assert read(book(), "C:\\TOI MAT\\chuong-trinh.xlsx") == read(book(), "toi-mat/a.xlsx")
    assert found_at(book(), "D:\\cv\\tuyet-mat.xlsx") == "tên tệp"


def test_the_refusal_says_nothing_of_the_content() -> None:
    data = book(shape=hidden_sheet, info={"Họ và tên": "Người Được Giấu"})
    where = found_at(data)
    assert "Nháp" not in where
    assert "Người" not in where


def test_a_programme_that_speaks_of_secrecy_is_let_through() -> None:
    """Positive control: ordinary words in every field, comment and property."""

    def speak(made: Workbook) -> None:
        made.properties.title = "Bảo mật và mật độ"
        made["Cam kết"]["A1"].comment = Comment("Không ghi bí mật nhà nước", "ai")
        made["Cam kết"].oddHeader.center.text = "&BMặt trận Tổ quốc"
        made.create_sheet("Mật độ")

    form = read(book(tasks=[{"Giải pháp": "BẢO MẬT THÔNG TIN; mật độ dân số"}], shape=speak))
    assert form.tasks[0].solution.startswith("BẢO MẬT")
    assert "docProps/core.xml" in unzipped(book())
