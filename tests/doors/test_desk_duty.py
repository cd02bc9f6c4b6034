"""Posts outside the duty: said where a programme is begun, on its page, in the lists of what is late."""

from dataclasses import replace
from pathlib import Path

import pytest
from drafters import MANDATE, NEW, Author
from people import CITY, SOAN, Person
from seated import Office, said_on
from world import World

from portal.kernel.policy import Role

DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
NOTICE = "không thuộc diện phải có chương trình hành động"


@pytest.mark.parametrize(
    ("post", "is_outside"), [("Phó Chủ tịch UBND phường", False), ("Chuyên viên Văn phòng", True)]
)
def test_it_is_said_on_the_form_and_on_the_page_and_bars_nothing(
    lan: Author, post: str, is_outside: bool
) -> None:
    assert "Chức danh phải có chương trình tại Phường Mẫu: Bí thư, Phó Bí thư" in lan.open(NEW)
    here = lan.fill(NEW, **{**MANDATE, "post": post}).location
    page = lan.open(here)
    assert (NOTICE in page) is is_outside
    assert "việc tiếp theo" in page


def test_who_writes_for_several_units_is_sent_to_the_guidance(tmp_path: Path) -> None:
    office = Office(World(tmp_path).settle_in())
    assert "do hướng dẫn của từng đơn vị quy định" in office.seat(SOAN).open(NEW)  # of the whole city
    office.world.close()


def test_the_organisation_officer_sees_who_is_late_and_who_volunteers(tmp_path: Path) -> None:
    world = World(tmp_path).settle_in()
    for post in ("Chủ tịch UBND phường", "Chuyên viên Văn phòng"):
        world.approve(world.draft(replace(world.read(BOOK), post=post)))
    page = said_on(Office(world).seat(DANH).open("/van-phong/kiem-diem"))
    waiting, _, voluntary = page.partition("Chưa công bố")[2].partition("Ngoài diện phải có chương trình")
    assert "Chủ tịch UBND phường" in waiting
    assert "Quá hạn từ" in waiting
    assert "Chuyên viên" not in waiting
    assert "Chuyên viên Văn phòng" in voluntary
    assert "Quá hạn" not in voluntary
    world.close()
