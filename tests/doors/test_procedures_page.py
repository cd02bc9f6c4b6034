"""The box of procedures in public: honest rates, gaps that are no zeros, no figure told apart."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import town_procedures
from reader import Reader
from townhall import make_settings, open_door, write

from portal.doors.public.procedure_view import Month, draw_bars, make_box
from portal.migrations.upgrade import upgrade
from portal.record.append import Line
from portal.record.documents import Act, Kind, Notice, Revision, TombstoneDoc
from portal.record.procedures import window

UNIT, TODAY = "/don-vi/phuong-nhi-chieu", date(2026, 11, 24)


def bars() -> dict[str, object]:
    months = window(town_procedures.results().months, today=TODAY, length=12)
    return {bar.label: bar for bar in draw_bars([Month(first, told) for first, told in months])}


def test_bars_are_as_high_as_files_are_many() -> None:
    drawn = bars()
    assert list(drawn) == ["4", "5", "6", "7", "8", "9", "10"]
    tall, zero, gap = drawn["10"], drawn["7"], drawn["6"]
    assert tall.good + tall.late == pytest.approx(100, abs=0.02)  # type: ignore[attr-defined]
    assert (zero.is_zero, zero.good, zero.state) == (True, 0, "figure")  # type: ignore[attr-defined]
    assert (gap.is_zero, gap.good, gap.state) == (False, 0, "gap")  # type: ignore[attr-defined]
    assert draw_bars([]) == ()
    nothing = [Month(date(2026, 7, 1), town_procedures.month(2026, 7, (0, 0, 0)))]
    assert (draw_bars(nothing)[0].good, draw_bars(nothing)[0].is_zero) == (0, True)


def test_the_box_says_what_the_newest_month_says() -> None:
    rev: Revision = None  # type: ignore[assignment]  # it is only handed on
    box = make_box(rev, town_procedures.results(), today=TODAY, length=3)
    assert [month.label for month in box.months] == ["10/2026", "09/2026", "08/2026"]
    assert (box.first.label, box.last.label, box.newest.label) == ("08/2026", "10/2026", "10/2026")
    gap = Month(date(2026, 6, 1), None)
    assert (gap.rate, gap.late_rate, gap.is_unfinished, gap.state) == (None, None, False, "gap")


def test_the_units_page_shows_the_year(reader: Reader) -> None:
    page = reader.open(UNIT)
    for said in (
        "Kết quả giải quyết thủ tục hành chính",
        "Tháng mới nhất đã công bố: 10/2026.",
        "99,9%",
        "06/2026 Chưa công bố số liệu tháng này",
        "05/2026 Chưa có số liệu",
        "04/2026 Chưa kết nối nguồn số liệu",
        "không tính được vì không có hồ sơ",
        "Cập nhật lúc24/11/2026 09:30",
    ):
        assert said in page.text, said
    assert "0,0%" not in page.text.split("Trễ hạn")[0]
    assert f"{UNIT}/thu-tuc" in page.links()


def test_every_month_its_corrections_and_an_older_revision(reader: Reader) -> None:
    page = reader.open(f"{UNIT}/thu-tuc")
    assert "Đính chính: Cộng sót một hồ sơ (minh họa)" in page.text
    history = reader.open(f"{UNIT}/thu-tuc/lich-su")
    assert "tháng 10/2026" in history.text
    old = reader.open(f"{UNIT}/thu-tuc?ban=1")
    assert "Ông/bà đang xem bản cũ" in old.text
    assert "1.999" not in old.text


def test_in_english(reader: Reader) -> None:
    page = reader.open(f"/en{UNIT}/thu-tuc")
    for said in ("Results of administrative procedures", "99.9%", "No figures were published for this month"):
        assert said in page.text


def test_a_unit_that_published_nothing_says_nothing(reader: Reader) -> None:
    assert "thủ tục hành chính" not in reader.open("/don-vi/xa-phu-thai").text
    assert reader.get("/don-vi/xa-phu-thai/thu-tuc").status_code == 404
    assert reader.get("/don-vi/xa-phu-thai/thu-tuc/lich-su").status_code == 404


def test_search_reads_no_months(reader: Reader) -> None:
    told = "Hệ thống một cửa phường"
    assert told in reader.open(UNIT).text
    assert told not in reader.open("/tim-kiem?q=một cửa").text


def alone(folder: Path, *lines: Line) -> Reader:
    """A record with a unit and these lines only."""
    settings = make_settings(folder)
    upgrade(settings)
    write(settings, lines)
    return Reader(open_door(settings).test_client())


def test_a_month_that_is_not_over_says_so_and_what_is_gone_is_gone(tmp_path: Path) -> None:
    document = town_procedures.results()
    running = town_procedures.month(2026, 11, (1, 1, 0), counted_on=date(2026, 11, 20))
    published = Line(
        kind=Kind.PROCEDURES, ref=document.ref, act=Act.PUBLISH, document=replace(document, months=(running,))
    )
    reader = alone(tmp_path / "one", published)
    page = reader.open(f"{UNIT}/thu-tuc")
    assert "Tháng chưa kết thúc, số liệu tính đến ngày 20/11/2026." in page.text
    stone = TombstoneDoc(ref=document.ref, withdrawn_on=TODAY, reason="Gỡ để đối soát (minh họa)")
    taken = Line(
        kind=Kind.PROCEDURES, ref=document.ref, act=Act.WITHDRAW, document=stone, notice=Notice(reason="x")
    )
    reader = alone(tmp_path / "two", published, taken)
    assert "Gỡ để đối soát (minh họa)" in reader.open(f"{UNIT}/thu-tuc", status=410).text
    assert "1,1" not in reader.open(f"{UNIT}/thu-tuc/lich-su").text


@pytest.mark.parametrize("state", ["no_data", "not_connected"])
def test_a_newest_month_without_figures(tmp_path: Path, state: str) -> None:
    document = town_procedures.results()
    months = tuple(one for one in document.months if one.state == state)
    line = Line(
        kind=Kind.PROCEDURES, ref=document.ref, act=Act.PUBLISH, document=replace(document, months=months)
    )
    page = alone(tmp_path, line).open(f"{UNIT}/thu-tuc")
    assert f'data-state="{state}"' in page.response.text
    assert "%" not in page.text.split("Từng tháng")[0]
