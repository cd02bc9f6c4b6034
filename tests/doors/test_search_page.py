"""Search and the front page: bad typing finds, filters count, hostile input is only words."""

import unicodedata

import pytest
from flask import Flask
from reader import Reader, words

NFD = unicodedata.normalize("NFD", "đầu tư công")  # as macOS and iOS type it


@pytest.mark.parametrize("typed", ["đầu tư công", "dau tu cong", "ĐẦU TƯ CÔNG", NFD])
def test_accents_are_not_needed(reader: Reader, typed: str) -> None:
    page = reader.open(f"/tim-kiem?q={typed}")
    assert "/cam-ket/ckdt01" in page.links()
    assert "đầu tư công" in [words(e).lower() for e in page.all("mark")]


def test_an_old_ward_finds_its_successors_commitments(reader: Reader) -> None:
    page = reader.open("/tim-kiem?q=minh tân")
    assert "tên cũ, nay thuộc Phường Nhị Chiểu" in page.text
    assert "/cam-ket/ckdt01" in page.links()


def test_filters_narrow_and_stay_in_the_address(reader: Reader) -> None:
    page = reader.open("/tim-kiem?tinh_trang=overdue&linh_vuc=dat-dai-tai-nguyen-khoang-san")
    assert "1 cam kết" in page.text
    chosen = [e.get("value") for e in page.all("option") if e.get("selected") is not None]
    assert chosen == ["dat-dai-tai-nguyen-khoang-san", "overdue", "relevance"]


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 5000,
        "q=%00%ff%fe",
        "q=*:*&xep=../../etc",
        "q=<script>alert(1)</script>",
        "trang=999999999999",
        "trang=-1",
        "don_vi=khong-co&linh_vuc=x&tinh_trang=y",
        "q=%22%22%22&q=hai",
        "q=" + "%20".join(["từ"] * 60),
    ],
)
def test_hostile_queries_are_answered_with_a_sound_page(reader: Reader, query: str) -> None:
    reader.open(f"/tim-kiem?{query}")
    reader.open(f"/en/tim-kiem?{query}")


def test_the_front_page_shows_search_first_then_what_is_late_and_what_changed(
    reader: Reader, app: Flask
) -> None:
    page = reader.open("/")
    order = [words(e) for e in page.all("h2")]
    assert order == [
        "Phường, xã của ông/bà",
        "Toàn cảnh",
        "Đang quá hạn",
        "Mới thay đổi",
        "“Năm rõ” là gì?",
    ]
    assert "Hạn 30/10/2026, quá 16 ngày làm việc" in page.text
    assert "cam kết công khai14" in page.text.replace(" 14", "14")
    assert "Cập nhật lúc 24/11/2026 09:30." in page.text
    assert f"sổ cái công khai, {app.extensions['record_log'].head()} mục" in page.text


def test_what_was_taken_down_is_not_named_among_the_changes(reader: Reader) -> None:
    text = reader.open("/").text
    assert "Nội dung đã gỡ xuống" in text
    assert "căn nhà" not in text


def test_a_programme_published_with_its_commitments_is_one_piece_of_news(reader: Reader) -> None:
    page = reader.open("/")
    news = page.text[page.text.index("Mới thay đổi") : page.text.index("“Năm rõ”")]
    assert news.count("Công bố Chương trình hành động") == 2
    assert "Công bố Cam kết" not in news
    assert "Điều chỉnh (có văn bản) Cam kết" in news


def test_traits_are_check_boxes_with_counts_that_combine(reader: Reader) -> None:
    page = reader.open("/tim-kiem")
    boxes = {e.get("name"): e for e in page.all("input") if e.get("type") == "checkbox"}
    assert {"tre_han", "cham_cap_nhat", "da_doi"} <= set(boxes)
    assert "Trễ hạn (1)" in page.text
    page = reader.open("/tim-kiem?tre_han=1&da_doi=1&thua=x")
    assert [e.get("name") for e in page.all("input") if e.get("checked") is not None] == ["tre_han", "da_doi"]
    assert "1 cam kết" in page.text
    reader.open("/en/tim-kiem?trai_chieu=1")


def test_an_empty_answer_offers_ways_out_with_what_they_give(reader: Reader) -> None:
    page = reader.open("/tim-kiem?q=xyzzyq+quy+hoạch&tre_han=1&linh_vuc=an-sinh-xa-hoi")
    assert "Không cam kết nào có những từ này, nên đã bỏ qua: xyzzyq" in page.text
    ways = {words(e) for e in page.all("li")}
    assert "Bỏ mọi bộ lọc (4 cam kết)" in ways
    assert "Quy hoạch (4)" in ways
    links = set(page.links())
    assert {
        "/tim-kiem?q=xyzzyq+quy+ho%E1%BA%A1ch",
        "/tim-kiem?linh_vuc=quy-hoach",
        "/don-vi",
        "/tro-giup",
    } <= links
    page = reader.open("/tim-kiem?tre_han=1&q=quy hoạch")
    assert "Bỏ bộ lọc “Trễ hạn” (4 cam kết)" in {words(e) for e in page.all("li")}


def test_a_mended_slip_is_followed_as_mended(reader: Reader) -> None:
    links = "".join(reader.open("/tim-kiem?q=giải ngâng vốn").links())
    assert "/feeds/tim-kiem.atom?q=gi%E1%BA%A3i+ng%C3%A2n+v%E1%BB%91n" in links


def test_the_method_page_defines_every_filter(reader: Reader) -> None:
    page = reader.open("/phuong-phap")
    assert page.has("id", "bo-loc")
    for word in ("Trễ hạn", "Có số liệu hoặc ý kiến trái chiều", "Quá kỳ mà chưa cập nhật"):
        assert f"{word}:" in page.text
    assert "không phải nhận xét về một người" in page.text


@pytest.mark.parametrize(
    ("typed", "asks"), [("5 rõ", True), ("Năm Rõ", True), ("nam ro", True), ("y tế", False)]
)
def test_who_searches_for_the_five_clear_things_is_led_to_what_they_are(
    reader: Reader, typed: str, asks: bool
) -> None:
    assert ('href="/#nam-ro"' in reader.open(f"/tim-kiem?q={typed}").response.text) is asks
    assert reader.open("/").has("id", "nam-ro")
