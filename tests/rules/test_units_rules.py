"""Units as rules: addresses that stay, codes that mean something only on a day, files that fit or do not."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from portal.kernel.succession import Way, heirs, unit_of_code, way
from portal.office.units.planning import Plan, plan
from portal.office.units.reading import read
from portal.office.units.rows import FIELDS
from portal.office.units.rules import Place, is_below_itself, naming_order, parents_first, slug_for, year_of

SAMPLE = Path(__file__).parents[2] / "samples" / "units_kinh_mon.json"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def plan_csv(*lines: str, known: Sequence[Place] = ()) -> Plan:
    data = "\n".join([",".join(FIELDS), *lines]).encode()
    return plan(read(data, filename="a.csv"), known)


def successors(units: Sequence[Place]) -> list[Place]:
    return [arrow.to for unit in units for arrow in unit.arrows]


def became(places: Sequence[Place], code: str, on: date, *, asked: date) -> tuple[Way, list[str]]:
    unit = unit_of_code(places, code, asked)
    assert unit is not None
    found = heirs(unit, on, successors=successors)
    return way(unit, found), [place.name for place in found]


@pytest.fixture
def kinh_mon() -> tuple[Place, ...]:
    planned = plan(read(SAMPLE.read_bytes(), filename=SAMPLE.name), [])
    assert planned.faults == ()
    return planned.places


def test_the_sample_brings_its_parents_along(kinh_mon: tuple[Place, ...]) -> None:
    assert len(kinh_mon) == 22 + 8 + 3
    above = {p.code: p for p in kinh_mon if p.code in ("30", "31", "292")}
    assert above["292"].parent is above["30"]
    assert (above["292"].name, above["292"].unit_type) == ("Thị xã Kinh Môn", "thị xã")
    assert [above[c].valid_to for c in ("30", "292", "31")] == [BEFORE, BEFORE, None]
    assert {p.parent.code for p in kinh_mon if p.valid_to is None and p.parent} == {"31"}


def test_a_recycled_code_means_another_unit_from_the_day_it_changed(kinh_mon: tuple[Place, ...]) -> None:
    names = [getattr(unit_of_code(kinh_mon, "10714", on), "name", None) for on in (BEFORE, AFTER)]
    assert names == ["Phường Phú Thứ", "Phường Nhị Chiểu"]
    assert unit_of_code(kinh_mon, "10702", AFTER) is None


@pytest.mark.parametrize("code", ["10702", "10696", "10699", "10714"])
def test_four_old_wards_lead_to_nhi_chieu(kinh_mon: tuple[Place, ...], code: str) -> None:
    assert became(kinh_mon, code, AFTER, asked=BEFORE) == (Way.ONE, ["Phường Nhị Chiểu"])
    assert became(kinh_mon, code, BEFORE, asked=BEFORE)[0] is Way.STANDS


def test_a_divided_commune_leads_to_a_chooser(kinh_mon: tuple[Place, ...]) -> None:
    assert became(kinh_mon, "10729", AFTER, asked=BEFORE) == (
        Way.CHOOSER,
        ["Phường Trần Liễu", "Xã Phú Thái"],
    )


def test_an_abolished_district_leads_nowhere(kinh_mon: tuple[Place, ...]) -> None:
    assert became(kinh_mon, "292", AFTER, asked=BEFORE) == (Way.NOWHERE, [])


@pytest.mark.parametrize(
    ("taken", "year", "given"),
    [
        (set(), 2025, "phuong-nhi-chieu"),
        ({"phuong-nhi-chieu"}, 2025, "phuong-nhi-chieu-10714"),
        ({"phuong-nhi-chieu", "phuong-nhi-chieu-10714"}, 2025, "phuong-nhi-chieu-10714-2025"),
        (
            {"phuong-nhi-chieu", "phuong-nhi-chieu-10714", "phuong-nhi-chieu-10714-2025"},
            2025,
            "phuong-nhi-chieu-10714-2025-2",
        ),
        ({"phuong-nhi-chieu", "phuong-nhi-chieu-10714"}, None, "phuong-nhi-chieu-10714-so-2"),
    ],
)
def test_namesakes_get_addresses_of_their_own(taken: set[str], year: int | None, given: str) -> None:
    assert slug_for("phuong-nhi-chieu", code="10714", year=year, taken=taken) == given


def test_a_long_name_is_cut_between_syllables() -> None:
    slug = slug_for("-".join(["trung"] * 40), code="1", year=None, taken=())
    assert len(slug) <= 90
    assert set(slug.split("-")) == {"trung"}
    assert len(slug_for("x" * 200, code="1", year=None, taken=())) == 90


def test_who_is_in_force_chooses_an_address_first() -> None:
    old = Place(code="1", valid_from=None, valid_to=BEFORE)
    older = Place(code="0", valid_from=None, valid_to=date(2010, 1, 1))
    new = Place(code="2", valid_from=AFTER)
    assert naming_order([older, old, new]) == [new, old, older]
    assert [year_of(p) for p in (old, new, Place(code="3", valid_from=None))] == [2025, 2025, None]


@pytest.mark.parametrize(
    ("lines", "line", "column", "said"),
    [
        (["1,Xã A,,,,,", "1,Xã B,,,,,"], 3, "code", "đã có ở dòng 2"),
        (["1,Xã A,,,2020-01-01,,", "1,Xã B,,,01/01/2020,,"], 3, "code", "đã có ở dòng 2"),
        (["1,Xã A,,,,2025-07-01,", "1,Xã B,,,2025-07-01,,"], 3, "code", "Mỗi lúc một mã"),
        (["1,Xã A,,,,,", "1,Xã B,,,2025-07-01,,"], 3, "code", "Mỗi lúc một mã"),
        (["1,Xã A,,9,,,"], 2, "parent", "mã 9 đang có hiệu lực"),
        (["9,Tỉnh X,,,,2025-06-30,", "1,Xã A,,9,,,"], 3, "parent", "mã 9 đang có hiệu lực"),
        (["9,Tỉnh X,,,2025-07-01,,", "1,Xã A,,9,,2025-06-30,"], 3, "parent", "ngày 30/06/2025"),
        (["9,Tỉnh X,,,,2025-06-30,", "1,Xã A,,Tỉnh X (9),,,"], 3, "parent", "mã 9 đang có hiệu lực"),
        (["9,Tỉnh X,,,,,", "1,Xã A,,Tỉnh Y (9),,,"], 3, "parent", "Mã 9 là “Tỉnh X”"),
        (["1,Xã A,,Tỉnh X,,,"], 2, "parent", "Không tìm thấy"),
        (["8,Tỉnh X,,,,,", "9,Tỉnh X,,,,,", "1,Xã A,,tỉnh  x,,,"], 4, "parent", "Có 2 đơn vị"),
        (["1,Xã A,,Kinh Môn (9),,,"], 2, "parent", "loại đơn vị gì"),
        (
            ["1,Xã A,,'Huyện B (2), tỉnh C (3)',,,", "5,Xã D,,'Huyện B (2), tỉnh E (4)',,,"],
            3,
            "parent",
            "hai nơi khác nhau",
        ),
        (["1,Xã A,,2,,,", "2,Xã B,,1,,,"], 2, "parent", "thuộc chính nó"),
        (["1,Xã A,,1,,,"], 2, "parent", "thuộc chính nó"),
        (["1,Xã A,,,,,2", "2,Xã B,,,,,"], 2, "successors", "chưa có ngày cuối"),
        (["1,Xã A,,,,2025-06-30,2"], 2, "successors", "ngày 01/07/2025"),
        (["1,Xã A,,,,2025-06-30,1"], 2, "successors", "Không có đơn vị mã 1 "),
        (["1,Xã A,,,,2025-06-30,2", "2,Xã B,,,2026-01-01,,"], 2, "successors", "Không có đơn vị mã 2"),
        (["1,Xã A,,,,2025-06-30,2@2025-06-30", "2,Xã B,,,,,"], 2, "successors", "phải sau ngày cuối"),
    ],
)
def test_what_does_not_fit_is_told_in_its_place(lines: list[str], line: int, column: str, said: str) -> None:
    planned = plan_csv(*(one.replace("'", '"') for one in lines))
    told = [(fault.line, fault.column) for fault in planned.faults]
    assert (line, column) in told
    assert any(said in fault.text and "ề nghị" in fault.text for fault in planned.faults)


def test_nobody_is_blamed_for_naming_a_unit_whose_row_could_not_be_read() -> None:
    planned = plan_csv(
        "9,Tỉnh X,,,31/02/2025,,", "1,Xã A,,9,,,", "2,Xã B,,Tỉnh X,,,", "3,Xã C,,,,2025-06-30,9"
    )
    assert [(fault.line, fault.column) for fault in planned.faults] == [(2, "valid_from")]


def test_a_unit_above_is_found_by_code_by_name_or_by_both() -> None:
    planned = plan_csv(
        "9,Thành phố Hoà Bình,,,,,",
        "1,Xã A,,9,,,",
        "2,Xã B,,thành phố Hòa Bình,,,",
        "3,Xã C,,Thành phố Hòa Bình (9),,,",
        "4,Xã D,,9@2020-01-01,,,",
    )
    assert planned.faults == ()
    assert {p.parent.code for p in planned.places if p.parent} == {"9"}
    assert sum(p.parent is not None for p in planned.places) == 4


def test_a_recycled_code_of_an_implied_parent_gets_days_from_below() -> None:
    planned = plan_csv("1,Xã A,,Huyện X (9),,2025-06-30,", "1,Xã B,,Tỉnh Y (9),2025-07-01,,")
    assert planned.faults == ()
    assert [(p.name, p.valid_from, p.valid_to) for p in planned.places if p.code == "9"] == [
        ("Huyện X", None, BEFORE),
        ("Tỉnh Y", AFTER, None),
    ]


def test_a_day_after_the_at_sign_picks_a_later_bearer_of_the_code() -> None:
    planned = plan_csv("1,Xã A,,,,2010-12-31,2@2025-07-01", "2,Xã B,,,,2025-06-30,", "2,Xã C,,,2025-07-01,,")
    assert planned.faults == ()
    assert became(planned.places, "1", AFTER, asked=date(2010, 1, 1)) == (Way.ONE, ["Xã C"])


def known_three() -> list[Place]:
    """A went into B, which was there before and stands; C is a unit apart."""
    places = plan_csv("1,Xã A,,,,2025-06-30,2", "2,Xã B,,,,,", "3,Xã C,,,2026-07-01,,").places
    for number, place in enumerate(places):
        place.id, place.line = number, 0
    return list(places)


def test_a_file_may_build_on_what_is_known() -> None:
    known = known_three()
    planned = plan_csv("2,Xã B,,,,2026-06-30,3", known=known)
    assert planned.faults == ()
    assert became(known, "1", date(2026, 7, 1), asked=BEFORE) == (Way.ONE, ["Xã C"])
    assert became(known, "1", date(2026, 6, 30), asked=BEFORE) == (Way.ONE, ["Xã B"])


@pytest.mark.parametrize(
    ("unit", "column"),
    [
        ({"code": "1", "name": "Xã A", "valid_to": None}, "valid_to"),  # would stand beside its heir
        ({"code": "2", "name": "Xã B", "valid_to": "2025-06-29"}, "valid_from"),  # gone before its time
    ],
)
def test_a_file_may_not_break_a_succession_that_is_known(unit: dict[str, str], column: str) -> None:
    data = json.dumps({"new_units": [unit]}).encode()
    planned = plan(read(data, filename="a.json"), known_three())
    assert [(f.line, f.column) for f in planned.faults] == [(1, column)]
    assert "“Xã A” chuyển vào “Xã B” từ ngày 01/07/2025" in planned.faults[0].text


def test_parents_come_before_their_children() -> None:
    top = Place(code="9", valid_from=None)
    middle = Place(code="5", valid_from=None, parent=top)
    low = Place(code="1", valid_from=None, parent=middle)
    assert parents_first([low, middle, top]) == [top, middle, low]
    assert not is_below_itself(low)
    top.parent = low
    assert is_below_itself(low)
    hanging = Place(code="2", valid_from=None, parent=low)
    assert not is_below_itself(hanging)  # and the walk round the circle above it ends


def test_walking_a_circle_ends_all_the_same() -> None:
    one = Place(code="1", valid_from=None, valid_to=BEFORE)
    two = Place(code="2", valid_from=None, valid_to=BEFORE)
    ring = {one: [two], two: [one]}
    assert heirs(one, AFTER, successors=lambda units: [n for u in units for n in ring[u]]) == ()
