"""Months of procedures at the desk: typed or from a file, corrected, marked, published by a second person."""

from io import BytesIO
from pathlib import Path

import pytest
from months import counts, form, slug_of, tell
from people import CONG, NHI_CHIEU, PHUONG, SOAN
from seated import Office, Seat, said_on
from werkzeug.test import TestResponse
from world import World

TYPED = {
    "month": "10/2026", "state": "Có số liệu", "handled": "1.999", "early": "1.210", "on_time": "788",
    "late": "1", "counted_on": "31/10/2026", "source": "Một cửa (số liệu minh họa)", "disclosed": "Có",
}  # fmt: skip
EMPTY = dict.fromkeys(("handled", "early", "on_time", "late"), "")
CSV = (
    "Tháng;Đã giải quyết;Trước hạn;Đúng hạn;Trễ hạn;Số liệu đến ngày;Nguồn\n"
    "08/2026;3;1;1;1;31/08/2026;Một cửa\n09/2026;chưa kết nối;;;;30/09/2026;Cổng\n"
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def place(world: World) -> str:
    return f"/van-phong/thu-tuc/{slug_of(world, NHI_CHIEU)}"


def send_file(seat: Seat, place: str, text: str, status: int, name: str = "thang.csv") -> TestResponse:
    seat.open(f"{place}/nhap")
    file = (BytesIO(text.encode()), name)
    return seat.send(f"{place}/nhap", status, file=file, disclosed="1")  # type: ignore[arg-type]


def test_a_month_goes_the_whole_way(world: World, office: Office, place: str) -> None:
    soan, cong = office.seat(SOAN), office.seat(CONG)
    soan.open("/van-phong/thu-tuc")
    soan.open(f"{place}/moi")
    soan.send(f"{place}/moi", **TYPED)
    assert "1.999" in soan.open(place)
    assert "chưa được giao" in said_on(soan.open(f"{place}/cong-bo"))  # the author publishes nothing
    cong.open(f"{place}/cong-bo")
    cong.send(f"{place}/cong-bo", previewed=cong.hidden("previewed"))
    public = place.replace("/van-phong/thu-tuc", "/don-vi")
    page = said_on(world.reader().get(public).text)
    assert "99,9%" in page
    assert "Một cửa (số liệu minh họa)" in page
    cong.open(f"{place}/cong-bo")
    assert "Không có gì mới để công bố" in said_on(cong.page)


def test_a_correction_needs_a_reason_here_and_in_public(world: World, office: Office, place: str) -> None:
    key = tell(world, place.rpartition("/")[2], form(8, counts(3, 2, 1), disclosed=True))
    soan, cong = office.seat(SOAN), office.seat(CONG)
    cong.open(f"{place}/cong-bo")
    cong.send(f"{place}/cong-bo", previewed=cong.hidden("previewed"))
    way = f"{place}/so-lieu/{key}/sua"
    assert 'value="08/2026"' in soan.open(way)
    mended = {**TYPED, "month": "08/2026", "counted_on": "31/08/2026"}
    soan.send(way, 422, **mended)
    assert "Lý do đính chính" in soan.page
    soan.send(way, **mended, reason="Cộng sót (minh họa)")
    cong.open(f"{place}/cong-bo")
    previewed = cong.hidden("previewed")
    cong.send(f"{place}/cong-bo", 422, previewed=previewed)
    assert "lý do" in said_on(cong.page).lower()
    cong.send(f"{place}/cong-bo", 409, previewed="0" * 64, reason="Đính chính (minh họa)")
    cong.open(f"{place}/cong-bo")
    cong.send(f"{place}/cong-bo", previewed=previewed, reason="Đính chính (minh họa)")
    detail = f"{place.replace('/van-phong/thu-tuc', '/don-vi')}/thu-tuc"
    assert "Cộng sót (minh họa)" in world.reader().get(detail).text
    assert "Đính chính (minh họa)" in world.reader().get(f"{detail}/lich-su").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"month": "tháng tới"}, "month"),
        ({"month": "12/2026"}, "month"),
        ({"late": "2"}, "handled"),
        ({"late": "1,5"}, "handled"),
        ({"late": ""}, "handled"),
        ({"state": "Chưa kết nối nguồn"}, "state"),
        ({"counted_on": "25/11/2026"}, "counted_on"),
        ({"source": ""}, "source"),
        ({"source": "TỐI MẬT"}, "source"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(
    office: Office, place: str, typed: dict[str, str], field: str
) -> None:
    soan = office.seat(SOAN)
    soan.open(f"{place}/moi")
    soan.send(f"{place}/moi", 422, **{**TYPED, **typed})
    assert f'id="{field}-fault"' in soan.page
    assert "1.210" in soan.page
    soan.open(f"{place}/moi")
    assert "Chưa nhập tháng nào" in said_on(soan.open(place))


def test_three_states_are_three_things(office: Office, place: str) -> None:
    soan = office.seat(SOAN)
    for number, state in (("07", "Chưa có số liệu"), ("08", "Chưa kết nối nguồn")):
        soan.open(f"{place}/moi")
        soan.send(f"{place}/moi", **{**TYPED, **EMPTY, "month": f"{number}/2026", "state": state})
    page = soan.open(place)
    assert 'data-state="no_data"' in page
    assert 'data-state="not_connected"' in page


def test_a_file_is_previewed_then_stored_as_a_whole(office: Office, place: str) -> None:
    soan = office.seat(SOAN)
    send_file(soan, place, CSV, 200)
    assert "Chưa kết nối" in said_on(soan.page)
    digest = soan.hidden("digest")
    soan.send(f"{place}/nhap/luu", 422, digest="0" * 64)  # another preview came in between
    send_file(soan, place, CSV, 200)
    soan.send(f"{place}/nhap/luu", digest=digest)
    assert "2 tháng, mới nhất trước" in said_on(soan.open(place))
    send_file(soan, place, CSV, 422)
    assert said_on(soan.page).count("Tháng này đã có số liệu") == 2
    soan.open(place)
    soan.send(f"{place}/nhap/luu", 422, digest=digest)  # stored once only
    send_file(soan, place, CSV.replace("Cổng", "TỐI MẬT"), 422)
    assert "độ mật" in said_on(soan.page)
    soan.open(f"{place}/nhap")
    soan.send(f"{place}/nhap", 422)


def test_marks_and_other_units(world: World, office: Office, place: str) -> None:
    key = tell(world, place.rpartition("/")[2], form(8, counts(3, 2, 1)))
    soan, phuong = office.seat(SOAN), office.seat(PHUONG)
    soan.open(place)
    soan.send(f"{place}/so-lieu/{key}/cong-khai", disclosed="1")
    assert "Bỏ dấu công khai tháng 08/2026" in soan.open(place)
    soan.send(f"{place}/so-lieu/{key}/cong-khai", disclosed="0")
    assert "Đánh dấu công khai tháng 08/2026" in soan.open(place)
    assert phuong.ask("GET", place).status_code == 403
    mine = f"/van-phong/thu-tuc/{slug_of(world, PHUONG.unit_code)}"
    assert phuong.ask("GET", f"{mine}/so-lieu/{key}/sua").status_code == 404  # it is another unit's
    assert place.rpartition("/")[2] not in phuong.open("/van-phong/thu-tuc")
