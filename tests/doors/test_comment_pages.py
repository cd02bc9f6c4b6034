"""Comments, the moderation ledger and its figures as everybody reads them."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from figured import unexplained
from flask.testing import FlaskClient
from reader import CHECKS, Page
from seated import said_on
from speakers import BA, HAI, Square
from sqlalchemy import select
from world import World

from portal.doors.public.pages.transparency import harmless
from portal.office.moderation.months import publish_months
from portal.office.moderation.rules import Decision
from portal.record.tables import Content

D = Decision


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Square]:
    made = Square(World(Path(tmp_path_factory.mktemp("square")), review_percent=0)).settle_in()
    made.decide(made.heard("Đường vào ngõ 5 vẫn ngập.\nĐã báo hai lần."), D.PUBLISH)
    hidden = made.heard("bọn này ăn hại ZQX")
    made.decide(hidden, D.REFUSE, reason="defamation", note="ghi chú ZQX")
    made.decide(hidden, D.CONFIRM, by=HAI, message="lời nhắn ZQX")
    made.ask(hidden, "appeal", "lời xin ZQX")
    made.take_in()
    made.decide(hidden, D.UPHOLD, by=BA)
    made.decide(made.heard("Ông ấy nhận hối lộ ZQX"), D.SEAL)
    back = made.heard("Tôi rút lời này")
    made.decide(back, D.PUBLISH)
    made.ask(back, "withdraw")
    made.take_in()
    masked = made.heard("Gọi 0912345678")
    made.decide(masked, D.PUBLISH_MASKED, words="Gọi [đã che: số điện thoại]")
    with made.world.work() as w:
        publish_months(w, signer=made.world.signer)
    made.world.follow()
    yield made
    made.close()


@pytest.fixture
def reader(square: Square) -> FlaskClient:
    return square.world.reader()


def read(reader: FlaskClient, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    if answer.mimetype == "text/html":
        page = Page(path, answer)
        faults = [fault for check in CHECKS for fault in check(page)]
        assert faults == [], path
        assert not path.startswith("/en") or unexplained(page) == [], path
    return answer.text


@pytest.mark.parametrize("tongue", ["", "/en"])
@pytest.mark.parametrize("place", ["/cam-ket/{}", "/cam-ket/{}/y-kien"])
def test_comments_and_stubs_stand_on_the_page(
    square: Square, reader: FlaskClient, tongue: str, place: str
) -> None:
    said = said_on(read(reader, tongue + place.format(square.commitment)))
    assert "Đường vào ngõ 5 vẫn ngập. Đã báo hai lần." in said
    assert "Người dân, Tổ dân phố số 3" in said
    assert "Gọi [đã che: số điện thoại]" in said
    refused = (
        "This comment is not shown. Reason: Defames" if tongue else "Ý kiến này không đăng. Lý do: Vu khống"
    )
    assert refused in said
    assert ("A third person looked" if tongue else "Đã được người thứ ba xem lại.") in said
    assert ("took this comment back" if tongue else "đã rút ý kiến này") in said
    assert "Tôi rút lời này" not in said


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_the_ledger_and_the_months(reader: FlaskClient, tongue: str) -> None:
    said = said_on(read(reader, f"{tongue}/kiem-duyet"))
    words = (
        ("Received 5", "Decided 4, 4 in time", "decided by two people", "the decision stays")
        if tongue
        else ("Đã nhận 5", "Đã quyết định 4, trong hạn 4", "hai người quyết định", "giữ nguyên quyết định")
    )
    for word in words:
        assert word in said, word


def test_nothing_said_behind_the_desk_is_in_public(square: Square, reader: FlaskClient) -> None:
    """Words refused or sealed, notes, messages and pleas; what was published is the positive control."""
    paths = [
        *("/", "/kiem-duyet", "/kiem-duyet/so-lieu.csv", "/kiem-duyet/so-kiem-duyet.csv", "/sitemap.xml"),
        *("/so-cai", f"/cam-ket/{square.commitment}", f"/cam-ket/{square.commitment}/y-kien"),
        *(f"/so-cai/{n}" for n in range(200) if reader.get(f"/so-cai/{n}").status_code == 200),
    ]
    everything = "".join(reader.get(path).text for path in paths)
    with square.world.work() as w:
        everything += "".join(w.session.scalars(select(Content.body)))
    assert "ZQX" not in everything
    assert "ngõ 5" in everything


def test_files_hold_figures_and_no_formula(reader: FlaskClient) -> None:
    months = list(csv.DictReader(io.StringIO(read(reader, "/kiem-duyet/so-lieu.csv").lstrip("\ufeff"))))
    assert (months[0]["thang"], months[0]["da_nhan"], months[0]["khong_dang"]) == ("2026-11", "5", "1")
    assert (months[0]["khong_dang_defamation"], months[0]["xem_lai_giu"], months[0]["thong_nhat"]) == (
        "1",
        "1",
        "",
    )
    lines = list(csv.reader(io.StringIO(read(reader, "/kiem-duyet/so-kiem-duyet.csv").lstrip("\ufeff"))))
    assert len(lines) == 5
    assert lines[0][0] == "ngay"


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("-1", "'-1"), ("@x", "'@x"), ("12", "12"), ("", "")]
)
def test_cells_are_harmless(cell: str, written: str) -> None:
    assert harmless(cell) == written


@pytest.mark.parametrize("page", ["0", "x", "2", "99999999", "-1"])
@pytest.mark.parametrize("place", ["/kiem-duyet", "/cam-ket/{}/y-kien"])
def test_pages_that_are_not_there(square: Square, reader: FlaskClient, page: str, place: str) -> None:
    assert reader.get(f"{place.format(square.commitment)}?trang={page}").status_code == 404


def test_a_commitment_that_is_not_there(reader: FlaskClient, square: Square) -> None:
    assert reader.get("/cam-ket/khong-co/y-kien").status_code == 404
    assert reader.get(f"/cam-ket/{square.programme}/y-kien").status_code in (404, 410)


def test_many_comments_turn_pages(tmp_path: Path) -> None:
    made = Square(World(tmp_path, review_percent=0)).settle_in()
    try:
        reader = made.world.reader()
        assert "Chưa có ý kiến nào." in read(reader, f"/cam-ket/{made.commitment}/y-kien")
        assert "Chưa có quyết định nào." in read(reader, "/kiem-duyet")
        for n in range(23):
            made.decide(made.heard(f"Lời thứ {n} về đoạn đường"), D.PUBLISH)
        assert "Đọc cả 23 ý kiến" in read(reader, f"/cam-ket/{made.commitment}")
        first = read(reader, f"/cam-ket/{made.commitment}/y-kien")
        second = read(reader, f"/cam-ket/{made.commitment}/y-kien?trang=2")
        assert ("Lời thứ 22 " in first, "Lời thứ 0 " in first) == (True, False)
        assert ("Lời thứ 22 " in second, "Lời thứ 0 " in second) == (False, True)
    finally:
        made.close()
