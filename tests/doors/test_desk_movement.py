"""A post passes on at the desk: recorded by one officer, taken over by another, ended by a third."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
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


def test_from_the_decision_to_the_public_page(room: ProgressDesk) -> None:
    successor = room.world.bring_in(room.world.read(BOOK))
    officer = room.as_(DANH)
    address = f"{HOME}/chuong-trinh/{room.programme_ref}"
    officer.get(address)
    assert (
        officer.post(
            address, kind="Điều động, luân chuyển", effective_on="24/11/2026", document="QĐ 77 (minh họa)"
        ).status_code
        == 303
    )
    officer.get(HOME)
    assert "trong 90 ngày tới" in officer.page
    (one,) = links(officer.page, rf"{HOME}/\d+")
    officer.get(one)
    items = links(officer.page, rf"{one}/\w+")
    assert len(items) > 5
    officer.get(items[0])
    answer = officer.post(items[0], fate="Chuyển tiếp cho người kế nhiệm", successor="khongco")
    assert answer.status_code == 422
    assert "người kế nhiệm" in html.unescape(answer.text)
    assert (
        officer.post(items[0], fate="Chuyển tiếp cho người kế nhiệm", successor=successor).status_code == 303
    )
    for item in items[1:]:
        officer.get(item)
        assert officer.post(item, fate="Kết thúc cùng chương trình", reason="Hết nhiệm vụ").status_code == 303
    publisher = room.publisher
    publisher.get(f"{HOME}/ket-thuc")
    (end,) = re.findall(rf'action="({HOME}/ket-thuc/\d+)"', publisher.page)
    assert "chưa tiếp nhận" in html.unescape(publisher.post(end).text)
    author = room.author
    author.get(f"{HOME}/tiep-nhan")
    (waiting,) = links(author.page, rf"{HOME}/tiep-nhan/\d+")
    author.get(waiting)
    assert author.post(waiting, accepted="Văn bản số 8 (minh họa)").status_code == 303
    publisher.get(f"{HOME}/ket-thuc")
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
