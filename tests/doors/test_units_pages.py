"""Units: a resident finds the ward by its new name, its old name, an old address or a recycled code."""

from dataclasses import replace
from pathlib import Path

import pytest
import town
from reader import Reader
from townhall import make_settings, open_door, write

from portal.doors.public import places
from portal.migrations.upgrade import upgrade
from portal.record.documents import Kind
from portal.settings import Settings


def test_an_old_name_leads_to_its_successor_which_says_so(reader: Reader) -> None:
    answer = reader.get("/don-vi/phuong-minh-tan-cu")
    assert answer.status_code == 302  # never 301: a browser would keep it for ever
    page = reader.open(answer.location)
    assert page.h1 == "Phường Nhị Chiểu"
    assert "Phường Minh Tân nay thuộc Phường Nhị Chiểu, từ ngày 01/07/2025." in page.text


def test_a_divided_unit_offers_a_choice(reader: Reader) -> None:
    page = reader.open("/don-vi/xa-thuong-quan-cu")
    assert "đã được chia về nhiều nơi" in page.text
    links = [link for link in page.links() if "tu=xa-thuong-quan-cu" in link]
    assert [link.split("?")[0] for link in links] == ["/don-vi/phuong-tran-lieu", "/don-vi/xa-phu-thai"]
    assert "Chỉ một phần địa bàn cũ thuộc nơi này." in reader.open(links[0]).text


def test_a_recycled_code_offers_everyone_who_had_it(reader: Reader) -> None:
    page = reader.open("/don-vi/10714")
    assert "Phường Nhị Chiểu" in page.text
    assert "Phường Phú Thứ" in page.text
    assert "đến ngày 30/06/2025" in page.text


def test_a_code_of_one_unit_goes_straight_there(reader: Reader) -> None:
    assert reader.get("/don-vi/10750").location == "/don-vi/xa-phu-thai"


def test_a_made_up_origin_is_not_repeated(reader: Reader) -> None:
    page = reader.open("/don-vi/phuong-nhi-chieu?tu=bia-dat")
    assert "bia-dat" not in page.text
    assert "nay thuộc" not in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_chooser_works_as_a_plain_form(reader: Reader, prefix: str) -> None:
    answer = reader.get(f"{prefix}/don-vi?den=phuong-kinh-mon")
    assert (answer.status_code, answer.location) == (302, f"{prefix}/don-vi/phuong-kinh-mon")


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "../../x", "\\evil"])
def test_the_chooser_leads_nowhere_else(reader: Reader, elsewhere: str) -> None:
    location = reader.client.get("/don-vi", query_string={"den": elsewhere}).location
    assert location.startswith("/don-vi/")
    assert not location.startswith("//")


def test_the_tree_counts_programmes_and_lists_former_names(reader: Reader) -> None:
    page = reader.open("/don-vi")
    assert "Phường Nhị Chiểu 1 chương trình hành động" in page.text
    assert "Xã Phú Thái chưa có chương trình công khai" in page.text
    assert "Phường Minh Tân nay thuộc Phường Nhị Chiểu" in page.text


def test_places_tell_what_is_public_there_and_how_much_is_late(reader: Reader) -> None:
    page = reader.open("/don-vi")
    assert "Phường Nhị Chiểu 1 chương trình hành động, 8 cam kết, 1 đang quá hạn" in page.text
    assert "Phường Kinh Môn 1 chương trình hành động, 6 cam kết, không có cam kết quá hạn" in page.text
    assert "/tim-kiem?don_vi=phuong-nhi-chieu&tinh_trang=overdue" in set(page.links())
    assert "6 phường" in page.text
    assert "2 xã" in page.text


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("nhi chieu", {"phuong-nhi-chieu"}),
        ("MINH TÂN", {"phuong-nhi-chieu", "phuong-minh-tan-cu"}),  # by a name it had
        ("khong co noi nao", set()),
    ],
)
def test_places_are_filtered_by_name_without_script(reader: Reader, words: str, there: set[str]) -> None:
    answer = reader.get(f"/don-vi?q={words.replace(' ', '+')}")
    assert answer.headers["Cache-Control"] == "no-cache"  # words are free: nothing found by them is kept
    page = reader.open(f"/don-vi?q={words.replace(' ', '+')}")
    lists = [e for e in page.all("ul") if e.get("class") == "places"]
    found = {link.rsplit("/", 1)[-1] for ul in lists for e in ul.iter()
             if (link := e.get("href")) and "/don-vi/" in link}  # fmt: skip
    assert found == there
    assert ("không cần dấu" in page.text) is not bool(there)


