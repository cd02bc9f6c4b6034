"""The period before re-appointment by the clock: when it waits, and when a letter says so."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from evaluated import DANH, GIA, WARD, evaluators, open_q4, published
from people import SOAN
from seated import Office
from world import World, who

from portal.commands.reminders import remind_of_boards_and_reviews
from portal.kernel.sealed import Reason
from portal.office.evaluation.acts import PeriodForm
from portal.office.evaluation.ahead import letters, ready_for
from portal.office.programme.reads import programme
from portal.record.evaluation.periods import PeriodKind


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    mail = (tmp_path / "mail").as_uri()
    with closing(World(tmp_path / "instance", mail_url=mail).settle_in()) as made:
        evaluators(made)
        yield made


def ends_on(world: World, ref: str) -> date:
    with world.work() as w:
        return programme(w, ref).mandate.ends_on.open(reason=Reason.PROOF)


def at(world: World, day: date, left: int) -> None:
    """Let it be the morning ``left`` days before ``day``."""
    world.clock.at = datetime.combine(date.fromordinal(day.toordinal() - left), time(2), UTC)


def waits(world: World) -> list[str]:
    with world.work() as w:
        assert ready_for(w, who(w, SOAN)) == []  # whose role it is not
        return [one.code for one in ready_for(w, who(w, DANH))]


def written(world: World) -> set[str]:
    with world.work() as w:
        return {letter.to for letter in letters(w)}


def test_it_waits_from_the_day_on_and_is_told_weekly_until_it_is_opened(world: World) -> None:
    ref = published(world)
    last = ends_on(world, ref)
    everybody = {DANH.email, GIA.email, WARD.email}
    for left, count, told in (
        (91, 0, set()),
        (90, 1, everybody),
        (89, 1, set()),
        (83, 1, everybody),
        (-1, 0, set()),
    ):
        at(world, last, left)
        assert len(waits(world)) == count, left
        assert written(world) == told, left
    at(world, last, 83)
    with world.office.app_context():
        assert remind_of_boards_and_reviews(world.settings).sent >= 3
    box = Path(str(world.settings.mail_url).removeprefix("file://"))
    found = [file.read_text(encoding="utf-8") for file in box.rglob("*.eml")]
    mine = [one for one in found if DANH.email in one]
    assert mine
    assert not any(name in one for one in mine for name in (ref, "Họa"))  # a letter names nobody


def test_the_form_is_filled_in_and_opening_ends_the_waiting(world: World) -> None:
    ref = published(world)
    last = ends_on(world, ref)
    at(world, last, 90)
    [code] = waits(world)
    seat = Office(world).seat(DANH)
    assert f"chuong_trinh={ref}" in seat.open("/van-phong")
    page = seat.open(f"/van-phong/danh-gia/moi?chuong_trinh={ref}")
    ready = date.fromordinal(last.toordinal() - 90)
    for said in (code, f"{ready:%d/%m/%Y}", ref):
        assert f'value="{said}"' in page
    assert f'value="{ref}"' not in seat.open("/van-phong/danh-gia/moi?chuong_trinh=khong-co")
    form = PeriodForm(
        code=code, first=date(2026, 7, 1), last=ready, kind=PeriodKind.REAPPOINTMENT, programme=ref
    )
    open_q4(world, form=form)
    assert waits(world) == []
    assert written(world) == set()


def test_the_term_page_names_the_day(world: World) -> None:
    ref = published(world)
    day = date.fromordinal(ends_on(world, ref).toordinal() - 90)
    for tongue in ("", "/en"):
        page = world.reader().get(f"{tongue}/chuong-trinh/{ref}/nhiem-ky").text
        assert f"{day:%d/%m/%Y}" in page
