"""A post passes on at the desk: recorded by one officer, taken over by another, ended by a third."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_house import Visitor
from people import CITY, Person
from progress_desk import BOOK, ProgressDesk, open_progress_desk

from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer

DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
HOME = "/van-phong/chuyen-tiep"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path) as opened:
        with opened.world.work() as w:
            add_officer(w, email=DANH.email, name=DANH.name, role=DANH.role, unit_code=DANH.unit_code)
        yield opened


def links(page: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))


def offered(page: str, field: str) -> list[str]:
    """What a field of the page lets one choose."""
    select = re.search(rf'<select[^>]* name="{field}".*?</select>', page, re.DOTALL)
    if select:
        return [html.unescape(value) for value in re.findall(r'<option value="([^"]+)"', select[0])]
    return [html.unescape(value) for value in re.findall(rf'name="{field}" value="([^"]+)"', page)]


def open_items(room: ProgressDesk) -> tuple[Visitor, list[str]]:
    """The evaluator, and the addresses of the items of a movement that was just opened."""
    officer = room.as_(DANH)
    address = f"{HOME}/chuong-trinh/{room.programme_ref}"
    officer.get(address)
    officer.post(
        address, kind="Điều động, luân chuyển", effective_on="24/11/2026", document="QĐ 77 (minh họa)"
    )
    officer.get(HOME)
    (one,) = links(officer.page, rf"{HOME}/\d+")
    officer.get(one)
    return officer, links(officer.page, rf"{one}/\w+")


CARRY, MERGE = "Chuyển tiếp cho người kế nhiệm", "Gộp vào cam kết khác"


def test_a_successor_and_a_commitment_are_chosen_never_typed(room: ProgressDesk) -> None:
    first, second = (room.world.bring_in(room.world.read(BOOK)) for _ in range(2))
    officer, (item, *_) = open_items(room)
    officer.get(item)
    programmes = offered(officer.page, "successor")
    assert len(programmes) == 2
    assert "target-" not in officer.page
    assert officer.post(item, fate=CARRY, successor=first).status_code == 422  # a reference is no choice
    assert officer.post(item, fate=MERGE, successor=programmes[0]).status_code == 422
    assert "Chưa chọn cam kết nhận gộp" in html.unescape(officer.page)
    if f"target-{first}" not in officer.page:  # which of the two reads first is chance
        first, second = second, first
    theirs = offered(officer.page, f"target-{first}")
    assert len(theirs) > 5
    # Another programme, with a choice made for the first: it is asked for anew.
    answer = officer.post(item, fate=MERGE, successor=programmes[1], **{f"target-{first}": theirs[0]})
    assert answer.status_code == 422
    assert offered(officer.page, f"target-{second}") == theirs  # the same workbook
    answer = officer.post(item, fate=MERGE, successor=programmes[1], **{f"target-{second}": theirs[2]})
    assert answer.status_code == 303
    officer.get(item)
    kept = html.unescape(officer.page)
    assert f'value="{theirs[2]}" selected' in kept or f'value="{theirs[2]}" checked' in kept
    assert f'value="{programmes[1]}" checked' in kept


def test_without_a_successor_the_way_on_is_said(room: ProgressDesk) -> None:
    officer, (item, *_) = open_items(room)
    officer.get(item)
    assert "Người kế nhiệm cần có dự thảo" in officer.page
    assert officer.post(item, fate=CARRY).status_code == 422


def test_what_waits_is_listed_whatever_the_other_items_stand_at(room: ProgressDesk) -> None:
    room.world.bring_in(room.world.read(BOOK))
    officer, items = open_items(room)
    officer.get(items[0])
    (programme,) = offered(officer.page, "successor")
    assert officer.post(items[0], fate=CARRY, successor=programme).status_code == 303
    assert room.author.get(f"{HOME}/tiep-nhan").status_code == 200
    assert len(links(room.author.page, rf"{HOME}/tiep-nhan/\d+")) == 1
    officer.get(items[0])
    assert officer.post(items[0], fate="Kết thúc cùng chương trình", reason="Hết nhiệm vụ").status_code == 303
    assert room.author.get(f"{HOME}/tiep-nhan").status_code == 200
    assert "Không có cam kết nào chờ tiếp nhận" in room.author.page


def test_from_the_decision_to_the_public_page(room: ProgressDesk) -> None:
    successor = room.world.bring_in(room.world.read(BOOK))
    officer, items = open_items(room)
    officer.get(HOME)
    assert "trong 90 ngày tới" in officer.page
    assert len(items) > 5
    officer.get(items[0])
    (programme,) = offered(officer.page, "successor")
    assert officer.post(items[0], fate=CARRY).status_code == 422
    assert "người kế nhiệm" in html.unescape(officer.page)
    assert officer.post(items[0], fate=CARRY, successor=programme).status_code == 303
    for item in items[1:]:
        officer.get(item)
        assert officer.post(item, fate="Kết thúc cùng chương trình", reason="Hết nhiệm vụ").status_code == 303
    publisher = room.publisher
    publisher.get(f"{HOME}/ket-thuc")
    assert "1 cam kết chưa được quyết định hoặc chưa được tiếp nhận" in publisher.page
    end = f"{HOME}/ket-thuc/{items[0].split('/')[3]}"
    assert end not in publisher.page
    assert "chưa tiếp nhận" in html.unescape(publisher.post(end).text)
    author = room.author
    author.get(f"{HOME}/tiep-nhan")
    (waiting,) = links(author.page, rf"{HOME}/tiep-nhan/\d+")
    author.get(waiting)
    assert author.post(waiting, accepted="Văn bản số 8 (minh họa)").status_code == 303
    publisher.get("/van-phong")
    assert "Công bố kết thúc chương trình" in publisher.page
    publisher.get(f"{HOME}/ket-thuc")
    assert f'action="{end}"' in publisher.page
    assert publisher.post(end).status_code == 303
    public = room.world.reader().get(f"/chuong-trinh/{room.programme_ref}").text
    assert "Kết thúc do điều động" in public
    assert f"/chuong-trinh/{successor}" in public


def test_the_report_has_both_layers_and_no_grade(room: ProgressDesk) -> None:
    officer = room.as_(DANH)
    officer.get(f"{HOME}/chuong-trinh/{room.programme_ref}/bao-cao")
    for text in ("Cán bộ tự báo cáo", "Đã xác nhận", "không xếp loại"):
        assert text in officer.page
    assert "Hoàn thành xuất sắc nhiệm vụ" not in officer.page


def test_each_to_their_own_part(room: ProgressDesk) -> None:
    assert room.author.get(HOME).status_code == 403
    assert room.author.get(f"{HOME}/ket-thuc").status_code == 403
    assert room.as_(DANH).get(f"{HOME}/tiep-nhan").status_code == 403
    assert room.as_(DANH).get(f"{HOME}/123").status_code == 404
    assert room.author.get(f"{HOME}/tiep-nhan/123").status_code == 404