def test_a_ward_answers_who_promised_what_and_whether_it_is_late(reader: Reader) -> None:
    page = reader.open("/don-vi/phuong-nhi-chieu")
    for said in ("1cán bộ có chương trình công khai", "8cam kết công khai", "1đang quá hạn"):
        first, rest = said[0], said[1:]
        assert f"{rest}{first}" in page.text.replace(f"{rest} {first}", f"{rest}{first}")
    assert "Lê Minh Họa" in page.text
    assert "Quá hạn, chưa hoàn thành Hạn 30/10/2026, quá 16 ngày làm việc" in page.text
    order = [page.text.index(doc.text) for doc in (town.commitments()["TN-02"], town.commitments()["QH-04"])]
    assert order == sorted(order)  # open ones by deadline


def test_people_are_in_order_of_their_given_name_not_of_results(reader: Reader) -> None:
    page = reader.open("/don-vi/phuong-kinh-mon")
    assert "Trần Thị Ví Dụ" in page.text
    assert "không phải theo kết quả" in page.text


def test_a_programme_shows_its_basis_its_tasks_and_what_is_withheld(reader: Reader) -> None:
    text = reader.open("/chuong-trinh/ct0chairman").text
    for said in (
        "2 nội dung không công khai theo quy định, căn cứ:",
        "Nội dung nội bộ đang trong quá trình xem xét (2)",
        "101/QĐ-MH, 15/06/2026",
        "01/07/2026 – 30/06/2031",
        "Ban Xây dựng Đảng phường, ngày 20/06/2026",
        "Điểm nghẽn",
        "không xếp hạng cán bộ",
    ):
        assert said in text
    assert "không công khai theo quy định" not in reader.open("/chuong-trinh/ct0deputy1").text


def test_a_parent_lists_what_belongs_to_it(reader: Reader) -> None:
    page = reader.open("/don-vi/hai-phong")
    assert "Phường, xã trực thuộc" in page.text
    assert "/don-vi/phuong-nhi-chieu" in page.links()
    assert "/don-vi/hai-phong" in reader.open("/don-vi").links()


def test_too_many_units_for_a_list_are_searched_instead(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_CHOICES", 5)
    reader = Reader(open_door(settings).test_client())
    for address in ("/", "/don-vi"):
        page = reader.open(address)
        assert not list(page.all("option"))
        assert page.has("id", "noi-song")


def test_a_unit_that_ended_without_a_successor_says_so(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    upgrade(settings)
    lost = replace(town.units()["phuong-minh-tan-cu"], successors=())
    write(settings, [town.line(Kind.UNIT, lost)])
    reader = Reader(open_door(settings).test_client())
    page = reader.open("/don-vi/phuong-minh-tan-cu")
    assert "Đơn vị này không còn từ sau ngày 30/06/2025." in page.text
    assert "Phường Minh Tân" not in reader.open("/don-vi").text


def test_choices_name_the_parent_when_there_are_several() -> None:
    units = [*town.units().values(), replace(town.units()["xa-phu-thai"], slug="x", parent_name="Tỉnh Khác")]
    labels = dict(places.choices(units, town.TODAY))
    assert labels["x"] == "Xã Phú Thái, Tỉnh Khác"
    assert labels["xa-phu-thai"] == f"Xã Phú Thái, {town.CITY}"
    assert labels["phuong-minh-tan-cu"] == "Phường Minh Tân → Phường Nhị Chiểu"
    assert dict(places.choices(town.units().values(), town.TODAY))["xa-phu-thai"] == "Xã Phú Thái"
