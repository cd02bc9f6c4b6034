"""The leaflet of a unit: one sheet whatever the unit promised, in both ways the same, black on white."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import town
import townhall
from crowded import EACH, PEOPLE, crowd
from PIL import Image
from reader import Page, Reader, leaks_no_workings
from test_poster import pdf_of, plain

from portal.doors.public.leaflet import lines_of
from portal.record.documents import Act, Kind, TombstoneDoc

WARD = "/don-vi/phuong-nhi-chieu"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A ward where nine people promise seven things each, at length; one text is hostile."""
    return Reader(townhall.open_door(crowd(tmp_path_factory.mktemp("crowded"))).test_client())


def sheet_of(reader: Reader, address: str) -> tuple[Page, str]:
    """The print page and the text of the PDF, which is one page of A4."""
    page = reader.open(f"{address}/to-roi", unless=(leaks_no_workings,))  # a text may look like some
    answer = reader.get(f"{address}/to-roi.pdf")
    assert answer.mimetype == "application/pdf"
    sizes, text = pdf_of(answer.data)
    assert sizes == [(210, 297)]
    return page, text


def test_page_and_pdf_say_who_what_by_when_and_how_it_stands(reader: Reader) -> None:
    page, pdf = sheet_of(reader, WARD)
    for said in (
        "Phường Nhị Chiểu",
        "Lê Minh Họa",
        "Chủ tịch UBND phường",
        "1 cán bộ, 8 cam kết công khai, 1 đang quá hạn; tính đến ngày 24/11/2026.",
        town.commitments()["TN-02"].text,
        "30/10/2026",
        "33 trường hợp 15/11/2026",  # self-reported
        "31 trường hợp 30/09/2026",  # confirmed
        "quá 16 ngày làm việc",
        "Chưa kết nối",
        "http://127.0.0.1:8000/don-vi/phuong-nhi-chieu",
        "Sổ cái công khai: 53 mục",
        "Số liệu minh họa",
        "không ghi tên",
    ):
        assert plain(said) in plain(page.text), said
        assert plain(said) in plain(pdf), said


def test_in_english_too(reader: Reader) -> None:
    page, pdf = sheet_of(reader, f"/en{WARD}")
    for said in ("Who promised what, and is it late?", "Lê Minh Họa", "/en/don-vi/phuong-nhi-chieu"):
        assert plain(said) in plain(page.text)
        assert plain(said) in plain(pdf)


def test_where_nothing_is_promised_it_says_so(reader: Reader) -> None:
    page, pdf = sheet_of(reader, "/don-vi/xa-phu-thai")
    for said in ("Chưa có chương trình hành động nào", "Ông/bà có ý kiến?"):
        assert plain(said) in plain(page.text)
        assert plain(said) in plain(pdf)
    assert "minh họa:" not in page.text  # nothing on it is invented


def test_a_crowded_ward_still_has_one_sheet_and_counts_what_is_left(ward: Reader) -> None:
    page, pdf = sheet_of(ward, WARD)
    rows = [e for e in page.all("tr") if e.get("class") != "task"]
    shown, whole = len(rows) - 1, PEOPLE * EACH + 8
    assert 4 <= shown < whole
    assert f"Còn {whole - shown} cam kết khác" in page.text
    assert plain(f"Còn {whole - shown} cam kết khác") in plain(pdf)
    names = [e for e in page.all("tr") if e.get("class") == "task"]
    assert len(names) == shown  # everybody's first before anybody's second
    assert " …" in page.text


def test_hostile_words_are_printed_and_not_run(ward: Reader) -> None:
    page, pdf = sheet_of(ward, WARD)
    assert not list(page.all("script"))
    for literal in ('#image("/etc/passwd")', "<script>alert(1)</script>"):
        assert plain(literal) in plain(page.text)
        assert plain(literal) in plain(pdf)
    assert "root:" not in pdf


@pytest.mark.parametrize("width", [10, 33])
def test_lines_are_reckoned_on_the_safe_side(width: int) -> None:
    assert lines_of("a" * width, width) == 1
    assert lines_of("a" * (width + 1), width) == 2
    assert lines_of("a b", 1) == 2
    assert lines_of("A" * width, width) == 2  # capitals are wider
    assert lines_of("a\nb", width) == 2
    assert lines_of(f"{'a' * width} b", width) == 2


def grey(data: bytes) -> tuple[int, int, bool]:
    """The darkest and the lightest of a rendered page, and whether all of it is grey."""
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    colours = picture.getcolors(1 << 24) or []
    return (
        min(min(c) for _, c in colours),
        max(max(c) for _, c in colours),
        all(max(c) - min(c) == 0 for _, c in colours),
    )


@pytest.mark.parametrize(
    "address", [f"{WARD}/to-roi.pdf", "/cam-ket/cktn02/phieu.pdf", "/chuong-trinh/ct0chairman/niem-yet.pdf"]
)
def test_paper_is_black_on_white(reader: Reader, address: str) -> None:
    darkest, lightest, is_grey = grey(reader.get(address).data)
    assert darkest < 30
    assert lightest == 255
    assert is_grey


def test_colour_would_be_seen() -> None:
    red = BytesIO()
    Image.new("RGB", (20, 20), (200, 30, 30)).save(red, "PDF")
    assert not grey(red.getvalue())[2]


def test_what_never_was_or_was_taken_down_has_no_leaflet(reader: Reader, tmp_path: Path) -> None:
    reader.open("/don-vi/khong-co/to-roi", status=404)
    settings = townhall.found(tmp_path)
    stone = TombstoneDoc(ref="xa-phu-thai", withdrawn_on=town.TODAY, reason="Công bố nhầm (minh họa)")
    townhall.write(settings, [town.line(Kind.UNIT, stone, Act.WITHDRAW)])
    door = Reader(townhall.open_door(settings).test_client())
    door.open("/don-vi/xa-phu-thai/to-roi", status=410)
    door.open("/don-vi/xa-phu-thai/to-roi.pdf", status=410)


def test_the_page_of_the_ward_leads_to_it(reader: Reader) -> None:
    assert f"{WARD}/to-roi" in set(reader.open(WARD).links())
