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
