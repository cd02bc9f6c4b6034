"""A unit is chosen by its name: old names and the unit above beside it, accents or not, without a script."""

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from people import CITY, KINH_MON, Person
from seated import Office, Seat
from sqlalchemy import select
from world import World, who

from portal.doors.desk.unit_choices import units_for
from portal.kernel.policy import Act, Role
from portal.office.evaluation.tables import Period
from portal.office.guidance.tables import Guidance
from portal.office.units.tables import Unit

DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
WARD = Person("Trịnh Văn Phường", "phuongtrinh@namro.example", Role.EVALUATOR, KINH_MON)
GUIDANCE, PERIOD = "/van-phong/huong-dan/moi", "/van-phong/danh-gia/moi"
SAID = {"title": "Hướng dẫn số 5 (minh họa)", "valid_from": "01/01/2027", "body": "Mức nền có nguồn."}
OPENED = {"code": "2026-Q4", "first": "01/10/2026", "last": "31/12/2026"}
FORMS = ((GUIDANCE, SAID), (PERIOD, OPENED))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path).settle_in()) as made:
        yield made


@pytest.fixture
def danh(world: World) -> Seat:
    return Office(world).seat(DANH)


def line(world: World, code: str) -> str:
    with world.work() as w:
        return next(
            words for words, one in units_for(w, who(w, DANH), Act.OPEN_PERIOD).items() if one == code
        )


def stored(world: World, way: str) -> str:
    table = Guidance if way == GUIDANCE else Period
    with world.work() as w:
        [unit_id] = w.session.scalars(select(table.unit_id))
        return w.session.get_one(Unit, unit_id).code


@pytest.mark.parametrize(("way", "said"), FORMS)
def test_a_line_tells_name_place_and_old_names(
    world: World, danh: Seat, way: str, said: dict[str, str]
) -> None:
    page = unescape(danh.open(way))
    assert "Mã đơn vị" not in page
    shown = line(world, KINH_MON)
    assert shown in page
    assert shown.startswith("Phường ")
    assert f"mã {KINH_MON}" in shown
    assert ", thuộc " in shown
    assert "; tên cũ: " in shown


@pytest.mark.parametrize(("way", "said"), FORMS)
@pytest.mark.parametrize("typed", ["line", "LINE", "phuong kinh mon", KINH_MON])
def test_it_is_understood_in_any_spelling(
    world: World, danh: Seat, way: str, said: dict[str, str], typed: str
) -> None:
    shown = line(world, KINH_MON)
    danh.open(way)
    danh.send(way, 303, unit_code={"line": shown, "LINE": shown.upper()}.get(typed, typed), **said)
    assert stored(world, way) == KINH_MON


@pytest.mark.parametrize(("way", "said"), FORMS)
def test_what_is_no_unit_is_said_and_kept(danh: Seat, way: str, said: dict[str, str]) -> None:
    danh.open(way)
    danh.send(way, 422, unit_code="Phường Không Có", **said)
    page = unescape(danh.page)
    assert "Không rõ “Phường Không Có”" in page
    for typed in ("Phường Không Có", *(text for name, text in said.items() if name != "body")):
        assert f'value="{typed}"' in page


def test_a_unit_of_somebody_else_is_no_choice(world: World) -> None:
    ward = Office(world).seat(WARD)
    for way, said in FORMS:
        page = ward.open(way)
        [value] = re.findall(r'name="unit_code" value="([^"]*)" checked', page)
        assert KINH_MON in value
        ward.send(way, 422, unit_code=CITY, **said)
        assert "không có trong các lựa chọn" in ward.page


def test_names_two_units_share_are_not_guessed_between(world: World, danh: Seat) -> None:
    with world.work() as w:
        words = units_for(w, who(w, DANH), Act.OPEN_PERIOD)
        old = [name for shown in words for name in shown.partition("; tên cũ: ")[2].split(", ") if name]
    shared = {name for name in old if old.count(name) > 1}
    assert shared.isdisjoint(words)
    assert {name for name in old if old.count(name) == 1} & words.keys()  # the positive control
